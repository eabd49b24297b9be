/** Other drugs and fluids: what was given, and a form for the next. The amounts are the prescriber's, never proposed. */
import { useState } from 'react';
import type { EventId } from '../../../core/ids.ts';
import type { Session } from '../../../core/session/session.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { NumberField, NumberPad, positiveNumber } from '../../parts/number-field.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { clockText } from '../../view-model/time-text.ts';
import { figureText } from '../../view-model/visit.ts';
import { StrikeButton } from './strike-button.tsx';
import { OTHER_DRUGS, TEXT } from './text.ts';

export const OtherDrugs = ({ session }: { readonly session: Session }) => {
  const { drugs, dose } = session.visit;
  const given: readonly { readonly id: EventId; readonly at: number; readonly text: string }[] = [
    ...drugs.map(({ id, at, by, name, amount, unit, route }) => ({
      id,
      at,
      text: `${clockText(at)} ${name} ${figureText(amount, 6)} ${unit} ${route} (${by})`,
    })),
    ...(dose?.boluses ?? []).map(({ id, at, by, mg }) => ({
      id,
      at,
      text: `${clockText(at)} ${dose?.plan.drug ?? ''} ${figureText(mg)} mg at once (${by})`,
    })),
  ].sort((a, b) => a.at - b.at);
  return (
    <section className="other-drugs" data-testid="other-drugs">
      <h3>{TEXT.given}</h3>
      {given.length === 0 ? <p className="empty-line">{TEXT.nothingGiven}</p> : null}
      <ul>
        {given.map(({ id, text }) => (
          <li key={id}>
            {text} <StrikeButton session={session} entry={id} what={text} />
          </li>
        ))}
      </ul>
      <GiveDrug session={session} />
    </section>
  );
};

const GiveDrug = ({ session }: { readonly session: Session }) => {
  const [drug, setDrug] = useState<{ name: string; unit: string; route: string } | null>(null);
  const [amount, setAmount] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const value = positiveNumber(amount);
  const give = async () => {
    if (drug === null || value === null) return;
    const given = await perform((call, by) =>
      call('drug.give', {
        sessionId: session.id,
        seenSequence: session.sequence,
        name: drug.name.trim(),
        amount: value,
        unit: drug.unit.trim(),
        route: drug.route.trim(),
        by,
      }),
    );
    if (given === null) return;
    setDrug(null);
    setAmount('');
  };
  const isComplete =
    drug !== null && value !== null && [drug.name, drug.unit, drug.route].every((text) => text.trim() !== '');
  return (
    <div className="give-drug">
      <fieldset className="taps" aria-label={TEXT.otherDrug}>
        {OTHER_DRUGS.map((each) => (
          <button
            key={each.name}
            type="button"
            className={drug?.name === each.name ? 'button button-main' : 'button'}
            aria-pressed={drug?.name === each.name}
            onClick={() => setDrug({ ...each })}
            data-testid={`drug-${each.name}`}
          >
            {each.name}
          </button>
        ))}
        <button
          type="button"
          className="button"
          onClick={() => setDrug({ name: '', unit: 'mg', route: 'IV' })}
        >
          {TEXT.more}
        </button>
      </fieldset>
      {drug === null ? null : (
        <NumberPad>
          {(['name', 'unit', 'route'] as const).map((key) => (
            <label key={key} className="field">
              {key === 'name' ? TEXT.drugName : key === 'unit' ? TEXT.unit : TEXT.route}
              <input
                value={drug[key]}
                maxLength={key === 'name' ? 80 : 20}
                autoComplete="off"
                onChange={(event) => setDrug({ ...drug, [key]: event.target.value })}
              />
            </label>
          ))}
          <NumberField
            name="amount"
            label={`${TEXT.amount} (${drug.unit})`}
            text={amount}
            onText={(change) => setAmount(change)}
          />
          <button
            type="button"
            className="button button-main"
            disabled={!isComplete || isBusy}
            onClick={() => start(give())}
            data-testid="give-drug"
          >
            {TEXT.giveDrug}
          </button>
        </NumberPad>
      )}
      <FailureLine message={failure?.message ?? null} />
    </div>
  );
};
