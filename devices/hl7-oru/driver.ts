/** HL7 driver: listens, answers each message, and tells what belongs to its bed. It asks for nothing. */
import { type MetricId, NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, type Receipt } from '../../core/observation/observation.ts';
import { elapsedMs, epochMs, type Instant } from '../../core/time.ts';
import type { Driver, DriverOutput } from '../device.ts';
import { createConditionTable } from '../framing/condition-table.ts';
import { createMessageClock } from '../framing/message-clock.ts';
import { acknowledge } from './ack.ts';
import { type AckCode, type Header, type Hl7Decoded, hl7Decoder, type OruMessage } from './codec.ts';
import { createIdentityReader } from './identity.ts';
import { type CuffEvent, createCuffTracker } from './nibp.ts';
import {
  beyondFindings,
  createChangeTeller,
  cuffRowsOf,
  doubted,
  isSpot,
  type MessageContext,
  observeContinuous,
  observed,
  receiptOf,
  type SortedRows,
  sortRows,
  timesOfNow,
} from './observe.ts';
import { createPatientFilter } from './patients.ts';
import { createSpotTracker } from './spot.ts';
import { momentOf, parseTime } from './time.ts';

/** A message without an end mark is taken after so long without a byte (ms; our choice: longer than any pause inside one). */
const QUIET_AFTER_MS = 750;

/** What the clinic may choose. */
export interface Hl7DriverOptions {
  /** The bed to read, as the monitor names it; empty: the only one on the line. */
  readonly bed: string;
  /** A longer pause is a lost link (ms). */
  readonly maxQuietMs: number;
  /** A person said that a temperature without a site is the body's. */
  readonly tempIsBody: boolean;
}

/** What is forgotten when the line opens again. */
const newLink = (bed: string) => ({
  decoder: hl7Decoder(),
  patients: createPatientFilter(bed),
  changes: createChangeTeller(),
  lastByteAt: null as Instant | null,
  lastFrameAt: null as Instant | null,
  lastMessageId: '',
  identity: '',
  admission: undefined as string | null | undefined,
  seen: new Set<MetricId>(),
  /** When each metric was last sent. */
  rowAt: new Map<MetricId, Instant>(),
});

const output = (observation: Observation): DriverOutput => ({ type: 'observation', observation });

