/** A block → numbers, conditions, and what no metric is mapped to. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { Finding } from '../framing/condition-table.ts';
import { printable } from '../framing/line-decoder.ts';
import type { Block, PressureLine } from './message.ts';

export type Co2Unit = 'mmHg' | 'kPa';
export type TemperatureUnit = 'celsius' | 'fahrenheit';

/** What the stream does not say: the units that the monitor's menus choose, and where the probe is. */
export interface IvyOptions {
  readonly co2: Co2Unit;
  readonly temperature: TemperatureUnit;
  /** A person said that T1 measures the body (`devices/framing/body-temperature.ts`). */
  readonly t1IsBody: boolean;
}

/**
 * How far a number may be from the block before and still be believed at once (our choice: what a patient may do in a
 * second or two).
 */
export const TOLERANCES = {
  MDC_ECG_HEART_RATE: 12,
  MDC_TTHOR_RESP_RATE: 8,
  MDC_CO2_RESP_RATE: 8,
  MDC_CONC_AWAY_CO2_ET: 8,
  MDC_PULS_OXIM_SAT_O2: 3,
  MDC_PULS_OXIM_PULS_RATE: 12,
  MDC_TEMP_BODY: 0.5,
} as const satisfies Partial<Record<MetricId, number>>;

export type ContinuousMetric = keyof typeof TOLERANCES;

export const CONTINUOUS = [
  'MDC_ECG_HEART_RATE',
  'MDC_TTHOR_RESP_RATE',
  'MDC_CO2_RESP_RATE',
  'MDC_CONC_AWAY_CO2_ET',
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_PULS_OXIM_PULS_RATE',
  'MDC_TEMP_BODY',
] as const satisfies readonly ContinuousMetric[];

const MMHG_PER_KPA = 7.500_62;
const hundredths = (value: number): number => Math.round(value * 100) / 100;

const co2InMmHg = (value: number | null, unit: Co2Unit): number | null => {
  if (value === null) return null;
  return unit === 'mmHg' ? value : hundredths(value * MMHG_PER_KPA);
};

const celsius = (value: number | null, unit: TemperatureUnit): number | null => {
  if (value === null) return null;
  return unit === 'celsius' ? value : hundredths(((value - 32) * 5) / 9);
};

/** HR may come from another source than the ECG; then it is no heart rate from the ECG. */
export const isHrFromEcg = ({ hr }: Block): boolean => hr.label.startsWith('ECG');

/** The capnograph gives the respiration rate as soon as it has a value above zero (OpenICE); else the impedance does. */
export const isRrFromCo2 = ({ etco2 }: Block, wasFromCo2: boolean): boolean =>
  etco2.value === null ? false : etco2.value > 0 || wasFromCo2;

/** The continuous numbers of a block, in the vocabulary's units. */
export const numbersOf = (
  block: Block,
  options: IvyOptions,
  rrFromCo2: boolean,
): Readonly<Record<ContinuousMetric, number | null>> => ({
  MDC_ECG_HEART_RATE: isHrFromEcg(block) ? block.hr.value : null,
  MDC_TTHOR_RESP_RATE: rrFromCo2 ? null : block.rr.value,
  MDC_CO2_RESP_RATE: rrFromCo2 ? block.rr.value : null,
  MDC_CONC_AWAY_CO2_ET: co2InMmHg(block.etco2.value, options.co2),
  MDC_PULS_OXIM_SAT_O2: block.spo2.saturation,
  MDC_PULS_OXIM_PULS_RATE: block.spo2.pulse,
  MDC_TEMP_BODY: options.t1IsBody ? celsius(block.t1.value, options.temperature) : null,
});

/** The alarm text of every line, as the monitor words it; it is not interpreted. */
export const findingsOf = (
  block: Block,
  { t1IsBody }: IvyOptions,
  rrFromCo2: boolean,
): readonly Finding[] => {
  const alarms: readonly (readonly [text: string, metric: MetricId | null])[] = [
    [block.hr.alarm, 'MDC_ECG_HEART_RATE'],
    [block.rr.alarm, rrFromCo2 ? 'MDC_CO2_RESP_RATE' : 'MDC_TTHOR_RESP_RATE'],
    [block.etco2.alarm, 'MDC_CONC_AWAY_CO2_ET'],
    [block.spo2.alarm, 'MDC_PULS_OXIM_SAT_O2'],
    [block.nibp.alarm, 'MDC_PRESS_BLD_NONINV_SYS'],
    [block.p1.alarm, null],
    [block.p2.alarm, null],
    [block.t1.alarm, t1IsBody ? 'MDC_TEMP_BODY' : null],
    [block.t2.alarm, null],
  ];
  return alarms
    .filter(([text]) => text.trim() !== '')
    .map(([text, metric]) => ({ code: 'monitor-alarm', metric, text: printable(text.trim()) }));
};

const pressureWords = ({ systolic, diastolic, mean, label }: PressureLine): string => {
  if (systolic === null && diastolic === null && mean === null) return label.trim() === '' ? '-' : label;
  return `${systolic ?? '-'}/${diastolic ?? '-'} (${mean ?? '-'}) mmHg ${label}`;
};

/** What no metric is mapped to, and the codes whose meaning is not known: name and text. */
export const unmappedOf = (
  block: Block,
  { t1IsBody }: IvyOptions,
): readonly (readonly [id: string, value: string])[] => {
  const { hr, rr, etco2, spo2, nibp, p1, p2, t1, t2 } = block;
  const states = [hr, rr, etco2, spo2, nibp, p1, p2, t1, t2].map(({ state }) => state).join('');
  const words: readonly (readonly [string, string])[] = [
    ['HR source', isHrFromEcg(block) || hr.value === null ? hr.label : `${hr.label}: ${hr.value} /min`],
    ['RR label', rr.label],
    ['ETCO2 label', etco2.label],
    ['NIBP label', nibp.label],
    ...(t1IsBody ? [['T1 label', t1.label] as const] : []),
    ['P1', pressureWords(p1)],
    ['P2', pressureWords(p2)],
    ...(t1IsBody ? [] : [['T1', `${t1.value ?? '-'} ${t1.label}`] as const]),
    ['T2', `${t2.value ?? '-'} ${t2.label}`],
    ['states HR RR ETCO2 SPO2 NIBP P1 P2 T1 T2', states],
  ];
  return words.map(([id, value]) => [id, printable(value.trim())] as const);
};
