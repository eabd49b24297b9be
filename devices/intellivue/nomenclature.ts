/**
 * Which of the monitor's physiological identifiers is which metric or wave, and in which units a value is taken. A unit that
 * is not listed makes the value absent: nothing is rescaled by guess.
 * Sources: README, "Values"; the identifiers are term codes of ISO/IEEE 11073-10101.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { WaveId, WaveUnit } from '../../core/observation/waveform.ts';
import { UNIT } from './attributes.ts';

/** 1 kPa in mmHg. */
const MMHG_PER_KPA = 7.500_62;

type Conversion = (value: number) => number;
const asSent: Conversion = (value) => value;
/** Without the tail that binary arithmetic adds; finer than any monitor shows. */
const toHundredths = (value: number): number => Math.round(value * 100) / 100;
const fromKilopascal: Conversion = (value) => toHundredths(value * MMHG_PER_KPA);
const fromFahrenheit: Conversion = (value) => toHundredths((value - 32) / 1.8);

/** How a value of one identifier is read. */
export interface NumericRule {
  readonly metric: MetricId;
  /** Unit code → conversion to the metric's unit. */
  readonly units: ReadonlyMap<number, Conversion>;
  /** Where two identifiers give one metric, the lower rank wins. */
  readonly rank: number;
}

const rule = (
  metric: MetricId,
  units: readonly (readonly [number, Conversion])[],
  rank = 0,
): NumericRule => ({
  metric,
  units: new Map(units),
  rank,
});

const PRESSURE = [
  [UNIT.mmHg, asSent],
  [UNIT.kilopascal, fromKilopascal],
] as const;
const TEMPERATURE = [
  [UNIT.celsius, asSent],
  [UNIT.fahrenheit, fromFahrenheit],
] as const;
const BEATS = [[UNIT.perMinute, asSent]] as const;
const BREATHS = [[UNIT.breathsPerMinute, asSent]] as const;

/** Identifiers of the cuff's values; they make one reading. */
export const CUFF_ID = {
  group: 0x4a04,
  systolic: 0x4a05,
  diastolic: 0x4a06,
  mean: 0x4a07,
  pulse: 0xf0e5,
} as const;

/** The rules of the cuff's values, by identifier. */
export const CUFF_RULES = {
  systolic: rule('MDC_PRESS_BLD_NONINV_SYS', PRESSURE),
  diastolic: rule('MDC_PRESS_BLD_NONINV_DIA', PRESSURE),
  mean: rule('MDC_PRESS_BLD_NONINV_MEAN', PRESSURE),
  pulse: rule('MDC_PULS_RATE_NON_INV', BEATS),
} as const;

/** The channel with the plain label "Temp": body temperature only where a person said so (`devices/framing/body-temperature.ts`). */
const SOME_TEMPERATURE = 0x4b48;

/** Every rule of a continuous value, by identifier. */
export const CONTINUOUS_RULES: ReadonlyMap<number, NumericRule> = new Map([
  [0x4182, rule('MDC_ECG_HEART_RATE', BEATS)],
  [0x4822, rule('MDC_PULS_OXIM_PULS_RATE', BEATS)],
  [0x4bb8, rule('MDC_PULS_OXIM_SAT_O2', [[UNIT.percent, asSent]])],
  [
    0x4bb0,
    rule('MDC_BLD_PERF_INDEX', [
      [UNIT.dimensionless, asSent],
      [UNIT.percent, asSent],
    ]),
  ],
  [0x500a, rule('MDC_TTHOR_RESP_RATE', BREATHS)],
  [0x5012, rule('MDC_CO2_RESP_RATE', BREATHS)],
  [0x50b0, rule('MDC_CONC_AWAY_CO2_ET', PRESSURE)],
  [0x4b5c, rule('MDC_TEMP_BODY', TEMPERATURE)],
  [SOME_TEMPERATURE, rule('MDC_TEMP_BODY', TEMPERATURE, 1)],
]);

/** The rules of one monitor's values, by identifier; `tempIsBody`: whether its channel "Temp" measures the body. */
export const continuousRules = (tempIsBody: boolean): ReadonlyMap<number, NumericRule> =>
  tempIsBody
    ? CONTINUOUS_RULES
    : new Map([...CONTINUOUS_RULES].filter(([identifier]) => identifier !== SOME_TEMPERATURE));

/** How a wave is read and drawn. */
export interface WaveRule {
  readonly wave: WaveId;
  /** The unit code whose scale is taken; every other signal becomes a fraction of its full scale. */
  readonly unit: number;
  readonly as: WaveUnit;
  /** What the screen draws, in `as`. */
  readonly range: { readonly low: number; readonly high: number };
}

const ECG = { unit: UNIT.millivolt, as: 'mV', range: { low: -1, high: 1.5 } } as const;

/** The rules of all waves, by identifier. */
export const WAVE_RULES: ReadonlyMap<number, WaveRule> = new Map<number, WaveRule>([
  [0x0100, { wave: 'MDC_ECG_ELEC_POTL', ...ECG }],
  [0x0101, { wave: 'MDC_ECG_ELEC_POTL_I', ...ECG }],
  [0x0102, { wave: 'MDC_ECG_ELEC_POTL_II', ...ECG }],
  [0x013d, { wave: 'MDC_ECG_ELEC_POTL_III', ...ECG }],
  // The monitor's own grid lines stand at a quarter and three quarters of full scale.
  [
    0x4bb4,
    { wave: 'MDC_PULS_OXIM_PLETH', unit: UNIT.dimensionless, as: '1', range: { low: 0.2, high: 0.8 } },
  ],
  [0x5000, { wave: 'MDC_TTHOR_RESP', unit: UNIT.ohm, as: 'Ohm', range: { low: -2, high: 2 } }],
  [0x50ac, { wave: 'MDC_AWAY_CO2', unit: UNIT.mmHg, as: 'mm[Hg]', range: { low: 0, high: 60 } }],
]);

/** The waves that are asked for, as text ids: ECG II, pleth, respiration, CO2. */
export const WANTED_WAVES: readonly number[] = [0x0002_0102, 0x0002_4bb4, 0x0002_5000, 0x0002_50ac];

const LABEL_PARTITION = 2;

/** The identifier that an object's label names; null when the label is of another kind. */
export const labelledId = (label: number): number | null =>
  label >>> 16 === LABEL_PARTITION ? label & 0xffff : null;

/** The metric that an alarm's source belongs to; null when there is none. */
export const metricOfSource = (source: number, rules: ReadonlyMap<number, NumericRule>): MetricId | null => {
  const { group, systolic, diastolic, mean } = CUFF_ID;
  if ([group, systolic, diastolic, mean].some((id) => id === source)) return 'MDC_PRESS_BLD_NONINV_SYS';
  return rules.get(source)?.metric ?? null;
};
