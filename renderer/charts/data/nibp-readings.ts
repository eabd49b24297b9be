/**
 * Cuff readings for the pressure lane: put together from the observations of one measurement (they share their
 * moment of receipt and monitor), and merged with readings that came from the record, each one once.
 */
import type { CurrentValue } from '../../../core/api/views.ts';
import type { NibpReading } from '../../../core/session/events.ts';
import type { EpochMs } from '../../../core/time.ts';

/** One reading as the lane draws it. A cuff that gave no diastolic or mean leaves them null. */
export interface CuffReading {
  /** Place on the time axis. */
  readonly at: number;
  readonly wall: EpochMs;
  readonly systolic: number;
  readonly diastolic: number | null;
  readonly mean: number | null;
  readonly questionable: boolean;
  /** How old it may already have been when it arrived (ms). */
  readonly ageAtReceiptMs: number;
  readonly monitorId: string;
}

/** Readings of one monitor that arrived closer together than this, with equal numbers, are one (a cuff needs longer). */
const SAME_READING_MS = 2_000;
/** A day of readings once a minute. */
const MOST_READINGS = 1_440;

type CuffField = 'systolic' | 'diastolic' | 'mean';
const FIELD_OF: Readonly<Partial<Record<string, CuffField>>> = {
  MDC_PRESS_BLD_NONINV_SYS: 'systolic',
  MDC_PRESS_BLD_NONINV_DIA: 'diastolic',
  MDC_PRESS_BLD_NONINV_MEAN: 'mean',
};

const isSame = (a: CuffReading, b: CuffReading): boolean =>
  a.monitorId === b.monitorId &&
  Math.abs(a.at - b.at) <= SAME_READING_MS &&
  a.systolic === b.systolic &&
  a.diastolic === b.diastolic;

/** Both lists in order of time, each reading once; where both know one, `preferred` (with its validity) stays. */
export const mergeReadings = (
  preferred: readonly CuffReading[],
  others: readonly CuffReading[],
): readonly CuffReading[] => {
  const extra = others.filter((other) => !preferred.some((known) => isSame(known, other)));
  if (extra.length === 0) return preferred;
  return [...preferred, ...extra].sort((a, b) => a.at - b.at);
};

/** A stored reading at its place on the axis. */
export const fromStored = (reading: NibpReading, at: number): CuffReading => ({
  at,
  wall: reading.receivedAt.wall,
  systolic: reading.systolic,
  diastolic: reading.diastolic,
  mean: reading.mean,
  questionable: false,
  ageAtReceiptMs: reading.ageAtReceiptMs,
  monitorId: reading.monitorId,
});

/** Readings as they arrive. Bounded: beyond a day of readings a minute the oldest go. */
export interface ReadingList {
  readonly readings: readonly CuffReading[];
  /** Takes one cuff observation at its place on the axis; other metrics and absent values change nothing. */
  add(value: CurrentValue, at: number): void;
}

export const createReadingList = (): ReadingList => {
  /** Parts of readings by monitor and moment, until and after they are complete. */
  const parts = new Map<string, Partial<Record<CuffField, number>> & { questionable: boolean }>();
  let readings: CuffReading[] = [];

  return {
    get readings() {
      return readings;
    },
    add({ observation, monitorId }, at) {
      const field = FIELD_OF[observation.metric];
      if (field === undefined || observation.value === null) return;
      const key = `${monitorId} ${observation.receivedAt.mono} ${observation.receivedAt.wall}`;
      const known = parts.get(key) ?? { questionable: false };
      const part = {
        ...known,
        [field]: observation.value,
        questionable: known.questionable || observation.validity === 'questionable',
      };
      parts.set(key, part);
      if (parts.size > MOST_READINGS)
        for (const oldest of [...parts.keys()].slice(0, 60)) parts.delete(oldest);
      if (part.systolic === undefined) return;
      const reading: CuffReading = {
        at,
        wall: observation.receivedAt.wall,
        systolic: part.systolic,
        diastolic: part.diastolic ?? null,
        mean: part.mean ?? null,
        questionable: part.questionable,
        ageAtReceiptMs: observation.ageAtReceiptMs,
        monitorId,
      };
      readings = [...readings.filter((one) => !(one.monitorId === monitorId && one.at === at)), reading]
        .sort((a, b) => a.at - b.at)
        .slice(-MOST_READINGS);
    },
  };
};
