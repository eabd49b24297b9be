/** The alarm log in words: one line for each alarm and each pause, and the figures that tell alarm fatigue. */
import type { AlarmLogFigures, AlarmLogRow, ControlLogRow } from '../../core/alarm/log.ts';
import { PARAMETER_ROWS } from '../../core/alarm/parameters.ts';
import type { AlarmPriority } from '../../core/alarm/types.ts';
import { PRIORITY_MARKS } from './limits.ts';
import { SIGNAL_WORDS } from './signals.ts';
import { ageText, clockSecondsText } from './time-text.ts';

export interface AlarmLogLine {
  readonly id: string;
  readonly priority: AlarmPriority;
  /** "*** SpO₂ LOW ×2". */
  readonly condition: string;
  readonly message: string;
  readonly onset: string;
  readonly raised: string;
  /** "AB 14:03:12"; "nobody". */
  readonly acknowledged: string;
  /** "12 s"; empty when nobody did. */
  readonly timeToAcknowledge: string;
  readonly peak: string;
  readonly limit: string;
  /** "14:05:10"; "still there". */
  readonly cleared: string;
  /** What else is to be known: confirmations, escalations, what hid it. */
  readonly notes: string;
}

const NOBODY = 'nobody';
const STILL = 'still there';
const numberText = (value: number | null): string => (value === null ? '' : String(value));

export const alarmLogLine = (row: AlarmLogRow, index: number): AlarmLogLine => ({
  id: `${index} ${row.key}`,
  priority: row.priority,
  condition: `${PRIORITY_MARKS[row.priority]} ${row.title}${row.occurrences > 1 ? ` ×${row.occurrences}` : ''}`,
  message: row.message,
  onset: clockSecondsText(row.onsetAt),
  raised: clockSecondsText(row.raisedAt),
  acknowledged:
    row.acknowledged === null ? NOBODY : `${row.acknowledged.by} ${clockSecondsText(row.acknowledged.at)}`,
  timeToAcknowledge: row.acknowledged === null ? '' : ageText(row.acknowledged.afterMs),
  peak: numberText(row.peak),
  limit: numberText(row.limit),
  cleared: row.clearedAt === null ? STILL : clockSecondsText(row.clearedAt),
  notes: notes(row).join('; '),
});

const notes = (row: AlarmLogRow): readonly string[] => [
  ...(row.raisedUnder === null ? [] : [`raised under ${SIGNAL_WORDS[row.raisedUnder]}`]),
  ...row.escalations.map(({ at, priority, value }) =>
    `${PRIORITY_MARKS[priority]} ${numberText(value)} at ${clockSecondsText(at)}`.replace('  ', ' '),
  ),
  ...(row.notConfirmed ? ['not confirmed by a repeat reading'] : []),
  ...(row.confirmedAt === null ? [] : [`confirmed ${clockSecondsText(row.confirmedAt)}`]),
  ...(row.realarms === 0 ? [] : [`sounded again ×${row.realarms}`]),
];

export interface ControlLogLine {
  readonly id: string;
  readonly state: ControlLogRow['kind'];
  readonly word: string;
  readonly subject: string;
  readonly from: string;
  /** "14:05:10 by AB", "14:05:10, by itself", "still running". */
  readonly ended: string;
  readonly by: string;
  readonly reason: string;
}

export const controlLogLine = (row: ControlLogRow, index: number): ControlLogLine => ({
  id: `${index} ${row.kind}`,
  state: row.kind,
  word: SIGNAL_WORDS[row.kind],
  subject: row.parameter === null ? 'sound of the chair' : PARAMETER_ROWS[row.parameter].label,
  from: clockSecondsText(row.from),
  ended:
    row.endedAt === null
      ? 'still running'
      : `${clockSecondsText(row.endedAt)}${row.endedBy === null ? ', by itself' : ` by ${row.endedBy}`}`,
  by: row.by,
  reason: row.reason ?? '',
});

export interface FigureLine {
  readonly priority: AlarmPriority;
  readonly label: string;
  readonly raised: string;
  readonly perHour: string;
  /** "80 %"; "--" when none was raised. */
  readonly within60s: string;
}

const PRIORITIES: readonly AlarmPriority[] = ['high', 'medium', 'low'];

export const figureLines = (figures: AlarmLogFigures): readonly FigureLine[] =>
  PRIORITIES.map((priority) => {
    const { raised, perHour, percentWithin60s } = figures.byPriority[priority];
    return {
      priority,
      label: `${PRIORITY_MARKS[priority]} ${priority}`,
      raised: String(raised),
      perHour: perHour.toFixed(1),
      within60s: percentWithin60s === null ? '--' : `${Math.round(percentWithin60s)} %`,
    };
  });
