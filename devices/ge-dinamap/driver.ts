/**
 * The driver of DINAMAP host communication: asks for cuff, oximeter, rate and thermometer in turn, one question under way
 * at a time, and tells what comes. A cuff is started or stopped only by `cuff()`, which a person asks for, and is never
 * asked for twice: the next NIBP status says what became of it.
 */
import type { Receipt } from '../../core/observation/observation.ts';
import type { Instant } from '../../core/time.ts';
import type { CuffCommand, Decoded, Driver, DriverOutput } from '../device.ts';
import { createConditionTable } from '../framing/condition-table.ts';
import { latin1Bytes } from '../framing/line-decoder.ts';
import { createPolling } from '../framing/polling.ts';
import { createSilence } from '../framing/silence.ts';
import { createUnmappedLatch } from '../framing/unmapped-latch.ts';
import { createAgreement } from './agreement.ts';
import { type CheckRule, type Command, commandText, type DinamapMessage, dinamapDecoder } from './codec.ts';
import {
  NIBP_STATUS,
  type NibpReply,
  type OximeterReply,
  type PlainRateReply,
  RATE_SOURCE,
  type RateReply,
  type Reply,
  type TemperatureReply,
} from './message.ts';
import { createNibpTracker } from './nibp.ts';
import {
  cuffFindings,
  cuffPulse,
  observeCuff,
  observeOximeter,
  observePulse,
  observeTemperature,
  oximeterFindings,
  temperatureFindings,
} from './observe.ts';

/** What the clinic may choose. */
export interface DinamapOptions {
  /** From one round of questions to the next (s). */
  readonly pollS: number;
  /** `RC` for DINAMAP Pro: its rate is shown as it is, because its source is not known. */
  readonly rate: 'RA' | 'RC';
  readonly check: CheckRule;
}

/** An answer takes a few tens of milliseconds; field drivers wait 1 to 3 s. */
const TIMEOUT_MS = 1500;
const QUIET_MS = 600;
const UNANSWERED_PAUSE_MS = 30_000;
/** The thermometer is asked this often (ms): a determination comes every few minutes. */
const TEMPERATURE_EVERY_MS = 5000;
/** With `ignored` checks a question is asked at most so often in a row until two replies agree. */
const ASKS_IN_A_ROW = 4;
/** An answer that took longer gives its number that age (ms). */
const PROMPT_MS = 1000;
/** Determinations closer than this are one (ms). */
const SAME_DETERMINATION_MS = 3000;

/** How long a monitor may be silent (ms): two rounds, and a question that was given up in between. */
export const maxQuietMs = ({ pollS }: Pick<DinamapOptions, 'pollS'>): number => 2000 * pollS + 3 * TIMEOUT_MS;

/** The bytes that ask; a repeated question begins with a CR, which ends whatever half a command the monitor holds. */
export const requestText = (command: Command, isRetry: boolean): string =>
  `${isRetry ? '\r' : ''}${commandText(command)}\r`;

/** Everything that is forgotten when the line opens again. */
const newLink = (check: CheckRule) => ({
  decoder: dinamapDecoder(check),
  agreement: createAgreement(),
  unmapped: createUnmappedLatch(),
  asksInARow: 0,
  temperatureAskedMs: null as number | null,
  /** A cuff reading was told whose pulse rate was not: the latest moment at which it can have been taken. */
  pulseOwedSinceMs: null as number | null,
});

const receiptOf = (receivedAt: Instant, tookMs: number): Receipt => ({
  receivedAt,
  deviceTime: null,
  ageAtReceiptMs: tookMs > PROMPT_MS ? tookMs : 0,
});

