/** The dose: planned and checked before the start; changed, added to and seen while it runs; other drugs beside it. */
import { useState } from 'react';
import type { DoseState } from '../../../core/dose/dose-state.ts';
import { millilitres, mlPerHour } from '../../../core/dose/units.ts';
import type { Session } from '../../../core/session/session.ts';
import { useNow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { NumberField, NumberPad, positiveNumber } from '../../parts/number-field.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { clockText } from '../../view-model/time-text.ts';
import { doseLine, figureText, planFigures } from '../../view-model/visit.ts';
import { BolusForm } from './bolus-form.tsx';
import { DosePlanForm } from './dose-plan-form.tsx';
import { OtherDrugs } from './other-drugs.tsx';
import { RateForm } from './rate-form.tsx';
import { TEXT } from './text.ts';

export const DosePanel = ({ session }: { readonly session: Session }) => {
  const { dose } = session.visit;
  const [isChanging, setChanging] = useState(false);
  const isBefore = session.phase === 'intake' || session.phase === 'baseline';
  const hasForm = isBefore && (dose === null || isChanging);
  return (
    <section className="visit-panel dose-panel" aria-label="Dose" data-testid="dose-panel">
      {hasForm ? (
        <DosePlanForm
          session={session}
          previousWeightKg={session.patient?.weightKg ?? null}
          onPlanned={() => setChanging(false)}
        />
      ) : null}
      {dose === null ? (
        isBefore ? null : (
          <p className="empty-line">{TEXT.noDose}</p>
        )
      ) : hasForm ? null : (
        <PlannedDose session={session} dose={dose} onChange={isBefore ? () => setChanging(true) : null} />
      )}
      <OtherDrugs session={session} />
    </section>
  );
};

const PlannedDose = ({
  session,
  dose,
  onChange,
}: {
  readonly session: Session;
  readonly dose: DoseState;
  readonly onChange: (() => void) | null;
}) => {
  const line = doseLine(dose, useNow());
  const isRunning = session.phase === 'infusing' || session.phase === 'paused';
  return (
    <>
      <header>
        <h2>
          {dose.plan.drug}: {line?.delivered ?? `${figureText(dose.plannedMg)} mg`}
        </h2>
        <span>
          {TEXT.planned} {dose.plannedBy}, {clockText(dose.plannedAt)}
        </span>
        {onChange === null ? null : (
          <button type="button" className="button" onClick={onChange} data-testid="change-plan">
            {TEXT.changePlan}
          </button>
        )}
      </header>
      <dl className="figures">
        {planFigures(dose.plan).map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {isRunning && dose.plan.kind === 'infusion' ? <RateForm session={session} dose={dose} /> : null}
      {isRunning ? <BolusForm session={session} dose={dose} /> : null}
      <Verification session={session} dose={dose} />
    </>
  );
};

/** A second person reads the pump and enters what it says; the station compares. */
const Verification = ({ session, dose }: { readonly session: Session; readonly dose: DoseState }) => {
  const [rate, setRate] = useState('');
  const [volume, setVolume] = useState('');
  const { perform, failure, isBusy } = usePerform();
  if (dose.plan.kind === 'nasal') return null;
  if (dose.verified !== null) {
    return (
      <p data-testid="verified">
        ✓ {TEXT.verified} {dose.verified.by}, {clockText(dose.verified.at)}
      </p>
    );
  }
  const [rateMlPerH, volumeMl] = [positiveNumber(rate), positiveNumber(volume)];
  const verify = () =>
    rateMlPerH === null || volumeMl === null
      ? undefined
      : start(
          perform((call, by) =>
            call('dose.verify', {
              sessionId: session.id,
              seenSequence: session.sequence,
              pumpRateMlPerH: mlPerHour(rateMlPerH),
              pumpVolumeMl: millilitres(volumeMl),
              by,
            }),
          ),
        );
  return (
    <section className="verify" data-testid="verify">
      <h3>{TEXT.verifyTitle}</h3>
      <NumberPad>
        <NumberField
          name="pump-rate"
          label={TEXT.pumpRate}
          text={rate}
          onText={(change) => setRate(change)}
        />
        <NumberField
          name="pump-volume"
          label={TEXT.pumpVolume}
          text={volume}
          onText={(change) => setVolume(change)}
        />
        <button
          type="button"
          className="button button-main"
          disabled={rateMlPerH === null || volumeMl === null || isBusy}
          onClick={verify}
          data-testid="verify-dose"
        >
          {TEXT.verify}
        </button>
      </NumberPad>
      <FailureLine message={failure?.message ?? null} />
    </section>
  );
};
