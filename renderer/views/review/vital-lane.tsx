/** One lane of continuous values: the range of each step as a band, gaps open, what was left out grey and hatched. */
import { memo, type ReactElement, useId, useMemo } from 'react';
import { Area, ComposedChart, XAxis, YAxis } from 'recharts';
import type { TrendView } from '../../../core/api/views.ts';
import type { Exclusion } from '../../../core/review/exclusions.ts';
import type { LimitSteps } from '../../../core/review/limit-steps.ts';
import { laneDomain, laneTicks } from '../../charts/model/lanes.ts';
import type { ReviewLane } from '../../view-model/review-lanes.ts';
import { type LaneRow, type LonePoint, laneSeries, outStretches } from '../../view-model/review-series.ts';
import { LaneFrame } from './lane-frame.tsx';
import { LaneScale } from './lane-scale.tsx';
import { LimitLines } from './limit-lines.tsx';
import { GUTTER_LEFT, GUTTER_RIGHT, LANE_PAD, type LaneY, laneYOf, type Plot, xOf } from './plot.ts';
import { TEXT } from './text.ts';

/** Steady functions, one for each line a lane can have: Recharts draws anew when they change. */
const KEPT = [0, 1, 2].map((line) => (row: LaneRow) => row.kept[line] ?? null);
const NO_LINE = (_row: LaneRow): null => null;
const OUT = [0, 1, 2].map((line) => (row: LaneRow) => row.out[line] ?? null);

const MARGIN = { top: LANE_PAD, right: GUTTER_RIGHT, bottom: LANE_PAD, left: GUTTER_LEFT };

export const VitalLane = memo(
  ({
    lane,
    trend,
    exclusions,
    limits,
    plot,
    height,
  }: {
    readonly lane: ReviewLane;
    readonly trend: TrendView;
    readonly exclusions: readonly Exclusion[];
    readonly limits: readonly LimitSteps[];
    readonly plot: Plot;
    readonly height: number;
  }): ReactElement => {
    const series = useMemo(() => laneSeries(trend, lane.metrics, exclusions), [trend, lane, exclusions]);
    const { low, high } = laneDomain(lane, series.extremes);
    const { from, to } = plot.shown;
    const outs = outStretches(exclusions, lane.metrics, plot.shown);
    const y = useMemo(() => laneYOf({ low, high }, height), [low, high, height]);
    const ticks = useMemo(() => laneTicks({ low, high }, height), [low, high, height]);
    return (
      <LaneFrame lane={lane} height={height} metrics={series.metrics}>
        <LaneScale ticks={ticks} y={y} plot={plot} height={height} />
        <ComposedChart
          width={plot.width}
          height={height}
          data={[...series.rows]}
          margin={MARGIN}
          accessibilityLayer={false}
        >
          <XAxis dataKey="at" type="number" domain={[from, to]} allowDataOverflow hide />
          <YAxis domain={[low, high]} allowDataOverflow hide />
          {series.metrics.map((metric, line) => (
            <Area
              key={metric}
              dataKey={KEPT[line] ?? NO_LINE}
              type="linear"
              stroke={lane.color}
              fill={lane.color}
              fillOpacity={line === 0 ? 0.35 : 0.12}
              strokeWidth={line === 0 ? 1.6 : 1}
              {...(line === 0 ? {} : { strokeDasharray: '5 3' })}
              connectNulls={false}
              isAnimationActive={false}
              dot={false}
              activeDot={false}
            />
          ))}
          {series.metrics.map((metric, line) =>
            series.rows.some((row) => (row.out[line] ?? null) !== null) ? (
              <Area
                key={`${metric} out`}
                className="lane-out"
                dataKey={OUT[line] ?? NO_LINE}
                type="linear"
                stroke="var(--stale)"
                fill="var(--stale)"
                fillOpacity={0.25}
                strokeWidth={1}
                strokeDasharray="2 2"
                connectNulls={false}
                isAnimationActive={false}
                dot={false}
                activeDot={false}
              />
            ) : null,
          )}
        </ComposedChart>
        <svg className="lane-over" width={plot.width} height={height} aria-hidden="true">
          <LimitLines lines={limits} low={low} high={high} y={y} plot={plot} height={height} />
          <Hatches outs={outs} plot={plot} height={height} />
          {series.lone
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
          {series.metrics.length === 0 ? (
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
