/**
 * The driver of the Accutorr "PC interface". A command is sent only while the prompt is up. Because nothing protects a reply, it
 * counts when the one before it was the same to the last digit; when it was not, the question is asked again at once.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { createConditionTable } from '../framing/condition-table.ts';
import { createPolling } from '../framing/polling.ts';
import { createSilence } from '../framing/silence.ts';
import { createUnmappedLatch } from '../framing/unmapped-latch.ts';
import { type AccutorrMessage, accutorrCodec, type Limits, type PatientData, requestBytes } from './codec.ts';
import { createNibpTracker, type NibpEvent } from './nibp.ts';
import { limitsIn, observeCuff, observeOximeter } from './observe.ts';
import { CUFF, statusFindings, sureFlags } from './status.ts';

/** What the clinic may choose. */
export interface AccutorrOptions {
  /** From one round of questions to the next (s). */
  readonly pollS: number;
}

/** A reply has 41 bytes, a third of a second at 1200 baud. */
const TIMEOUT_MS = 2000;
const QUIET_MS = 800;
const UNANSWERED_PAUSE_MS = 60_000;
const LIMITS_EVERY_MS = 30_000;
/** The prompt follows its reply at once; after this long it is asked for (ms). */
const PROMPT_WAIT_MS = 700;
/** The two replies of a pair are not further apart than this (ms). */
const PAIR_MS = 4000;
const ASKS_IN_A_ROW = 4;
/** An answer that took longer gives its numbers that age (ms). */
const LATE_MS = 1000;

/** How long a monitor may be silent (ms): a round, and a question that was given up in between. */
export const maxQuietMs = ({ pollS }: AccutorrOptions): number => 1000 * pollS + 3 * TIMEOUT_MS;

type Question = 'P' | 'L';
type Reply = PatientData | Limits;

const newLink = () => ({
  decoder: accutorrCodec.decoder(),
  nibp: createNibpTracker(),
  unmapped: createUnmappedLatch(),
  before: new Map<Question, { readonly text: string; readonly at: Instant }>(),
  asksInARow: 0,
  limitsAskedMs: null as number | null,
  limits: '',
  isKnown: false,
  hadCuffFault: false,
  isPromptUp: false,
  /** When a reply came whose prompt has not come yet. */
  repliedAt: null as Instant | null,
  /** A question that waits for the prompt. */
  unsent: null as Question | null,
  /** Prompts are counted with the reply after them: alone they are no sign of this monitor. */
  promptBytes: 0,
});

