/** The strips of the review's chart that have no scale: phases, alarms by priority, side effects, notes, and the axis. */
import { Fragment, memo, type ReactElement } from 'react';
import type { PhaseSpan } from '../../../core/session/session.ts';
import { clusterMarks, type Mark } from '../../charts/model/marks.ts';
import { phaseBands } from '../../charts/model/phase-bands.ts';
import { timeLabel, timeSplits } from '../../charts/model/time-axis.ts';
import { PRIORITY_MARKS } from '../../view-model/limits.ts';
import { PART_LABELS } from '../../view-model/review-lanes.ts';
import { type AlarmSpan, clipped, type EffectSpan, PRIORITIES } from '../../view-model/review-strips.ts';
import { GUTTER_LEFT, type Plot, plotWidth, xOf } from './plot.ts';

const same = (at: number): number => at;
/** Room for a letter of a label: what does not fit is not written, the readout has it. */
const LETTER = 7;

const Strip = ({
  id,
  title,
  plot,
  height,
  children,
}: {
  readonly id: 'phases' | 'alarms' | 'effects' | 'notes';
  readonly title: string;
  readonly plot: Plot;
  readonly height: number;
  readonly children: ReactElement | readonly ReactElement[];
}) => (
  <div className="strip" data-testid={`strip-${id}`} style={{ height }}>
    <span className="strip-name">{title}</span>
    <svg width={plot.width} height={height} aria-hidden="true">
      <rect x={GUTTER_LEFT} y={0} width={plotWidth(plot)} height={height} fill="var(--panel)" />
      {children}
    </svg>
  </div>
);

const PHASE_FILL: Readonly<Record<string, string>> = {
  baseline: 'rgb(150 165 180 / 0.12)',
  infusing: 'rgb(80 130 220 / 0.20)',
  paused: 'rgb(200 180 140 / 0.22)',
  recovery: 'rgb(90 160 140 / 0.14)',
};

/** The shading of the phases behind all lanes. */
export const PhaseShading = memo(
  ({
    spans,
    end,
    plot,
  }: {
    readonly spans: readonly PhaseSpan[];
    readonly end: number;
    readonly plot: Plot;
  }) => (
    <svg className="phase-shading" width={plot.width} height="100%" aria-hidden="true">
      {phaseBands(spans, plot.shown, end, same).map(({ phase, from, to }) => (
        <rect
          key={from}
          x={xOf(plot, from)}
          width={xOf(plot, to) - xOf(plot, from)}
          y="0"
          height="100%"
          fill={PHASE_FILL[phase] ?? 'none'}
          stroke="var(--dim)"
          strokeOpacity="0.35"
        />
      ))}
    </svg>
  ),
);
PhaseShading.displayName = 'PhaseShading';

export const PhaseStrip = memo(
  ({
    spans,
    end,
    plot,
  }: {
    readonly spans: readonly PhaseSpan[];
    readonly end: number;
    readonly plot: Plot;
  }) => (
    <Strip id="phases" title={PART_LABELS.phases} plot={plot} height={22}>
      {phaseBands(spans, plot.shown, end, same).map(({ phase, label, from, to }) => {
        const width = xOf(plot, to) - xOf(plot, from);
        return (
          <Fragment key={from}>
            <rect
              x={xOf(plot, from)}
              width={width}
              y={0}
              height={22}
              fill={PHASE_FILL[phase] ?? 'none'}
              stroke="var(--dim)"
            />
            {width < label.length * LETTER + 10 ? null : (
              <text x={xOf(plot, from) + 6} y={16} fill="var(--text)" fontSize={13}>
                {label}
              </text>
            )}
          </Fragment>
        );
      })}
    </Strip>
  ),
);
PhaseStrip.displayName = 'PhaseStrip';

const ALARM_ROW = 14;

