/**
 * AUDIO PAUSED, AUDIO OFF and what must be audible now. A pause ends by its timer, whether or not data come (C-5), and
 * holds only for alarms that were there when it began: a new condition or a higher priority sounds through it.
 */
import { addMs, elapsedMs, type Instant } from '../time.ts';
import { PRIORITY_RANK } from './catalogue.ts';
import { isHidden } from './hidden.ts';
import { limitRow } from './rows.ts';
import { type AlarmEngineState, type AlarmRecord, phaseKey } from './state.ts';
import { AUDIO_PAUSE_MS } from './timing.ts';
import type { AlarmEvent, AlarmPriority, AudioState } from './types.ts';

interface AudioStep {
  readonly state: AlarmEngineState;
  readonly events: readonly AlarmEvent[];
}

/** Starts the pause, or starts it anew for everything that is on now. */
export const pauseAudio = (state: AlarmEngineState, by: string, at: Instant): AudioStep => {
  // A pause would end AUDIO OFF two minutes later without anybody having decided that.
  if (state.audio.kind === 'off') return { state, events: [] };
  const until = addMs(at, AUDIO_PAUSE_MS);
  return {
    state: { ...state, audio: { kind: 'paused', since: at, until, by } },
    events: [{ type: 'audio-paused', at, until, by }],
  };
};

/** No sound until a person ends it. Only in a session, where it is in the record. */
export const switchAudioOff = (
  state: AlarmEngineState,
  by: string,
  reason: string,
  at: Instant,
): AudioStep =>
  state.audio.kind === 'off' || phaseKey(state) === 'none'
    ? { state, events: [] }
    : {
        state: { ...state, audio: { kind: 'off', since: at, by, reason } },
        events: [{ type: 'audio-off', at, by, reason }],
      };

/** Ends the pause or AUDIO OFF; `by` null: its time is up, or the session is over. */
export const resumeAudio = (state: AlarmEngineState, by: string | null, at: Instant): AudioStep =>
  state.audio.kind === 'on'
    ? { state, events: [] }
    : { state: { ...state, audio: { kind: 'on' } }, events: [{ type: 'audio-resumed', at, by }] };

/** True when a running pause has reached its end. */
export const isPauseOver = (audio: AudioState, at: Instant): boolean =>
  audio.kind === 'paused' && elapsedMs(audio.until, at) >= 0;

/** The priority that must be audible on the chair now; null: silence is right. */
export const soundingNow = (state: AlarmEngineState, at: Instant): AlarmPriority | null =>
  Object.values(state.alarms)
    .filter((record) => isAudible(state, record, at) && !isHidden(state, record.alarm, at))
    .map((record) => record.alarm.priority)
    .reduce<AlarmPriority | null>(
      (top, priority) => (top === null || PRIORITY_RANK[priority] > PRIORITY_RANK[top] ? priority : top),
      null,
    );

/** True when this alarm by itself must be heard now (ALARM PAUSED left aside). */
export const isAudible = (
  state: AlarmEngineState,
  { alarm, signalAt }: AlarmRecord,
  at: Instant,
): boolean => {
  if (alarm.acknowledged !== null || alarm.state === 'unconfirmed') return false;
  if (!limitRow(alarm.conditionId).sound) return false;
  if (phaseKey(state) === 'none' && state.restored?.phaseKnown !== false && alarm.priority === 'low')
    return false;
  const { audio } = state;
  if (audio.kind === 'off') return false;
  return audio.kind === 'on' || isPauseOver(audio, at) || elapsedMs(audio.since, signalAt) > 0;
};
