/**
 * What if: two evaluations of one trace under different limits, side by side. Alarms of one kind that overlap
 * in time are the same alarm; the rest came or went.
 */
import { elapsedMs, type Instant } from '../time.ts';
import { type AlarmEpisode, durationMs, reachedAt } from './episodes.ts';
import type { Evaluation } from './evaluate.ts';

export type Difference =
  | { readonly kind: 'same'; readonly before: AlarmEpisode; readonly after: AlarmEpisode }
  /** Still there, but at another time, of another length or of another priority. */
  | {
      readonly kind: 'moved';
      readonly before: AlarmEpisode;
      readonly after: AlarmEpisode;
      /** Its highest priority was reached so much later (positive) or earlier than before (ms). */
      readonly reachedByMs: number;
      readonly durationByMs: number;
    }
  | { readonly kind: 'gone'; readonly before: AlarmEpisode }
  | { readonly kind: 'came'; readonly after: AlarmEpisode };

/** What is compared of an evaluation. */
export type Compared = Pick<Evaluation, 'episodes' | 'to'>;

export interface Comparison<E extends Compared = Evaluation> {
  readonly before: E;
  readonly after: E;
  /** In order of time; `same` ones included. */
  readonly differences: readonly Difference[];
  readonly counts: Readonly<Record<Difference['kind'], number>>;
}

/** Compares two evaluations of the same trace. */
export const compareEvaluations = <E extends Compared>(before: E, after: E): Comparison<E> => {
  const left = new Set(after.episodes);
  const differences: Difference[] = before.episodes.map((episode) => {
    const match = bestMatch(episode, left, before.to);
    if (match === null) return { kind: 'gone', before: episode };
    left.delete(match);
    return matched(episode, match, before.to);
  });
  for (const episode of left) differences.push({ kind: 'came', after: episode });
  const counts = { same: 0, moved: 0, gone: 0, came: 0 };
  for (const { kind } of differences) counts[kind] += 1;
  return {
    before,
    after,
    differences: differences.toSorted((a, b) => startOf(a).mono - startOf(b).mono),
    counts,
  };
};

const startOf = (difference: Difference): Instant =>
  difference.kind === 'came' ? difference.after.raisedAt : difference.before.raisedAt;

/** The episode of the same key (and monitor) that shares most time with this one; null: none shares any. */
const bestMatch = (
  episode: AlarmEpisode,
  candidates: ReadonlySet<AlarmEpisode>,
  to: Instant,
): AlarmEpisode | null => {
  let best: AlarmEpisode | null = null;
  let most = -1;
  for (const candidate of candidates) {
    if (candidate.key !== episode.key) continue;
    const shared = sharedMs(episode, candidate, to);
    if (shared >= 0 && shared > most) {
      best = candidate;
      most = shared;
    }
  }
  return best;
};

/** Time shared by the violations behind two episodes (ms); negative: none. */
const sharedMs = (a: AlarmEpisode, b: AlarmEpisode, to: Instant): number =>
  Math.min((a.endAt ?? to).mono, (b.endAt ?? to).mono) - Math.max(a.onsetAt.mono, b.onsetAt.mono);

const matched = (before: AlarmEpisode, after: AlarmEpisode, to: Instant): Difference => {
  const reachedByMs = elapsedMs(reachedAt(before), reachedAt(after));
  const durationByMs = durationMs(after, to) - durationMs(before, to);
  const isSame =
    durationByMs === 0 &&
    before.soundedAt?.mono === after.soundedAt?.mono &&
    course(before) === course(after);
  return isSame
    ? { kind: 'same', before, after }
    : { kind: 'moved', before, after, reachedByMs, durationByMs };
};

/** Every degree with its time: two alarms with one course are the same. */
const course = ({ degrees }: AlarmEpisode): string =>
  degrees.map(({ at, conditionId, priority }) => `${at.mono} ${conditionId} ${priority}`).join();
