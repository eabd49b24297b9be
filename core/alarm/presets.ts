/**
 * The presets that ship with the product, as data. None is approved: a clinic's physician approves a preset
 * in the product, and until then the product says so. Numbers and their reasons: docs/alarms.md.
 */
import type { MetricId } from '../nomenclature/metrics.ts';
import type { AlarmLimit, LimitSet, LimitSide, RelativeBasis, RelativeLimit } from './limits.ts';
import type { AlarmPriority } from './types.ts';

const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
const DIA = 'MDC_PRESS_BLD_NONINV_DIA';
const MAP = 'MDC_PRESS_BLD_NONINV_MEAN';
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const HR = 'MDC_ECG_HEART_RATE';
const RR = 'MDC_RESP_RATE';
const CO2 = 'MDC_CONC_AWAY_CO2_ET';

const seconds = (value: number): number => value * 1000;

/** `strict`: only beyond the threshold violates; `reached`: equality violates. */
const limit = (
  id: string,
  metric: MetricId,
  side: LimitSide,
  priority: AlarmPriority,
  threshold: number,
  delayMs: number,
  edge: 'strict' | 'reached' = 'strict',
): AlarmLimit => ({ id, metric, side, priority, threshold, inclusive: edge === 'reached', delayMs });

const relative = (
  id: string,
  metric: MetricId,
  basis: RelativeBasis,
  priority: AlarmPriority,
  threshold: number,
  delayMs = 0,
): RelativeLimit => ({ id, metric, basis, priority, threshold, delayMs });

const STANDARD_LIMITS: readonly AlarmLimit[] = [
  limit('spo2-low-high-priority', SPO2, 'low', 'high', 85, seconds(5)),
  limit('spo2-low-medium-priority', SPO2, 'low', 'medium', 90, seconds(15)),
  limit('spo2-low-advisory', SPO2, 'low', 'low', 92, seconds(15)),
  limit('hr-low-high-priority', HR, 'low', 'high', 40, seconds(10)),
  limit('hr-low-medium-priority', HR, 'low', 'medium', 50, seconds(10)),
  limit('hr-high-high-priority', HR, 'high', 'high', 150, seconds(10)),
  limit('hr-high-medium-priority', HR, 'high', 'medium', 120, seconds(30)),
  limit('hr-high-sustained', HR, 'high', 'medium', 120, seconds(300)),
  limit('apnoea-capnography', 'MDC_CO2_RESP_RATE', 'low', 'high', 0, seconds(20), 'reached'),
  limit('rr-low-medium-priority', RR, 'low', 'medium', 8, seconds(15)),
  limit('rr-low-advisory', RR, 'low', 'low', 10, seconds(15)),
  limit('rr-high-medium-priority', RR, 'high', 'medium', 30, seconds(15)),
  limit('etco2-low-medium-priority', CO2, 'low', 'medium', 25, seconds(15)),
  limit('etco2-high-medium-priority', CO2, 'high', 'medium', 50, seconds(15)),
  limit('nibp-sys-high-immediate', SYS, 'high', 'high', 200, 0, 'reached'),
  limit('nibp-dia-high-immediate', DIA, 'high', 'high', 120, 0, 'reached'),
  limit('nibp-sys-high-high-priority', SYS, 'high', 'high', 180, 0, 'reached'),
  limit('nibp-dia-high-high-priority', DIA, 'high', 'high', 110, 0, 'reached'),
  limit('nibp-map-high-high-priority', MAP, 'high', 'high', 130, 0, 'reached'),
  limit('nibp-sys-high-medium-priority', SYS, 'high', 'medium', 160, 0, 'reached'),
  limit('nibp-dia-high-medium-priority', DIA, 'high', 'medium', 100, 0, 'reached'),
  limit('nibp-map-high-medium-priority', MAP, 'high', 'medium', 115, 0, 'reached'),
  limit('nibp-sys-low-high-priority', SYS, 'low', 'high', 80, 0),
  limit('nibp-map-low-high-priority', MAP, 'low', 'high', 50, 0),
  limit('nibp-sys-low-medium-priority', SYS, 'low', 'medium', 90, 0),
  limit('nibp-dia-low-medium-priority', DIA, 'low', 'medium', 50, 0),
  limit('nibp-map-low-medium-priority', MAP, 'low', 'medium', 60, 0),
];

/** The rules against the patient's own baseline: the heart of the product (BP-4 … BP-7). */
export const STANDARD_RELATIVE_LIMITS: readonly RelativeLimit[] = [
  relative('nibp-sys-rise-high-priority', SYS, 'rise', 'high', 40),
  relative('nibp-dia-rise-high-priority', DIA, 'rise', 'high', 25),
  relative('nibp-sys-rise-medium-priority', SYS, 'rise', 'medium', 30),
  relative('nibp-dia-rise-medium-priority', DIA, 'rise', 'medium', 20),
  relative('nibp-sys-step', SYS, 'step', 'low', 20),
  relative('nibp-dia-step', DIA, 'step', 'low', 15),
  relative('nibp-sys-fall-medium-priority', SYS, 'fall-ratio', 'medium', 0.25),
  relative('hr-rise-advisory', HR, 'rise-ratio', 'low', 0.25, seconds(30)),
];

const preset = (presetId: string, presetName: string, limits: readonly AlarmLimit[]): LimitSet => ({
  presetId,
  presetName,
  presetVersion: 1,
  limits,
  relative: STANDARD_RELATIVE_LIMITS,
});

const off = (ids: readonly string[]): readonly AlarmLimit[] =>
  STANDARD_LIMITS.map((row) => (ids.includes(row.id) ? { ...row, threshold: null } : row));

/** Restored for every new patient. */
export const DEFAULT_PRESET: LimitSet = preset('adult-standard', 'Adult standard', STANDARD_LIMITS);

/**
 * `adult-hypertensive`: the medium absolute pressure limits are off (they would be on all the time) and the
 * rises over baseline decide, under the same hard caps of 180/110 and 200/120.
 * `pain-long` and `esketamine` carry the standard numbers until a physician decides otherwise; they are
 * presets of their own so that an approval is given for that use.
 */
export const PRESETS: readonly LimitSet[] = [
  DEFAULT_PRESET,
  preset(
    'adult-hypertensive',
    'Adult hypertensive',
    off(['nibp-sys-high-medium-priority', 'nibp-dia-high-medium-priority', 'nibp-map-high-medium-priority']),
  ),
  preset('pain-long', 'Pain, long infusion', STANDARD_LIMITS),
  preset('esketamine', 'Esketamine', STANDARD_LIMITS),
];

/** The relative limits in force; a set without any is judged by the standard ones, never by none. */
export const relativeLimitsOf = (set: LimitSet): readonly RelativeLimit[] =>
  set.relative ?? STANDARD_RELATIVE_LIMITS;
