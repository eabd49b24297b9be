/**
 * Codes and units of ISO/IEEE 11073-10101 as senders of IHE PCD-01 use them, and as some of them misuse them.
 * Sources: messages of five makers, the GE B40 HL7 manual 2062665-001 (p. 15-24), the standard's term codes.
 */
import type { MetricId, UnitCode } from '../../core/nomenclature/metrics.ts';
import type { Coded } from './message.ts';

/** What one code means: a metric, or a pulse rate or temperature that does not say where it was taken. */
export type Meaning = MetricId | 'some pulse rate' | 'pleth respiration' | 'some temperature';

interface Term {
  readonly name: string;
  /** Term codes under which it was seen; empty: by name only. */
  readonly codes: readonly number[];
  readonly meaning: Meaning;
}

const TERMS: readonly Term[] = [
  { name: 'MDC_PRESS_CUFF_SYS', codes: [150_301], meaning: 'MDC_PRESS_BLD_NONINV_SYS' },
  { name: 'MDC_PRESS_CUFF_DIA', codes: [150_302], meaning: 'MDC_PRESS_BLD_NONINV_DIA' },
  { name: 'MDC_PRESS_CUFF_MEAN', codes: [150_303], meaning: 'MDC_PRESS_BLD_NONINV_MEAN' },
  { name: 'MDC_PRESS_BLD_NONINV_SYS', codes: [150_021], meaning: 'MDC_PRESS_BLD_NONINV_SYS' },
  { name: 'MDC_PRESS_BLD_NONINV_DIA', codes: [150_022], meaning: 'MDC_PRESS_BLD_NONINV_DIA' },
  { name: 'MDC_PRESS_BLD_NONINV_MEAN', codes: [150_023], meaning: 'MDC_PRESS_BLD_NONINV_MEAN' },
  { name: 'MDC_PULS_RATE_NON_INV', codes: [149_546], meaning: 'MDC_PULS_RATE_NON_INV' },
  { name: 'MDC_PULS_OXIM_SAT_O2', codes: [150_456], meaning: 'MDC_PULS_OXIM_SAT_O2' },
  { name: 'MDC_PULS_OXIM_PULS_RATE', codes: [149_530], meaning: 'MDC_PULS_OXIM_PULS_RATE' },
  { name: 'MDC_PULS_RATE', codes: [149_514], meaning: 'some pulse rate' },
  { name: 'MDC_ECG_HEART_RATE', codes: [147_842], meaning: 'MDC_ECG_HEART_RATE' },
  { name: 'MDC_RESP_RATE', codes: [151_562], meaning: 'MDC_RESP_RATE' },
  { name: 'MDC_TTHOR_RESP_RATE', codes: [151_578], meaning: 'MDC_TTHOR_RESP_RATE' },
  { name: 'MDC_CO2_RESP_RATE', codes: [151_594], meaning: 'MDC_CO2_RESP_RATE' },
  { name: 'MDC_PULS_OXIM_PLETH_RESP_RATE', codes: [151_658], meaning: 'pleth respiration' },
  { name: 'MDC_BLD_PERF_INDEX', codes: [150_488], meaning: 'MDC_BLD_PERF_INDEX' },
  { name: 'MDC_AWAY_CO2_ET', codes: [], meaning: 'MDC_CONC_AWAY_CO2_ET' },
  { name: 'MDC_CONC_AWAY_CO2_ET', codes: [151_708], meaning: 'MDC_CONC_AWAY_CO2_ET' },
  { name: 'MDC_TEMP', codes: [150_344], meaning: 'some temperature' },
  { name: 'MDC_TEMP_AXIL', codes: [188_496], meaning: 'MDC_TEMP_BODY' },
  { name: 'MDC_TEMP_BODY', codes: [150_364], meaning: 'MDC_TEMP_BODY' },
];

const BY_NAME = new Map(TERMS.map((term) => [term.name, term]));
const BY_CODE = new Map(TERMS.flatMap((term) => term.codes.map((code) => [String(code), term] as const)));

/**
 * The meaning of OBX-3; null when there is none we know. The name decides, because senders print wrong numbers
 * beside right names; the number decides where the name is no reference identifier. Two names that we know and that
 * contradict each other mean nothing.
 */
export const meaningOf = ({ code, name, system }: Coded): Meaning | null => {
  if (system !== 'MDC') return null;
  const byCode = BY_CODE.get(code);
  if (!name.startsWith('MDC_')) return byCode?.meaning ?? null;
  const byName = BY_NAME.get(name);
  if (byName === undefined) return null;
  return byCode === undefined || byCode.meaning === byName.meaning ? byName.meaning : null;
};

interface Unit {
  readonly names: readonly string[];
  readonly code: number;
  readonly unit: UnitCode;
  readonly toUnit: (value: number) => number;
}

const same = (value: number): number => value;
const MMHG_PER_KPA = 7.500_62;

const UNITS: readonly Unit[] = [
  { names: ['MDC_DIM_MMHG', 'mm[Hg]'], code: 266_016, unit: 'mm[Hg]', toUnit: same },
  {
    names: ['MDC_DIM_KILO_PASCAL', 'kPa'],
    code: 265_987,
    unit: 'mm[Hg]',
    toUnit: (value) => value * MMHG_PER_KPA,
  },
  { names: ['MDC_DIM_PERCENT', '%'], code: 262_688, unit: '%', toUnit: same },
  {
    names: ['MDC_DIM_BEAT_PER_MIN', '{beats}/min', '{beat}/min'],
    code: 264_864,
    unit: '{beat}/min',
    toUnit: same,
  },
  {
    names: ['MDC_DIM_RESP_PER_MIN', '{breaths}/min', '{breath}/min'],
    code: 264_928,
    unit: '{breath}/min',
    toUnit: same,
  },
  { names: ['MDC_DIM_DEGC', 'Cel'], code: 268_192, unit: 'Cel', toUnit: same },
  {
    names: ['MDC_DIM_FAHR', '[degF]'],
    code: 268_160,
    unit: 'Cel',
    toUnit: (value) => ((value - 32) * 5) / 9,
  },
];

/** How a value in the unit of OBX-6 becomes one in `wanted`; null when the unit is missing, unknown or of another kind. */
export const conversionTo = (wanted: UnitCode, { code, name }: Coded): ((value: number) => number) | null => {
  const byName = UNITS.find(({ names }) => names.includes(name) || (name === '' && names.includes(code)));
  const byCode = UNITS.find((unit) => String(unit.code) === code);
  if (byName !== undefined && byCode !== undefined && byName !== byCode) return null;
  const unit = byName ?? (name.startsWith('MDC_') ? undefined : byCode);
  return unit !== undefined && unit.unit === wanted ? unit.toUnit : null;
};
