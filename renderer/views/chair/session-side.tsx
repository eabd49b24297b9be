/** Beside the trend: patient and phase, the next cuff reading, and what happened last. */
import { useState } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import { vitalNames } from '../../../core/nomenclature/vitals.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import { useNow } from '../../app-context.tsx';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { isOpen, phaseView } from '../../view-model/phase.ts';
import type { Centre } from '../../view-model/visit.ts';
import { DoseStrip } from '../visit/dose-strip.tsx';
import { NextPanel } from '../visit/next-panel.tsx';
import { CuffPanel } from './cuff-panel.tsx';
import { MinutesDialog } from './minutes-dialog.tsx';
import { DIALOG, TEXT } from './text.ts';
import { Timeline } from './timeline.tsx';

export const SessionSide = ({
  chair,
  events,
  hasFailed,
  onGo,
}: {
  readonly chair: ChairView;
  readonly events: readonly SessionEvent[];
  /** The record so far could not be read. */
  readonly hasFailed: boolean;
  /** Shows a panel in the middle. */
  readonly onGo: (centre: Centre) => void;
}) => (
  <aside className="chair-side">
    <PhasePanel chair={chair} />
    {isOpen(chair.session) ? <DoseStrip session={chair.session} onGo={() => onGo('dose')} /> : null}
    {/* An overdue pressure is never pushed out of sight by what else is due. */}
    <CuffPanel chair={chair} />
    <NextPanel chair={chair} onGo={onGo} />
    <Timeline session={chair.session} events={events} hasFailed={hasFailed} />
  </aside>
);

const PhasePanel = ({ chair }: { readonly chair: ChairView }) => {
  const now = useNow();
  const { session } = chair;
  const phase = phaseView(session, now);
  const origin = ORIGIN_WORDS[chair.origin];
  const [isExtending, setExtending] = useState(false);
  return (
    <section className="panel phase-panel" data-phase={session?.phase ?? 'none'} data-testid="phase-panel">
      <h1>
        {chair.name} {origin === null ? null : <span className="origin-word">{origin}</span>}
      </h1>
      {isOpen(session) ? (
        <>
          <p className={session.patient === null ? 'patient' : 'patient patient-named'}>
            <strong data-testid="patient">{session.patient?.name ?? session.patientInitials}</strong>{' '}
            {session.indication}
            {session.course === null
              ? null
              : `, ${session.course.position.number} of ${session.course.position.planned}`}
          </p>
          {session.patient === null ? null : (
            <p className="patient-ids" data-testid="patient-ids">
              {session.patient.birthDate}, MRN {session.patient.mrn ?? '–'}
              {session.patient.allergies.length === 0 ? null : (
                <strong className="warning"> Allergies: {session.patient.allergies.join(', ')}</strong>
              )}
            </p>
          )}
          <p className="phase-line">
            <strong data-testid="phase">{phase?.label}</strong>{' '}
            <span className="phase-elapsed">{phase?.elapsed}</span>
          </p>
          <p className="phase-goal" data-due={phase?.isDue === true}>
            {phase?.goal}
            {session.phase === 'recovery' ? (
              <button type="button" className="link-button" onClick={() => setExtending(true)}>
                {TEXT.extendRecovery}
              </button>
            ) : null}
          </p>
          <NotWatched chair={chair} />
          {session.baseline === null ? null : (
            <p className="baseline">
              {TEXT.baseline} {session.baseline.systolic.toFixed(0)}/{session.baseline.diastolic.toFixed(0)}
            </p>
          )}
          {isExtending ? (
            <MinutesDialog
              title={DIALOG.extendTitle}
              label={DIALOG.extendLabel}
              confirm={DIALOG.extendTitle}
              initialMs={session.plannedRecoveryMs + 15 * 60_000}
              low={15}
              high={360}
              needsReason
              onClose={() => setExtending(false)}
              onSave={(call, by, plannedRecoveryMs, reason) =>
                call('session.extendRecovery', { sessionId: session.id, plannedRecoveryMs, reason, by })
              }
            />
          ) : null}
        </>
      ) : (
        <p className="patient" data-testid="no-session">
          {TEXT.noSession}
        </p>
      )}
    </section>
  );
};

/** What the infusion was knowingly begun without: no alarm, and never out of sight. */
const NotWatched = ({ chair }: { readonly chair: ChairView }) => {
  const { unwatched } = chair.alarms;
  return unwatched.length === 0 ? null : (
    <p className="warning" title={TEXT.begunWithout} data-testid="not-watched">
      <strong>{TEXT.notWatched}:</strong> {vitalNames(unwatched)}
    </p>
  );
};
