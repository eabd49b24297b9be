/** What is not a number on the review's chart: alarms and side effects as spans of time. Times in ms (wall clock). */
import type { AlarmLog, AlarmLogRow, ConditionTime } from '../../core/alarm/log.ts';
import type { AlarmPriority } from '../../core/alarm/types.ts';
import { SIDE_EFFECTS } from '../../core/scales/side-effects.ts';
import type { SideEffect } from '../../core/visit/visit-state.ts';
import { PRIORITY_MARKS } from './limits.ts';
import type { Stretch } from './review-window.ts';
import { ageText, clockSecondsText, clockText } from './time-text.ts';

export const PRIORITIES: readonly AlarmPriority[] = ['high', 'medium', 'low'];

export interface AlarmSpan extends Stretch {
  readonly id: string;
  readonly priority: AlarmPriority;
  /** Until when it was still on the screen after its condition had gone; never before `to`. */
  readonly shownTo: number;
  /** "*** SpO₂ 84 < 85, 14:03:22, 12 s, ACKNOWLEDGED by AB after 8 s". */
  readonly text: string;
}

/**
 * Alarms while their condition was there, one span for each time; what is still there ends with `end`. From one to the next,
 * and after the last, an alarm that had latched is marked for as long as it was shown.
 */
export const alarmSpans = (
  { rows, conditions }: Pick<AlarmLog, 'rows' | 'conditions'>,
  end: number,
): readonly AlarmSpan[] =>
  rows.flatMap((row, index) => {
    const times = conditions[index] ?? [];
    const text = alarmWords(row, times, end);
    return times.map(({ from, to: gone, isLatched }, place): AlarmSpan => {
      const to = Math.max(from, gone ?? end);
      const next = times[place + 1];
      // Cleared and back within a minute is the same alarm, though it had left the screen meanwhile.
      const shownTo = next === undefined ? (row.endedAt ?? end) : isLatched ? next.from : to;
      return {
        id: `${index} ${row.key} ${place}`,
        priority: row.priority,
        from,
        to,
        shownTo: Math.max(to, shownTo),
        text,
      };
    });
  });

/** One that came and went: how often, and for how long in all. */
const alarmWords = (row: AlarmLogRow, times: readonly ConditionTime[], end: number): string => {
  const { acknowledged } = row;
  const lasted = times.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? end) - from), 0);
  return [
    `${PRIORITY_MARKS[row.priority]} ${row.message || row.title}`,
    clockSecondsText(row.raisedAt),
    times.length > 1 ? `${ageText(lasted)} in ${times.length} times` : ageText(lasted),
    acknowledged === null
      ? 'not acknowledged'
      : `ACKNOWLEDGED by ${acknowledged.by} after ${ageText(acknowledged.afterMs)}`,
    ...(row.notConfirmed ? ['not confirmed by a repeat reading'] : []),
  ].join(', ');
};

export interface EffectSpan extends Stretch {
  readonly id: string;
  /** Line of the strip, 0 at the top: effects at the same time do not lie over each other. */
  readonly line: number;
  readonly isOver: boolean;
  readonly worst: SideEffect['worst'];
  /** What stands on the bar: "Nausea, moderate". */
  readonly label: string;
  /** "Nausea, at worst moderate, 14:03–14:20 (17 min 00 s)". */
  readonly text: string;
}

/** Side effects from onset to end; one that has no end reaches `end`, and says so. */
export const effectSpans = (effects: readonly SideEffect[], end: number): readonly EffectSpan[] => {
  const busyUntil: number[] = [];
  return [...effects]
    .sort((a, b) => a.onsetAt - b.onsetAt)
    .map((effect) => {
      const to = Math.max(effect.onsetAt, effect.endedAt ?? end);
      const free = busyUntil.findIndex((until) => until <= effect.onsetAt);
      const line = free === -1 ? busyUntil.length : free;
      busyUntil[line] = to;
      const { label } = SIDE_EFFECTS[effect.kind];
      const name = effect.text === null ? label : `${label} (${effect.text})`;
      const ended = effect.endedAt === null ? 'no end on record' : clockText(effect.endedAt);
      return {
        id: effect.id,
        from: effect.onsetAt,
        to,
        line,
        isOver: effect.endedAt !== null,
        worst: effect.worst,
        label: `${label}, ${effect.worst}`,
        text: `${name}, at worst ${effect.worst}, ${clockText(effect.onsetAt)}–${ended} (${ageText(to - effect.onsetAt)})`,
      };
    });
};

/** Those that touch what is shown, clipped to it. */
export const clipped = <T extends Stretch>(spans: readonly T[], shown: Stretch): readonly T[] =>
  spans
    .filter(({ from, to }) => from <= shown.to && to >= shown.from)
    .map((span) => ({ ...span, from: Math.max(span.from, shown.from), to: Math.min(span.to, shown.to) }));

/** Those that hold a moment; `within` ms beside it count too, for a finger is not exact. */
export const spansAt = <T extends Stretch>(spans: readonly T[], at: number, within = 0): readonly T[] =>
  spans.filter(({ from, to }) => from - within <= at && to + within >= at);
