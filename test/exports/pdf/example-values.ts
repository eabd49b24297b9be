import { monitorId } from '../../../core/ids.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { absent, type Observation, present } from '../../../core/observation/observation.ts';
import type { StoredFrame } from '../../../core/observation/stored-frame.ts';
import type { NibpReading } from '../../../core/session/events.ts';
import { epochMs, instant } from '../../../core/time.ts';

/** 2026-03-01 09:00 in New York; the infusion starts half an hour later. */
export const OPENED = Date.UTC(2026, 2, 1, 14);
export const MINUTE = 60_000;
export const START = OPENED + 30 * MINUTE;
export const MONITOR = monitorId('bed-1');
/** Of a minute of the infusion. */
export const minute = (value: number) => epochMs(START + value * MINUTE);
export const at = (value: number) => instant(minute(value), 5_000_000 + value * MINUTE);

const value = (metric: MetricId, number: number | null, when: number): Observation => {
  const receipt = { receivedAt: at(when), deviceTime: null };
  return number === null ? absent(metric, 'unavailable', receipt) : present(metric, number, receipt);
};

/** A frame every two seconds, from the baseline to the end; SpO₂ is off the finger from minute 40 to 43. */
export const frames = (): readonly StoredFrame[] =>
  Array.from({ length: 93 * 30 }, (_, index): StoredFrame => {
    const when = -15 + index / 30;
    const rise = Math.max(0, Math.min(1, when / 25)) * Math.max(0, 1 - Math.max(0, when - 30) / 40);
    const wave = Math.sin(index / 9) * 2 + Math.sin(index / 31) * 3;
    const rate = when >= 14 && when < 15 ? 40 + ((index * 37) % 110) : 72 + 22 * rise + wave;
    const spo2 = when >= 40 && when < 43 ? null : 97 - 3 * rise + Math.sin(index / 50);
    return {
      monitorId: MONITOR,
      at: at(when),
      observations: [
        value('MDC_ECG_HEART_RATE', Math.round(rate), when),
        value('MDC_PULS_OXIM_PULS_RATE', Math.round(71 + 22 * rise + wave), when),
        value('MDC_PULS_OXIM_SAT_O2', spo2 === null ? null : Math.round(index === 1500 ? 86 : spo2), when),
        value('MDC_RESP_RATE', Math.round(15 - 3 * rise + Math.sin(index / 23)), when),
      ],
    };
  });

const READINGS: readonly (readonly [minute: number, systolic: number, diastolic: number])[] = [
  [-8, 126, 80],
  [-6, 124, 78],
  [-4, 122, 76],
  [2, 128, 80],
  [5, 134, 84],
  [10, 196, 60],
  [12, 142, 88],
  [15, 148, 90],
  [20, 158, 94],
  [25, 166, 98],
  [27, 168, 99],
  [30, 160, 96],
  [35, 152, 92],
  [36, 98, 92],
  [40, 148, 90],
  [45, 142, 88],
  [50, 138, 86],
  [55, 134, 84],
  [60, 130, 82],
  [70, 128, 80],
];

export const readings = (): readonly NibpReading[] =>
  READINGS.map(([when, systolic, diastolic]) => ({
    systolic,
    diastolic,
    mean: Math.round(diastolic + (systolic - diastolic) / 3),
    pulseRate: 75,
    receivedAt: at(when),
    ageAtReceiptMs: 0,
    monitorId: MONITOR,
  }));
