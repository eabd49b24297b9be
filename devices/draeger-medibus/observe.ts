/** Measured values → observations, and the rest in its own words. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present, type Receipt } from '../../core/observation/observation.ts';
import type { Measured } from './message.ts';

export const MEDIBUS_METRICS = [
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_PULS_OXIM_PULS_RATE',
  'MDC_RESP_RATE',
  'MDC_CO2_RESP_RATE',
  'MDC_CONC_AWAY_CO2_ET',
] as const satisfies readonly MetricId[];

const MMHG_PER_KPA = 7.500_62;

interface Source {
  readonly code: number;
  readonly toUnit: (value: number) => number;
}

const same = (value: number): number => value;
const plain = (code: number): Source => ({ code, toUnit: same });

/**
 * Where each metric comes from: the first of these codes that the machine sends. A machine sends the same codes in every
 * answer, whether they have a value or not, so that the source does not change with the value.
 */
const SOURCES: Readonly<Record<(typeof MEDIBUS_METRICS)[number], readonly Source[]>> = {
  MDC_PULS_OXIM_SAT_O2: [plain(0xeb)],
  MDC_PULS_OXIM_PULS_RATE: [plain(0xe1)],
  // Respiration rate; else from flow, from pressure, derived.
  MDC_RESP_RATE: [plain(0xd6), plain(0xd7), plain(0xb4), plain(0xd9)],
  MDC_CO2_RESP_RATE: [plain(0xd5)],
  MDC_CONC_AWAY_CO2_ET: [
    plain(0xe6),
    { code: 0xe3, toUnit: (kPa) => Math.round(kPa * MMHG_PER_KPA * 100) / 100 },
  ],
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/** What one answer says. */
export interface Sorted {
  readonly observations: readonly Observation[];
  /** Codes and texts of what no metric is mapped to. */
  readonly others: readonly Measured[];
}

/**
 * Sorts one answer. A blank value is `unavailable`, one that is no number `invalid`, and one that was sent before and is not
 * any more (a module was pulled) `unavailable`.
 * @param seen the metrics that came since the communication was opened; added to.
 */
export const observe = (values: readonly Measured[], receipt: Receipt, seen: Set<MetricId>): Sorted => {
  const used = new Set<number>();
  const observations = MEDIBUS_METRICS.flatMap((metric) => {
    for (const { code, toUnit } of SOURCES[metric]) {
      const value = values.find((each) => each.code === code);
      if (value === undefined) continue;
      used.add(code);
      seen.add(metric);
      return [observed(metric, value.text, toUnit, receipt)];
    }
    return seen.has(metric) ? [absent(metric, 'unavailable', receipt)] : [];
  });
  return { observations, others: values.filter(({ code }) => !used.has(code)) };
};

const observed = (
  metric: MetricId,
  text: string,
  toUnit: (value: number) => number,
  receipt: Receipt,
): Observation => {
  if (text === '') return absent(metric, 'unavailable', receipt);
  return NUMBER.test(text)
    ? present(metric, toUnit(Number(text)), receipt)
    : absent(metric, 'invalid', receipt);
};
