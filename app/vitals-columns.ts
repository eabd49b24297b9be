/**
 * What the columns of a table of vitals mean: names and units that are met in the wild, as data. A name that is
 * not here is left out and said to be; a unit that is not here is refused, because a guess would be a number.
 */
import { isMetricId, METRICS, type MetricId, type UnitCode } from '../core/nomenclature/metrics.ts';

/** Names by metric, without case, blanks and punctuation. IEEE names (MDC_…, and vendors' NOM_…) work as well. */
const NAMES: Readonly<Record<MetricId, readonly string[]>> = {
  MDC_ECG_HEART_RATE: ['hr', 'heartrate', 'ecghr', 'hrecg', 'ecgheartrate', 'ecgcardbeatrate'],
  MDC_PULS_OXIM_PULS_RATE: [
    'pr',
    'pulse',
    'pulserate',
    'spo2pr',
    'prspo2',
    'spo2pulse',
    'spo2pulserate',
    'plethpulsrate',
    'plethhr',
  ],
  MDC_PULS_RATE_NON_INV: ['nibppr', 'prnibp', 'nibppulse', 'nibppulserate', 'nbppulse'],
  MDC_PULS_OXIM_SAT_O2: ['spo2', 'sat', 'oxygensaturation', 'spo2saturation', 'plethspo2'],
  MDC_RESP_RATE: ['rr', 'resp', 'resprate', 'respirationrate', 'respiratoryrate', 'breathingrate'],
  MDC_TTHOR_RESP_RATE: ['rrimp', 'rrimpedance', 'ecgrr'],
  MDC_CO2_RESP_RATE: ['rrco2', 'co2rr', 'awrr', 'co2resprate'],
  MDC_PRESS_BLD_NONINV_SYS: [
    'sys',
    'sbp',
    'systolic',
    'systolicbp',
    'nibpsys',
    'nibpsystolic',
    'nibps',
    'nbpsys',
    'nbps',
    'nisysabp',
    'nibpsbp',
  ],
  MDC_PRESS_BLD_NONINV_DIA: [
    'dia',
    'dbp',
    'diastolic',
    'diastolicbp',
    'nibpdia',
    'nibpdias',
    'nibpdiastolic',
    'nibpd',
    'nbpdia',
    'nbpdias',
    'nbpd',
    'nidiasabp',
    'nibpdbp',
  ],
  MDC_PRESS_BLD_NONINV_MEAN: [
    'map',
    'mean',
    'meanbp',
    'nibpmean',
    'nibpmap',
    'nibpm',
    'nbpmean',
    'nbpm',
    'nimap',
    'nibpmbp',
  ],
  MDC_BLD_PERF_INDEX: ['pi', 'perfusionindex', 'spo2pi', 'perfindex'],
  MDC_CONC_AWAY_CO2_ET: ['etco2', 'co2et', 'endtidalco2'],
  MDC_TEMP_BODY: ['temp', 'temperature', 'bodytemperature', 'bt'],
};

/** Columns that make an unmarked "MAP" the mean of an arterial line, which is no cuff reading. */
const ARTERIAL_LINE = ['sysabp', 'diasabp', 'nimap', 'abpsys', 'abpdias', 'abpmean'];

/** Factor from a unit as written to the metric's own. */
const UNITS: Readonly<Record<UnitCode, Readonly<Record<string, number>>>> = {
  '{beat}/min': { '{beat}/min': 1, '/min': 1, '1/min': 1, bpm: 1, 'beats/min': 1, 'min-1': 1 },
  '{breath}/min': { '{breath}/min': 1, '/min': 1, '1/min': 1, bpm: 1, brpm: 1, 'breaths/min': 1, 'min-1': 1 },
  '%': { '%': 1, percent: 1, pct: 1 },
  'mm[Hg]': { 'mm[hg]': 1, mmhg: 1, kpa: 7.50062 },
  Cel: { cel: 1, c: 1, '°c': 1, degc: 1, celsius: 1 },
};

const BY_NAME: ReadonlyMap<string, MetricId> = new Map(
  (Object.entries(NAMES) as [MetricId, readonly string[]][]).flatMap(([metric, names]) =>
    names.map((name) => [name, metric] as const),
  ),
);

/** A heading in its parts: `SpO2 (%)` is the name "SpO2" and the unit "%". */
export interface Heading {
  readonly text: string;
  /** Without case, blanks and punctuation. */
  readonly name: string;
  readonly unit: string | null;
}

/** Takes a heading apart. A unit stands in round or square brackets at the end. */
export const headingOf = (cell: string): Heading => {
  const text = cell.trim();
  const match = /^(.*?)[\s_]*[([]\s*([^()[\]]*(?:\[[^\]]*\][^()[\]]*)?)\s*[)\]]$/.exec(text);
  const [name, unit] = match === null ? [text, null] : [match[1] ?? '', match[2]?.trim() ?? null];
  return { text, name: plainName(name), unit: unit === '' ? null : unit };
};

const plainName = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The metric a name means; null: none Chairside knows. `others`: the names beside it (see ARTERIAL_LINE). */
export const metricNamed = (text: string, others: readonly string[] = []): MetricId | null => {
  const code = text.trim().toUpperCase().replace(/^NOM_/, 'MDC_');
  if (isMetricId(code)) return code;
  const name = plainName(code.replace(/^MDC_/, ''));
  if (name === 'map' && others.some((other) => ARTERIAL_LINE.includes(plainName(other)))) return null;
  // VitalRecorder puts the device before the track: `Solar8000/NIBP_SBP`.
  return BY_NAME.get(name) ?? BY_NAME.get(plainName(text.slice(text.lastIndexOf('/') + 1))) ?? null;
};

/** The factor to the metric's own unit; null: the unit is not known for it. Without a unit, the metric's own. */
export const unitFactor = (metric: MetricId, unit: string | null): number | null =>
  unit === null ? 1 : (UNITS[METRICS[metric].unit][unit.toLowerCase().replace(/\s/g, '')] ?? null);

/** The units a metric may be given in, for the words of a refusal. */
export const knownUnits = (metric: MetricId): string => Object.keys(UNITS[METRICS[metric].unit]).join(', ');
