/**
 * Results of polls for numerics → observations. A cycle is all parts with one relative time; a value is told once a cycle, and only if
 * the monitor's relative time went forward, so that a repeated result never makes an old number look fresh. Relative time also
 * shows how late a result came: what the line held back, or cannot carry fast enough, is told as that much older.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, type Receipt } from '../../core/observation/observation.ts';
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { DriverOutput } from '../device.ts';
import type { ConditionTable } from '../framing/condition-table.ts';
import { createMessageClock } from '../framing/message-clock.ts';
import { createUnmappedLatch } from '../framing/unmapped-latch.ts';
import {
  ATTRIBUTE,
  attributeAs,
  attributeOf,
  labelString,
  type ObservedValue,
  observedValues,
  readU32,
} from './attributes.ts';
import { NOT_THE_PATIENT } from './conditions.ts';
import { type CuffValues, cuffCycle, observed, tellCuff } from './cycle.ts';
import { createCuffTracker } from './nibp.ts';
import { CUFF_ID, labelledId, type NumericRule } from './nomenclature.ts';
import type { PolledObject, PollResult } from './poll.ts';
import { hasForeignUnit, isNotThePatient, rawId, rawText, readingOf } from './reading.ts';
import type { Link } from './rose.ts';
import { type MonitorClock, parseAbsoluteTime, TICKS_PER_MS } from './time.ts';

/** Whole cycles without a metric after which it is told as unavailable: its module was taken out. */
const MISSING_CYCLES = 3;
/** An object that gives a metric keeps it from others until it was silent for this long (ms). */
const OWNER_SILENT_MS = 5_000;
/** A step back of relative time by more than this is a new beginning, not a late part (ms). */
const NEW_BEGINNING_MS = 60_000;
/** More objects than any monitor has; what comes beyond is not remembered. */
const MAX_OBJECTS = 512;

interface KnownObject {
  readonly label: number | null;
  readonly text: string | null;
  /** Cycles in which it came. */
  readonly sightings: number;
}

interface Owner {
  readonly key: string;
  readonly rank: number;
  readonly ticks: number;
}

interface Cycle {
  /** Relative time without roll-over. */
  readonly ticks: number;
  readonly isNew: boolean;
  readonly heard: Set<MetricId>;
  cuff: CuffValues | null;
  cuffPulse: ObservedValue | null;
  isDemo: boolean;
  receipt: Receipt;
}

/** Reads the numerics of one line. */
export interface NumericsReader {
  take(result: PollResult, link: Link | null, receivedAt: Instant): readonly DriverOutput[];
  /** A new connection: nothing of the old one counts, but the cuff reading that was told last. */
  restart(): readonly DriverOutput[];
  /** Another monitor is on the line: what stood on the one before says nothing about its cuff. */
  replaced(): void;
  /** The stream ended. */
  end(): readonly DriverOutput[];
}

const newConnection = () => ({
  objects: new Map<string, KnownObject>(),
  owners: new Map<MetricId, Owner>(),
  missed: new Map<MetricId, number>(),
  cycle: null as Cycle | null,
  lastTicks: null as number | null,
  lateness: createMessageClock(),
});

