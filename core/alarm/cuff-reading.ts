/** Puts the values of one frame together to cuff readings and says which may be believed (F-3). */
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Observation } from '../observation/observation.ts';
import type { NibpReading } from '../session/events.ts';
import { addMs, type Instant } from '../time.ts';
import type { RejectedReading } from './state.ts';
import { MINIMUM_PULSE_PRESSURE_MMHG } from './timing.ts';

/** What one frame says about the cuff. */
export type CuffNews =
  | { readonly kind: 'reading'; readonly reading: NibpReading }
  | { readonly kind: 'rejected'; readonly rejected: RejectedReading }
  /** The cuff is inflated: the measurement runs. */
  | { readonly kind: 'ongoing'; readonly at: Instant }
  /** The cuff spoke without a number: whatever ran has ended. */
  | { readonly kind: 'idle' };

const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
const DIA = 'MDC_PRESS_BLD_NONINV_DIA';
const MAP = 'MDC_PRESS_BLD_NONINV_MEAN';
const RATE = 'MDC_PULS_RATE_NON_INV';

/** When the measurement ended, at the earliest: receipt minus the age it may have had. */
export const measuredAt = (reading: NibpReading): Instant =>
  addMs(reading.receivedAt, -reading.ageAtReceiptMs);

/** Reads the cuff's part of a frame; null when the frame has none. */
export const cuffNews = (monitorId: MonitorId, frame: readonly Observation[]): CuffNews | null => {
  const of = (metric: MetricId) => frame.find((entry) => entry.metric === metric);
  const [sys, dia, map] = [of(SYS), of(DIA), of(MAP)];
  const parts = [sys, dia, map].filter((part) => part !== undefined);
  const numbers = parts.filter((part) => part.value !== null);
  const [first] = numbers;
  const [heard] = parts;
  if (heard === undefined) return null;
  if (first === undefined) {
    return parts.some((part) => part.validity === 'ongoing')
      ? { kind: 'ongoing', at: heard.receivedAt }
      : { kind: 'idle' };
  }
  const reason = doubt(numbers, sys?.value ?? null, dia?.value ?? null, map?.value ?? null);
  const pressures = `${sys?.value ?? '--'}/${dia?.value ?? '--'} (${map?.value ?? '--'})`;
  const [systolic, diastolic] = [sys?.value ?? null, dia?.value ?? null];
  if (reason !== null || systolic === null || diastolic === null) {
    const text = `${pressures}: ${reason ?? 'incomplete'}. Repeat the reading`;
    return { kind: 'rejected', rejected: { monitorId, at: first.receivedAt, text, systolic } };
  }
  return {
    kind: 'reading',
    reading: {
      systolic,
      diastolic,
      mean: map?.value ?? null,
      pulseRate: of(RATE)?.value ?? null,
      receivedAt: first.receivedAt,
      ageAtReceiptMs: first.ageAtReceiptMs,
      monitorId,
    },
  };
};

/** Why a reading may not be believed; null: nothing speaks against it. Nothing but this rejects a reading. */
const doubt = (
  numbers: readonly Observation[],
  sys: number | null,
  dia: number | null,
  map: number | null,
): string | null => {
  if (numbers.some((part) => part.validity === 'questionable')) return 'the monitor doubts it';
  return sys === null || dia === null ? 'incomplete' : pressureDoubt(sys, dia, map);
};

/** Why these three pressures (mmHg) cannot be one reading of an artery; null: they can. */
export const pressureDoubt = (sys: number, dia: number, map: number | null): string | null => {
  if (sys - dia < MINIMUM_PULSE_PRESSURE_MMHG) return 'systolic and diastolic too close';
  if (map !== null && (sys <= map || map <= dia)) return 'mean not between systolic and diastolic';
  return null;
};

/** True when neither the monitor nor the numbers themselves speak against a reading. */
export const isBelievable = ({ systolic, diastolic, mean, questionable }: NibpReading): boolean =>
  questionable !== true && pressureDoubt(systolic, diastolic, mean) === null;

/** True when `next` may be the same measurement as `last`, seen again (after a reconnect, say). */
export const isSameMeasurement = (last: NibpReading, next: NibpReading): boolean =>
  last.monitorId === next.monitorId &&
  last.systolic === next.systolic &&
  last.diastolic === next.diastolic &&
  last.mean === next.mean &&
  measuredAt(next).mono <= last.receivedAt.mono;
