/**
 * The curves of all lanes of continuous values: one Recharts chart with an axis for each lane, laid over them. A chart for
 * each lane costs the first paint of a review a store and several commits for each.
 */
import { memo, type ReactElement } from 'react';
import { Area, ComposedChart, XAxis, YAxis } from 'recharts';
import type { Domain } from '../../charts/model/lanes.ts';
import type { LaneRow } from '../../view-model/review-series.ts';
import { GUTTER_LEFT, GUTTER_RIGHT, LANE_PAD, type Plot } from './plot.ts';

/** One lane: where it lies, its scale, and which lines of the rows are its own, the best source first. */
export interface CurveLane {
  readonly id: string;
  readonly color: string;
  /** From the top of the first of these lanes (CSS pixels). */
  readonly top: number;
  readonly height: number;
  readonly domain: Domain;
  readonly lines: readonly number[];
}

/** Steady functions, one for each line: Recharts draws anew when they change. */
const KEPT = Array.from({ length: 12 }, (_, line) => (row: LaneRow) => row.kept[line] ?? null);
const OUT = Array.from({ length: 12 }, (_, line) => (row: LaneRow) => row.out[line] ?? null);
const NO_LINE = (_row: LaneRow): null => null;
const MARGIN = { top: 0, right: GUTTER_RIGHT, bottom: 0, left: GUTTER_LEFT };
const STEADY = {
  type: 'linear',
  connectNulls: false,
  isAnimationActive: false,
  dot: false,
  activeDot: false,
} as const;

export const VitalCurves = memo(
  ({
    lanes,
    rows,
    plot,
    height,
  }: {
    readonly lanes: readonly CurveLane[];
    readonly rows: readonly LaneRow[];
    readonly plot: Plot;
    /** Of all lanes together. */
    readonly height: number;
  }): ReactElement => (
    <div className="vital-curves" aria-hidden="true">
      <ComposedChart
        width={plot.width}
        height={height}
        data={[...rows]}
        margin={MARGIN}
        accessibilityLayer={false}
      >
        <XAxis dataKey="at" type="number" domain={[plot.shown.from, plot.shown.to]} allowDataOverflow hide />
        {lanes.map((lane) => (
          <YAxis
            key={lane.id}
            yAxisId={lane.id}
            domain={[lane.domain.low, lane.domain.high]}
            padding={{ top: lane.top + LANE_PAD, bottom: height - lane.top - lane.height + LANE_PAD }}
            allowDataOverflow
            hide
          />
        ))}
        {lanes.flatMap(({ id, color, lines }) =>
          lines.map((line, order) => (
            <Area
              key={`${id} ${line}`}
              {...STEADY}
              yAxisId={id}
              dataKey={KEPT[line] ?? NO_LINE}
              stroke={color}
              fill={color}
              fillOpacity={order === 0 ? 0.35 : 0.12}
              strokeWidth={order === 0 ? 1.6 : 1}
              {...(order === 0 ? {} : { strokeDasharray: '5 3' })}
            />
          )),
        )}
        {lanes.flatMap(({ id, lines }) =>
          lines
            .filter((line) => rows.some((row) => (row.out[line] ?? null) !== null))
            .map((line) => (
              <Area
                key={`${id} ${line} out`}
                {...STEADY}
                className="lane-out"
                yAxisId={id}
                dataKey={OUT[line] ?? NO_LINE}
                stroke="var(--stale)"
                fill="var(--stale)"
                fillOpacity={0.25}
                strokeWidth={1}
                strokeDasharray="2 2"
              />
            )),
        )}
      </ComposedChart>
    </div>
  ),
);
VitalCurves.displayName = 'VitalCurves';
