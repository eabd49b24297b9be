/**
 * A bedside whose every number is written down: what two monitors send, second by second, and what people enter,
 * played through the real alarm engine in order of time.
 */
import { createAlarmEngine, stepAlarms } from '../../../core/alarm/engine.ts';
import type { AlarmInput } from '../../../core/alarm/input.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import { recordedInputs } from '../../../core/evaluation/recorded-session.ts';
import { eventId, type MonitorId, type SessionId } from '../../../core/ids.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { VITALS, type Vital } from '../../../core/nomenclature/vitals.ts';
import { type Observation, present } from '../../../core/observation/observation.ts';
import type { StoredFrame } from '../../../core/observation/stored-frame.ts';
import type { SessionEvent, SessionEventBody } from '../../../core/session/events.ts';
import { epochMs, type Instant, instant } from '../../../core/time.ts';

/** 2026-03-04T09:00:00Z: when every example is opened. */
export const OPENED = Date.UTC(2026, 2, 4, 9);
const MONO = 3_600_000;

/** `minutes` after the opening. */
export const minute = (minutes: number): Instant => {
  const ms = Math.round(minutes * 60_000);
  return instant(OPENED + ms, MONO + ms);
};

/** What a person or the station did: an entry of the record, or something done to the alarms. */
export type Deed =
  | {
      readonly minute: number;
      readonly by: string;
      /** A function: it names an entry that was made before. */
      readonly body: SessionEventBody | ((events: readonly SessionEvent[]) => SessionEventBody);
    }
  | { readonly minute: number; readonly by: string; readonly acknowledges: string }
  | { readonly minute: number; readonly by: string; readonly pausesAudio: true };

export type Values = Readonly<Partial<Record<MetricId, number>>>;

export interface Bedside {
  readonly sessionId: SessionId;
  readonly minutes: number;
  readonly deeds: readonly Deed[];
  readonly monitors: readonly MonitorId[];
  readonly without: readonly Vital[];
  /** What a monitor sends in a second after the opening; null: nothing. Pressures come as one reading. */
  values(monitor: MonitorId, second: number): Values | null;
}

export interface Played {
  /** Without signatures and what comes after them. */
  readonly events: readonly SessionEvent[];
  /** One a second and monitor. */
  readonly frames: readonly StoredFrame[];
}

const played = new Map<SessionId, Played>();

/** Plays a bedside, once; the same one gives the same record. */
export const play = (bedside: Bedside): Played => {
  const known = played.get(bedside.sessionId) ?? playAnew(bedside);
  played.set(bedside.sessionId, known);
  return known;
};

const playAnew = (bedside: Bedside): Played => {
  const { sessionId, monitors } = bedside;
  const deeds = bedside.deeds.toSorted((a, b) => a.minute - b.minute);
  const events: SessionEvent[] = [];
  const frames: StoredFrame[] = [];
  let engine = createAlarmEngine(DEFAULT_PRESET);

  const enter = (body: SessionEventBody, by: string, at: Instant): void => {
    const sequence = events.length + 1;
    events.push({ id: eventId(idOf(sequence)), sessionId, sequence, at, by, body });
  };
  const step = (input: AlarmInput): void => {
    const done = stepAlarms(engine, input);
    engine = done.state;
    for (const alarm of done.events) {
      enter({ type: 'alarm', alarm }, ('by' in alarm ? alarm.by : null) ?? 'station', alarm.at);
    }
  };
  const act = (deed: Deed): void => {
    const at = minute(deed.minute);
    const { by } = deed;
    if ('acknowledges' in deed) {
      step({ type: 'acknowledge', key: deed.acknowledges, by, at });
      return;
    }
    if ('pausesAudio' in deed) {
      step({ type: 'pause-audio', by, at });
      return;
    }
    const body = typeof deed.body === 'function' ? deed.body(events) : deed.body;
    enter(body, by, at);
    const entry = events.at(-1);
    if (entry === undefined) return;
    for (const input of recordedInputs([entry])) step({ ...input, at });
    if (body.type === 'session-opened') {
      step({ type: 'vitals', required: VITALS, waived: bedside.without, at });
    }
  };

  let next = 0;
  const actUntil = (minutes: number): void => {
    for (let deed = deeds[next]; deed !== undefined && deed.minute <= minutes; deed = deeds[next]) {
      act(deed);
      next += 1;
    }
  };
  for (let second = 0; second <= bedside.minutes * 60; second += 1) {
    actUntil(second / 60);
    monitors.forEach((monitorId, index) => {
      const values = bedside.values(monitorId, second);
      if (values === null) return;
      // Two lines never speak at the same millisecond.
      const at = minute((second + 0.2 + 0.3 * index) / 60);
      const observations = observed(values, at);
      frames.push({ monitorId, at, observations });
      step({ type: 'observations', monitorId, observations, at });
    });
    // Frames let time pass, too; this is for the seconds in which none comes.
    if (second % 5 === 0) step({ type: 'tick', at: minute((second + 0.9) / 60) });
  }
  actUntil(Number.POSITIVE_INFINITY);
  return { events, frames: frames.filter(({ at }) => at.wall <= endOf(events)) };
};

/** The identity of the entry with this sequence. */
export const idOf = (sequence: number): string =>
  `00000000-0000-4000-8000-${String(sequence).padStart(12, '0')}`;

const observed = (values: Values, at: Instant): readonly Observation[] =>
  Object.entries(values).map(([metric, value]) =>
    // The keys are metrics; `Object.entries` forgets that.
    present(metric as MetricId, value, { receivedAt: at, deviceTime: epochMs(at.wall - 2500) }),
  );

const endOf = (events: readonly SessionEvent[]): number =>
  events.findLast(({ body }) => body.type === 'phase-changed')?.at.wall ?? Number.POSITIVE_INFINITY;

/** A number between -1 and 1 that looks like chance and is always the same for the same second. */
export const wobble = (second: number, seed: number): number => {
  const mixed = Math.imul(second * 2 + seed * 7919 + 1, 2_654_435_761) >>> 8;
  return (mixed % 2001) / 1000 - 1;
};

/** Straight lines between points of (minute, value). */
export const along = (points: readonly (readonly [number, number])[], at: number): number => {
  const after = points.findIndex(([x]) => x > at);
  const [x0, y0] = points[after < 0 ? points.length - 1 : Math.max(0, after - 1)] ?? [0, 0];
  const [x1, y1] = points[after < 0 ? points.length - 1 : after] ?? [x0, y0];
  return x1 === x0 ? y0 : y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
};
