/** Cuff readings: a bar from diastolic to systolic with the mean, the numbers where they fit, and the baseline. */
import { memo, type ReactElement, useMemo } from 'react';
import { type Exclusion, isReadingExcluded } from '../../../core/review/exclusions.ts';
import type { LimitSteps } from '../../../core/review/limit-steps.ts';
import type { BloodPressureBaseline, NibpReading } from '../../../core/session/events.ts';
import { laneDomain, laneTicks } from '../../charts/model/lanes.ts';
import type { ReviewLane } from '../../view-model/review-lanes.ts';
import { measuredAtMs } from '../../view-model/review-readout.ts';
import { LaneFrame } from './lane-frame.tsx';
import { LaneScale } from './lane-scale.tsx';
import { LimitLines } from './limit-lines.tsx';
import { GUTTER_LEFT, type LaneY, laneYOf, type Plot, plotWidth, xOf } from './plot.ts';
import { TEXT } from './text.ts';

/** Readings farther apart than this have their numbers written beside them. */
const LABEL_SPACING = 40;
/** Room that the numbers of a reading take on its right. */
const LABEL_WIDTH = 32;
const CAP = 5;

export const PressureLane = memo(
  ({
    lane,
    readings,
    exclusions,
    baseline,
    limits,
    plot,
    height,
  }: {
    readonly lane: ReviewLane;
    readonly readings: readonly NibpReading[];
    readonly exclusions: readonly Exclusion[];
    readonly baseline: BloodPressureBaseline | null;
    readonly limits: readonly LimitSteps[];
    readonly plot: Plot;
    readonly height: number;
  }): ReactElement => {
    const { low, high } = laneDomain(
      lane,
      readings.flatMap(({ systolic, diastolic }) => [systolic, diastolic]),
    );
    const y = useMemo(() => laneYOf({ low, high }, height), [low, high, height]);
    const ticks = useMemo(() => laneTicks({ low, high }, height), [low, high, height]);
    const { from, to } = plot.shown;
    const seen = readings
      .filter((reading) => measuredAtMs(reading) >= from && measuredAtMs(reading) <= to)
      .sort((a, b) => measuredAtMs(a) - measuredAtMs(b));
    const note =
      baseline === null
        ? null
        : `${TEXT.baseline} ${Math.round(baseline.systolic)}/${Math.round(baseline.diastolic)}`;
    const whose = limits.length === 0 ? null : TEXT.systolicLimits;
    return (
      <LaneFrame lane={lane} height={height} note={[note, whose].filter((one) => one !== null).join(', ')}>
        <LaneScale ticks={ticks} y={y} plot={plot} height={height} />
        <svg className="lane-over" width={plot.width} height={height} aria-hidden="true">
          <LimitLines lines={limits} low={low} high={high} y={y} plot={plot} height={height} />
          {baseline === null
            ? null
            : [baseline.systolic, baseline.diastolic].map((value, index) => (
                <line
                  key={index === 0 ? 'sys' : 'dia'}
                  x1={GUTTER_LEFT}
                  x2={GUTTER_LEFT + plotWidth(plot)}
                  y1={y(value)}
                  y2={y(value)}
                  stroke="var(--text)"
                  strokeWidth={1.5}
                  strokeDasharray="12 5"
                  strokeOpacity={0.75}
                />
              ))}
          {seen.map((reading, index) => {
            const x = xOf(plot, measuredAtMs(reading));
            const apart = (other: NibpReading | undefined) =>
              other === undefined ? Number.POSITIVE_INFINITY : Math.abs(xOf(plot, measuredAtMs(other)) - x);
            const isAtEnd = x + LABEL_WIDTH > GUTTER_LEFT + plotWidth(plot);
            return (
              <CuffBar
                key={`${reading.monitorId} ${reading.receivedAt.wall}`}
                reading={reading}
                x={x}
                y={y}
                isOut={isReadingExcluded(exclusions, reading)}
                isLabelled={
                  Math.min(apart(seen[index - 1]), apart(seen[index + 1])) >= LABEL_SPACING &&
                  (!isAtEnd || apart(seen[index - 1]) >= LABEL_SPACING + LABEL_WIDTH)
                }
                isAtEnd={isAtEnd}
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
  y,
  isOut,
  isLabelled,
  isAtEnd,
}: {
  readonly reading: NibpReading;
  readonly x: number;
  readonly y: LaneY;
  readonly isOut: boolean;
  readonly isLabelled: boolean;
  /** No room for the numbers on its right. */
  readonly isAtEnd: boolean;
}) => {
  const side = isAtEnd ? ({ x: x - 8, textAnchor: 'end' } as const) : { x: x + 8 };
  const top = y(reading.systolic);
  const bottom = y(reading.diastolic);
  const middle = (top + bottom) / 2;
  const cap = (tip: number, away: number) =>
    `M${x - CAP} ${tip - away}L${x} ${tip}L${x + CAP} ${tip - away}Z`;
  const dash = reading.mean === null ? '' : `M${x - 6} ${y(reading.mean) - 1}h12v2h-12Z`;
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
          <tspan {...side} y={top + 5}>
            {Math.round(reading.systolic)}
          </tspan>
          <tspan {...side} y={bottom + 2}>
            {Math.round(reading.diastolic)}
          </tspan>
        </text>
      ) : null}
    </>
  );
};
