/** A course across its visits: their curves over each other, and what each came to. */
import { useEffect, useState } from 'react';
import type { RegisterName } from '../../../core/api/people-views.ts';
import type { CourseOverlay } from '../../../core/course/overlay.ts';
import type { CourseId } from '../../../core/ids.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import {
  numbered,
  OVERLAY_METRICS,
  type OverlayMetric,
  overlayRow,
} from '../../view-model/course-overlay.ts';
import { patientHash, sessionHash } from '../../view-model/route.ts';
import { OverlayChart } from './overlay-chart.tsx';
import { TEXT } from './text.ts';

export const CourseReviewScreen = ({
  register,
  courseId,
}: {
  readonly register: RegisterName;
  readonly courseId: CourseId;
}) => {
  const { link } = useApp();
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [view, setView] = useState<CourseOverlay | null>(null);
  const [metric, setMetric] = useState<OverlayMetric>('systolic');
  const { run, failure } = useAction();
  useEffect(() => {
    if (connection === 0) return;
    start(
      run(() => link.call('course.overlay', { register, courseId })).then((answer) =>
        answer === null ? null : setView(answer),
      ),
    );
  }, [connection, link, run, register, courseId]);
  const patient = view?.patient ?? null;
  return (
    <div className="page" data-testid="course-review">
      <div className="page-head">
        <h1>{view === null ? TEXT.title : view.course.title}</h1>
        {register === 'simulated' ? <span className="origin-word">SIMULATED</span> : null}
        {patient === null ? null : (
          <a className="button" href={patientHash(register, patient.id)}>
            ‹ {TEXT.back}
          </a>
        )}
      </div>
      <FailureLine message={failure?.message ?? null} />
      {view === null ? <p className="empty">{failure === null ? TEXT.loading : ''}</p> : null}
      {view === null ? null : (
        <>
          <p className="whose" data-testid="overlay-whose">
            {patient === null ? (
              TEXT.hiddenPatient
            ) : (
              <>
                <strong>{patient.name}</strong> {patient.birthDate}, MRN {patient.mrn ?? '–'}
              </>
            )}
          </p>
          {numbered(view.visits).length === 0 ? (
            <p className="empty">{TEXT.none}</p>
          ) : (
            <>
              <fieldset className="button-row overlay-metrics">
                <legend>{TEXT.title}</legend>
                {OVERLAY_METRICS.map((each) => (
                  <button
                    key={each}
                    type="button"
                    className={metric === each ? 'button button-main' : 'button'}
                    aria-pressed={metric === each}
                    onClick={() => setMetric(each)}
                    data-testid={`overlay-${each}`}
                  >
                    {TEXT.metrics[each]}
                  </button>
                ))}
              </fieldset>
              <OverlayChart visits={view.visits} metric={metric} />
            </>
          )}
          <OverlayTable view={view} />
        </>
      )}
    </div>
  );
};

const COLUMNS = [
  'number',
  'day',
  'dose',
  'baseline',
  'peak',
  'lowestSpo2',
  'effects',
  'mood',
  'pain',
  'response',
  'state',
] as const;

const OverlayTable = ({ view }: { readonly view: CourseOverlay }) => (
  <div className="table-wide">
    <table className="table table-rows overlay-table" data-testid="overlay-table">
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column}>{TEXT.columns[column]}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {view.visits.map((visit) => {
          const row = overlayRow(visit, view.course);
          return (
            <tr key={visit.sessionId}>
              {COLUMNS.map((column) => (
                <td key={column}>
                  {column === 'day' ? (
                    <a className="tall-link" href={sessionHash(visit.sessionId)}>
                      {row.day}
                    </a>
                  ) : (
                    row[column]
                  )}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);
