/**
 * What people had done to the signals when the station stopped, from the log: pauses with what is left of them,
 * AUDIO OFF and ALARM OFF as they were. A pause whose end came while the station was down is kept until the
 * first look, so that its end gets an entry too.
 */
import type { Instant } from '../time.ts';
import { newsAfterPause } from './controls.ts';
import { placed, remaining } from './placed.ts';
import type { AlarmEngineState, AlarmRecord } from './state.ts';
import { ALARM_PAUSE_MS, AUDIO_PAUSE_MS } from './timing.ts';
import type { ControlEvent } from './types.ts';

export type Controls = Pick<AlarmEngineState, 'audio' | 'paused' | 'off'>;

export const NO_CONTROLS: Controls = { audio: { kind: 'on' }, paused: {}, off: {} };

/** The controls after one more entry of the log; `now` is the instant of the restart. */
export const takeControl = (controls: Controls, entry: ControlEvent, now: Instant): Controls => {
  const since = placed(entry.at, now);
  switch (entry.type) {
    case 'audio-paused':
      return {
        ...controls,
        audio: { kind: 'paused', since, until: remaining(entry.until, now, AUDIO_PAUSE_MS), by: entry.by },
      };
    case 'audio-off':
      return { ...controls, audio: { kind: 'off', since, by: entry.by, reason: entry.reason } };
    case 'audio-resumed':
      return { ...controls, audio: { kind: 'on' } };
    case 'alarms-paused': {
      const { parameters, by, reason } = entry;
      const until = remaining(entry.until, now, ALARM_PAUSE_MS.longest);
      const paused = { ...controls.paused };
      for (const parameter of parameters) paused[parameter] = { parameter, since, until, by, reason };
      return { ...controls, paused };
    }
    case 'alarms-resumed': {
      const paused = { ...controls.paused };
      for (const parameter of entry.parameters) delete paused[parameter];
      return { ...controls, paused };
    }
    case 'alarm-off': {
      const { parameter, by, reason } = entry;
      return { ...controls, off: { ...controls.off, [parameter]: { parameter, since, by, reason } } };
    }
    case 'alarm-on': {
      const off = { ...controls.off };
      delete off[entry.parameter];
      return { ...controls, off };
    }
    default:
      return entry satisfies never;
  }
};

/** What the end of ALARM PAUSED did to the running alarms: what began behind it is news from then on. */
export const newsOf = (
  records: Map<string, AlarmRecord>,
  controls: Controls,
  entry: ControlEvent,
  now: Instant,
): void => {
  if (entry.type !== 'alarms-resumed') return;
  const at = placed(entry.at, now);
  for (const [key, record] of records) {
    records.set(key, newsAfterPause(record, controls.paused, entry.parameters, at));
  }
};
