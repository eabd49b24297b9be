/** Asks the record for what a window needs, one question at a time, and says what became of it. */
import type { TrendView } from '../../core/api/views.ts';
import { type History, needsHistory, placeHistory, type Question } from './data/history.ts';
import type { PlotClock } from './data/plot-clock.ts';
import { bucketMsFor, MAX_BUCKETS } from './decimate.ts';
import type { AxisRange } from './model/view-window.ts';

export type LoadHistory = (fromMs: number, toMs: number, buckets: number) => Promise<TrendView>;

export interface HistoryLoader {
  readonly history: History | null;
  readonly loading: boolean;
  /** Why the last question was not answered; null when it was. */
  readonly failure: string | null;
  /** Asks when the window needs it. `pauses`: how often data paused; after each the record may know more. */
  want(range: AxisRange, now: number, liveSince: number | null, pauses: number): void;
  /** Another session: what is held does not belong to it. */
  forget(): void;
  stop(): void;
}

/** After a failure the record is asked again, but not at once (ms of the axis). */
const RETRY_AFTER_MS = 5_000;
/** What came just before a pause is in the record within this time (ms). */
const SETTLE_MS = 3_000;

/** @param onChange an answer or a failure came. */
export const createHistoryLoader = (
  load: LoadHistory,
  clock: PlotClock,
  onChange: () => void,
): HistoryLoader => {
  let history: History | null = null;
  let failure: string | null = null;
  /** What the history that is held was asked for. */
  let answered: Question | null = null;
  let isAsking = false;
  /** Number of the last question: an answer to an earlier one is not wanted any more. */
  let question = 0;
  let retryAt = Number.NEGATIVE_INFINITY;
  let seenPauses = 0;
  /** When to ask again in any case; the first time soon, since the record lags a second behind what was received. */
  let reloadAt: number | null = null;
  let isFirst = true;

  const ask = (range: AxisRange, now: number): void => {
    question += 1;
    const mine = question;
    isAsking = true;
    // A margin on both sides, so that a small pan needs no question.
    const margin = (range.to - range.from) / 8;
    const from = range.from - margin;
    const to = Math.min(now, range.to + margin);
    load(Math.floor(clock.toWall(from)), Math.ceil(clock.toWall(to)), MAX_BUCKETS)
      .then((view) => {
        if (mine !== question) return;
        history = placeHistory(view, clock);
        answered = { from, to, bucketMs: (to - from) / MAX_BUCKETS };
        failure = null;
      })
      .catch((error: unknown) => {
        if (mine !== question) return;
        failure = error instanceof Error ? error.message : String(error);
        retryAt = now + RETRY_AFTER_MS;
      })
      .finally(() => {
        if (mine !== question) return;
        isAsking = false;
        onChange();
      });
  };

  return {
    get history() {
      return history;
    },
    get loading() {
      return isAsking;
    },
    get failure() {
      return failure;
    },
    want(range, now, liveSince, pauses) {
      if (isFirst || pauses !== seenPauses) {
        isFirst = false;
        seenPauses = pauses;
        reloadAt = now + SETTLE_MS;
      }
      if (isAsking || now < retryAt) return;
      const settled = reloadAt !== null && now >= reloadAt;
      if (!settled && !needsHistory(answered, range, liveSince, bucketMsFor(range.to - range.from))) return;
      if (settled) reloadAt = null;
      ask(range, now);
    },
    forget() {
      question += 1;
      isAsking = false;
      history = null;
      answered = null;
      failure = null;
      retryAt = Number.NEGATIVE_INFINITY;
    },
    stop() {
      question += 1;
    },
  };
};
