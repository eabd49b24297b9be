/**
 * Question and answer with a monitor that speaks only when it is asked and whose answers carry neither a number nor a
 * time. One question is under way at a time. What an answer cannot say by itself is kept here: whether it may be the late
 * answer to a question that was given up. Bytes can be held back on their way (a serial-to-Ethernet server); when they
 * arrive in one go, the old ones must not be taken for new.
 *
 * So each question without an answer is owed one. While answers are owed, an answer is `late` and pays one; when
 * after that the line stays silent for `quietMs`, nothing more is owed. Pure: time is an argument.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';

export interface PollingOptions<Q extends string> {
  /** An answer later than this is given up (ms). The question is asked once more, then passed over. */
  readonly timeoutMs: number;
  /** Time from the beginning of one round of questions to the next (ms). */
  readonly roundMs: number;
  /** Silence after a late answer that says that no more of them are on their way (ms). */
  readonly quietMs: number;
  /** A question other than the first that is never answered is asked again only after so long (ms). */
  readonly unansweredPauseMs: number;
  /** The questions of one round in their order; the first of them is asked in every round. */
  readonly round: (now: Instant) => readonly Q[];
}

export interface Ask<Q extends string> {
  readonly question: Q;
  /** True when the monitor did not answer it the first time. */
  readonly isRetry: boolean;
}

/** What an answer is: to the question under way, to none, or possibly to one that was given up. */
export type Answer =
  | { readonly kind: 'answer' /** Since the question was sent (ms). */; readonly tookMs: number }
  | { readonly kind: 'unasked' }
  | { readonly kind: 'late' };

export interface Polling<Q extends string> {
  /** The line is open: forgets everything. */
  start(): void;
  /** The question to send now, or null. Gives up what took too long. */
  next(now: Instant): Ask<Q> | null;
  /** A whole, good answer to a question of this kind arrived. */
  answered(question: Q, now: Instant): Answer;
  /** Something arrived that answers whatever was asked last; true when something was. */
  settle(question: Q): boolean;
  /** Asks this next, before the rest of the round. */
  again(question: Q): void;
  /** A person's command goes out now: it is under way, and `then` is asked first when it is over. */
  interrupt(command: Q, then: Q, now: Instant): void;
}

interface UnderWay<Q> {
  readonly question: Q;
  readonly at: Instant;
  readonly isRetry: boolean;
  /** A person's command is never sent twice. */
  readonly isCommand: boolean;
}

/** A dialogue in which nothing was asked yet. */
export const createPolling = <Q extends string>(options: PollingOptions<Q>): Polling<Q> => {
  let queue: Q[] = [];
  let roundAt: Instant | null = null;
  let first: Q | null = null;
  let underWay: UnderWay<Q> | null = null;
  let owed = 0;
  let lateAt: Instant | null = null;
  const pausedUntil = new Map<Q, number>();

  const ask = (question: Q, isRetry: boolean, now: Instant): Ask<Q> => {
    underWay = { question, at: now, isRetry, isCommand: false };
    return { question, isRetry };
  };

  /** The question under way has no answer in time: once more, or pass it over. */
  const giveUp = (lost: UnderWay<Q>, now: Instant): Ask<Q> | null => {
    owed += 1;
    underWay = null;
    if (lost.isCommand) return null;
    if (!lost.isRetry) return ask(lost.question, true, now);
    pausedUntil.set(lost.question, now.mono + options.unansweredPauseMs);
    return null;
  };

  const beginRound = (now: Instant): void => {
    roundAt = now;
    const round = options.round(now);
    first = round[0] ?? null;
    queue = round.filter((question) => question === first || (pausedUntil.get(question) ?? 0) <= now.mono);
  };

  const isWaitingForSilence = (now: Instant): boolean => {
    if (lateAt === null) return false;
    if (elapsedMs(lateAt, now) < options.quietMs) return true;
    lateAt = null;
    owed = 0;
    return false;
  };

  return {
    start() {
      queue = [];
      roundAt = null;
      underWay = null;
      owed = 0;
      lateAt = null;
      pausedUntil.clear();
    },
    next(now) {
      if (underWay !== null) {
        if (elapsedMs(underWay.at, now) < options.timeoutMs) return null;
        const retry = giveUp(underWay, now);
        if (retry !== null) return retry;
      }
      if (isWaitingForSilence(now)) return null;
      if (queue.length === 0 && (roundAt === null || elapsedMs(roundAt, now) >= options.roundMs))
        beginRound(now);
      const question = queue.shift();
      return question === undefined ? null : ask(question, false, now);
    },
    answered(question, now) {
      // A monitor that speaks again may have learnt to answer what it did not answer before.
      if (question === first && pausedUntil.has(question)) pausedUntil.clear();
      pausedUntil.delete(question);
      if (owed > 0) {
        owed -= 1;
        underWay = null;
        lateAt = now;
        return { kind: 'late' };
      }
      if (underWay?.question !== question) return { kind: 'unasked' };
      const tookMs = elapsedMs(underWay.at, now);
      underWay = null;
      return { kind: 'answer', tookMs };
    },
    settle(question) {
      if (underWay?.question !== question) return false;
      underWay = null;
      return true;
    },
    again(question) {
      queue.unshift(question);
    },
    interrupt(command, then, now) {
      underWay = { question: command, at: now, isRetry: false, isCommand: true };
      queue = [then, ...queue.filter((question) => question !== then)];
    },
  };
};
