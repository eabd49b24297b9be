/** One course: where it stands, each visit's figures, what is due next. */
import { useState } from 'react';
import type { CourseView, RegisterName, VisitView } from '../../../core/api/people-views.ts';
import { useNow, useWindow } from '../../app-context.tsx';
import { mayHere } from '../../store/identity.ts';
import { courseText, dueText, visitLine } from '../../view-model/patients.ts';
import { courseHash, sessionHash } from '../../view-model/route.ts';
import { TEXT as ACROSS } from '../course-review/text.ts';
import { ChangeCourseDialog, CloseCourseDialog, ResponseDialog } from './course-dialogs.tsx';
import { TEXT } from './text.ts';

export const CoursePanel = ({
  register,
  view,
  onChanged,
}: {
  readonly register: RegisterName;
  readonly view: CourseView;
  readonly onChanged: () => void;
}) => {
  const now = useNow();
  const mayEdit = useWindow((state) => mayHere(state.identity, 'edit-patients'));
  const [asked, setAsked] = useState<
    { kind: 'close' | 'change' } | { kind: 'response'; visit: VisitView } | null
  >(null);
  const { course } = view;
  const due = dueText(view.due, now?.wall ?? null);
  const done = () => {
    setAsked(null);
    onChanged();
  };
  return (
    <section className="panel course" data-testid={`course-${course.template.id}`}>
      <div className="course-head">
        <h2>{courseText(view)}</h2>
        <strong className={due.isOver ? 'warning' : 'course-due'} data-testid="course-due">
          {due.text}
        </strong>
        {view.visits.length === 0 ? null : (
          <a className="button" href={courseHash(register, course.id)} data-testid="compare-visits">
            {ACROSS.open}
          </a>
        )}
        {mayEdit && course.closed === null ? (
          <div className="button-row">
            <button
              type="button"
              className="button"
              onClick={() => setAsked({ kind: 'change' })}
              data-testid="change-course"
            >
              {TEXT.changeCourse}
            </button>
            <button type="button" className="button" onClick={() => setAsked({ kind: 'close' })}>
              {TEXT.closeCourse}
            </button>
          </div>
        ) : null}
      </div>
      {course.note === null ? null : <p>{course.note}</p>}
      <VisitTable
        visits={view.visits}
        onResponse={mayEdit ? (visit) => setAsked({ kind: 'response', visit }) : null}
      />
      {asked?.kind === 'close' ? (
        <CloseCourseDialog
          register={register}
          courseId={course.id}
          onClose={() => setAsked(null)}
          onDone={done}
        />
      ) : null}
      {asked?.kind === 'change' ? (
        <ChangeCourseDialog
          register={register}
          course={course}
          onClose={() => setAsked(null)}
          onDone={done}
        />
      ) : null}
      {asked?.kind === 'response' ? (
        <ResponseDialog
          register={register}
          courseId={course.id}
          visit={asked.visit}
          onClose={() => setAsked(null)}
          onDone={done}
        />
      ) : null}
    </section>
  );
};

export const VisitTable = ({
  visits,
  onResponse,
}: {
  readonly visits: readonly VisitView[];
  /** Null: nobody here may add one. */
  readonly onResponse: ((visit: VisitView) => void) | null;
}) =>
  visits.length === 0 ? (
    <p className="hint">{TEXT.noVisits}</p>
  ) : (
    <div className="table-wide">
      <table className="table table-rows" data-testid="visits">
        <thead>
          <tr>
            <th>{TEXT.visit}</th>
            <th>{TEXT.day}</th>
            <th>{TEXT.dose}</th>
            <th>{TEXT.peak}</th>
            <th>{TEXT.effects}</th>
            <th>{TEXT.response}</th>
            <th>{TEXT.state}</th>
          </tr>
        </thead>
        <tbody>
          {visits.map((visit) => {
            const line = visitLine(visit);
            return (
              <tr key={visit.sessionId}>
                <td>{line.number}</td>
                <td>
                  <a className="tall-link" href={sessionHash(visit.sessionId)}>
                    {line.day}
                  </a>
                </td>
                <td>{line.dose}</td>
                <td>{line.peak}</td>
                <td>{line.effects}</td>
                <td>
                  {visit.response === null && onResponse !== null && visit.position !== null ? (
                    <button
                      type="button"
                      className="button"
                      onClick={() => onResponse(visit)}
                      data-testid="add-response"
                    >
                      {TEXT.addResponse}
                    </button>
                  ) : (
                    line.response
                  )}
                </td>
                <td>{line.state}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
