/**
 * The alarm engine of one chair: a pure step from state and input to state and events. It has no clock, no
 * memory outside its state, and no randomness: the same inputs give the same alarms, live or replayed.
 */
import { elapsedMs, type Instant } from '../time.ts';
import { absorb } from './absorb.ts';
import { acknowledge } from './acknowledge.ts';
import { isPauseOver, pauseAudio, resumeAudio, soundingNow, switchAudioOff } from './audio.ts';
import { conditionRank, outranks, PRIORITY_RANK } from './catalogue.ts';
import {
  endControls,
  isSwitchedOff,
  pauseAlarms,
  resumeAlarms,
  switchOff,
  switchOn,
  watchControls,
} from './controls.ts';
import { isHidden } from './hidden.ts';
import type { AlarmInput } from './input.ts';
import { equipmentSamples, symptomSample, trackOf } from './judge-equipment.ts';
import { limitSamples } from './judge-limits.ts';
import { sensorSamples } from './judge-sensors.ts';
import { stationSamples } from './judge-station.ts';
import { knowinglyUnwatched, vitalSamples } from './judge-vitals.ts';
import type { Finding, Sample } from './judgement.ts';
import { settle } from './lifecycle.ts';
import { ALARM_PARAMETERS } from './parameters.ts';
import { pressureFindings, promoteOverdue } from './pressure.ts';
import { limitRow, priorityIn } from './rows.ts';
import { withoutAbsentMonitors } from './source.ts';
import { type AlarmEngineState, isWithinGrace, phaseKey, type Track } from './state.ts';
import { advance } from './track.ts';
import type { ActiveAlarm, AlarmEvent, AlarmSnapshot } from './types.ts';

export { repeatRequest, tailorHints } from './advice.ts';
export type { AlarmInput } from './input.ts';
export { restoreAlarms } from './restore.ts';
export { type AlarmEngineState, createAlarmEngine } from './state.ts';

export interface AlarmStep {
  readonly state: AlarmEngineState;
  /** What happened, in a fixed order; empty when nothing did. */
  readonly events: readonly AlarmEvent[];
}

/** One step. The state object is the same one when nothing changed. Total: never throws. */
export const stepAlarms = (state: AlarmEngineState, input: AlarmInput): AlarmStep => {
  const { at } = input;
  switch (input.type) {
    case 'acknowledge':
      return then(acknowledge(state, input.key, input.by, at), at);
    case 'pause-audio':
      return then(pauseAudio(state, input.by, at), at);
    case 'resume-audio':
      return then(resumeAudio(state, input.by, at), at);
    case 'audio-off':
      return then(switchAudioOff(state, input.by, input.reason, at), at);
    case 'pause-alarms':
      return then(pauseAlarms(state, input, at), at);
    case 'resume-alarms':
      return then(resumeAlarms(state, input.parameters, input.by, at), at);
    case 'alarm-off':
      return then(switchOff(state, input, at), at);
    case 'alarm-on':
      return then(switchOn(state, input.parameter, input.by, at), at);
    case 'reminder-interval':
      return { state: { ...state, reminderMs: input.everyMs }, events: [] };
    case 'tick':
      return evaluate(state, at);
    case 'phase': {
      const next = absorb(state, input);
      const begins = phaseKey(state) === 'none' && state.restored?.phaseKnown !== false;
      // What silences belongs to one session: the next patient's alarms must be neither silent nor hidden.
      return begins || phaseKey(next) === 'none' ? then(endControls(next, at), at) : evaluate(next, at);
    }
    default:
      return evaluate(absorb(state, input), at);
  }
};

const then = (first: AlarmStep, at: Instant): AlarmStep => {
  const second = evaluate(first.state, at);
  return { state: second.state, events: [...first.events, ...second.events] };
};

/** True when an alarm with this key is on now (also unconfirmed or latched). */
export const isActive = (state: AlarmEngineState, key: string): boolean => Object.hasOwn(state.alarms, key);

/** Everything a window shows of the chair's alarms at `at`. */
export const alarmSnapshot = (state: AlarmEngineState, at: Instant): AlarmSnapshot => ({
  alarms: Object.values(state.alarms)
    .map((record) => record.alarm)
    .filter((alarm) => !isHidden(state, alarm, at))
    .sort(byUrgency),
  audio: isPauseOver(state.audio, at) ? { kind: 'on' } : state.audio,
  sounding: soundingNow(state, at),
  paused: ALARM_PARAMETERS.flatMap((parameter) => {
    const pause = state.paused[parameter];
    return pause === undefined || elapsedMs(pause.until, at) >= 0 ? [] : [pause];
  }),
  off: ALARM_PARAMETERS.flatMap((parameter) => state.off[parameter] ?? []),
  reminder: state.reminder,
  unwatched: knowinglyUnwatched(state),
});

/**
 * True when nothing has changed from which a snapshot is made: the two look alike at any one instant. Cheap, for
 * the many steps that only take a number. False says nothing.
 */
export const haveSameSignals = (a: AlarmEngineState, b: AlarmEngineState): boolean =>
  a.alarms === b.alarms &&
  a.audio === b.audio &&
  a.paused === b.paused &&
  a.off === b.off &&
  a.reminder === b.reminder &&
  a.vitals === b.vitals &&
  a.phase === b.phase &&
  a.restored === b.restored;

const byUrgency = (a: ActiveAlarm, b: ActiveAlarm): number =>
  PRIORITY_RANK[b.priority] - PRIORITY_RANK[a.priority] ||
  b.raisedAt.mono - a.raisedAt.mono ||
  (a.key < b.key ? -1 : 1);

