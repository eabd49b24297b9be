/** From the items of a report to observations of the continuous metrics. Cuff readings are `nibp.ts`. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present, type Receipt } from '../../core/observation/observation.ts';
import type { Instant } from '../../core/time.ts';
import type { DriverOutput } from '../device.ts';
import { createNumberAgreement, type NumberAgreement } from '../framing/number-agreement.ts';
import type { Item } from './message.ts';
import { isFrom, NBP, PULSE } from './nibp.ts';

interface Rule {
  readonly code: string;
  readonly metric: MetricId;
  /** Units of the protocol, with the way to the metric's unit. */
  readonly units: Readonly<Record<string, (value: number) => number>>;
  /** Whether the item is this metric at all, by the source it names. */
  readonly isIt: (item: Item) => boolean;
  /** How far the number may leap without a second report (our choice; README, "What stands in for a check"). */
  readonly tolerance: number;
}

const asIs = (value: number): number => value;
const toCelsius = (fahrenheit: number): number => Math.round(((fahrenheit - 32) * 500) / 9) / 100;
const BPM = { '0004-0aa0': asIs };
const T1 = '0002-f0c7';

const RULES: readonly Rule[] = [
  {
    code: '0002-4182',
    metric: 'MDC_ECG_HEART_RATE',
    units: BPM,
    isIt: (item) => item.source === '' || isFrom(item, 'ECG'),
    tolerance: 8,
  },
  {
    code: '0002-4bb8',
    metric: 'MDC_PULS_OXIM_SAT_O2',
    units: { '0004-0220': asIs },
    isIt: () => true,
    tolerance: 2,
  },
  {
    code: PULSE,
    metric: 'MDC_PULS_OXIM_PULS_RATE',
    units: BPM,
    isIt: (item) => isFrom(item, 'SpO2'),
    tolerance: 8,
  },
  {
    code: '0002-5000',
    metric: 'MDC_RESP_RATE',
    units: { '0004-0ae0': asIs },
    isIt: () => true,
    tolerance: 4,
  },
  {
    code: '0002-50b0',
    metric: 'MDC_CONC_AWAY_CO2_ET',
    units: { '0004-0f20': asIs },
    isIt: () => true,
    tolerance: 5,
  },
  {
    code: T1,
    metric: 'MDC_TEMP_BODY',
    units: { '0004-1710': asIs, '0004-1140': toCelsius },
    isIt: () => true,
    tolerance: 0.3,
  },
];

/** The metrics that this file can report. */
export const CONTINUOUS_METRICS: readonly MetricId[] = RULES.map(({ metric }) => metric);

const CUFF_CODES: readonly string[] = Object.values(NBP);

export interface Panes {
  /** A report's items. `isHeld`: a number waits for the next report. */
  observe(items: readonly Item[], at: Instant, receipt: Receipt): PaneNews;
  /** The monitor has nothing to export: every metric that spoke is absent. */
  nothing(receipt: Receipt): readonly Observation[];
}

export interface PaneNews {
  readonly observations: readonly Observation[];
  /** Items that no metric is mapped to: identifier and value as text. */
  readonly others: readonly (readonly [string, string])[];
  readonly isHeld: boolean;
}

/** @param t1IsBody whether the clinic says that T1 is body temperature. @param maxGapMs between reports that vouch for each other. */
export const createPanes = (t1IsBody: boolean, maxGapMs: number): Panes => {
  const seen = new Set<MetricId>();
  const judges = new Map<MetricId, NumberAgreement>(
    RULES.map(({ metric, tolerance }) => [metric, createNumberAgreement({ tolerance, maxGapMs })]),
  );
  const ruleFor = (item: Item): Rule | null => {
    const rule = RULES.find(({ code }) => code === item.code);
    if (rule === undefined || !rule.isIt(item) || (rule.code === T1 && !t1IsBody)) return null;
    // An item without a number may come without its unit.
    const isKnownUnit = item.value === null || Object.hasOwn(rule.units, item.unit);
    return isKnownUnit ? rule : null;
  };

  const one = (rule: Rule, item: Item | null, at: Instant, receipt: Receipt): Observation | null => {
    const { metric, units } = rule;
    const number = item?.value ?? null;
    const value = item?.isValid && number !== null ? (units[item.unit]?.(number) ?? null) : null;
    if (judges.get(metric)?.offer(value, at) === false) return null;
    if (value !== null) return present(metric, value, receipt);
    return absent(metric, number === null ? 'unavailable' : 'invalid', receipt);
  };

  return {
    observe(items, at, receipt) {
      const found = new Map<MetricId, Item>();
      const others: (readonly [string, string])[] = [];
      for (const item of items) {
        const rule = ruleFor(item);
        if (rule !== null) found.set(rule.metric, item);
        else if (!CUFF_CODES.includes(item.code)) others.push(otherOf(item));
      }
      const observations: Observation[] = [];
      let isHeld = false;
      for (const rule of RULES) {
        const item = found.get(rule.metric) ?? null;
        if (item === null && !seen.has(rule.metric)) continue;
        seen.add(rule.metric);
        const observation = one(rule, item, at, receipt);
        if (observation === null) isHeld = true;
        else observations.push(observation);
      }
      return { observations, others, isHeld };
    },
    nothing: (receipt) => [...seen].map((metric) => absent(metric, 'unavailable', receipt)),
  };
};

const otherOf = ({ code, label, value, unitText, source, isValid }: Item): readonly [string, string] => {
  const from = source === '' ? '' : ` from ${source}`;
  const number = value === null ? '--' : `${value} ${unitText}`.trim();
  return [`${label} (${code})${from}`, isValid ? number : `${number} (invalid)`];
};

/** Observations as outputs. */
export const said = (observations: readonly Observation[]): readonly DriverOutput[] =>
  observations.map((observation) => ({ type: 'observation', observation }));
