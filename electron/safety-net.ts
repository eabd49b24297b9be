/**
 * The last one that can make a sound: the main process watches the station's process and the window, and
 * where neither can sound an alarm, the operating system's own beep and notification do.
 */
import type { Clock } from '../station/clock.ts';
import { SILENT_AFTER_MS } from './ipc.ts';
import { type SilenceWatch, watchSilence } from './silence.ts';
import type { StationState, StationStatus } from './station-messages.ts';

/**
 * - `not-monitoring`: there is no station: nobody watches, nothing is recorded
 * - `alarm-unheard`: the station has an alarm that must be heard now, and no window can sound it
 * - `window-silent`: the station watches, and nobody would hear an alarm
 * - `sound-blocked`: the window lives, but the station knows of no window that can sound
 */
export type Worry = 'not-monitoring' | 'alarm-unheard' | 'window-silent' | 'sound-blocked';

interface WorryRow {
  readonly beepEveryMs: number;
  readonly title: string;
  readonly body: string;
}

const REPEAT_NOTIFICATION_MS = 60_000;
/** The first page of all gets this long until its first word (ms); a later one replaces a page that was heard. */
export const FIRST_LOAD_MS = 15_000;

export const WORRIES: Readonly<Record<Worry, WorryRow>> = {
  'not-monitoring': {
    beepEveryMs: 2000,
    title: 'NOT MONITORING',
    body: 'Chairside’s station is not running. It is being started again. Look at the bedside monitors.',
  },
  'alarm-unheard': {
    beepEveryMs: 2000,
    title: 'ALARM – Chairside’s window cannot sound it',
    body: 'There is an alarm that no window can sound. Look at the patient and the bedside monitors.',
  },
  'window-silent': {
    beepEveryMs: 10_000,
    title: 'Chairside’s window does not respond',
    body: 'Monitoring and recording go on, but alarms cannot be seen or heard here. Look at the bedside monitors.',
  },
  'sound-blocked': {
    beepEveryMs: 10_000,
    title: 'Chairside cannot sound alarms',
    body: 'Its window lives, but no alarm would be heard. Check the sound in its bar and the loudspeaker.',
  },
};

/** What is wrong now, the worst first; null when somebody can sound an alarm. */
export const worryOf = (
  state: StationState['kind'],
  sounding: StationStatus['sounding'],
  isWindowSilent: boolean,
  unheard: StationStatus['unheard'],
): Worry | null => {
  if (state === 'down') return 'not-monitoring';
  if (!isWindowSilent && (state !== 'running' || unheard === null)) return null;
  const isUrgent = isWindowSilent ? sounding === 'high' || sounding === 'medium' : unheard === 'alarm';
  if (state === 'running' && isUrgent) return 'alarm-unheard';
  return isWindowSilent ? 'window-silent' : 'sound-blocked';
};

export interface SafetyNetDeps {
  readonly clock: Clock;
  readonly beep: () => void;
  /** A notification of the operating system; returns what takes it away again. */
  readonly notify: (title: string, body: string) => () => void;
  /** Brings the window before the eyes. */
  readonly raise: () => void;
  /** The window's renderer hangs: offer to start it again. Called once per occurrence. */
  readonly onWindowSilent: () => void;
  /** The window is heard again. */
  readonly onWindowBack: () => void;
}

export interface SafetyNet {
  stationState(state: StationState): void;
  stationStatus(status: StationStatus): void;
  /** The window said that it lives. */
  windowAlive(): void;
  worry(): Worry | null;
  stop(): void;
}

export const startSafetyNet = (deps: SafetyNetDeps): SafetyNet => {
  const { clock } = deps;
  let state: StationState['kind'] = 'starting';
  let sounding: StationStatus['sounding'] = null;
  let unheard: StationStatus['unheard'] = null;
  let isStopped = false;
  let wasHeard = false;
  let isWindowSilent = false;
  let worry: Worry | null = null;
  let takeAway: () => void = () => undefined;
  let beepAt = 0;
  let notifyAt = 0;

  const look = (): void => {
    const wasSilent = isWindowSilent;
    isWindowSilent = watch.silentForMs() >= (wasHeard ? SILENT_AFTER_MS : FIRST_LOAD_MS);
    if (isWindowSilent && !wasSilent) deps.onWindowSilent();
    if (!isWindowSilent && wasSilent) deps.onWindowBack();
    judge();
  };

  const judge = (): void => {
    if (isStopped) return;
    const next = worryOf(state, sounding, isWindowSilent, unheard);
    const now = clock.now().mono;
    if (next !== worry) {
      takeAway();
      takeAway = () => undefined;
      if (worry === 'not-monitoring' && state === 'running') {
        takeAway = deps.notify('Monitoring again', 'Chairside’s station runs. Check every chair.');
      }
      worry = next;
      beepAt = now;
      notifyAt = now;
      if (worry !== null) deps.raise();
    }
    if (worry === null) return;
    const row = WORRIES[worry];
    if (now >= beepAt) {
      deps.beep();
      beepAt = now + row.beepEveryMs;
    }
    if (now >= notifyAt) {
      takeAway();
      takeAway = deps.notify(row.title, row.body);
      notifyAt = now + REPEAT_NOTIFICATION_MS;
    }
  };

  const watch: SilenceWatch = watchSilence(clock, look);

  return {
    stationState: (next) => {
      state = next.kind;
      // What the last one said is not known to be true of the next one.
      if (next.kind !== 'running') [sounding, unheard] = [null, null];
      judge();
    },
    stationStatus: (status) => {
      ({ sounding, unheard } = status);
    },
    windowAlive: () => {
      wasHeard = true;
      watch.heard();
      if (isWindowSilent) look();
    },
    worry: () => worry,
    stop: () => {
      isStopped = true;
      watch.stop();
      takeAway();
      worry = null;
    },
  };
};
