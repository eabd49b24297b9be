/** The history of what is shown, in as fine steps as the chart can show: asked for anew after each zoom. */
import { useEffect, useState } from 'react';
import type { TrendView } from '../../../core/api/views.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { start } from '../../parts/perform.ts';
import { reviewBuckets } from '../../view-model/review-series.ts';
import { isWhole, type Stretch } from '../../view-model/review-window.ts';

/** Steps of the chart: a few hundred are all that a screen shows and Recharts draws quickly. */
export const MOST_BUCKETS = 320;
/** A wheel that is still turning does not ask at every notch (ms). */
const SETTLED_MS = 120;
/** Asked for beyond both edges, in parts of what is shown, so that lines do not end at the edge. */
const MARGIN = 0.05;

/** `coarse`: of the whole visit, shown until the finer one is there. `isReading`: it is on its way. */
export const useFinerTrend = (
  coarse: TrendView,
  whole: Stretch,
  shown: Stretch,
): { readonly trend: TrendView; readonly isReading: boolean; readonly failure: string | null } => {
  const { link } = useApp();
  const { run, failure } = useAction();
  const [finer, setFiner] = useState<{ readonly of: TrendView; readonly trend: TrendView } | null>(null);
  const isAll = isWhole(whole, shown);
  const { from, to } = shown;
  useEffect(() => {
    if (isAll) {
      setFiner(null);
      return;
    }
    let isWanted = true;
    const margin = (to - from) * MARGIN;
    const timer = setTimeout(() => {
      const work = run(() =>
        link.call('history.trend', {
          sessionId: coarse.sessionId,
          from: Math.max(whole.from, Math.floor(from - margin)),
          to: Math.min(whole.to, Math.ceil(to + margin)),
          buckets: reviewBuckets(to - from + 2 * margin, MOST_BUCKETS),
        }),
      );
      start(
        work.then((trend) => {
          if (isWanted && trend !== null) setFiner({ of: coarse, trend });
        }),
      );
    }, SETTLED_MS);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [link, run, coarse, whole, isAll, from, to]);
  // A finer one of before something changed, or of another stretch, must not stand in for this one.
  const fits = finer !== null && !isAll && finer.of === coarse && covers(finer.trend, shown);
  return {
    trend: fits ? finer.trend : coarse,
    isReading: !isAll && !fits && failure === null,
    failure: failure?.message ?? null,
  };
};

const covers = (trend: TrendView, { from, to }: Stretch): boolean =>
  trend.from <= from && trend.to >= to && trend.bucketMs < to - from;