/** A driver for one monitor; it says nothing before `start`. */
export const createAccutorrDriver = ({ pollS }: AccutorrOptions): Driver => {
  const conditions = createConditionTable();
  const silence = createSilence(maxQuietMs({ pollS }));
  let link = newLink();
  let isStarted = false;
  const polling = createPolling<Question>({
    timeoutMs: TIMEOUT_MS,
    roundMs: pollS * 1000,
    quietMs: QUIET_MS,
    unansweredPauseMs: UNANSWERED_PAUSE_MS,
    round: (now) => {
      const last = link.limitsAskedMs;
      if (last !== null && now.mono - last < LIMITS_EVERY_MS) return ['P'];
      link.limitsAskedMs = now.mono;
      return ['P', 'L'];
    },
  });

  const send = (question: Question): DriverOutput => {
    if (link.isPromptUp) {
      link.isPromptUp = false;
      link.unsent = null;
      return {
        type: 'request',
        bytes: requestBytes(question),
        purpose: question === 'P' ? 'patient data' : 'alarm limits',
      };
    }
    link.unsent = question;
    return { type: 'request', bytes: requestBytes('prompt'), purpose: 'the prompt' };
  };

  const ask = (now: Instant): readonly DriverOutput[] => {
    const { repliedAt } = link;
    if (!link.isPromptUp && repliedAt !== null && elapsedMs(repliedAt, now) < PROMPT_WAIT_MS) return [];
    const next = polling.next(now);
    if (next === null) return [];
    if (next.isRetry) link.isPromptUp = false;
    return [send(next.question)];
  };

  const onPrompt = (): readonly DriverOutput[] => {
    link.promptBytes += 1;
    link.isPromptUp = true;
    link.repliedAt = null;
    return link.unsent === null ? [] : [send(link.unsent)];
  };

  /** True when the reply before to the same question said the same; else the question is asked again, a few times. */
  const isConfirmed = (reply: Reply, at: Instant): boolean => {
    const text = JSON.stringify(reply);
    const last = link.before.get(reply.kind);
    link.before.set(reply.kind, { text, at });
    if (last?.text === text && elapsedMs(last.at, at) <= PAIR_MS) {
      link.asksInARow = 0;
      return true;
    }
    link.asksInARow += 1;
    if (link.asksInARow < ASKS_IN_A_ROW) polling.again(reply.kind);
    else link.asksInARow = 0;
    return false;
  };

  const onPatient = (data: PatientData, at: Instant, tookMs: number): readonly DriverOutput[] => {
    const receipt = { receivedAt: at, deviceTime: null, ageAtReceiptMs: tookMs > LATE_MS ? tookMs : 0 };
    const observations = [...observeOximeter(data, receipt)];
    const event = link.nibp.next(data, at, tookMs);
    const hasFault = (sureFlags(data.status[2]) & (CUFF.overpressure | CUFF.motion)) !== 0;
    const failed: NibpEvent = { type: 'contradiction', text: 'the cuff reports a fault' };
    const news = hasFault && !link.hadCuffFault && event?.type !== 'reading' ? failed : event;
    link.hadCuffFault = hasFault;
    if (news !== null)
      observations.push(...observeCuff(news, { receivedAt: at, deviceTime: null }, hasFault));
    return [
      ...known(),
      ...observations.map((observation) => ({ type: 'observation', observation }) as const),
      ...conditions.update('status', statusFindings(data)),
      ...listed(data, event),
    ];
  };

  const known = (): readonly DriverOutput[] => {
    if (link.isKnown) return [];
    link.isKnown = true;
    return [
      { type: 'identity', identity: { model: 'Accutorr (by its replies)', serial: null, software: null } },
    ];
  };

  /** For people: status as printed, the order of the pressures, and numbers that could not be told. */
  const listed = (data: PatientData, event: NibpEvent | null): readonly DriverOutput[] => {
    const { tell } = link.unmapped;
    const outputs = [...tell('status 0, 1, 2', data.status.join(' '))];
    if (data.pulse !== null && data.spo2 === null)
      outputs.push(...tell('pulse without SpO2, source not known', String(data.pulse)));
    if (event?.type === 'reading') outputs.push(...tell('order of mean and diastolic', event.order));
    if (event?.type === 'contradiction') outputs.push(...tell('pressures that are no reading', event.text));
    return outputs;
  };

  const onLimits = (limits: Limits): readonly DriverOutput[] => {
    const text = JSON.stringify(limits);
    if (text === link.limits) return [];
    link.limits = text;
    const [, , , fourth, fifth] = limits.pairs;
    const pair = ({ high, low }: typeof fourth): string => `${high ?? '--'}/${low ?? '--'}`;
    return [
      ...limitsIn(limits).map((one) => ({ type: 'limits', limits: one }) as const),
      ...link.unmapped.tell(
        'limits of mean and diastolic, order not known',
        `${pair(fourth)}, ${pair(fifth)}`,
      ),
    ];
  };

  const onReply = (reply: Reply, byteCount: number, at: Instant): readonly DriverOutput[] => {
    link.repliedAt = at;
    const bytes = byteCount + link.promptBytes;
    link.promptBytes = 0;
    const answer = polling.answered(reply.kind, at);
    if (answer.kind === 'late') {
      const detail = 'a reply that may be late: one before it did not come in time';
      return [{ type: 'rejected', reason: 'range', detail, byteCount: bytes }];
    }
    silence.heard(at);
    const frame: DriverOutput = { type: 'frame', byteCount: bytes };
    if (!isConfirmed(reply, at)) return [frame];
    // Not to the question under way: to one that was given up, perhaps, or another host's. It may be as old as that.
    const tookMs = answer.kind === 'answer' ? answer.tookMs : TIMEOUT_MS;
    return [frame, ...(reply.kind === 'P' ? onPatient(reply, at, tookMs) : onLimits(reply))];
  };

  const take = (decoded: Decoded<AccutorrMessage>, at: Instant): readonly DriverOutput[] => {
    const { byteCount } = decoded;
    if (!decoded.ok) return [{ type: 'rejected', reason: decoded.reason, detail: decoded.detail, byteCount }];
    const { message } = decoded;
    switch (message.kind) {
      case 'prompt':
        return onPrompt();
      case 'greeting':
        link.isPromptUp = false;
        return [{ type: 'frame', byteCount }];
      case 'P':
      case 'L':
        return onReply(message, byteCount, at);
      case 'request':
        return [{ type: 'rejected', reason: 'syntax', detail: "a host's command", byteCount }];
      default:
        return message satisfies never;
    }
  };

  return {
    start(now) {
      link = newLink();
      isStarted = true;
      polling.start();
      return [...conditions.forget(), ...ask(now)];
    },
    receive: (chunk, now) => {
      const outputs = link.decoder.push(chunk).flatMap((decoded) => take(decoded, now));
      return isStarted ? [...outputs, ...ask(now)] : outputs;
    },
    tick(now) {
      if (!isStarted) return [];
      return [...(silence.hasBegun(now) ? conditions.forget() : []), ...ask(now)];
    },
    end(now) {
      const outputs = link.decoder.end().flatMap((decoded) => take(decoded, now));
      const byteCount = link.promptBytes;
      link.promptBytes = 0;
      if (byteCount === 0) return outputs;
      return [
        ...outputs,
        { type: 'rejected', reason: 'noise', detail: 'prompts without a reply', byteCount },
      ];
    },
  };
};
