/**
 * The vocabulary of measured quantities: one row per metric. Names are reference identifiers of
 * ISO/IEEE 11073-10101, units are UCUM. HR from the ECG, pulse rate from the oximeter and pulse rate from
 * the cuff are three metrics and are never merged.
 *
 * `plausible` is the closed range outside of which a decoded number is refused as an error of transport,
 * whatever its checksum said (our choice; wider than any alarm limit, as wide as monitors' own measuring ranges).
 */

/** UCUM unit codes used by Chairside (unitsofmeasure.org). */
export type UnitCode = '{beat}/min' | '{breath}/min' | '%' | 'mm[Hg]' | 'Cel';

/**
 * `continuous`: a fresh value about every second; old ones go stale.
 * `episodic`: one value per measurement (a cuff reading); always shown with its age.
 */
export type MetricKind = 'continuous' | 'episodic';

interface MetricRow {
  /** 11073-10101 context-free code (partition << 16 | term). */
  readonly code: number;
  readonly kind: MetricKind;
  readonly unit: UnitCode;
  /** Unit as people read it on the screen. */
  readonly unitLabel: string;
  /** Short label on a tile. */
  readonly label: string;
  /** Full name, for lists, help and screen readers. */
  readonly name: string;
  /** Decimal places shown. Storage keeps what the monitor sent. */
  readonly decimals: 0 | 1 | 2;
  readonly plausible: { readonly low: number; readonly high: number };
}

export const METRICS = {
  MDC_ECG_HEART_RATE: {
    code: 147842,
    kind: 'continuous',
    unit: '{beat}/min',
    unitLabel: '/min',
    label: 'HR',
    name: 'Heart rate (ECG)',
    decimals: 0,
    plausible: { low: 10, high: 350 },
  },
  MDC_PULS_OXIM_PULS_RATE: {
    code: 149530,
    kind: 'continuous',
    unit: '{beat}/min',
    unitLabel: '/min',
    label: 'PR',
    name: 'Pulse rate (oximeter)',
    decimals: 0,
    plausible: { low: 10, high: 350 },
  },
  MDC_PULS_RATE_NON_INV: {
    code: 149546,
    kind: 'episodic',
    unit: '{beat}/min',
    unitLabel: '/min',
    label: 'PR NIBP',
    name: 'Pulse rate (cuff)',
    decimals: 0,
    plausible: { low: 10, high: 350 },
  },
  MDC_PULS_OXIM_SAT_O2: {
    code: 150456,
    kind: 'continuous',
    unit: '%',
    unitLabel: '%',
    label: 'SpO₂',
    name: 'Oxygen saturation (pulse oximetry)',
    decimals: 0,
    plausible: { low: 1, high: 100 },
  },
  MDC_RESP_RATE: {
    code: 151562,
    kind: 'continuous',
    unit: '{breath}/min',
    unitLabel: '/min',
    label: 'RR',
    name: 'Respiration rate',
    decimals: 0,
    plausible: { low: 0, high: 150 },
  },
  MDC_TTHOR_RESP_RATE: {
    code: 151578,
    kind: 'continuous',
    unit: '{breath}/min',
    unitLabel: '/min',
    label: 'RR imp',
    name: 'Respiration rate (thoracic impedance)',
    decimals: 0,
    plausible: { low: 0, high: 150 },
  },
  MDC_CO2_RESP_RATE: {
    code: 151594,
    kind: 'continuous',
    unit: '{breath}/min',
    unitLabel: '/min',
    label: 'RR CO₂',
    name: 'Respiration rate (capnography)',
    decimals: 0,
    plausible: { low: 0, high: 150 },
  },
  MDC_PRESS_BLD_NONINV_SYS: {
    code: 150021,
    kind: 'episodic',
    unit: 'mm[Hg]',
    unitLabel: 'mmHg',
    label: 'SYS',
    name: 'Systolic blood pressure (cuff)',
    decimals: 0,
    plausible: { low: 20, high: 320 },
  },
  MDC_PRESS_BLD_NONINV_DIA: {
    code: 150022,
    kind: 'episodic',
    unit: 'mm[Hg]',
    unitLabel: 'mmHg',
    label: 'DIA',
    name: 'Diastolic blood pressure (cuff)',
    decimals: 0,
    plausible: { low: 10, high: 250 },
  },
  MDC_PRESS_BLD_NONINV_MEAN: {
    code: 150023,
    kind: 'episodic',
    unit: 'mm[Hg]',
    unitLabel: 'mmHg',
    label: 'MAP',
    name: 'Mean blood pressure (cuff)',
    decimals: 0,
    plausible: { low: 15, high: 280 },
  },
  MDC_BLD_PERF_INDEX: {
    code: 150488,
    kind: 'continuous',
    unit: '%',
    unitLabel: '%',
    label: 'PI',
    name: 'Perfusion index',
    decimals: 2,
    plausible: { low: 0, high: 30 },
  },
  MDC_CONC_AWAY_CO2_ET: {
    code: 151708,
    kind: 'continuous',
    unit: 'mm[Hg]',
    unitLabel: 'mmHg',
    label: 'EtCO₂',
    name: 'End-tidal CO₂',
    decimals: 0,
    plausible: { low: 0, high: 150 },
  },
  MDC_TEMP_BODY: {
    code: 150364,
    kind: 'continuous',
    unit: 'Cel',
    unitLabel: '°C',
    label: 'Temp',
    name: 'Body temperature',
    decimals: 1,
    plausible: { low: 20, high: 45 },
  },
} as const satisfies Record<string, MetricRow>;

/** A measured quantity, by its IEEE 11073 reference identifier. */
export type MetricId = keyof typeof METRICS;

/** All metrics, in the order of the table. */
export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[];

/** The row of a metric. */
export const metricRow = (metric: MetricId): MetricRow => METRICS[metric];

/** True when `value` is a metric Chairside knows. */
export const isMetricId = (value: string): value is MetricId => Object.hasOwn(METRICS, value);

/** True when a number can be a measurement of this metric at all (see `plausible` above). */
export const isPlausible = (metric: MetricId, value: number): boolean => {
  const { low, high } = METRICS[metric].plausible;
  return Number.isFinite(value) && value >= low && value <= high;
};

/** The metrics of one cuff reading; they always come together, with one time. */
export const NIBP_METRICS = [
  'MDC_PRESS_BLD_NONINV_SYS',
  'MDC_PRESS_BLD_NONINV_DIA',
  'MDC_PRESS_BLD_NONINV_MEAN',
] as const satisfies readonly MetricId[];

/** The metrics that measure respiration rate, best source first (capnography sees every breath). */
export const RESPIRATION_METRICS = [
  'MDC_CO2_RESP_RATE',
  'MDC_TTHOR_RESP_RATE',
  'MDC_RESP_RATE',
] as const satisfies readonly MetricId[];
