/** The limits in force beside a number: upper above lower; ALARM OFF is a crossed bell, never a blank. */
import type { LimitSet, LimitSide } from '../../core/alarm/limits.ts';
import { type MetricId, metricRow } from '../../core/nomenclature/metrics.ts';
import { limitTexts, NO_LIMIT } from '../view-model/limits.ts';
import { type NumericSignal, SIGNAL_WORDS } from '../view-model/signals.ts';
import { SignalIcon } from './signal-icons.tsx';

const SIDES = [
  { side: 'high', arrow: '▲', word: 'upper' },
  { side: 'low', arrow: '▼', word: 'lower' },
] as const satisfies readonly { side: LimitSide; arrow: string; word: string }[];

export const LimitColumn = ({
  limits,
  metric,
  signals,
  name = null,
}: {
  readonly limits: LimitSet;
  readonly metric: MetricId;
  /** What is paused or off for this number. */
  readonly signals: readonly NumericSignal[];
  /** Said before the limits, where a tile shows more than one metric. */
  readonly name?: string | null;
}) => (
  <ul className="limits" aria-label={`${metricRow(metric).name}: alarm limits`}>
    {name === null ? null : <li aria-hidden="true">{name}</li>}
    {SIDES.map(({ side, arrow, word }) => (
      <li key={side} title={`${word} limit`} data-testid={`limits-${metric}-${side}`}>
        <span className="limit-arrow">{arrow}</span>
        <Side
          texts={limitTexts(limits, metric, side)}
          signal={signals.find((signal) => signal.side === side) ?? null}
        />
      </li>
    ))}
  </ul>
);

const Side = ({
  texts,
  signal,
}: {
  readonly texts: ReturnType<typeof limitTexts>;
  readonly signal: NumericSignal | null;
}) => {
  if (signal?.state === 'alarm-off') {
    const unused = texts.map(({ mark, text }) => `${mark} ${text}`).join('  ');
    return (
      <span className="limit limit-off" title={`${SIGNAL_WORDS[signal.state]} ${signal.who}: ${unused}`}>
        <SignalIcon state={signal.state} /> OFF
      </span>
    );
  }
  return (
    <>
      {texts.length === 0 ? <span className="limit-none">{NO_LIMIT}</span> : null}
      {texts.map(({ id, mark, text, isNone }) => (
        <span key={id} className={isNone ? 'limit limit-none' : 'limit'}>
          <small>{mark}</small>
          {text}
        </span>
      ))}
      {signal === null ? null : (
        <span className="limit limit-off" title={`${SIGNAL_WORDS[signal.state]} ${signal.who}`}>
          <SignalIcon state={signal.state} />
        </span>
      )}
    </>
  );
};
