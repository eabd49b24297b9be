/** When a patient could have gone: the discharge criteria of the protocol, looked at again over the record. */
import { foldAlarmLog } from '../alarm/log-fold.ts';
import { onWallClock } from '../evaluation/recorded-session.ts';
import { type MetricId, RESPIRATION_METRICS } from '../nomenclature/metrics.ts';
import { VITAL_ROWS } from '../nomenclature/vitals.ts';
import { STALE_AFTER_MS } from '../observation/freshness.ts';
import type { NibpReading, SessionEvent } from '../session/events.ts';
import { objections } from '../session/guards.ts';
import { applyEvent, foldSession, type Session } from '../session/session.ts';
import { type EpochMs, instant } from '../time.ts';
import type { ChairFacts } from '../visit/facts.ts';
import { moveFacts } from '../visit/visit-view.ts';
import type { SessionFigures } from './figures.ts';

/** Between two looks (ms). */
const LOOK_EVERY_MS = 60_000;

/** The newest numbers at each look after the stop of the drug. */
export interface VitalsAtEnd {
  /** A number that counts, in order of receipt. */
  take(metric: MetricId, at: number, value: number): void;
  /** The number that was fresh at `at`, of the first of these metrics that had one; null: none. */
  at(metrics: readonly MetricId[], at: number): number | null;
}

export const createVitalsAtEnd = (session: Session): VitalsAtEnd => {
  const stop = stoppedAt(session);
  const kept = new Map<MetricId, { readonly at: number; readonly value: number }[]>();
  return {
    take: (metric, at, value) => {
      if (stop === null || at < stop - STALE_AFTER_MS) return;
      const list = kept.get(metric);
      if (list === undefined) kept.set(metric, [{ at, value }]);
      else list.push({ at, value });
    },
    at: (metrics, at) => {
      for (const metric of metrics) {
        const last = newestBy(kept.get(metric) ?? [], at);
        if (last !== null && at - last.at <= STALE_AFTER_MS) return last.value;
      }
      return null;
    },
  };
};

/** The last of a list in order of time that is not after `at`; null: none. */
const newestBy = <T extends { readonly at: number }>(list: readonly T[], at: number): T | null => {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((list[middle]?.at ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
    else high = middle;
  }
  return list[low - 1] ?? null;
};

const stoppedAt = (session: Session): EpochMs | null =>
  session.spans.find(({ phase }) => phase === 'recovery')?.startedAt ?? null;

/** @param to the end of what is looked at. */
export const recoveryOf = (
  events: readonly SessionEvent[],
  session: Session,
  counted: readonly NibpReading[],
  vitals: VitalsAtEnd,
  to: EpochMs,
): SessionFigures['recovery'] => {
  const stop = stoppedAt(session);
  const discharged = session.spans.find(({ phase }) => phase === 'discharged')?.startedAt ?? null;
  if (stop === null) return { toDischargeMs: null, toReadyMs: null };
  const ready = session.visit.protocol === null ? null : readyAt(events, counted, vitals, stop, to);
  return {
    toDischargeMs: discharged === null ? null : discharged - stop,
    toReadyMs: ready === null ? null : ready - stop,
  };
};

const readyAt = (
  events: readonly SessionEvent[],
  counted: readonly NibpReading[],
  vitals: VitalsAtEnd,
  stop: EpochMs,
  to: EpochMs,
): number | null => {
  const { rows } = foldAlarmLog(events, to);
  const readings = counted.map((one) => ({ ...one, receivedAt: onWallClock(one.receivedAt) }));
  const factsAt = (at: number): ChairFacts => {
    const [spo2, heartRate, respiration] = [
      vitals.at(VITAL_ROWS.spo2.metrics, at),
      vitals.at(VITAL_ROWS.heartRate.metrics, at),
      vitals.at(RESPIRATION_METRICS, at),
    ];
    const past = readings.filter(({ receivedAt }) => receivedAt.wall <= at);
    return {
      vitals: {
        heartRate: heartRate !== null,
        spo2: spo2 !== null,
        respiration: respiration !== null,
        bloodPressure: past.length > 0,
      },
      spo2,
      heartRate,
      readings: past,
      openHighAlarms: rows.filter(
        (row) =>
          row.priority === 'high' &&
          row.raisedAt <= at &&
          (row.endedAt ?? Number.POSITIVE_INFINITY) > at &&
          (row.acknowledged?.at ?? Number.POSITIVE_INFINITY) > at,
      ).length,
    };
  };
  const before = events.filter(({ at }) => at.wall <= stop);
  const after = events.slice(before.length);
  let session = foldSession(events.slice(0, before.length));
  const isReady = (at: number): boolean => {
    const now = instant(at, at);
    const open: Session = { ...session, phase: 'recovery' };
    return objections(moveFacts(open, factsAt(at), 'discharged', now)).length === 0;
  };
  let look: number = stop;
  for (const event of after) {
    for (; look < event.at.wall && look <= to; look += LOOK_EVERY_MS) if (isReady(look)) return look;
    if (event.at.wall > to || session.phase !== 'recovery') return null;
    session = applyEvent(session, event);
    if (session.phase !== 'recovery') return isReady(event.at.wall) ? event.at.wall : null;
    if (isReady(event.at.wall)) return event.at.wall;
  }
  for (; look <= to; look += LOOK_EVERY_MS) if (isReady(look)) return look;
  return null;
};
