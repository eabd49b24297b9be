/**
 * The scale of a lane: its axis, a label and a line across for each round value. Drawn by us and not by Recharts, which
 * measures every label in the page: that forced some 280 layouts before the first paint of a review.
 */
import { memo, type ReactElement } from 'react';
import { GUTTER_LEFT, type LaneY, type Plot, plotWidth } from './plot.ts';

export const LaneScale = memo(
  ({
    ticks,
    y,
    plot,
    height,
  }: {
    readonly ticks: readonly number[];
    readonly y: LaneY;
    readonly plot: Plot;
    readonly height: number;
  }): ReactElement => {
    const right = GUTTER_LEFT + plotWidth(plot);
    return (
      <svg className="lane-scale" width={plot.width} height={height} aria-hidden="true">
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={GUTTER_LEFT} x2={right} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
            <text x={GUTTER_LEFT - 8} y={y(tick) + 4} textAnchor="end" fill="var(--dim)" fontSize={12}>
              {tick}
            </text>
          </g>
        ))}
        <line x1={GUTTER_LEFT} x2={GUTTER_LEFT} y1={0} y2={height} stroke="var(--dim)" />
      </svg>
    );
  },
);
LaneScale.displayName = 'LaneScale';
