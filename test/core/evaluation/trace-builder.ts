/** Builds traces for tests: frames of one monitor, seconds as time. */
import type { TraceInput } from '../../../core/evaluation/trace.ts';
import { monitorId } from '../../../core/ids.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { absent, present } from '../../../core/observation/observation.ts';
import type { BloodPressureBaseline } from '../../../core/session/events.ts';
import type { Phase } from '../../../core/session/phase.ts';
import { type Instant, instant } from '../../../core/time.ts';

export const MONITOR = monitorId('m1');
export const at = (seconds: number): Instant => instant(1_772_373_600_000 + seconds * 1000, seconds * 1000);

const SHORT = {
  spo2: 'MDC_PULS_OXIM_SAT_O2',
  hr: 'MDC_ECG_HEART_RATE',
  pr: 'MDC_PULS_OXIM_PULS_RATE',
  rr: 'MDC_RESP_RATE',
  sys: 'MDC_PRESS_BLD_NONINV_SYS',
  dia: 'MDC_PRESS_BLD_NONINV_DIA',
  map: 'MDC_PRESS_BLD_NONINV_MEAN',
} as const satisfies Record<string, MetricId>;

/** null: the monitor says that it has no number; a doubtful number is questionable. */
export type Values = Partial<Record<keyof typeof SHORT, number | null | { readonly doubtful: number }>>;

export const frame = (seconds: number, values: Values): TraceInput => {
  const receipt = { receivedAt: at(seconds), deviceTime: null };
  const observations = Object.entries(values).map(([name, value]) => {
    const metric = SHORT[name as keyof typeof SHORT]; // keys of Values
    if (value === null) return absent(metric, 'unavailable', receipt);
    return typeof value === 'object'
      ? present(metric, value.doubtful, receipt, 'questionable')
      : present(metric, value, receipt);
  });
  return { type: 'observations', monitorId: MONITOR, observations, at: at(seconds) };
};

export const phase = (seconds: number, name: Phase | null): TraceInput => ({
  type: 'phase',
  phase: name,
  at: at(seconds),
});

export const BASELINE: BloodPressureBaseline = {
  systolic: 120,
  diastolic: 75,
  mean: 90,
  heartRate: 70,
  readings: 2,
};

/** The same values every second from `from` up to and including `to`. */
export const every = (from: number, to: number, values: Values): readonly TraceInput[] =>
  Array.from({ length: to - from + 1 }, (_, index) => frame(from + index, values));

/** The monitor is connected and is to send everything these traces hold. */
export const connected = (seconds: number): TraceInput => ({
  type: 'link',
  monitorId: MONITOR,
  state: 'associated',
  cause: '',
  metrics: Object.values(SHORT),
  at: at(seconds),
});

/** A trace during the infusion, with a baseline of 120/75. */
export const infusing = (
  ...parts: readonly (TraceInput | readonly TraceInput[])[]
): readonly TraceInput[] => [
  connected(0),
  phase(0, 'infusing'),
  { type: 'baseline', baseline: BASELINE, at: at(0) },
  ...parts.flat(),
];
