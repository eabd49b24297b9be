/** One lane of continuous values: scale, limits, what was left out hatched, and values without a neighbour. */
import { memo, type ReactElement, useId, useMemo } from 'react';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import type { Exclusion } from '../../../core/review/exclusions.ts';
import type { LimitSteps } from '../../../core/review/limit-steps.ts';
import { laneTicks } from '../../charts/model/lanes.ts';
import type { ReviewLane } from '../../view-model/review-lanes.ts';
import { type LonePoint, outStretches } from '../../view-model/review-series.ts';
import { LaneFrame } from './lane-frame.tsx';
import { LaneScale } from './lane-scale.tsx';
import { LimitLines } from './limit-lines.tsx';
import { GUTTER_LEFT, type LaneY, laneYOf, type Plot, xOf } from './plot.ts';
import { TEXT } from './text.ts';
import type { CurveLane } from './vital-curves.tsx';

export const VitalLane = memo(
  ({
    lane,
    curve,
    metrics,
    lone,
    exclusions,
    limits,
    plot,
  }: {
    readonly lane: ReviewLane;
    readonly curve: CurveLane;
    /** Those that have values, the best source first. */
    readonly metrics: readonly MetricId[];
    readonly lone: readonly LonePoint[];
    readonly exclusions: readonly Exclusion[];
    readonly limits: readonly LimitSteps[];
    readonly plot: Plot;
  }): ReactElement => {
    const { height, domain } = curve;
    const { from, to } = plot.shown;
    const outs = outStretches(exclusions, lane.metrics, plot.shown);
    const y = useMemo(() => laneYOf(domain, height), [domain, height]);
    const ticks = useMemo(() => laneTicks(domain, height), [domain, height]);
    return (
      <LaneFrame lane={lane} height={height} metrics={metrics}>
        <LaneScale ticks={ticks} y={y} plot={plot} height={height} />
        <svg className="lane-over" width={plot.width} height={height} aria-hidden="true">
          <LimitLines lines={limits} low={domain.low} high={domain.high} y={y} plot={plot} height={height} />
          <Hatches outs={outs} plot={plot} height={height} />
          {lone
            .filter(({ at }) => at >= from && at <= to)
            .map((point) => (
              <Lone
                key={`${point.line} ${point.at}`}
                point={point}
                x={xOf(plot, point.at)}
                y={y}
                color={lane.color}
              />
            ))}
          {metrics.length === 0 ? (
            <text x={GUTTER_LEFT + 10} y={height / 2 + 4} fill="var(--dim)" fontSize={13}>
              {TEXT.noNumber}
            </text>
          ) : null}
        </svg>
      </LaneFrame>
    );
  },
);
VitalLane.displayName = 'VitalLane';

/** The stretches that were left out: hatched, with the values still to be seen behind it. */
const Hatches = ({
  outs,
  plot,
  height,
}: {
  readonly outs: ReturnType<typeof outStretches>;
  readonly plot: Plot;
  readonly height: number;
}) => {
  const id = useId();
  if (outs.length === 0) return null;
  return (
    <>
      <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="8" fill="var(--dim)" fillOpacity="0.55" />
      </pattern>
      {outs.map(({ id: key, from, to }) => (
        <rect
          key={key}
          data-testid="left-out-stretch"
          x={xOf(plot, from)}
          width={Math.max(2, xOf(plot, to) - xOf(plot, from))}
          y={1}
          height={height - 2}
          fill={`url(#${id})`}
          stroke="var(--dim)"
          strokeDasharray="3 3"
        />
      ))}
    </>
  );
};

const Lone = ({
  point,
  x,
  y,
  color,
}: {
  readonly point: LonePoint;
  readonly x: number;
  readonly y: LaneY;
  readonly color: string;
}) => {
  const [low, high] = point.range;
  const stroke = point.isOut ? 'var(--stale)' : color;
  return (
    <line x1={x} x2={x} y1={y(low)} y2={y(high)} stroke={stroke} strokeWidth={4} strokeLinecap="round" />
  );
};
