/** What the review of one session needs, read from the station: its record first, then its numbers and figures. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReviewView } from '../../../core/api/review-commands.ts';
import type { TrendView } from '../../../core/api/views.ts';
import type { SessionId } from '../../../core/ids.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import { foldSession, type Session } from '../../../core/session/session.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { start } from '../../parts/perform.ts';
import { reviewBuckets } from '../../view-model/review-series.ts';
import { type Stretch, wholeVisit } from '../../view-model/review-window.ts';
import { MOST_BUCKETS } from '../review/use-finer-trend.ts';

/** Everything of one moment of reading. */
export interface ReviewRead {
  readonly session: Session;
  readonly events: readonly SessionEvent[];
  readonly whole: Stretch;
  /** The whole visit in a few hundred steps. */
  readonly trend: TrendView;
}

export interface Review {
  /** Null: not read yet. */
  readonly read: ReviewRead | null;
  /**
   * What it comes to; null while that is being worked out, which for a long visit takes longer than the chart. Never
   * that of an earlier state of the record.
   */
  readonly view: ReviewView | null;
  readonly failure: string | null;
  /** Reads all of it again: something was entered. */
  readonly again: () => void;
}

export const useReview = (sessionId: SessionId): Review => {
  const { link } = useApp();
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [read, setRead] = useState<ReviewRead | null>(null);
  const [view, setView] = useState<ReviewView | null>(null);
  const { failure, run } = useAction();
  const { failure: viewFailure, run: runView } = useAction();
  const newest = useRef(0);
  const again = useCallback(() => {
    newest.current += 1;
    const own = newest.current;
    setView(null);
    const work = run(async () => {
      const events = await link.call('history.events', { sessionId });
      const session = foldSession(events);
      const whole = wholeVisit(session, link.stationNow()?.wall ?? session.openedAt);
      const trend = await link.call('history.trend', {
        sessionId,
        ...whole,
        buckets: reviewBuckets(whole.to - whole.from, MOST_BUCKETS),
      });
      return { session, events, whole, trend };
    });
    start(
      work.then(async (result) => {
        // Somebody asked again meanwhile: that answer is the newer one.
        if (result === null || own !== newest.current) return;
        setRead(result);
        const figures = await runView(() => link.call('review.session', { sessionId }));
        if (figures !== null && own === newest.current) setView(figures);
      }),
    );
  }, [link, run, runView, sessionId]);
  useEffect(() => {
    if (connection > 0) again();
  }, [connection, again]);
  const message = (failure ?? viewFailure)?.message ?? null;
  return useMemo(() => ({ read, view, failure: message, again }), [read, view, message, again]);
};
