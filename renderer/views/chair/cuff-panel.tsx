/** The countdown to the next cuff reading, and how it is started. */
import { useState } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import { intervalWords } from '../../../core/visit/cuff-timetable.ts';
import { useNow, useStation } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { type CuffPlan, cuffPlan, startableCuff } from '../../view-model/cuff.ts';
import { NO_NUMBER } from '../../view-model/numeric.ts';
import { isOpen } from '../../view-model/phase.ts';
import { countdownText } from '../../view-model/time-text.ts';
import { MinutesDialog } from './minutes-dialog.tsx';
import { DIALOG, TEXT } from './text.ts';

const NO_MONITORS: readonly never[] = [];

export const CuffPanel = ({ chair }: { readonly chair: ChairView }) => {
  const monitors = useStation()?.monitors ?? NO_MONITORS;
  const plan = cuffPlan(chair, monitors, useNow());
  const startable = startableCuff(chair, monitors);
  const session = isOpen(chair.session) ? chair.session : null;
  const [isChanging, setChanging] = useState(false);
  const { perform, failure, isBusy } = usePerform();
  return (
    <section className="panel cuff-panel" data-plan={plan.kind} data-testid="cuff-panel">
      <p className="cuff-plan">{planWords(plan)}</p>
      {chair.cuff.repeatReason === null ? null : (
        <p className="cuff-reason" data-testid="cuff-reason">
          {chair.cuff.repeatReason}
        </p>
      )}
      <p className="cuff-how">
        {startable === null ? (
          <span>{TEXT.pressOnMonitor}</span>
        ) : (
          <button
            type="button"
            className="button"
            disabled={isBusy || plan.kind === 'measuring'}
            onClick={() => start(perform((call, by) => call('nibp.start', { monitorId: startable.id, by })))}
            data-testid="start-nibp"
          >
            {TEXT.startCuff}
          </button>
        )}
        {session === null ? null : (
          <button type="button" className="link-button" onClick={() => setChanging(true)}>
            {TEXT.every} {intervalWords(session.nibpIntervalMs)}: {TEXT.change}
          </button>
        )}
      </p>
      <FailureLine message={failure?.message ?? null} />
      {isChanging && session !== null ? (
        <MinutesDialog
          title={DIALOG.intervalTitle}
          label={DIALOG.intervalLabel}
          confirm={DIALOG.intervalSave}
          initialMs={session.nibpIntervalMs}
          low={1}
          high={30}
          needsReason={false}
          onClose={() => setChanging(false)}
          onSave={(call, by, intervalMs) =>
            call('session.nibpInterval', { sessionId: session.id, intervalMs, by })
          }
        />
      ) : null}
    </section>
  );
};

const planWords = (plan: CuffPlan) => {
  switch (plan.kind) {
    case 'unknown':
      return NO_NUMBER;
    case 'none':
      return TEXT.cuffNotPlanned;
    case 'measuring':
      return TEXT.cuffMeasuring;
    case 'due-in':
      return (
        <>
          {TEXT.nextCuff} <strong>{countdownText(plan.leftMs)}</strong>
        </>
      );
    case 'overdue':
      return (
        <>
          {TEXT.cuffOverdue} <strong>{countdownText(plan.byMs)}</strong>
        </>
      );
    default:
      return plan satisfies never;
  }
};
