/** Everything that is paused or off on a chair: sign, word, time left, who, why, and one tap to end it. */
import type { ChairView } from '../../../core/api/views.ts';
import { useNow, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { SignalIcon } from '../../parts/signal-icons.tsx';
import {
  reminderView,
  restoredText,
  SIGNAL_WORDS,
  type SignalLine,
  signalLines,
} from '../../view-model/signals.ts';
import { countdownText } from '../../view-model/time-text.ts';
import { HOLDS, SIGNAL_TEXT as TEXT } from './alarm-text.ts';

export const SignalStates = ({ chair }: { readonly chair: ChairView }) => {
  const now = useNow();
  // What has its own button in the row above is said there.
  const lines = signalLines(chair.alarms, now).filter(
    ({ state, parameter }) =>
      state !== 'audio-paused' &&
      !(state === 'alarm-paused' && HOLDS.some((hold) => hold.parameter === parameter)),
  );
  const reminder = reminderView(chair.alarms.reminder, now);
  const restored = restoredText(chair.restored);
  if (lines.length === 0 && reminder === null && restored === null) return null;
  return (
    <ul className="signal-states" aria-label={TEXT.states} data-testid="signal-states">
      {lines.map((line) => (
        <State key={line.id} chair={chair} line={line} />
      ))}
      {reminder === null ? null : (
        <li className="reminder" data-due={reminder.isDue} data-testid="reminder">
          {reminder.text}
        </li>
      )}
      {restored === null ? null : (
        <li className="reminder" data-testid="restored">
          {restored}
        </li>
      )}
    </ul>
  );
};

const State = ({ chair, line }: { readonly chair: ChairView; readonly line: SignalLine }) => {
  const { perform, failure, isBusy } = usePerform();
  const isLive = useWindow((state) => state.link === 'live');
  const { parameter, state, subject, leftMs, who, reason } = line;
  const end = () =>
    start(
      perform<unknown>((call, by) => {
        if (parameter === null) return call('alarm.resumeAudio', { chairId: chair.id, by });
        return state === 'alarm-off'
          ? call('alarm.on', { chairId: chair.id, parameter, by })
          : call('alarm.resume', { chairId: chair.id, parameters: [parameter], by });
      }),
    );
  return (
    <li className="signal-state" data-state={state} data-testid={`state-${line.id}`}>
      <SignalIcon state={state} />
      <span>
        <strong>
          {SIGNAL_WORDS[state]}
          {parameter === null ? null : `: ${subject}`}
          {leftMs === null ? null : ` ${countdownText(leftMs)}`}
        </strong>{' '}
        <small>
          {who}
          {reason === null ? null : `: ${reason}`}
        </small>
      </span>
      <button
        type="button"
        className="button"
        onClick={end}
        disabled={isBusy || !isLive}
        data-testid={`end-${line.id}`}
        aria-label={`${state === 'alarm-paused' ? TEXT.endPause : TEXT.turnOn}: ${subject}`}
      >
        {state === 'alarm-paused' ? TEXT.endPause : TEXT.turnOn}
      </button>
      <FailureLine message={failure?.message ?? null} />
    </li>
  );
};