/** A driver for one monitor; it says nothing before `start`. */
export const createDinamapDriver = ({ pollS, rate, check }: DinamapOptions): Driver => {
  const conditions = createConditionTable();
  const silence = createSilence(maxQuietMs({ pollS }));
  let link = newLink(check);
  // What was told is not new because the line is opened again; both carry their age, so another monitor's differ.
  const nibp = createNibpTracker();
  let lastDeterminedAtMs: number | null = null;
  let isStarted = false;
  const polling = createPolling<Command>({
    timeoutMs: TIMEOUT_MS,
    roundMs: pollS * 1000,
    quietMs: QUIET_MS,
    unansweredPauseMs: UNANSWERED_PAUSE_MS,
    round: (now) => {
      const last = link.temperatureAskedMs;
      if (last !== null && now.mono - last < TEMPERATURE_EVERY_MS) return ['NA', 'OA', rate];
      link.temperatureAskedMs = now.mono;
      return ['NA', 'OA', rate, 'TC'];
    },
  });

  const ask = (now: Instant): readonly DriverOutput[] => {
    const next = polling.next(now);
    if (next === null) return [];
    const bytes = latin1Bytes(requestText(next.question, next.isRetry));
    return [{ type: 'request', bytes, purpose: `${next.question}${next.isRetry ? ' again' : ''}` }];
  };

  const onNibp = (reply: NibpReply, at: Instant, tookMs: number): readonly DriverOutput[] => {
    const receipt = { receivedAt: at, deviceTime: null };
    const outputs: DriverOutput[] = [];
    for (const event of nibp.next(reply, at, tookMs)) {
      if (event.type === 'reading') link.pulseOwedSinceMs = at.mono - event.ageMs;
      for (const observation of observeCuff(event, receipt))
        outputs.push({ type: 'observation', observation });
    }
    return [...outputs, ...conditions.update('cuff', cuffFindings(reply)), ...modeOf(reply)];
  };

  const modeOf = ({ status, patient, isStat }: NibpReply): readonly DriverOutput[] => [
    ...link.unmapped.tell('NIBP patient type', ['unknown', 'adult', 'neonate'][patient] ?? String(patient)),
    ...link.unmapped.tell('NIBP mode', isStat ? 'stat' : 'normal'),
    ...(status === NIBP_STATUS.busy ? [] : link.unmapped.tell('NIBP status', String(status))),
  ];

  const onOximeter = (reply: OximeterReply, at: Instant, tookMs: number): readonly DriverOutput[] => [
    { type: 'observation', observation: observeOximeter(reply, receiptOf(at, tookMs)) },
    ...conditions.update('oximeter', oximeterFindings(reply)),
    ...link.unmapped.tell('SpO2 signal strength (0-9)', String(reply.strength ?? '-')),
    ...link.unmapped.tell('SpO2 averaging (s)', String(reply.averagingS ?? '-')),
  ];

  const onRate = (reply: RateReply, at: Instant, tookMs: number): readonly DriverOutput[] => {
    const outputs: DriverOutput[] = [
      { type: 'observation', observation: observePulse(reply, receiptOf(at, tookMs)) },
    ];
    const { source, rate: value } = reply;
    if (value === null) return outputs;
    if (source === RATE_SOURCE.cuff && link.pulseOwedSinceMs !== null) {
      const ageAtReceiptMs = at.mono - link.pulseOwedSinceMs;
      link.pulseOwedSinceMs = null;
      const receipt = { receivedAt: at, deviceTime: null, ageAtReceiptMs };
      outputs.push({ type: 'observation', observation: cuffPulse(value, receipt) });
    }
    if (source !== RATE_SOURCE.cuff && source !== RATE_SOURCE.oximeter)
      outputs.push(...link.unmapped.tell(`rate of source ${source}`, String(value)));
    return outputs;
  };

  const onPlainRate = ({ before, rate: value }: PlainRateReply): readonly DriverOutput[] =>
    link.unmapped.tell('heart rate (RC), source not known', `${before} ${value ?? '-'}`);

  const onTemperature = (reply: TemperatureReply, at: Instant, tookMs: number): readonly DriverOutput[] => {
    const outputs = [
      ...conditions.update('temperature', temperatureFindings(reply)),
      ...link.unmapped.tell('temperature mode', reply.isMonitorMode ? 'monitor' : 'predictive'),
    ];
    if (reply.status > 1 || reply.ageS === null) return outputs;
    const determinedAtMs = at.mono - reply.ageS * 1000;
    const last = lastDeterminedAtMs;
    lastDeterminedAtMs = determinedAtMs;
    const isRepeat = last !== null && determinedAtMs - 1000 - tookMs <= last + SAME_DETERMINATION_MS;
    if (isRepeat) return outputs;
    const ageAtReceiptMs = reply.ageS * 1000 + 1000 + tookMs;
    const observation = observeTemperature(reply, { receivedAt: at, deviceTime: null, ageAtReceiptMs });
    return [{ type: 'observation', observation }, ...outputs];
  };

  const tell = (reply: Reply, at: Instant, tookMs: number): readonly DriverOutput[] => {
    switch (reply.kind) {
      case 'NA':
        return onNibp(reply, at, tookMs);
      case 'OA':
        return onOximeter(reply, at, tookMs);
      case 'RA':
        return onRate(reply, at, tookMs);
      case 'RC':
        return onPlainRate(reply);
      case 'TC':
        return onTemperature(reply, at, tookMs);
      default:
        return reply satisfies never;
    }
  };

  /** With checks ignored: tells a reply when the one before said the same, and asks again until two do. */
  const tellConfirmed = (reply: Reply, at: Instant, tookMs: number): readonly DriverOutput[] => {
    if (check === 'required') return tell(reply, at, tookMs);
    if (link.agreement(reply, at)) {
      link.asksInARow = 0;
      return tell(reply, at, tookMs);
    }
    link.asksInARow += 1;
    if (link.asksInARow < ASKS_IN_A_ROW) polling.again(reply.kind);
    else link.asksInARow = 0;
    return [];
  };

  const onReply = (reply: Reply, byteCount: number, at: Instant): readonly DriverOutput[] => {
    const answer = polling.answered(reply.kind, at);
    if (answer.kind === 'late') {
      const detail = `an answer (${reply.kind}) that may be late: a question before it was not answered in time`;
      return [{ type: 'rejected', reason: 'range', detail: detail.slice(0, 80), byteCount }];
    }
    silence.heard(at);
    // Not to the question under way: to one that was given up, perhaps, or another host's. It may be as old as that.
    const tookMs = answer.kind === 'answer' ? answer.tookMs : TIMEOUT_MS;
    return [{ type: 'frame', byteCount }, ...tellConfirmed(reply, at, tookMs)];
  };

  const take = (decoded: Decoded<DinamapMessage>, at: Instant): readonly DriverOutput[] => {
    const { byteCount } = decoded;
    if (!decoded.ok) return [{ type: 'rejected', reason: decoded.reason, detail: decoded.detail, byteCount }];
    const { message } = decoded;
    if (message.kind !== 'command' && message.kind !== 'other') return onReply(message, byteCount, at);
    // What answers a cuff command is not known, so every whole line counts as one; the NIBP status says what it did.
    if (polling.settle('NC0') || polling.settle('ND')) return [{ type: 'frame', byteCount }];
    const detail =
      message.kind === 'command'
        ? `a host's command (${message.command}): is the line looped back, or another host on it?`
        : 'a message that was not asked for';
    return [{ type: 'rejected', reason: 'syntax', detail, byteCount }];
  };

  return {
    start(now) {
      link = newLink(check);
      isStarted = true;
      polling.start();
      return [...conditions.forget(), ...ask(now)];
    },
    receive: (chunk, now) => {
      const outputs = link.decoder.push(chunk).flatMap((decoded) => take(decoded, now));
      return outputs.length === 0 || !isStarted ? outputs : [...outputs, ...ask(now)];
    },
    tick(now) {
      if (!isStarted) return [];
      return [...(silence.hasBegun(now) ? conditions.forget() : []), ...ask(now)];
    },
    end: (now) => link.decoder.end().flatMap((decoded) => take(decoded, now)),
    cuff(command: CuffCommand, now) {
      const words = command === 'start' ? 'NC0' : 'ND';
      polling.interrupt(words, 'NA', now);
      return [
        { type: 'request', bytes: latin1Bytes(requestText(words, false)), purpose: `${command} the cuff` },
      ];
    },
  };
};
