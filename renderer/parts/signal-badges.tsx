/** What is paused or off for a number, on the number itself: sign, side and word, never colour alone. */
import { type NumericSignal, SIGNAL_WORDS } from '../view-model/signals.ts';
import { countdownText } from '../view-model/time-text.ts';
import { SignalIcon } from './signal-icons.tsx';

const ARROWS = { high: '▲', low: '▼' } as const;

export const SignalBadges = ({
  signals,
  isShort,
}: {
  readonly signals: readonly NumericSignal[];
  /** Only sign, side and time: the words do not fit (room and small tiles). */
  readonly isShort: boolean;
}) =>
  signals.length === 0 ? null : (
    <span className="signal-badges">
      {signals.map(({ id, state, subject, who, side, leftMs }) => (
        <span
          key={id}
          className="signal-badge"
          data-state={state}
          data-testid={`badge-${id}`}
          title={`${SIGNAL_WORDS[state]}: ${subject}, ${who}`}
        >
          <SignalIcon state={state} />
          {side === null ? null : ARROWS[side]}
          <span className={isShort ? 'visually-hidden' : undefined}>
            {SIGNAL_WORDS[state]} {isShort ? subject : null}
          </span>
          {leftMs === null ? (isShort && state === 'alarm-off' ? 'OFF' : null) : countdownText(leftMs)}
        </span>
      ))}
    </span>
  );
