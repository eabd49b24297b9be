/** All values of one moment, each with its age, and what went on then. Its place does not move with the cursor. */
import type { ReactElement } from 'react';
import { epochMs } from '../../../core/time.ts';
import { minutesText } from '../../charts/model/time-axis.ts';
import type { ReadoutLine } from '../../view-model/review-readout.ts';
import { clockSecondsText } from '../../view-model/time-text.ts';
import { TEXT } from './text.ts';

/** What stands in the panel; null: the cursor is nowhere. */
export interface Readout {
  readonly at: number;
  readonly lines: readonly ReadoutLine[];
  /** The phase, alarms, side effects and notes at that moment, in words. */
  readonly also: readonly { readonly id: string; readonly text: string }[];
}

/** "+34 min, 14:03:22"; without an infusion the time alone. */
export const momentText = (at: number, zero: number | null): string => {
  const clock = clockSecondsText(epochMs(at));
  return zero === null ? clock : `${minutesText(at, zero)} min, ${clock}`;
};

/** The same for those who hear it. */
export const spokenReadout = ({ at, lines, also }: Readout, zero: number | null): string =>
  [
    momentText(at, zero),
    ...lines.map(({ name, text, unitLabel, age, isOut }) => {
      const value = text === '--' ? 'no number' : `${text} ${unitLabel}`;
      return `${name} ${value}${age === '' ? '' : `, ${age}`}${isOut ? `, ${TEXT.outWord}` : ''}`;
    }),
    ...also.map(({ text }) => text),
  ].join('; ');

export const ReadoutPanel = ({
  readout,
  zero,
  origin,
}: {
  readonly readout: Readout | null;
  readonly zero: number | null;
  /** "SIMULATED"; null: live data. */
  readonly origin: string | null;
}): ReactElement => (
  <aside className="readout" data-testid="review-readout" aria-hidden="true">
    <h2>
      {readout === null ? TEXT.readout : momentText(readout.at, zero)}{' '}
      {origin === null ? null : <span className="origin-word">{origin}</span>}
    </h2>
    {readout === null ? (
      <p className="readout-help">{TEXT.readoutHelp}</p>
    ) : (
      <>
        <dl>
          {readout.lines.map(({ id, label, color, text, unitLabel, age, isOut }) => (
            <div key={id} data-out={isOut} data-testid={`readout-${id}`}>
              <dt style={{ color }}>{label}</dt>
              <dd>
                <strong>{text}</strong> <small>{text === '--' ? '' : unitLabel}</small>
                <small className="readout-age">{isOut ? `${age} ${TEXT.outWord}` : age}</small>
              </dd>
            </div>
          ))}
        </dl>
        <ul>
          {readout.also.map(({ id, text }) => (
            <li key={id}>{text}</li>
          ))}
        </ul>
      </>
    )}
  </aside>
);
