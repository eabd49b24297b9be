/** Another pump rate, with what speaks against it and a reason; less with one tap. */
import { useState } from 'react';
import type { DoseState } from '../../../core/dose/dose-state.ts';
import { rateFindings, wantsPhysician } from '../../../core/dose/findings.ts';
import { drugRatePerWeight, mlPerHour, pumpRate } from '../../../core/dose/units.ts';
import type { Session } from '../../../core/session/session.ts';
import { GENERIC_LIMITS } from '../../../core/visit/protocols.ts';
import { NumberField, NumberPad, positiveNumber } from '../../parts/number-field.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { figureText } from '../../view-model/visit.ts';
import { Findings } from './findings.tsx';
import { type Answer, ReasonForm } from './reason-form.tsx';
import { RATE_REASONS, TEXT } from './text.ts';

/** What is left of the rate, in one tap. */
const LESS = [
  { share: 0.75, label: '−25 %' },
  { share: 0.5, label: '−50 %' },
] as const;

export const RateForm = ({ session, dose }: { readonly session: Session; readonly dose: DoseState }) => {
  const [text, setText] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const { plan, concentrationMgPerMl } = dose;
  if (plan.kind === 'nasal' || concentrationMgPerMl === null) return null;
  const typed = positiveNumber(text);
  const rate = typed === null ? null : mlPerHour(typed);
  const limits = session.visit.protocol?.doseLimits ?? GENERIC_LIMITS;
  const findings =
    rate === null ? [] : rateFindings(rate, plan, concentrationMgPerMl, limits, dose.rateMlPerH);
  const perKg = rate === null ? null : drugRatePerWeight(rate, concentrationMgPerMl, plan.weightKg);

  const send = async ({ reason, authorisations }: Answer) => {
    if (rate === null) return;
    const changed = await perform((call, by) =>
      call('dose.rate', {
        sessionId: session.id,
        seenSequence: session.sequence,
        rateMlPerH: rate,
        reason,
        authorisations: [...authorisations],
        by,
      }),
    );
    if (changed !== null) setText('');
  };
  return (
    <section className="rate-form" data-testid="rate-form">
      <NumberPad>
        <NumberField name="rate" label={TEXT.newRate} text={text} onText={(change) => setText(change)}>
          <span className="rate-less">
            {LESS.map(({ share, label }) => (
              <button
                key={label}
                type="button"
                className="button"
                onClick={() => setText(figureText(pumpRate(mlPerHour(dose.rateMlPerH * share)), 4))}
                data-testid={`less-${share}`}
              >
                {label}
              </button>
            ))}
          </span>
        </NumberField>
        <p className="rate-now">
          {figureText(dose.rateMlPerH, 4)} mL/h
          {rate === null || perKg === null
            ? null
            : ` → ${figureText(rate, 4)} mL/h · ${figureText(perKg)} mg/kg/h`}
        </p>
      </NumberPad>
      <Findings findings={findings} />
      {rate === null ? null : (
        <ReasonForm
          authority={wantsPhysician(findings) ? 'physician' : 'none'}
          usual={RATE_REASONS}
          confirm={TEXT.setRate}
          failure={failure?.message ?? null}
          isBusy={isBusy}
          onCancel={() => setText('')}
          onAnswer={(answer) => start(send(answer))}
        />
      )}
    </section>
  );
};
