/** The drug: its rate in steps, single amounts, and the line of what was given in all. What was entered, not the pump. */
import { memo, type ReactElement, useMemo } from 'react';
import { Area, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import type { DoseState } from '../../../core/dose/dose-state.ts';
import { type DoseLane as DoseModel, doseLane } from '../../charts/model/dose-lane.ts';
import { LaneFrame } from './lane-frame.tsx';
import { LaneScale } from './lane-scale.tsx';
import { GUTTER_LEFT, GUTTER_RIGHT, LANE_PAD, laneYOf, type Plot, xOf } from './plot.ts';
import { TEXT } from './text.ts';

/** One point of the lane; null: none of this line here. */
interface DoseRow {
  readonly at: number;
  readonly rate: number | null;
  readonly given: number | null;
}

const rowsOf = (model: DoseModel): DoseRow[] =>
  [
    ...model.stretches.flatMap(({ from, to, rate }) => [
      { at: from, rate, given: null },
      { at: to, rate, given: null },
    ]),
    ...model.given.map(({ at, share }) => ({ at, rate: null, given: share })),
  ].sort((a, b) => a.at - b.at);

/** Above it, room for the amounts of boluses. */
const MARGIN = { top: LANE_PAD + 8, right: GUTTER_RIGHT, bottom: LANE_PAD, left: GUTTER_LEFT };

const same = (at: number): number => at;

export const DoseLane = memo(
  ({
    dose,
    end,
    plot,
    height,
  }: {
    readonly dose: DoseState;
    /** The end of the visit: what is not known yet is not drawn (ms, wall clock). */
    readonly end: number;
    readonly plot: Plot;
    readonly height: number;
  }): ReactElement => {
    const { shown } = plot;
    const model = useMemo(() => doseLane(dose, shown, end, same, same), [dose, shown, end]);
    const rows = useMemo(() => (model === null ? [] : rowsOf(model)), [model]);
    const top = model?.top ?? 1;
    const y = useMemo(() => laneYOf({ low: 0, high: top }, height, MARGIN.top, MARGIN.bottom), [top, height]);
    const ticks = useMemo(() => [0, top], [top]);
    return (
      <LaneFrame
        lane={{ id: 'dose', title: 'Dose', unitLabel: 'mg/kg/h', color: 'var(--dose)' }}
        height={height}
        note={model === null ? null : `${model.givenText} ${TEXT.given}`}
      >
        <LaneScale ticks={ticks} y={y} plot={plot} height={height} />
        <ComposedChart
          width={plot.width}
          height={height}
          data={rows}
          margin={MARGIN}
          accessibilityLayer={false}
        >
          <XAxis dataKey="at" type="number" domain={[shown.from, shown.to]} allowDataOverflow hide />
          <YAxis yAxisId="rate" domain={[0, top]} hide />
          <YAxis yAxisId="given" orientation="right" width={0} domain={[0, 1]} hide />
          <Area
            yAxisId="rate"
            dataKey="rate"
            type="linear"
            stroke="var(--dose)"
            fill="var(--dose)"
            fillOpacity={0.3}
            strokeWidth={2}
            connectNulls
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
          <Line
            yAxisId="given"
            dataKey="given"
            type="linear"
            stroke="var(--text)"
            strokeDasharray="5 4"
            strokeWidth={1.2}
            connectNulls
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
        </ComposedChart>
        <svg className="lane-over" width={plot.width} height={height} aria-hidden="true">
          {(model?.boluses ?? []).map(({ at, text }) => (
            <g key={at} data-testid="bolus" fill="var(--dose)">
              <path d={`M${xOf(plot, at)} ${height - LANE_PAD}l-5 -10h10Z`} />
              <text x={xOf(plot, at) + 7} y={height - LANE_PAD - 2} fontSize={12} fontWeight={600}>
                {text}
              </text>
            </g>
          ))}
        </svg>
      </LaneFrame>
    );
  },
);
DoseLane.displayName = 'DoseLane';
