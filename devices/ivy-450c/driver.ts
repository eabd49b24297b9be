/**
 * Ivy 450C driver: it only listens. There is no checksum; a block must fit the grammar to the character, and a number must be
 * near the one of the block before, or be said twice.
 */
import { type MetricId, NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present, type Receipt } from '../../core/observation/observation.ts';
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { createConditionTable } from '../framing/condition-table.ts';
import { createNumberAgreement, type NumberAgreement } from '../framing/number-agreement.ts';
import { createSilence } from '../framing/silence.ts';
import { createUnmappedLatch } from '../framing/unmapped-latch.ts';
import { type Block, ivyCodec } from './codec.ts';
import { type CuffEvent, createCuffTracker } from './nibp.ts';
import {
  CONTINUOUS,
  findingsOf,
  type IvyOptions,
  isRrFromCo2,
  numbersOf,
  TOLERANCES,
  unmappedOf,
} from './observe.ts';
import { wavesOf } from './waves.ts';

/** Longer silence is a lost link (ms): two blocks missed, and the time that one takes. */
export const MAX_QUIET_MS = 3000;
/** Blocks further apart than this have a gap between their waves (ms; our choice: one and a half blocks). */
const WAVE_GAP_MS = 1500;

const newLink = () => ({
  decoder: ivyCodec.decoder(),
  agreements: new Map<MetricId, NumberAgreement>(
    CONTINUOUS.map((metric) => [
      metric,
      createNumberAgreement({ tolerance: TOLERANCES[metric], maxGapMs: MAX_QUIET_MS }),
    ]),
  ),
  /** Metrics that had a number: only these say that they have none. */
  seen: new Set<MetricId>(),
  rrFromCo2: false,
  lastBlockAt: null as Instant | null,
});

/** The driver of one monitor. */
export const createIvyDriver = (options: IvyOptions): Driver => {
  let link = newLink();
  const silence = createSilence(MAX_QUIET_MS);
  const conditions = createConditionTable();
  const unmapped = createUnmappedLatch();
  // A reading that stands there after a reconnect was told before it.
  const cuff = createCuffTracker();

  const continuous = (block: Block, at: Instant): readonly Observation[] => {
    const receipt: Receipt = { receivedAt: at, deviceTime: null };
    const numbers = numbersOf(block, options, link.rrFromCo2);
    return CONTINUOUS.flatMap((metric) => {
      const value = numbers[metric];
      if (link.agreements.get(metric)?.offer(value, at) !== true) return [];
      if (value !== null) {
        link.seen.add(metric);
        return [present(metric, value, receipt)];
      }
      return link.seen.has(metric) ? [absent(metric, 'unavailable', receipt)] : [];
    });
  };

  const onBlock = (block: Block, byteCount: number, at: Instant): readonly DriverOutput[] => {
    silence.heard(at);
    const isAfterGap = link.lastBlockAt === null || elapsedMs(link.lastBlockAt, at) > WAVE_GAP_MS;
    link.lastBlockAt = at;
    link.rrFromCo2 = isRrFromCo2(block, link.rrFromCo2);
    const event = cuff.next(block.nibp, at);
    const observations = [
      ...continuous(block, at),
      ...(event === null ? [] : cuffObservations(event, { receivedAt: at, deviceTime: null })),
    ];
    return [
      { type: 'frame', byteCount },
      ...wavesOf(block, at, isAfterGap).map((wave) => ({ type: 'waveform', block: wave }) as const),
      ...conditions.update('lines', findingsOf(block, options, link.rrFromCo2)),
      ...unmappedOf(block, options).flatMap(([id, value]) => unmapped.tell(id, value)),
      ...observations.map((observation) => ({ type: 'observation', observation }) as const),
    ];
  };

  const take = (decoded: Decoded<Block>, at: Instant): readonly DriverOutput[] => {
    const { byteCount } = decoded;
    if (decoded.ok) return onBlock(decoded.message, byteCount, at);
    const { reason, detail } = decoded;
    return [{ type: 'rejected', reason, detail, byteCount }];
  };

  return {
    start() {
      link = newLink();
      return conditions.forget();
    },
    receive: (chunk, now) => link.decoder.push(chunk).flatMap((decoded) => take(decoded, now)),
    tick: (now) => (silence.hasBegun(now) ? conditions.forget() : []),
    end: (now) => link.decoder.end().flatMap((decoded) => take(decoded, now)),
  };
};

const cuffObservations = (event: CuffEvent, receipt: Receipt): readonly Observation[] => {
  if (event.type === 'gone') return NIBP_METRICS.map((metric) => absent(metric, 'unavailable', receipt));
  const { line, ageMs, isAgeKnown } = event;
  const validity = isAgeKnown ? 'valid' : 'questionable';
  const aged = { ...receipt, ageAtReceiptMs: ageMs };
  const one = (metric: MetricId, value: number | null): Observation =>
    value === null ? absent(metric, 'unavailable', aged) : present(metric, value, aged, validity);
  return [
    one('MDC_PRESS_BLD_NONINV_SYS', line.systolic),
    one('MDC_PRESS_BLD_NONINV_DIA', line.diastolic),
    one('MDC_PRESS_BLD_NONINV_MEAN', line.mean),
    ...(line.pulse === null ? [] : [present('MDC_PULS_RATE_NON_INV', line.pulse, aged, validity)]),
  ];
};
