/** Remembers what closed sessions come to, a few of them, each with the state of the record it was made from. */
import type { ReviewView } from '../core/api/review-commands.ts';
import type { SessionId } from '../core/ids.ts';

/** So many sessions are remembered; a view is some tens of kilobytes. */
const KEPT = 20;

export interface ReviewCache {
  /** The view made from exactly this state; undefined: none is remembered. */
  get(id: SessionId, state: string): ReviewView | undefined;
  keep(id: SessionId, state: string, view: ReviewView): void;
}

export const createReviewCache = (): ReviewCache => {
  const views = new Map<SessionId, { readonly state: string; readonly view: ReviewView }>();
  return {
    get: (id, state) => {
      const known = views.get(id);
      return known?.state === state ? known.view : undefined;
    },
    keep: (id, state, view) => {
      views.delete(id);
      views.set(id, { state, view });
      const [oldest] = views.keys();
      if (views.size > KEPT && oldest !== undefined) views.delete(oldest);
    },
  };
};