/** One row for each priority, named by its asterisks: colour is not the only sign. */
export const AlarmStrip = memo(
  ({ spans, plot }: { readonly spans: readonly AlarmSpan[]; readonly plot: Plot }) => (
    <Strip id="alarms" title={PART_LABELS.alarms} plot={plot} height={PRIORITIES.length * ALARM_ROW + 4}>
      {PRIORITIES.map((priority, row) => (
        <Fragment key={priority}>
          <text
            x={GUTTER_LEFT - 6}
            y={row * ALARM_ROW + 14}
            textAnchor="end"
            fill="var(--text)"
            fontSize={13}
            fontWeight={700}
          >
            {PRIORITY_MARKS[priority]}
          </text>
          {clipped(
            spans.filter((span) => span.priority === priority),
            plot.shown,
          ).map((span) => {
            const x = xOf(plot, span.from);
            const width = Math.max(3, xOf(plot, span.to) - x);
            const shown = xOf(plot, Math.min(span.shownTo, plot.shown.to)) - x;
            return (
              <Fragment key={span.id}>
                {shown <= width ? null : (
                  <rect x={x} width={shown} y={row * ALARM_ROW + 8} height={2} fill={`var(--${priority})`} />
                )}
                <rect
                  data-testid={`alarm-bar-${priority}`}
                  x={x}
                  width={width}
                  y={row * ALARM_ROW + 3}
                  height={ALARM_ROW - 3}
                  fill={`var(--${priority})`}
                />
              </Fragment>
            );
          })}
        </Fragment>
      ))}
    </Strip>
  ),
);
AlarmStrip.displayName = 'AlarmStrip';

const EFFECT_ROW = 20;

/** Side effects from onset to end, with their words; one without an end is open on the right. */
export const EffectStrip = memo(
  ({ spans, plot }: { readonly spans: readonly EffectSpan[]; readonly plot: Plot }) => {
    const lines = Math.max(1, ...spans.map(({ line }) => line + 1));
    return (
      <Strip id="effects" title={PART_LABELS.effects} plot={plot} height={lines * EFFECT_ROW + 2}>
        {clipped(spans, plot.shown).map(({ id, from, to, line, label, worst, isOver }) => {
          const x = xOf(plot, from);
          const width = Math.max(4, xOf(plot, to) - x);
          return (
            <Fragment key={id}>
              <rect
                data-testid="effect-bar"
                x={x}
                width={width}
                y={line * EFFECT_ROW + 2}
                height={EFFECT_ROW - 4}
                rx={3}
                fill="var(--panel-high)"
                stroke="var(--text)"
                strokeWidth={worst === 'severe' ? 3 : worst === 'moderate' ? 2 : 1}
                strokeDasharray={isOver ? undefined : '5 3'}
              />
              {/* Beside the bar where it does not fit into it. */}
              <text
                x={width < label.length * LETTER + 8 ? x + width + 5 : x + 6}
                y={line * EFFECT_ROW + 14}
                fill="var(--text)"
                fontSize={12}
              >
                {label}
              </text>
            </Fragment>
          );
        })}
      </Strip>
    );
  },
);
EffectStrip.displayName = 'EffectStrip';

const MARK_WIDTH = 30;

/** Notes, doses, changes of limits and what the machine noticed, by their letters. */
export const NoteStrip = memo(({ marks, plot }: { readonly marks: readonly Mark[]; readonly plot: Plot }) => {
  const spacing = (MARK_WIDTH / plotWidth(plot)) * (plot.shown.to - plot.shown.from);
  return (
    <Strip id="notes" title={PART_LABELS.notes} plot={plot} height={24}>
      {clusterMarks(marks, plot.shown, spacing).map(({ at, marks: group, foremost }) => (
        <Fragment key={foremost.id}>
          <rect
            data-testid="note-mark"
            x={xOf(plot, at)}
            y={3}
            width={group.length > 1 ? 28 : 18}
            height={18}
            rx={3}
            fill="var(--panel-high)"
            stroke="var(--dim)"
          />
          <text x={xOf(plot, at) + 4} y={16} fill="var(--text)" fontSize={12} fontWeight={700}>
            {foremost.sign}
            {group.length > 1 ? `+${group.length - 1}` : ''}
          </text>
        </Fragment>
      ))}
    </Strip>
  );
});
NoteStrip.displayName = 'NoteStrip';

/** Minutes from the start of the infusion, the time of day under them. */
export const TimeAxis = memo(({ zero, plot }: { readonly zero: number | null; readonly plot: Plot }) => (
  <svg className="time-axis" width={plot.width} height={38} aria-hidden="true">
    {timeSplits(plot.shown, plotWidth(plot), zero, 78).map((at) => {
      const [first = '', second = null] = timeLabel(at, zero, same).split('\n');
      return (
        <g key={at} transform={`translate(${xOf(plot, at)} 0)`}>
          <line y1={0} y2={5} stroke="var(--dim)" />
          <text y={18} textAnchor="middle" fill="var(--text)" fontSize={13} fontWeight={600}>
            {first}
          </text>
          {second === null ? null : (
            <text y={33} textAnchor="middle" fill="var(--dim)" fontSize={12}>
              {second}
            </text>
          )}
        </g>
      );
    })}
  </svg>
));
TimeAxis.displayName = 'TimeAxis';
