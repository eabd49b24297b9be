/**
 * The driver of the Efficia CM serial export: queries the panes, matches each report to its query, acknowledges it, and tells
 * what it holds. A report that answers another query is refused once one of ours was answered: it may be late.
 */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present, type Receipt } from '../../core/observation/observation.ts';
import { elapsedMs, epochMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { createConditionTable, type Finding } from '../framing/condition-table.ts';
import { createSilence } from '../framing/silence.ts';
import { createUnmappedLatch } from '../framing/unmapped-latch.ts';
import { type EfficiaMessage, efficiaCodec, encodeInBlock, type Query, type Report } from './codec.ts';
import { createNibpTracker, type NibpEvent } from './nibp.ts';
import { createPanes, said } from './observe.ts';

/** What the clinic may choose. */
export interface EfficiaOptions {
  /** From one query to the next (s). */
  readonly pollS: number;
  /** Whether to send the block characters of MLLP. They are always taken. */
  readonly inBlock: boolean;
  readonly t1IsBody: boolean;
}

/** A report has about 1000 bytes, a second at 9600 baud. Not whole after this long, and it is given up (ms). */
const TIMEOUT_MS = 5000;
/** Silence that ends a report without block characters (ms; our choice: some 400 bytes at 9600 baud). */
const QUIET_MS = 400;
/** An answer that took longer gives its numbers that age (ms). */
const PROMPT_MS = 1000;
/** Pause before the next query when a number waits to be confirmed (ms). */
const HURRY_MS = 250;

/** How long a monitor may be silent (ms): a query that was lost, and the next with its answer. */
export const maxQuietMs = ({ pollS }: Pick<EfficiaOptions, 'pollS'>): number => 1000 * pollS + 2 * TIMEOUT_MS;

const newLink = (t1IsBody: boolean, maxGapMs: number) => ({
  decoder: efficiaCodec.decoder(),
  nibp: createNibpTracker(),
  panes: createPanes(t1IsBody, maxGapMs),
  unmapped: createUnmappedLatch(),
  identity: '',
  admission: undefined as string | null | undefined,
  query: null as { readonly message: Query; readonly at: Instant } | null,
  /** A report answered a query of ours: others are late, or another host's. */
  hasMatched: false,
  nextAtMs: Number.NEGATIVE_INFINITY,
  heardAt: null as Instant | null,
});

/** A driver for one monitor; it says nothing before `start`. */
export const createEfficiaDriver = ({ pollS, inBlock, t1IsBody }: EfficiaOptions): Driver => {
  const conditions = createConditionTable();
  const silence = createSilence(maxQuietMs({ pollS }));
  const maxGapMs = maxQuietMs({ pollS });
  const encode = inBlock ? encodeInBlock : efficiaCodec.encode;
  let link = newLink(t1IsBody, maxGapMs);
  let isStarted = false;
  let count = 0;
  /** Tells this run of the driver from an earlier one in the identifiers of its messages. */
  let run = '';

  const nextId = (): string => {
    count += 1;
    return `CS${run}${String(count % 1_000_000).padStart(6, '0')}`;
  };

  const ask = (now: Instant): readonly DriverOutput[] => {
    const controlId = nextId();
    const queryId = `Q${count % 1_000_000_000}`;
    const message: Query = { kind: 'query', timeMs: seconds(now), controlId, queryId, filter: 'STA' };
    link.query = { message, at: now };
    link.nextAtMs = now.mono + pollS * 1000;
    return [{ type: 'request', bytes: encode(message), purpose: 'what the panes show now' }];
  };

  const acknowledge = ({ controlId }: Report, now: Instant): DriverOutput => ({
    type: 'request',
    bytes: encode({ kind: 'receipt', timeMs: seconds(now), controlId: nextId(), answers: controlId }),
    purpose: 'acknowledges the report',
  });

  const identityOf = ({ application, controlId }: Report): readonly DriverOutput[] => {
    const serial = controlId.length === 20 ? controlId.slice(0, 10) : null;
    const model = application.replace(/^\^/, '').replace(/^EfficiaCM$/, 'Efficia CM') || 'Efficia CM';
    const who = `${model} ${serial}`;
    if (who === link.identity) return [];
    // What the last monitor showed says nothing about when this one measured.
    if (link.identity !== '') {
      link.nibp = createNibpTracker();
      link.unmapped = createUnmappedLatch();
    }
    link.identity = who;
    return [{ type: 'identity', identity: { model, serial, software: null } }];
  };

  const admissionOf = ({ patient }: Report): readonly DriverOutput[] => {
    if (patient === link.admission) return [];
    link.admission = patient;
    return [{ type: 'admission', patient }];
  };

  const onReport = (report: Report, at: Instant, tookMs: number): readonly DriverOutput[] => {
    silence.heard(at);
    const receipt: Receipt = {
      receivedAt: at,
      deviceTime: epochMs(report.timeMs),
      ageAtReceiptMs: tookMs > PROMPT_MS ? tookMs : 0,
    };
    const identity = identityOf(report);
    const news = link.panes.observe(report.items, at, receipt);
    const cuff = link.nibp.next(report, at, tookMs);
    if (news.isHeld || cuff?.type === 'held') link.nextAtMs = Math.min(link.nextAtMs, at.mono + HURRY_MS);
    const alerts = report.alerts.map(
      ({ level, text }): Finding => ({ code: 'monitor-alarm', metric: null, text: `${level}: ${text}` }),
    );
    return [
      ...identity,
      ...admissionOf(report),
      ...said(news.observations),
      ...(cuff === null ? [] : onCuff(cuff, receipt)),
      ...conditions.update('alerts', alerts),
      ...news.others.flatMap(([id, value]) => link.unmapped.tell(id, value)),
    ];
  };

  const onCuff = (event: NibpEvent, receipt: Receipt): readonly DriverOutput[] => {
    switch (event.type) {
      case 'held':
        return [];
      case 'gone':
        return said(
          NIBP_METRICS.map((metric) => absent(metric, 'unavailable', { ...receipt, ageAtReceiptMs: 0 })),
        );
      case 'undatable':
        return link.unmapped.tell('NBP of a time that cannot be told', event.text);
      case 'reading':
        return said(readingOf(event, receipt));
      case 'pulse':
        return said([cuffPulse(event, receipt)]);
      default:
        return event satisfies never;
    }
  };

  const onAnswer = (message: Report, byteCount: number, at: Instant): readonly DriverOutput[] => {
    const { query } = link;
    const isOurs =
      query !== null &&
      query.message.controlId === message.answers &&
      query.message.queryId === message.queryId;
    if (isOurs) {
      link.query = null;
      link.hasMatched = true;
      const tookMs = elapsedMs(query.at, at);
      return [{ type: 'frame', byteCount }, acknowledge(message, at), ...onReport(message, at, tookMs)];
    }
    if (link.hasMatched)
      return [
        { type: 'rejected', reason: 'syntax', detail: 'a report that answers another query', byteCount },
      ];
    return [{ type: 'frame', byteCount }, ...onReport(message, at, 0)];
  };

  const take = (decoded: Decoded<EfficiaMessage>, at: Instant): readonly DriverOutput[] => {
    const { byteCount } = decoded;
    if (!decoded.ok) return [{ type: 'rejected', reason: decoded.reason, detail: decoded.detail, byteCount }];
    const { message } = decoded;
    switch (message.kind) {
      case 'report':
        return onAnswer(message, byteCount, at);
      case 'refusal': {
        if (link.query?.message.controlId !== message.answers)
          return [{ type: 'rejected', reason: 'syntax', detail: 'a refusal of another query', byteCount }];
        link.query = null;
        const receipt = { receivedAt: at, deviceTime: epochMs(message.timeMs) };
        const text = message.code === 'AE' ? 'AE: query not understood' : 'AR: nothing to export';
        const told = link.unmapped.tell('answer to the query', text);
        return [{ type: 'frame', byteCount }, ...said(link.panes.nothing(receipt)), ...told];
      }
      case 'query':
      case 'receipt':
        return [
          {
            type: 'rejected',
            reason: 'syntax',
            detail: "a host's message: is the line looped back?",
            byteCount,
          },
        ];
      default:
        return message satisfies never;
    }
  };

  return {
    start(now) {
      link = newLink(t1IsBody, maxGapMs);
      isStarted = true;
      count = 0;
      run = Math.floor(now.wall / 1000)
        .toString(36)
        .toUpperCase();
      return [...conditions.forget(), ...ask(now)];
    },
    receive(chunk, now) {
      link.heardAt = now;
      return link.decoder.push(chunk).flatMap((decoded) => take(decoded, now));
    },
    tick(now) {
      if (!isStarted) return [];
      const outputs: DriverOutput[] = silence.hasBegun(now) ? [...conditions.forget()] : [];
      const { heardAt } = link;
      if (heardAt !== null && link.decoder.isInside() && elapsedMs(heardAt, now) >= QUIET_MS) {
        // It was whole when its last byte came, and that is its time.
        for (const decoded of link.decoder.quiet()) outputs.push(...take(decoded, heardAt));
      }
      const { query } = link;
      if (query !== null && elapsedMs(query.at, now) >= TIMEOUT_MS) link.query = null;
      if (link.query === null && now.mono >= link.nextAtMs) outputs.push(...ask(now));
      return outputs;
    },
    end: (now) => link.decoder.end().flatMap((decoded) => take(decoded, now)),
  };
};

/** The host's wall clock in whole seconds; the monitor only echoes it. */
const seconds = (now: Instant): number => Math.floor(now.wall / 1000) * 1000;

type Dated = Pick<Extract<NibpEvent, { type: 'reading' }>, 'measuredAtMs' | 'ageMs'>;

/** A cuff's values carry the monitor's time of the measurement, not that of the report. */
const dated = ({ measuredAtMs, ageMs }: Dated, { receivedAt }: Receipt): Receipt => ({
  receivedAt,
  deviceTime: epochMs(measuredAtMs),
  ageAtReceiptMs: ageMs,
});

const cuffPulse = (event: Dated & { readonly pulse: number }, receipt: Receipt): Observation =>
  present('MDC_PULS_RATE_NON_INV', event.pulse, dated(event, receipt));

const readingOf = (
  event: Extract<NibpEvent, { type: 'reading' }>,
  received: Receipt,
): readonly Observation[] => {
  const receipt = dated(event, received);
  const { systolic, diastolic, pulse, mean: value } = event;
  const mean = 'MDC_PRESS_BLD_NONINV_MEAN';
  return [
    present('MDC_PRESS_BLD_NONINV_SYS', systolic, receipt),
    present('MDC_PRESS_BLD_NONINV_DIA', diastolic, receipt),
    value === null ? absent(mean, 'unavailable', receipt) : present(mean, value, receipt),
    ...(pulse === null ? [] : [cuffPulse({ ...event, pulse }, received)]),
  ];
};
