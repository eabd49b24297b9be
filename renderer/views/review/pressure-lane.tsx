/** Cuff readings: a bar from diastolic to systolic with the mean, the numbers where they fit, and the baseline. */
import { memo, type ReactElement } from 'react';
import { CartesianGrid, ComposedChart, ReferenceLine, XAxis, YAxis } from 'recharts';
import { type Exclusion, isReadingExcluded } from '../../../core/review/exclusions.ts';
import type { BloodPressureBaseline, NibpReading } from '../../../core/session/events.ts';
import { laneDomain, laneTicks } from '../../charts/model/lanes.ts';
import type { ReviewLane } from '../../view-model/review-lanes.ts';
import { measuredAtMs } from '../../view-model/review-readout.ts';
import { LaneFrame } from './lane-frame.tsx';
import { GUTTER_LEFT, GUTTER_RIGHT, LANE_PAD, type Plot, xOf } from './plot.ts';
import { TEXT } from './text.ts';

/** Readings farther apart than this have their numbers written beside them. */
const LABEL_SPACING = 40;
const CAP = 5;
/** Recharts gives axes only to a chart that has rows; the readings are drawn over it. */
const ENDS = [{ at: 0 }, { at: 1 }];

export const PressureLane = memo(
  ({
    lane,
    readings,
    exclusions,
    baseline,
    plot,
    height,
  }: {
    readonly lane: ReviewLane;
    readonly readings: readonly NibpReading[];
    readonly exclusions: readonly Exclusion[];
    readonly baseline: BloodPressureBaseline | null;
    readonly plot: Plot;
    readonly height: number;
  }): ReactElement => {
    const domain = laneDomain(
      lane,
      readings.flatMap(({ systolic, diastolic }) => [systolic, diastolic]),
    );
    const yOf = (value: number): number =>
      LANE_PAD + (height - 2 * LANE_PAD) * (1 - (value - domain.low) / (domain.high - domain.low));
    const { from, to } = plot.shown;
    const seen = readings
      .filter((reading) => measuredAtMs(reading) >= from && measuredAtMs(reading) <= to)
      .sort((a, b) => measuredAtMs(a) - measuredAtMs(b));
    const note =
      baseline === null
        ? null
        : `${TEXT.baseline} ${Math.round(baseline.systolic)}/${Math.round(baseline.diastolic)}`;
    return (
      <LaneFrame lane={lane} height={height} note={note}>
        <ComposedChart
          width={plot.width}
          height={height}
          data={ENDS}
          margin={{ top: LANE_PAD, right: GUTTER_RIGHT, bottom: LANE_PAD, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis dataKey="at" type="number" domain={[from, to]} allowDataOverflow hide />
          <YAxis
            width={GUTTER_LEFT}
            domain={[domain.low, domain.high]}
            ticks={[...laneTicks(domain, height)]}
            interval={0}
            allowDataOverflow
            stroke="var(--dim)"
            fontSize={12}
            tickLine={false}
          />
          {baseline === null
            ? null
            : [baseline.systolic, baseline.diastolic].map((value, index) => (
                <ReferenceLine
                  key={index === 0 ? 'sys' : 'dia'}
                  y={value}
                  stroke="var(--text)"
                  strokeDasharray="8 5"
                  strokeOpacity={0.75}
                />
              ))}
        </ComposedChart>
        <svg className="lane-over" width={plot.width} height={height} aria-hidden="true">
          {seen.map((reading, index) => {
            const x = xOf(plot, measuredAtMs(reading));
            const apart = (other: NibpReading | undefined) =>
              other === undefined ? Number.POSITIVE_INFINITY : Math.abs(xOf(plot, measuredAtMs(other)) - x);
            return (
              <CuffBar
                key={`${reading.monitorId} ${reading.receivedAt.wall}`}
                reading={reading}
                x={x}
                yOf={yOf}
                isOut={isReadingExcluded(exclusions, reading)}
                isLabelled={Math.min(apart(seen[index - 1]), apart(seen[index + 1])) >= LABEL_SPACING}
              />
            );
          })}
        </svg>
        {seen.length > 0 ? null : (
          <span className="lane-empty" style={{ left: GUTTER_LEFT + 10 }}>
            {TEXT.noNumber}
          </span>
        )}
      </LaneFrame>
    );
  },
);
PressureLane.displayName = 'PressureLane';

/**
 * Chevrons whose tips are the values, as on an anaesthesia chart, a bar between them and a dash at the mean: one
 * shape, for there may be a hundred. Left out: hollow, grey, crossed.
 */
const CuffBar = ({
  reading,
  x,
  yOf,
  isOut,
  isLabelled,
}: {
  readonly reading: NibpReading;
  readonly x: number;
  readonly yOf: (value: number) => number;
  readonly isOut: boolean;
  readonly isLabelled: boolean;
}) => {
  const top = yOf(reading.systolic);
  const bottom = yOf(reading.diastolic);
  const middle = (top + bottom) / 2;
  const cap = (tip: number, away: number) =>
    `M${x - CAP} ${tip - away}L${x} ${tip}L${x + CAP} ${tip - away}Z`;
  const dash = reading.mean === null ? '' : `M${x - 6} ${yOf(reading.mean) - 1}h12v2h-12Z`;
  const shape = `M${x - 1} ${top}h2V${bottom}h-2Z${cap(top, CAP * 1.3)}${cap(bottom, -CAP * 1.3)}${dash}`;
  const color = isOut ? 'var(--stale)' : 'var(--nibp)';
  return (
    <>
      {isOut ? (
        <g data-testid="cuff-bar-out" fill="none" stroke={color}>
          <path d={shape} strokeDasharray="3 2" />
          <path d={`M${x - 7} ${middle - 7}l14 14m0 -14l-14 14`} strokeWidth={2} />
        </g>
      ) : (
        <path data-testid="cuff-bar" d={shape} fill={color} />
      )}
      {isLabelled ? (
        <text fill={color} fontSize={12} fontWeight={600}>
          <tspan x={x + 8} y={top + 5}>
            {Math.round(reading.systolic)}
          </tspan>
          <tspan x={x + 8} y={bottom + 2}>
            {Math.round(reading.diastolic)}
          </tspan>
        </text>
      ) : null}
    </>
  );
};
