import { monitorId } from '../../../core/ids.ts';
import type { NibpReading } from '../../../core/session/events.ts';
import { along, minute, type Values, wobble } from './bedside.ts';

export const BEDSIDE = monitorId('chair-2-bedside');
export const OXIMETER = monitorId('chair-2-oximeter');

/** Minute, systolic, diastolic. The spike is at 29, its repeat at 31. */
export const PRESSURES: readonly (readonly [number, number, number])[] = [
  [5, 126, 80],
  [6.5, 124, 78],
  [14, 131, 82],
  [19, 143, 88],
  [24, 156, 95],
  [29, 170, 99],
  [31, 171, 98],
  [34, 160, 94],
  [39, 150, 90],
  [44, 146, 88],
  [49, 140, 86],
  [54, 134, 82],
  [59, 130, 80],
  [64, 128, 80],
  [69, 126, 78],
  [73, 125, 79],
];

const mean = (systolic: number, diastolic: number): number => Math.round((systolic + 2 * diastolic) / 3);

export const readingAt = (at: number): NibpReading => {
  const [, systolic, diastolic] = PRESSURES.find(([when]) => when === at) ?? [0, 0, 0];
  return {
    systolic,
    diastolic,
    mean: mean(systolic, diastolic),
    pulseRate: 74,
    receivedAt: minute(at),
    ageAtReceiptMs: 0,
    monitorId: BEDSIDE,
  };
};

const HEART: readonly (readonly [number, number])[] = [
  [0, 72],
  [9, 72],
  [29, 88],
  [51, 82],
  [75, 70],
];
const BREATHS: readonly (readonly [number, number])[] = [
  [0, 15],
  [9, 14],
  [30, 12],
  [51, 13],
  [75, 15],
];

export const bedsideValues = (second: number): Values => {
  const at = second / 60;
  const reading = PRESSURES.find(([when]) => when * 60 === second);
  return {
    MDC_ECG_HEART_RATE: Math.round(along(HEART, at) + 2 * wobble(second, 1)),
    MDC_TTHOR_RESP_RATE: Math.round(along(BREATHS, at) + wobble(second >> 3, 2)),
    ...(reading === undefined
      ? {}
      : {
          MDC_PRESS_BLD_NONINV_SYS: reading[1],
          MDC_PRESS_BLD_NONINV_DIA: reading[2],
          MDC_PRESS_BLD_NONINV_MEAN: mean(reading[1], reading[2]),
          MDC_PULS_RATE_NON_INV: Math.round(along(HEART, at)),
        }),
  };
};

export const oximeterValues = (second: number): Values | null => {
  const at = second / 60;
  // The plug was out.
  if (at >= 34.5 && at < 36) return null;
  const isMoving = at >= 47 && at < 47.75;
  const calm = along(
    [
      [0, 98],
      [25, 95],
      [45, 94],
      [60, 97],
      [75, 98],
    ],
    at,
  );
  return {
    MDC_PULS_OXIM_SAT_O2: isMoving
      ? 83 + Math.round(2 * wobble(second, 3))
      : Math.round(calm + 0.5 * wobble(second >> 4, 3)),
    MDC_PULS_OXIM_PULS_RATE: Math.round(along(HEART, at) + 2 * wobble(second, 1)),
    MDC_BLD_PERF_INDEX: Number((2.4 + 0.6 * wobble(second >> 5, 4)).toFixed(2)),
  };
};