/** Looks at everything that is known, at one instant. */
const evaluate = (state: AlarmEngineState, at: Instant): AlarmStep => {
  const audio = isPauseOver(state.audio, at) ? resumeAudio(state, null, at) : { state, events: [] };
  if (audio.state.restored?.phaseKnown === false) return audio;
  const controls = watchControls(withoutAbsentMonitors(audio.state, at), at);
  const cuff = promoteOverdue(controls.state.cuff, at);
  const ready = cuff === controls.state.cuff ? controls.state : { ...controls.state, cuff };
  const { tracks, findings } = judge(ready, at);
  const open = phaseKey(ready) !== 'none';
  const settled = settle(ready.alarms, ready.ended, findings, open, at);
  const same = tracks === ready.tracks && settled.alarms === ready.alarms && settled.ended === ready.ended;
  return {
    state: same ? ready : { ...ready, tracks, alarms: settled.alarms, ended: settled.ended },
    events: [...audio.events, ...controls.events, ...settled.events],
  };
};

const judge = (
  state: AlarmEngineState,
  at: Instant,
): { readonly tracks: AlarmEngineState['tracks']; readonly findings: ReadonlyMap<string, Finding> } => {
  const phase = phaseKey(state);
  const open = phase !== 'none';
  const samples: readonly Sample[] = [
    ...(open ? limitSamples(state, at) : []),
    ...(open ? [...sensorSamples(state, at), ...symptomSample(state, at)] : []),
    ...equipmentSamples(state, at),
    ...vitalSamples(state, at),
    ...stationSamples(state, at),
  ];
  const anyOff = Object.keys(state.off).length > 0;
  const pressure = open ? pressureFindings(state) : [];
  const found: Finding[] = pressure.filter((finding) => !anyOff || !isSwitchedOff(state, finding, null));
  const tracks: Record<string, Track> = {};
  let changed = false;
  for (const sample of samples) {
    const track = advance(tracks[sample.track] ?? state.tracks[sample.track], sample, at);
    if (track !== state.tracks[sample.track]) changed = true;
    if (track === undefined) continue;
    tracks[sample.track] = track;
    if (!track.on) continue;
    const finding = sample.finding(track.since);
    if (!anyOff || !isSwitchedOff(state, finding, sample.track)) found.push(finding);
  }
  for (const [name, track] of Object.entries(state.tracks)) {
    if (tracks[name] !== undefined) continue;
    const unspoken = isWithinGrace(state.restored, at) && !samples.some((sample) => sample.track === name);
    if (unspoken) tracks[name] = track;
    else changed = true;
  }
  return { tracks: changed ? tracks : state.tracks, findings: highestOfEachKey(state, tracks, found, at) };
};

/** One finding a key, in order of urgency, so that the order of events never depends on the order of values. */
const highestOfEachKey = (
  state: AlarmEngineState,
  tracks: AlarmEngineState['tracks'],
  found: readonly Finding[],
  at: Instant,
): ReadonlyMap<string, Finding> => {
  const phase = phaseKey(state);
  const best = new Map<string, Finding>();
  for (const finding of found) {
    const priority = priorityIn(limitRow(finding.conditionId), finding.priority, phase);
    if (priority === null) continue;
    const candidate = priority === finding.priority ? finding : { ...finding, priority };
    const other = best.get(finding.key);
    if (other === undefined || precedes(candidate, other)) best.set(finding.key, candidate);
  }
  if (isWithinGrace(state.restored, at) && phase !== 'none') {
    keepUnspoken(state, tracks, best);
    keepUnjudged(state, best);
  }
  return best.size < 2 ? best : new Map([...best].sort(([, a], [, b]) => (precedes(a, b) ? -1 : 1)));
};

/** Restored alarms whose tracks are kept without a look: they go on in their own words. */
const keepUnspoken = (
  state: AlarmEngineState,
  tracks: AlarmEngineState['tracks'],
  best: Map<string, Finding>,
): void => {
  for (const { alarm, pending } of Object.values(state.alarms)) {
    if (best.has(alarm.key) || alarm.state === 'latched') continue;
    const own = [alarm.conditionId, trackOf(alarm.conditionId, alarm.key)];
    const unspoken = own.some((track) => tracks[track] !== undefined);
    if (!unspoken) continue;
    best.set(alarm.key, { ...alarm, worse: 'higher', confirmation: pending ? 'pending' : 'none' });
  }
};

/** Pressure alarms whose readings have not met their baseline yet stay as the log left them. */
const keepUnjudged = (state: AlarmEngineState, best: Map<string, Finding>): void => {
  if (state.restored?.unjudged === null) return;
  for (const { alarm, pending } of Object.values(state.alarms)) {
    const found = best.get(alarm.key);
    if (!isPressureKey(alarm.key)) continue;
    if (found !== undefined && !outranks(alarm.priority, found.priority)) continue;
    if (alarm.state === 'latched') {
      best.delete(alarm.key); // a lesser degree may be less still against the baseline: it does not come back yet
      continue;
    }
    const onsetAt = found?.onsetAt ?? alarm.onsetAt;
    best.set(alarm.key, {
      ...alarm,
      worse: alarm.key === 'bp-low' ? 'lower' : 'higher',
      confirmation: pending ? 'pending' : 'confirmed',
      onsetAt,
    });
  }
};

const isPressureKey = (key: string): boolean => key === 'bp-high' || key === 'bp-low';

const precedes = (a: Finding, b: Finding): boolean => {
  if (a.priority !== b.priority) return outranks(a.priority, b.priority);
  const [rankA, rankB] = [conditionRank(a.conditionId), conditionRank(b.conditionId)];
  return rankA === rankB ? a.key < b.key : rankA < rankB;
};
