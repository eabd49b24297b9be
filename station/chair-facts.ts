/** What a chair's data say at one instant, for guards and checklists: a number that is not fresh is no number. */
import { isBelievable, isSameMeasurement, measuredAt } from '../core/alarm/cuff-reading.ts';
import type { ChairView } from '../core/api/views.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import { VITAL_ROWS } from '../core/nomenclature/vitals.ts';
import { STALE_AFTER_MS } from '../core/observation/freshness.ts';
import type { NibpReading } from '../core/session/events.ts';
import { elapsedMs, type Instant } from '../core/time.ts';
import type { ChairFacts } from '../core/visit/facts.ts';

/** The first of these metrics that has a fresh, valid number at `now`: never an old one. */
const freshValue = (
  current: ChairView['current'],
  metrics: readonly MetricId[],
  now: Instant,
): number | null => {
  for (const metric of metrics) {
    const value = current[metric]?.observation;
    const isFresh =
      value !== undefined &&
      value.validity === 'valid' &&
      now.mono - value.receivedAt.mono + value.ageAtReceiptMs <= STALE_AFTER_MS;
    if (isFresh && value.value !== null) return value.value;
  }
  return null;
};

/** A cuff reading older than this is none of now (ms): our choice, three of the usual intervals; approve. */
export const PRESSURE_OF_NOW_MS = 15 * 60_000;

const hasPressure = (readings: readonly NibpReading[], now: Instant): boolean => {
  const last = readings.findLast(isBelievable);
  return last !== undefined && elapsedMs(measuredAt(last), now) <= PRESSURE_OF_NOW_MS;
};

/** The readings of a session with one more; the same where the monitor only says its last one again. */
export const withReading = (readings: readonly NibpReading[], next: NibpReading): readonly NibpReading[] => {
  const last = readings.findLast(({ monitorId }) => monitorId === next.monitorId);
  return last !== undefined && isSameMeasurement(last, next) ? readings : [...readings, next];
};

/** @param readings cuff readings of the session, oldest first. */
export const chairFacts = (
  current: ChairView['current'],
  readings: readonly NibpReading[],
  openHighAlarms: number,
  now: Instant,
): ChairFacts => {
  const spo2 = freshValue(current, VITAL_ROWS.spo2.metrics, now);
  const heartRate = freshValue(current, VITAL_ROWS.heartRate.metrics, now);
  return {
    vitals: {
      heartRate: heartRate !== null,
      spo2: spo2 !== null,
      respiration: freshValue(current, VITAL_ROWS.respiration.metrics, now) !== null,
      bloodPressure: hasPressure(readings, now),
    },
    spo2,
    heartRate,
    readings,
    openHighAlarms,
  };
};