/** The driver of one connection. */
export const createHl7Driver = ({ bed, maxQuietMs, tempIsBody }: Hl7DriverOptions): Driver => {
  let link = newLink(bed);
  // The sender's clock and which device it is outlive a reconnect.
  const clock = createMessageClock();
  const identities = createIdentityReader(bed !== '');
  // So does what stood on the monitor: after a reconnect it is repeated, and is not new.
  const cuff = createCuffTracker();
  const spot = createSpotTracker();
  let lastCuffAt: Instant | null = null;
  /** Whose values those were, and which monitor's; compared in memory only. */
  let owner: string | null = null;
  const conditions = createConditionTable();
  let answers = 0;

  const answer = (header: Header, code: AckCode, now: Instant, text = ''): DriverOutput => {
    answers += 1;
    const bytes = acknowledge(header, code, { now, number: answers, text });
    return { type: 'request', bytes, purpose: `answer ${code} to a message` };
  };

  const refused = (
    detail: string,
    byteCount: number,
    reason: 'range' | 'syntax' = 'range',
  ): DriverOutput => ({
    type: 'rejected',
    reason,
    detail,
    byteCount,
  });

  /** Every number that was told is withdrawn: nobody knows any more whose it would be. */
  const withdraw = (at: Instant): readonly DriverOutput[] => {
    const metrics = [...link.seen];
    const places = [...link.rowAt.keys(), 'cuff', 'demo'];
    link.seen.clear();
    link.rowAt.clear();
    return [
      ...metrics.map((metric) => output(absent(metric, 'unavailable', { receivedAt: at, deviceTime: null }))),
      ...places.flatMap((place) => conditions.update(place, [])),
    ];
  };

  const cuffOutputs = (event: CuffEvent, sorted: SortedRows, at: Instant): readonly DriverOutput[] => {
    const deviceTime = event.time === null ? null : epochMs(momentOf(event.time));
    if (event.type === 'failed') {
      const receipt: Receipt = { receivedAt: at, deviceTime };
      return [
        ...NIBP_METRICS.map((metric) => output(absent(metric, 'invalid', receipt))),
        ...conditions.update('cuff', [
          { code: 'cuff-fault', metric: NIBP_METRICS[0], text: 'NIBP measurement ended without a reading' },
        ]),
      ];
    }
    const receipt: Receipt = { receivedAt: at, deviceTime, ageAtReceiptMs: event.ageMs };
    const told = (metric: MetricId) => {
      const row = sorted.rows.get(metric);
      return row === undefined || event.isAgeKnown ? row : doubted(row);
    };
    const pulse = told('MDC_PULS_RATE_NON_INV');
    return [
      ...NIBP_METRICS.map((metric) => {
        const row = told(metric);
        return output(
          row === undefined ? absent(metric, 'unavailable', receipt) : observed(metric, row, receipt),
        );
      }),
      ...(pulse === undefined ? [] : [output(observed(pulse.metric, pulse, receipt))]),
      ...conditions.update('cuff', []),
    ];
  };

  const spotOutputs = (sorted: SortedRows, context: MessageContext): readonly DriverOutput[] => {
    const row = sorted.rows.get('MDC_TEMP_BODY');
    if (row === undefined || !isSpot(row) || row.reading.value === null) return [];
    const receipt = receiptOf(row, context);
    const news = spot.next(`${row.row.time} ${row.reading.value}`, receipt.ageAtReceiptMs ?? 0, context);
    if (news === null) return [];
    const { ageMs: ageAtReceiptMs, isAgeKnown } = news;
    return [output(observed(row.metric, isAgeKnown ? row : doubted(row), { ...receipt, ageAtReceiptMs }))];
  };

  const tell = (message: OruMessage, context: MessageContext): readonly DriverOutput[] => {
    const { at, messageTime, lateMs } = context;
    const sorted = sortRows(message, tempIsBody);
    const out: DriverOutput[] = observeContinuous(sorted, context).map(output);
    const rows = cuffRowsOf(sorted);
    const gapMs = lastCuffAt === null ? Number.POSITIVE_INFINITY : elapsedMs(lastCuffAt, at);
    const event = cuff.next(rows, {
      messageTime,
      timesOfNow: timesOfNow(sorted, messageTime),
      gapMs,
      lateMs,
    });
    if (Object.values(rows).some((row) => row !== null)) lastCuffAt = at;
    if (event !== null) out.push(...cuffOutputs(event, sorted, at));
    out.push(...spotOutputs(sorted, context));
    for (const row of sorted.rows.values()) {
      out.push(...link.changes.limits(row), ...conditions.update(row.metric, beyondFindings(row)));
      link.rowAt.set(row.metric, at);
    }
    // A number that is no longer sent is not beyond a limit.
    for (const [metric, sentAt] of link.rowAt) {
      if (elapsedMs(sentAt, at) <= maxQuietMs) continue;
      link.rowAt.delete(metric);
      out.push(...conditions.update(metric, []));
    }
    out.push(...conditions.update('demo', sorted.isDemo ? [DEMO] : []));
    out.push(...link.changes.unmapped(sorted.others));
    for (const one of out) if (one.type === 'observation') link.seen.add(one.observation.metric);
    return out;
  };

  const identityOf = (message: OruMessage): readonly DriverOutput[] => {
    const identity = identities.next(message);
    const word = JSON.stringify(identity);
    if (word === link.identity) return [];
    link.identity = word;
    return [{ type: 'identity', identity }];
  };

  const admissionOf = ({ patientId }: OruMessage): readonly DriverOutput[] => {
    const patient = patientId === '' ? null : patientId;
    if (patient === link.admission) return [];
    link.admission = patient;
    return [{ type: 'admission', patient }];
  };

  const onOru = (message: OruMessage, byteCount: number, at: Instant): readonly DriverOutput[] => {
    const { header } = message;
    const out: DriverOutput[] = [answer(header, 'AA', at)];
    if (header.processingId !== '' && header.processingId !== 'P') {
      return [
        ...out,
        refused(`marked ${header.processingId} (training or debugging), no patient's`, byteCount),
      ];
    }
    const judgement = link.patients.next(message, at);
    if (!judgement.ok) {
      out.push(refused(judgement.detail, byteCount));
      if (!judgement.isAmbiguous) return out;
      return [...out, ...conditions.update('beds', [SEVERAL_BEDS]), ...withdraw(at)];
    }
    const messageTime = parseTime(header.time) ?? parseTime(message.groups[0]?.time ?? '');
    const messageId = `${header.controlId} ${header.time}`;
    if (messageId === link.lastMessageId) {
      // Sent again because our answer was lost: nothing in it is new.
      return [...out, { type: 'frame', byteCount }];
    }
    const lateness = messageTime?.hasSeconds !== true ? null : clock.next(momentOf(messageTime), at);
    if (lateness?.isOlder === true) return [...out, refused('older than the message before', byteCount)];
    link.lastMessageId = messageId;
    if (link.lastFrameAt !== null && elapsedMs(link.lastFrameAt, at) > maxQuietMs)
      out.push(...conditions.forget());
    link.lastFrameAt = at;
    const told = identityOf(message);
    const whose = JSON.stringify([message.location, message.patientId, link.identity]);
    if (whose !== owner) {
      // When this one's cuff was last measured, the last one's says nothing about.
      cuff.another();
      spot.another();
      link.changes = createChangeTeller();
      owner = whose;
    }
    return [
      ...out,
      { type: 'frame', byteCount },
      ...told,
      ...admissionOf(message),
      ...conditions.update('beds', []),
      ...tell(message, { at, messageTime, lateMs: lateness?.ms ?? 0 }),
    ];
  };

  const onDecoded = (decoded: Hl7Decoded, at: Instant): readonly DriverOutput[] => {
    const { byteCount } = decoded;
    if (!decoded.ok) {
      const { reason, detail, refusedHeader } = decoded;
      const refusal: DriverOutput = { type: 'rejected', reason, detail, byteCount };
      const isAnswerable = refusedHeader !== undefined && !refusedHeader.type.startsWith('ACK');
      return isAnswerable ? [answer(refusedHeader, 'AE', at, detail), refusal] : [refusal];
    }
    const { message } = decoded;
    switch (message.kind) {
      case 'oru':
        return onOru(message, byteCount, at);
      case 'ack':
        // Never answered: two sides that answer answers do so for ever.
        return [refused('an acknowledgement: is the line looped back?', byteCount, 'syntax')];
      case 'other':
        return [
          answer(message.header, 'AR', at, 'message type not used'),
          refused('a message of another kind than observations', byteCount, 'syntax'),
        ];
      default:
        return message satisfies never;
    }
  };

  return {
    start() {
      link = newLink(bed);
      return conditions.forget();
    },
    receive(chunk, now) {
      link.lastByteAt = now;
      return link.decoder.push(chunk).flatMap((decoded) => onDecoded(decoded, now));
    },
    tick(now) {
      const last = link.lastByteAt;
      if (last === null || elapsedMs(last, now) < QUIET_AFTER_MS) return [];
      link.lastByteAt = null;
      // The bytes came when the last of them came, not now.
      return link.decoder.quiet().flatMap((decoded) => onDecoded(decoded, last));
    },
    end: (now) => link.decoder.end().flatMap((decoded) => onDecoded(decoded, link.lastByteAt ?? now)),
  };
};

const DEMO = { code: 'monitor-alarm', metric: null, text: 'The monitor is in demonstration mode' } as const;
const SEVERAL_BEDS = {
  code: 'device-fault',
  metric: null,
  text: 'Several beds or patients on one line: set the option "bed"',
} as const;
