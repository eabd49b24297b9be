/** Beginning and ending a course, and what the patient said about a visit. */
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import type { RegisterName, VisitView } from '../../../core/api/people-views.ts';
import type { Course } from '../../../core/course/course.ts';
import type { CourseTemplate } from '../../../core/course/template.ts';
import type { CourseId, PatientId } from '../../../core/ids.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import type { StationLink } from '../../store/station-link.ts';
import { TEXT } from './text.ts';

interface CommonProps {
  readonly register: RegisterName;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** A dialog that does one thing at the station. */
const ActDialog = ({
  title,
  testId,
  confirm,
  isReady,
  act,
  onClose,
  onDone,
  children,
}: Pick<CommonProps, 'onClose' | 'onDone'> & {
  readonly title: string;
  readonly testId: string;
  readonly confirm: string;
  readonly isReady: boolean;
  readonly act: (call: StationLink['call'], by: string) => Promise<unknown>;
  readonly children: ReactNode;
}) => {
  const { perform, failure, isBusy } = usePerform();
  const go = async () => {
    const done = await perform(async (call, by) => {
      await act(call, by);
      return true;
    });
    if (done !== null) onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(go());
  };
  return (
    <Dialog title={title} onClose={onClose} testId={testId}>
      <form onSubmit={submit}>
        {children}
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons confirm={confirm} onCancel={onClose} isDisabled={!isReady || isBusy} />
      </form>
    </Dialog>
  );
};

export const OpenCourseDialog = ({
  register,
  patientId,
  onClose,
  onDone,
}: CommonProps & { readonly patientId: PatientId }) => {
  const { link } = useApp();
  const [templates, setTemplates] = useState<readonly CourseTemplate[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [planned, setPlanned] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const { run } = useAction();
  useEffect(() => {
    start(
      run(() => link.call('course.templates', {})).then((list) =>
        list === null ? null : setTemplates(list),
      ),
    );
  }, [link, run]);
  const template = templates.find(({ id }) => id === chosen) ?? templates[0];
  const visits = planned ?? template?.visits.planned ?? 1;
  return (
    <ActDialog
      title={TEXT.openCourse}
      testId="open-course-dialog"
      confirm={TEXT.openCourse}
      isReady={template !== undefined && Number.isInteger(visits)}
      act={(call, by) =>
        call('course.open', {
          register,
          patientId,
          templateId: template?.id ?? '',
          plannedVisits: visits,
          note: note.trim() === '' ? null : note.trim(),
          by,
        })
      }
      onClose={onClose}
      onDone={onDone}
    >
      <label className="field">
        {TEXT.course}
        <select
          value={template?.id ?? ''}
          onChange={(event) => {
            setChosen(event.target.value);
            setPlanned(null);
          }}
          data-testid="course-template"
        >
          {templates.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {TEXT.planned}
        <input
          type="number"
          value={Number.isNaN(visits) ? '' : visits}
          min={template?.visits.least}
          max={template?.visits.most}
          onChange={(event) => setPlanned(event.target.valueAsNumber)}
          data-testid="course-planned"
        />
      </label>
      <label className="field">
        {TEXT.note}
        <input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </label>
    </ActDialog>
  );
};

export const ChangeCourseDialog = ({
  register,
  course,
  onClose,
  onDone,
}: CommonProps & { readonly course: Course }) => {
  const [planned, setPlanned] = useState(course.plannedVisits);
  const [note, setNote] = useState(course.note ?? '');
  const { least, most } = course.template.visits;
  return (
    <ActDialog
      title={`${TEXT.changeCourse}: ${course.template.title}`}
      testId="change-course-dialog"
      confirm={TEXT.save}
      isReady={Number.isInteger(planned)}
      act={(call, by) =>
        call('course.change', {
          register,
          courseId: course.id,
          plannedVisits: planned,
          note: note.trim() === '' ? null : note.trim(),
          by,
        })
      }
      onClose={onClose}
      onDone={onDone}
    >
      <label className="field">
        {TEXT.planned}
        <input
          type="number"
          value={Number.isNaN(planned) ? '' : planned}
          min={least}
          max={most}
          onChange={(event) => setPlanned(event.target.valueAsNumber)}
          data-testid="course-planned"
        />
      </label>
      <label className="field">
        {TEXT.note}
        <input value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />
      </label>
    </ActDialog>
  );
};

export const CloseCourseDialog = ({
  register,
  courseId,
  onClose,
  onDone,
}: CommonProps & { readonly courseId: CourseId }) => {
  const [reason, setReason] = useState('');
  return (
    <ActDialog
      title={TEXT.closeCourse}
      testId="close-course-dialog"
      confirm={TEXT.closeCourse}
      isReady={reason.trim() !== ''}
      act={(call, by) => call('course.close', { register, courseId, reason: reason.trim(), by })}
      onClose={onClose}
      onDone={onDone}
    >
      <label className="field">
        {TEXT.closeReason}
        <input
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
          data-testid="close-reason"
        />
      </label>
    </ActDialog>
  );
};

export const ResponseDialog = ({
  register,
  courseId,
  visit,
  onClose,
  onDone,
}: CommonProps & { readonly courseId: CourseId; readonly visit: VisitView }) => {
  const [text, setText] = useState('');
  return (
    <ActDialog
      title={TEXT.addResponse}
      testId="response-dialog"
      confirm={TEXT.save}
      isReady={text.trim() !== ''}
      act={(call, by) =>
        call('course.response', { register, courseId, sessionId: visit.sessionId, text: text.trim(), by })
      }
      onClose={onClose}
      onDone={onDone}
    >
      <label className="field">
        {TEXT.responseLabel}
        <textarea
          rows={3}
          value={text}
          maxLength={500}
          onChange={(event) => setText(event.target.value)}
          data-testid="response-text"
        />
      </label>
    </ActDialog>
  );
};
