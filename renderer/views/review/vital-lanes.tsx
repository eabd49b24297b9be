/** The lanes of continuous values, one under the other, and the curves that lie over all of them. */
import { memo, type ReactElement, useMemo } from 'react';
import type { TrendView } from '../../../core/api/views.ts';
import type { Exclusion } from '../../../core/review/exclusions.ts';
import type { LimitSteps } from '../../../core/review/limit-steps.ts';
import { laneDomain } from '../../charts/model/lanes.ts';
import type { ReviewLane } from '../../view-model/review-lanes.ts';
import { laneSeries } from '../../view-model/review-series.ts';
import type { Plot } from './plot.ts';
import { type CurveLane, VitalCurves } from './vital-curves.tsx';
import { VitalLane } from './vital-lane.tsx';

/** The line above each lane (CSS pixels; as in the style). */
const BORDER = 1;

export const VitalLanes = memo(
  ({
    lanes,
    heights,
    trend,
    exclusions,
    limits,
    plot,
  }: {
    readonly lanes: readonly ReviewLane[];
    /** Of each of them (CSS pixels). */
    readonly heights: readonly number[];
    readonly trend: TrendView;
    readonly exclusions: readonly Exclusion[];
    /** Those that are drawn. */
    readonly limits: readonly LimitSteps[];
    readonly plot: Plot;
  }): ReactElement => {
    const series = useMemo(
      () =>
        laneSeries(
          trend,
          lanes.flatMap(({ metrics }) => metrics),
          exclusions,
        ),
      [trend, lanes, exclusions],
    );
    const drawn = useMemo(() => {
      let top = BORDER;
      return lanes.map((lane, index) => {
        const height = heights[index] ?? 0;
        const curve: CurveLane = {
          id: lane.id,
          color: lane.color,
          top,
          height,
          domain: laneDomain(lane, extremesOf(trend, lane)),
          lines: series.metrics.flatMap((metric, line) => (lane.metrics.includes(metric) ? [line] : [])),
        };
        top += height;
        return {
          lane,
          curve,
          metrics: curve.lines.flatMap((line) => series.metrics[line] ?? []),
          lone: series.lone.filter(({ line }) => curve.lines.includes(line)),
          limits: limits.filter(({ metric }) => lane.metrics.includes(metric)),
        };
      });
    }, [lanes, heights, trend, series, limits]);
    const curves = useMemo(
      () => drawn.map(({ curve }) => curve).filter(({ lines }) => lines.length > 0),
      [drawn],
    );
    const height = heights.reduce((sum, one) => sum + one, 0);
    return (
      <div className="vital-lanes">
        {drawn.map(({ lane, curve, metrics, lone, limits: own }) => (
          <VitalLane
            key={lane.id}
            lane={lane}
            curve={curve}
            metrics={metrics}
            lone={lone}
            exclusions={exclusions}
            limits={own}
            plot={plot}
          />
        ))}
        {curves.length === 0 ? null : (
          <VitalCurves lanes={curves} rows={series.rows} plot={plot} height={height} />
        )}
      </div>
    );
  },
);
VitalLanes.displayName = 'VitalLanes';

const extremesOf = ({ series }: TrendView, { metrics }: ReviewLane): readonly number[] =>
  series
    .filter(({ metric }) => metrics.includes(metric))
    .flatMap(({ buckets }) => buckets.flatMap(({ min, max }) => [min, max]));
