/** The dose before the start: entered once, worked out while one types, with what speaks against it. */
import { useState } from 'react';
import { planFindings, wantsPhysician } from '../../../core/dose/findings.ts';
import type { DoseLimits } from '../../../core/dose/limits.ts';
import { type DoseDraft, type DosePlan, planOf } from '../../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl, milligrams } from '../../../core/dose/units.ts';
import type { Session } from '../../../core/session/session.ts';
import { GENERIC_LIMITS } from '../../../core/visit/protocols.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { NumberField, NumberPad, positiveNumber } from '../../parts/number-field.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { figureText, planFigures } from '../../view-model/visit.ts';
import { Findings } from './findings.tsx';
import { ReasonForm } from './reason-form.tsx';
import { TEXT } from './text.ts';

interface Typed {
  readonly weight: string;
  readonly dose: string;
  readonly unit: 'mg/kg' | 'mg';
  readonly concentration: string;
  readonly minutes: string;
  readonly devices: number;
}

/** What stands in the fields at first: the plan as it is, or what the protocol usually has. Never a weight. */
const initial = (session: Session): Typed => {
  const { dose, protocol } = session.visit;
  const plan = dose?.plan ?? null;
  const usual = protocol?.dosing.kind === 'infusion' ? protocol.dosing : null;
  const shown = (value: number | null | undefined): string =>
    value === null || value === undefined ? '' : figureText(value, 6);
  const infusion = plan?.kind === 'infusion' ? plan : null;
  return {
    weight: shown(plan?.weightKg),
    unit: dose?.ordered?.unit ?? 'mg/kg',
    dose: shown(dose?.ordered?.value ?? infusion?.doseMgPerKg ?? usual?.defaultMgPerKg),
    concentration: shown(infusion?.concentrationMgPerMl ?? usual?.defaultConcentrationMgPerMl),
    minutes: shown((infusion?.durationMs ?? session.plannedInfusionMs) / 60_000),
    devices: plan?.kind === 'nasal' ? plan.devices : 2,
  };
};

const draftOf = (typed: Typed, session: Session): DoseDraft | null => {
  const { protocol } = session.visit;
  const drug = protocol?.drug ?? 'Ketamine';
  const weight = positiveNumber(typed.weight);
  if (weight === null) return null;
  if (protocol?.dosing.kind === 'nasal') {
    return {
      kind: 'nasal',
      drug,
      weightKg: kilograms(weight),
      deviceMg: milligrams(protocol.dosing.deviceMg),
      devices: typed.devices,
    };
  }
  const [dose, concentration, minutes] = [typed.dose, typed.concentration, typed.minutes].map(positiveNumber);
  if (dose == null || concentration == null || minutes == null) return null;
  return {
    kind: 'infusion',
    drug,
    weightKg: kilograms(weight),
    dose:
      typed.unit === 'mg/kg'
        ? { unit: 'mg/kg', value: mgPerKg(dose) }
        : { unit: 'mg', value: milligrams(dose) },
    concentrationMgPerMl: mgPerMl(concentration),
    durationMs: minutes * 60_000,
  };
};

export const DosePlanForm = ({
  session,
  previousWeightKg,
  onPlanned,
}: {
  readonly session: Session;
  /** The weight at the last visit; null: not known. */
  readonly previousWeightKg: number | null;
  readonly onPlanned: () => void;
}) => {
  const [typed, setTyped] = useState(() => initial(session));
  const { perform, failure, isBusy } = usePerform();
  const limits: DoseLimits = session.visit.protocol?.doseLimits ?? GENERIC_LIMITS;
  const draft = draftOf(typed, session);
  const plan: DosePlan | null = draft === null ? null : planOf(draft);
  const ordered = draft?.kind === 'infusion' ? draft.dose : null;
  const findings = plan === null ? [] : planFindings(plan, limits, { previousWeightKg, ordered });
  const set = (key: 'weight' | 'dose' | 'concentration' | 'minutes') => (change: (text: string) => string) =>
    setTyped((before) => ({ ...before, [key]: change(before[key]) }));

  const send = async (answer: Parameters<Parameters<typeof ReasonForm>[0]['onAnswer']>[0] | null) => {
    if (draft === null) return;
    const planned = await perform((call, by) =>
      call('dose.plan', {
        sessionId: session.id,
        seenSequence: session.sequence,
        draft,
        previousWeightKg,
        reason: answer?.reason ?? null,
        authorisations: [...(answer?.authorisations ?? [])],
        by,
      }),
    );
    if (planned !== null) onPlanned();
  };
  const isNasal = session.visit.protocol?.dosing.kind === 'nasal';
  const devices =
    session.visit.protocol?.dosing.kind === 'nasal' ? session.visit.protocol.dosing.devices : [];
  return (
    <div className="dose-form" data-testid="dose-form">
      <NumberPad>
        <NumberField name="weight" label={TEXT.weight} text={typed.weight} onText={set('weight')} />
        {isNasal ? (
          <fieldset className="taps" aria-label={TEXT.devices}>
            {devices.map((count) => (
              <button
                key={count}
                type="button"
                className={typed.devices === count ? 'button button-main' : 'button'}
                aria-pressed={typed.devices === count}
                onClick={() => setTyped({ ...typed, devices: count })}
              >
                {count} {TEXT.devices.toLowerCase()}
              </button>
            ))}
          </fieldset>
        ) : (
          <>
            <NumberField
              name="dose"
              label={`${TEXT.dose} (${typed.unit})`}
              text={typed.dose}
              onText={set('dose')}
            >
              <button
                type="button"
                className="button button-quiet"
                onClick={() => setTyped({ ...typed, unit: typed.unit === 'mg' ? 'mg/kg' : 'mg', dose: '' })}
                data-testid="dose-unit"
              >
                in {typed.unit === 'mg' ? 'mg/kg' : 'mg'} instead
              </button>
            </NumberField>
            <NumberField
              name="concentration"
              label={TEXT.concentration}
              text={typed.concentration}
              onText={set('concentration')}
            />
            <NumberField name="minutes" label={TEXT.duration} text={typed.minutes} onText={set('minutes')} />
          </>
        )}
      </NumberPad>
      {plan === null ? null : (
        <dl className="figures" data-testid="dose-figures">
          {planFigures(plan).map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Findings findings={findings} />
      {findings.length === 0 ? (
        <>
          <FailureLine message={failure?.message ?? null} />
          <button
            type="button"
            className="button button-main"
            disabled={plan === null || isBusy}
            onClick={() => start(send(null))}
            data-testid="plan-dose"
          >
            {TEXT.planDose}
          </button>
        </>
      ) : (
        <ReasonForm
          authority={wantsPhysician(findings) ? 'physician' : 'none'}
          confirm={TEXT.planDose}
          failure={failure?.message ?? null}
          isBusy={isBusy}
          onCancel={() => setTyped(initial(session))}
          onAnswer={(answer) => start(send(answer))}
        />
      )}
    </div>
  );
};
