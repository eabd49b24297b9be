/**
 * Whom a session is about: a patient of the register with a course, or initials only. Two identifiers are shown before
 * anything is opened, with allergies and the last visit of the course.
 */
import { useEffect, useRef, useState } from 'react';
import type { CourseView, PatientRecordView, RegisterName } from '../../../core/api/people-views.ts';
import type { CourseId, PatientId } from '../../../core/ids.ts';
import type { Patient } from '../../../core/patient/patient.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { mayHere } from '../../store/identity.ts';
import { courseText, patientLine, visitLine } from '../../view-model/patients.ts';
import { PatientSearch } from './patient-search.tsx';
import { PICKER, TEXT } from './text.ts';

/** What was chosen. */
export type Picked =
  | { readonly kind: 'initials'; readonly initials: string }
  | { readonly kind: 'patient'; readonly patientId: PatientId | null; readonly courseId: CourseId | null };

/** True when a session can be opened with it. */
export const isPicked = (picked: Picked): boolean =>
  picked.kind === 'initials' ? picked.initials.trim() !== '' : picked.patientId !== null;

export const PatientPicker = ({
  register,
  picked,
  onPick,
  onCourse,
}: {
  readonly register: RegisterName;
  readonly picked: Picked;
  readonly onPick: (picked: Picked) => void;
  /** The chosen course, for its planned times and indication. */
  readonly onCourse: (course: CourseView | null) => void;
}) => {
  const mayRead = useWindow((state) => mayHere(state.identity, 'read-patients'));
  return (
    <fieldset className="picker field-wide">
      <legend>{PICKER.legend}</legend>
      <div className="choice">
        <label>
          <input
            type="radio"
            name="whose"
            checked={picked.kind === 'initials'}
            onChange={() => onPick({ kind: 'initials', initials: '' })}
            data-testid="pick-initials"
          />
          {PICKER.initials}
        </label>
        <label>
          <input
            type="radio"
            name="whose"
            checked={picked.kind === 'patient'}
            disabled={!mayRead}
            onChange={() => onPick({ kind: 'patient', patientId: null, courseId: null })}
            data-testid="pick-registered"
          />
          {PICKER.registered}
        </label>
      </div>
      {picked.kind === 'initials' ? (
        <label className="field">
          {PICKER.initials}
          <input
            value={picked.initials}
            onChange={(event) => onPick({ kind: 'initials', initials: event.target.value })}
            maxLength={8}
            autoComplete="off"
            data-testid="open-initials"
          />
        </label>
      ) : (
        <RegisteredPatient register={register} picked={picked} onPick={onPick} onCourse={onCourse} />
      )}
    </fieldset>
  );
};

const RegisteredPatient = ({
  register,
  picked,
  onPick,
  onCourse,
}: {
  readonly register: RegisterName;
  readonly picked: Picked & { readonly kind: 'patient' };
  readonly onPick: (picked: Picked) => void;
  readonly onCourse: (course: CourseView | null) => void;
}) => {
  const { link } = useApp();
  const [record, setRecord] = useState<PatientRecordView | null>(null);
  const { run, failure } = useAction();
  const { patientId } = picked;
  // Made anew with each drawing; only another patient asks again.
  const tell = useRef({ onPick, onCourse });
  tell.current = { onPick, onCourse };
  useEffect(() => {
    setRecord(null);
    if (patientId === null) return;
    const work = run(() => link.call('patient.get', { register, patientId }));
    start(
      work.then((view) => {
        if (view === null) return;
        setRecord(view);
        // The running course is what the patient is most likely here for; it can be taken off again.
        const running = view.courses.find(({ course }) => course.closed === null) ?? null;
        tell.current.onPick({ kind: 'patient', patientId, courseId: running?.course.id ?? null });
        tell.current.onCourse(running);
      }),
    );
  }, [patientId, register, link, run]);
  if (patientId === null) {
    return (
      <PatientSearch
        register={register}
        limit={6}
        onPick={({ id }: Patient) => onPick({ kind: 'patient', patientId: id, courseId: null })}
      />
    );
  }
  const running = record?.courses.filter(({ course }) => course.closed === null) ?? [];
  const chosen = running.find(({ course }) => course.id === picked.courseId) ?? null;
  const last = chosen?.visits.at(-1) ?? null;
  return (
    <div className="picked" data-testid="picked-patient">
      <FailureLine message={failure?.message ?? null} />
      {record === null ? null : (
        <>
          <p className="picked-name">
            <strong>{patientLine(record.patient)}</strong>
          </p>
          <p>
            {PICKER.allergies}: {record.patient.allergies.join(', ') || TEXT.noneEntered}
          </p>
          <label className="field">
            {PICKER.course}
            <select
              value={picked.courseId ?? ''}
              onChange={(event) => {
                const view = running.find(({ course }) => course.id === event.target.value) ?? null;
                onPick({ kind: 'patient', patientId, courseId: view?.course.id ?? null });
                onCourse(view);
              }}
              data-testid="pick-course"
            >
              <option value="">{PICKER.noCourse}</option>
              {running.map((view) => (
                <option key={view.course.id} value={view.course.id}>
                  {courseText(view)}
                </option>
              ))}
            </select>
          </label>
          {chosen === null ? null : (
            <p data-testid="picked-position">
              <strong>
                {PICKER.visit} {chosen.next.number} {PICKER.of} {chosen.next.planned}
              </strong>
              {last === null ? null : `. ${PICKER.last} ${lastText(last)}`}
            </p>
          )}
        </>
      )}
      <button
        type="button"
        className="button"
        onClick={() => {
          onPick({ kind: 'patient', patientId: null, courseId: null });
          onCourse(null);
        }}
      >
        {PICKER.chosen}
      </button>
    </div>
  );
};

const lastText = (visit: CourseView['visits'][number]): string => {
  const { day, dose, peak, effects } = visitLine(visit);
  return `${day}: ${TEXT.dose} ${dose}; ${TEXT.peak} ${peak}; ${TEXT.effects} ${effects}`;
};
