/**
 * What the module is told to send, and when it is told again. It is silent until then, and after every loss of
 * power. One channel may also be missing alone: its command was lost on the line, or the module does not have it.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import { COMMAND, commandBytes, type ModuleMessage } from './codec.ts';

/** A kind of output, the message that shows that it is on, and the command that switches it on. */
export interface Channel {
  readonly name: string;
  readonly shownBy: ModuleMessage['kind'];
  readonly bytes: Uint8Array;
}

const channel = (name: string, shownBy: ModuleMessage['kind'], code: number): Channel => ({
  name: `switch ${name} on`,
  shownBy,
  bytes: commandBytes(code, 1),
});

export const CHANNELS: readonly Channel[] = [
  channel('ECG, respiration and cuff values', 'ecg', COMMAND.ecg),
  channel('SpO2 values', 'spo2', COMMAND.spo2),
  channel('temperature', 'temperature', COMMAND.temperature),
  channel('the pleth wave', 'pleth', COMMAND.plethWave),
  channel('the respiration wave', 'respiration', COMMAND.respirationWave),
];

/** A channel that is silent for so long is asked for (ms): values come once a second. */
const ASK_AFTER_MS = 2_500;
/** After so many requests in vain while others answer, the module does not have the channel: it is asked seldom. */
const PATIENCE = 3;
const SELDOM_MS = 30_000;

export interface Channels {
  /** The line is open: all that is to be switched on. */
  start(now: Instant): readonly Channel[];
  heard(kind: ModuleMessage['kind'], now: Instant): void;
  /** What is to be asked for again. */
  due(now: Instant): readonly Channel[];
}

export const createChannels = (): Channels => {
  let states = new Map<Channel, { since: Instant; inVain: number }>();
  let heardAt: Instant | null = null;
  return {
    start(now) {
      heardAt = null;
      states = new Map(CHANNELS.map((one) => [one, { since: now, inVain: 0 }]));
      return CHANNELS;
    },
    heard(kind, now) {
      heardAt = now;
      for (const [{ shownBy }, state] of states) {
        if (shownBy !== kind) continue;
        state.since = now;
        state.inVain = 0;
      }
    },
    due(now) {
      const isSilent = heardAt === null || elapsedMs(heardAt, now) >= ASK_AFTER_MS;
      return CHANNELS.filter((one) => {
        const state = states.get(one);
        if (state === undefined) return false;
        const isSeldom = !isSilent && state.inVain >= PATIENCE;
        if (elapsedMs(state.since, now) < (isSeldom ? SELDOM_MS : ASK_AFTER_MS)) return false;
        state.since = now;
        // Silence of all says nothing about one.
        state.inVain = isSilent ? 0 : state.inVain + 1;
        return true;
      });
    },
  };
};
