/** What-if in words and places: what is asked, and what became of each alarm. */
import type { WhatIfAlarm, WhatIfDifference, WhatIfView } from '../../core/api/what-if.ts';
import { type LimitRow, storedThreshold } from './limit-rows.ts';
import { PRIORITY_MARKS, PRIORITY_RANK } from './limits.ts';
import { ageText, clockSecondsText } from './time-text.ts';

/** What was entered for one limit; undefined: as it is. NaN while a field is empty. */
export interface WhatIfEdit {
  /** In shown units. */
  readonly threshold?: number;
  readonly delayS?: number;
}
export type WhatIfEdits = Readonly<Record<string, WhatIfEdit>>;

export interface WhatIfChange {
  readonly limitId: string;
  readonly threshold?: number;
  readonly delayMs?: number;
}

/** The edits that change something; null while a field holds no number. */
export const whatIfChanges = (
  rows: readonly LimitRow[],
  edits: WhatIfEdits,
): readonly WhatIfChange[] | null => {
  const changes: WhatIfChange[] = [];
  for (const row of rows) {
    const { threshold, delayS } = edits[row.id] ?? {};
    if (Number.isNaN(threshold) || Number.isNaN(delayS)) return null;
    const isOther = threshold !== undefined && threshold !== row.inForce;
    const isLater = delayS !== undefined && delayS * 1000 !== row.delayMs;
    if (!isOther && !isLater) continue;
    changes.push({
      limitId: row.id,
      ...(isOther ? { threshold: storedThreshold(row, threshold) } : {}),
      ...(isLater ? { delayMs: delayS * 1000 } : {}),
    });
  }
  return changes;
};

/** What became of an alarm: sign and word, for the table. */
export const KIND_WORDS: Readonly<Record<WhatIfDifference['kind'], { sign: string; word: string }>> = {
  gone: { sign: '−', word: 'gone' },
  came: { sign: '+', word: 'new' },
  moved: { sign: '→', word: 'changed' },
  same: { sign: '=', word: 'same' },
};

export interface DifferenceLine {
  readonly id: string;
  readonly kind: WhatIfDifference['kind'];
  readonly before: string;
  readonly after: string;
  /** "10 s later, 4 s shorter". */
  readonly change: string;
  /** A high-priority alarm would have been lost or become less urgent. */
  readonly isWorse: boolean;
}

/** In order of time; what is the same last or not at all is the screen's choice. */
export const differenceLine = (difference: WhatIfDifference, index: number): DifferenceLine => {
  const { kind, before, after } = difference;
  const lost = before !== null && before.priority === 'high' && after?.priority !== 'high';
  return {
    id: `${index} ${kind}`,
    kind,
    before: before === null ? '' : alarmText(before),
    after: after === null ? '' : alarmText(after),
    change: changeText(difference),
    isWorse: lost,
  };
};

const alarmText = ({ priority, title, message, raisedAt, sounded }: WhatIfAlarm): string =>
  `${clockSecondsText(raisedAt)} ${PRIORITY_MARKS[priority]} ${message || title}${sounded ? '' : ' (only shown)'}`;

const changeText = ({ kind, before, after, reachedByMs, durationByMs }: WhatIfDifference): string => {
  if (kind !== 'moved') return '';
  const priority =
    before !== null && after !== null && before.priority !== after.priority
      ? [PRIORITY_RANK[after.priority] < PRIORITY_RANK[before.priority] ? 'more urgent' : 'less urgent']
      : [];
  const words = [
    ...priority,
    ...(reachedByMs === 0
      ? []
      : [`${ageText(Math.abs(reachedByMs))} ${reachedByMs > 0 ? 'later' : 'earlier'}`]),
    ...(durationByMs === 0
      ? []
      : [`${ageText(Math.abs(durationByMs))} ${durationByMs > 0 ? 'longer' : 'shorter'}`]),
  ];
  return words.join(', ') || 'in its course';
};

/** One alarm on the small timeline, in parts of the whole (0 … 1). */
export interface TimelineBar {
  readonly id: string;
  readonly from: number;
  readonly width: number;
  readonly priority: WhatIfAlarm['priority'];
  readonly kind: WhatIfDifference['kind'];
  readonly text: string;
}

/** The narrowest bar that can still be seen. */
const NARROWEST = 0.004;

/** The alarms of one side, the most urgent last so that nothing lies over them. */
export const timelineBars = (view: WhatIfView, side: 'before' | 'after'): readonly TimelineBar[] => {
  const span = Math.max(1, view.to - view.from);
  return view.differences
    .flatMap((difference, index) => {
      const alarm = difference[side];
      if (alarm === null) return [];
      const from = (alarm.raisedAt - view.from) / span;
      const width = Math.max(NARROWEST, ((alarm.endAt ?? view.to) - alarm.raisedAt) / span);
      return [
        {
          id: `${side} ${index}`,
          from: Math.min(from, 1 - NARROWEST),
          width: Math.min(width, 1 - Math.min(from, 1 - NARROWEST)),
          priority: alarm.priority,
          kind: difference.kind,
          text: alarmText(alarm),
        },
      ];
    })
    .sort((a, b) => PRIORITY_RANK[b.priority] - PRIORITY_RANK[a.priority]);
};
