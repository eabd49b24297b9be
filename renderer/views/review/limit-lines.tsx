/**
 * The limits in force in a lane: thin dashed lines of steps, their values in the gutter on the
 * right, a sign where they are off the scale.
 */
import { memo, type ReactElement } from 'react';
import type { LimitSteps } from '../../../core/review/limit-steps.ts';
import type { Domain } from '../../charts/model/lanes.ts';
import { limitLabels, limitPath } from '../../view-model/review-limits.ts';
import { LANE_PAD, type LaneY, type Plot, xOf } from './plot.ts';

/** Labels nearer to one another than this are not both written: the readout has all of them (CSS pixels). */
const LABEL_HEIGHT = 11;
const LABEL_WIDTH = 60;

export const LimitLines = memo(
  ({
    lines,
    low,
    high,
    y,
    plot,
    height,
  }: {
    readonly lines: readonly LimitSteps[];
    readonly low: Domain['low'];
    readonly high: Domain['high'];
    readonly y: LaneY;
    readonly plot: Plot;
    readonly height: number;
  }): ReactElement => {
    const domain = { low, high };
    const written: { readonly x: number; readonly y: number; readonly isAtEnd: boolean }[] = [];
    const labels = limitLabels(lines, plot.shown, domain).flatMap((label) => {
      // Beside the plot what is in force at its end; within it what was beyond the scale before.
      const isAtEnd = label.at >= plot.shown.to;
      const x = xOf(plot, label.at) + (isAtEnd ? 4 : -4);
      const edge = { above: LANE_PAD + 8, below: height - LANE_PAD - 1 };
      const line = label.off === null ? y(label.threshold) + 4 : edge[label.off];
      const place = { x, isAtEnd, y: Math.min(height - 2, Math.max(LANE_PAD + 5, line)) };
      const isFree = written.every(
        (other) => Math.abs(other.y - place.y) >= LABEL_HEIGHT || Math.abs(other.x - place.x) >= LABEL_WIDTH,
      );
      if (isFree) written.push(place);
      return isFree ? [{ ...label, ...place }] : [];
    });
    return (
      <g>
        {lines.map((line) => (
          <path
            key={`${line.metric} ${line.side} ${line.tier}`}
            data-testid={`limit-${line.metric}-${line.side}-${line.tier}`}
            d={limitPath(line, plot.shown, domain, (at) => xOf(plot, at), y)}
            fill="none"
            stroke="var(--text)"
            strokeOpacity={0.5}
            strokeDasharray="4 4"
          />
        ))}
        {labels.map(({ key, x, y: top, text, isAtEnd }) => (
          <text key={key} className="limit-label" x={x} y={top} textAnchor={isAtEnd ? 'start' : 'end'}>
            {text}
          </text>
        ))}
      </g>
    );
  },
);
LimitLines.displayName = 'LimitLines';