/** A reader that has seen nothing; `clock` and `conditions` are the driver's, `rules` say which identifier is which metric. */
export const createNumericsReader = (
  clock: MonitorClock,
  conditions: ConditionTable,
  rules: ReadonlyMap<number, NumericRule>,
): NumericsReader => {
  let state = newConnection();
  let cuff = createCuffTracker();
  let unmapped = createUnmappedLatch();
  /** When the last cycle with cuff values came, over connections. */
  let lastCuffAt: { readonly at: Instant; readonly ticks: number | null } | null = null;
  let lastCuffReceipt: Receipt | null = null;

  const learn = (key: string, { attributes }: PolledObject): KnownObject => {
    const before = state.objects.get(key);
    const known: KnownObject = {
      label: attributeAs(attributes, ATTRIBUTE.label, readU32) ?? before?.label ?? null,
      text: labelString(attributes) ?? before?.text ?? null,
      sightings: (before?.sightings ?? 0) + 1,
    };
    if (before !== undefined || state.objects.size < MAX_OBJECTS) state.objects.set(key, known);
    return known;
  };

  /** Two objects may give one metric (two probes): the one with the better identifier or the matching label does. */
  const owns = (key: string, rule: NumericRule, isLabelled: boolean, ticks: number): boolean => {
    const rank = rule.rank * 2 + (isLabelled ? 0 : 1);
    const owner = state.owners.get(rule.metric);
    const isFree =
      owner === undefined ||
      owner.key === key ||
      rank < owner.rank ||
      ticks - owner.ticks > OWNER_SILENT_MS * TICKS_PER_MS;
    if (isFree) state.owners.set(rule.metric, { key, rank, ticks });
    return isFree;
  };

  const takeValue = (
    value: ObservedValue,
    key: string,
    known: KnownObject,
    cycle: Cycle,
  ): readonly DriverOutput[] => {
    if (isNotThePatient(value)) cycle.isDemo = true;
    if (value.physioId === CUFF_ID.pulse) {
      cycle.cuffPulse = value;
      return [];
    }
    const rule = rules.get(value.physioId);
    const isLabelled = known.label !== null && labelledId(known.label) === value.physioId;
    if (rule === undefined || !owns(key, rule, isLabelled, cycle.ticks))
      return unmapped.tell(rawId(value, known.text), rawText(value));
    if (cycle.heard.has(rule.metric)) return [];
    cycle.heard.add(rule.metric);
    return [
      { type: 'observation', observation: observed(rule.metric, readingOf(value, rule), cycle.receipt) },
      ...(hasForeignUnit(value, rule) ? unmapped.tell(rawId(value, known.text), rawText(value)) : []),
    ];
  };

  /** An object that we know and that comes without a value, as respiration does while it is not measured. */
  const takeNoValue = (key: string, known: KnownObject, cycle: Cycle): DriverOutput[] => {
    const id = known.label === null ? null : labelledId(known.label);
    const rule = id === null ? undefined : rules.get(id);
    // The first answer after connecting describes the objects only; their values follow a second later.
    if (rule === undefined || known.sightings < 2 || cycle.heard.has(rule.metric)) return [];
    if (!owns(key, rule, true, cycle.ticks)) return [];
    cycle.heard.add(rule.metric);
    return [{ type: 'observation', observation: absent(rule.metric, 'unavailable', cycle.receipt) }];
  };

  const takeObject = (context: number, object: PolledObject, cycle: Cycle): DriverOutput[] => {
    const key = `${context} ${object.handle}`;
    const known = learn(key, object);
    if (!cycle.isNew) return [];
    const values = observedValues(object.attributes);
    const isCuff = values.some(({ physioId }) => physioId >= CUFF_ID.systolic && physioId <= CUFF_ID.mean);
    if (isCuff) {
      if (values.some(isNotThePatient)) cycle.isDemo = true;
      const stamp = attributeOf(object.attributes, ATTRIBUTE.absoluteTimeStamp);
      const stampMs = stamp === null ? null : parseAbsoluteTime(stamp);
      cycle.cuff = { values, stampMs, receipt: cycle.receipt };
      return [];
    }
    if (values.length === 0) return takeNoValue(key, known, cycle);
    return values.flatMap((value) => takeValue(value, key, known, cycle));
  };

  const tellOf = (event: Parameters<typeof tellCuff>[0], receipt: Receipt, pulse: ObservedValue | null) => {
    const { observations, findings } = tellCuff(event, receipt, pulse);
    return [
      ...observations.map((observation): DriverOutput => ({ type: 'observation', observation })),
      ...(findings === null ? [] : conditions.update('cuff', findings)),
    ];
  };

  const finishCuff = (values: CuffValues, cycle: Cycle): DriverOutput[] => {
    const at = values.receipt.receivedAt;
    const hostMs = lastCuffAt === null ? 0 : Math.max(0, elapsedMs(lastCuffAt.at, at));
    const ownMs = lastCuffAt?.ticks == null ? 0 : (cycle.ticks - lastCuffAt.ticks) / TICKS_PER_MS;
    lastCuffAt = { at, ticks: cycle.ticks };
    lastCuffReceipt = values.receipt;
    const events = cuff.next(cuffCycle(values, Math.max(hostMs, ownMs)));
    return events.flatMap((event) => tellOf(event, values.receipt, cycle.cuffPulse));
  };

  /** What was there and is no longer; a part that was lost on the line is not enough. */
  const finishMissing = (cycle: Cycle): DriverOutput[] => {
    const outputs: DriverOutput[] = [];
    for (const metric of cycle.heard) state.missed.set(metric, 0);
    for (const [metric, missed] of state.missed) {
      if (cycle.heard.has(metric)) continue;
      state.missed.set(metric, missed + 1);
      if (missed + 1 >= MISSING_CYCLES)
        outputs.push({ type: 'observation', observation: absent(metric, 'unavailable', cycle.receipt) });
    }
    return outputs;
  };

  const finish = (): readonly DriverOutput[] => {
    const { cycle } = state;
    state.cycle = null;
    if (cycle === null || !cycle.isNew) return [];
    state.lastTicks = cycle.ticks;
    return [
      ...(cycle.cuff === null ? [] : finishCuff(cycle.cuff, cycle)),
      ...finishMissing(cycle),
      ...conditions.update('demo', cycle.isDemo ? [NOT_THE_PATIENT] : []),
    ];
  };

  const forget = (): void => {
    state = newConnection();
    if (lastCuffAt !== null) lastCuffAt = { at: lastCuffAt.at, ticks: null };
  };

  const begin = (ticks: number, receipt: Receipt): Cycle => {
    if (state.lastTicks !== null && ticks < state.lastTicks - NEW_BEGINNING_MS * TICKS_PER_MS) forget();
    return {
      ticks,
      isNew: state.lastTicks === null || ticks > state.lastTicks,
      heard: new Set(),
      cuff: null,
      cuffPulse: null,
      isDemo: false,
      receipt,
    };
  };

  return {
    take(result, link, receivedAt) {
      const ticks = clock.unrolled(result.ticks);
      // A part of an older cycle than the last is not told (`isNew`); its age does not matter.
      const late = state.lateness.next(ticks / TICKS_PER_MS, receivedAt);
      const ageAtReceiptMs = late.isOlder ? 0 : late.ms;
      const receipt: Receipt = { receivedAt, deviceTime: clock.at(result.ticks), ageAtReceiptMs };
      const outputs: DriverOutput[] = [];
      if (state.cycle !== null && state.cycle.ticks !== ticks) outputs.push(...finish());
      const cycle = state.cycle ?? begin(ticks, receipt);
      state.cycle = cycle;
      cycle.receipt = receipt;
      for (const { context, objects } of result.contexts) {
        for (const object of objects) outputs.push(...takeObject(context, object, cycle));
      }
      if (link === null || link.state === 'last') outputs.push(...finish());
      return outputs;
    },
    restart() {
      const outputs = finish();
      forget();
      return outputs;
    },
    replaced() {
      cuff = createCuffTracker();
      lastCuffAt = null;
      lastCuffReceipt = null;
      unmapped = createUnmappedLatch();
    },
    end() {
      const outputs = [...finish()];
      const receipt = lastCuffReceipt;
      if (receipt !== null) outputs.push(...cuff.end().flatMap((event) => tellOf(event, receipt, null)));
      return outputs;
    },
  };
};
