/** An amount given at once: a bolus, or the next nasal device. */
import { useState } from 'react';
import { deliveredMg } from '../../../core/dose/delivery.ts';
import type { DoseState } from '../../../core/dose/dose-state.ts';
import { bolusFindings, wantsPhysician } from '../../../core/dose/findings.ts';
import { type Milligrams, milligrams } from '../../../core/dose/units.ts';
import type { Session } from '../../../core/session/session.ts';
import { GENERIC_LIMITS } from '../../../core/visit/protocols.ts';
import { useNow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { NumberField, NumberPad, positiveNumber } from '../../parts/number-field.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { Findings } from './findings.tsx';
import { type Answer, ReasonForm } from './reason-form.tsx';
import { TEXT } from './text.ts';

export const BolusForm = ({ session, dose }: { readonly session: Session; readonly dose: DoseState }) => {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const now = useNow();
  const { plan } = dose;
  const limits = session.visit.protocol?.doseLimits ?? GENERIC_LIMITS;
  // The station works it out again; without its time only this amount is looked at here.
  const given = now === null ? milligrams(0) : deliveredMg(dose, now.wall);
  const give = async (mg: Milligrams, answer: Answer | null) => {
    const given = await perform((call, by) =>
      call('dose.bolus', {
        sessionId: session.id,
        seenSequence: session.sequence,
        mg,
        reason: answer?.reason ?? null,
        authorisations: [...(answer?.authorisations ?? [])],
        by,
      }),
    );
    if (given !== null) {
      setText('');
      setOpen(false);
    }
  };
  if (plan.kind === 'nasal') {
    const doubts = bolusFindings(plan.deviceMg, plan, given, limits);
    return (
      <section>
        <button
          type="button"
          className="button button-main"
          disabled={isBusy || isOpen}
          onClick={() => (doubts.length > 0 ? setOpen(true) : start(give(plan.deviceMg, null)))}
          data-testid="give-device"
        >
          {TEXT.device} ({dose.boluses.length} of {plan.devices})
        </button>
        {isOpen && doubts.length > 0 ? (
          <>
            <Findings findings={doubts} />
            <ReasonForm
              authority={wantsPhysician(doubts) ? 'physician' : 'none'}
              confirm={TEXT.device}
              failure={failure?.message ?? null}
              isBusy={isBusy}
              onCancel={() => setOpen(false)}
              onAnswer={(answer) => start(give(plan.deviceMg, answer))}
            />
          </>
        ) : (
          <FailureLine message={failure?.message ?? null} />
        )}
      </section>
    );
  }
  if (!isOpen) {
    return (
      <button type="button" className="button" onClick={() => setOpen(true)} data-testid="open-bolus">
        {TEXT.bolus}…
      </button>
    );
  }
  const typed = positiveNumber(text);
  const mg = typed === null ? null : milligrams(typed);
  const findings = mg === null ? [] : bolusFindings(mg, plan, given, limits);
  return (
    <section className="rate-form" data-testid="bolus-form">
      <NumberPad>
        <NumberField name="bolus" label={TEXT.bolus} text={text} onText={(change) => setText(change)} />
      </NumberPad>
      <Findings findings={findings} />
      {mg === null ? null : (
        <ReasonForm
          authority={wantsPhysician(findings) ? 'physician' : 'none'}
          confirm={TEXT.giveBolus}
          failure={failure?.message ?? null}
          isBusy={isBusy}
          onCancel={() => setOpen(false)}
          onAnswer={(answer) => start(give(mg, answer))}
        />
      )}
    </section>
  );
};
