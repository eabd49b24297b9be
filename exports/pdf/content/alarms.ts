/** The alarm log: every alarm with its answer, and what was paused or switched off. */
import type { AlarmLogRow, ControlLogRow } from '../../../core/alarm/log.ts';
import { PARAMETER_ROWS } from '../../../core/alarm/parameters.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { Section } from '../report.ts';
import { type ClinicTimes, spanText } from '../times.ts';

export const alarmsSection = ({ alarms }: SessionDocument, times: ClinicTimes): Section => ({
  heading: 'Alarms',
  blocks: [
    alarms.rows.length === 0
      ? { kind: 'text', text: 'No alarm was raised.' }
      : {
          kind: 'table',
          columns: [
            { title: 'Raised', width: 2.4 },
            { title: 'Minute', width: 1.9, isNumber: true },
            { title: 'Priority', width: 2 },
            { title: 'Alarm', width: 11 },
            { title: 'Worst', width: 1.7, isNumber: true },
            { title: 'Lasted', width: 3 },
            { title: 'Acknowledged', width: 6 },
          ],
          rows: alarms.rows.map((row) => [
            times.second(row.raisedAt),
            times.minute(row.raisedAt),
            row.priority,
            alarmWords(row),
            row.peak === null ? '' : String(row.peak),
            row.endedAt === null ? 'STILL ON' : spanText(row.endedAt - row.raisedAt),
            answerWords(row),
          ]),
        },
    ...(alarms.controls.length === 0
      ? []
      : [
          {
            kind: 'table' as const,
            columns: [
              { title: 'From', width: 2.4 },
              { title: 'Paused or switched off', width: 9 },
              { title: 'Ended', width: 5 },
              { title: 'By', width: 4 },
              { title: 'Reason', width: 7 },
            ],
            rows: alarms.controls.map((row) => controlCells(row, times)),
          },
        ]),
  ],
});

const UNDER = {
  'alarm-paused': 'raised under ALARM PAUSED',
  'audio-off': 'raised under AUDIO OFF',
} as const;

const alarmWords = (row: AlarmLogRow): string =>
  [
    `${row.title}: ${row.message}`,
    ...(row.category === 'technical' ? ['technical'] : []),
    ...(row.notConfirmed ? ['not confirmed by a repeat'] : []),
    ...(row.escalations.length === 0
      ? []
      : [`escalated to ${row.escalations.map(({ priority }) => priority).join(', ')}`]),
    ...(row.occurrences > 1 ? [`${row.occurrences} times`] : []),
    ...(row.raisedUnder === null ? [] : [UNDER[row.raisedUnder]]),
  ].join('; ');

const answerWords = ({ acknowledged, acknowledgements }: AlarmLogRow): string => {
  if (acknowledged === null) return 'NOT ACKNOWLEDGED';
  const more = acknowledgements.length > 1 ? `; ${acknowledgements.length} times in all` : '';
  return `after ${spanText(acknowledged.afterMs)} by ${acknowledged.by}${more}`;
};

const CONTROLS: Readonly<Record<ControlLogRow['kind'], string>> = {
  'audio-paused': 'AUDIO PAUSED',
  'audio-off': 'AUDIO OFF',
  'alarm-paused': 'ALARM PAUSED',
  'alarm-off': 'ALARM OFF',
};

const controlCells = (row: ControlLogRow, times: ClinicTimes): readonly string[] => [
  times.second(row.from),
  `${CONTROLS[row.kind]}: ${row.parameter === null ? 'the whole chair' : PARAMETER_ROWS[row.parameter].label}`,
  row.endedAt === null
    ? 'STILL RUNNING'
    : `${times.second(row.endedAt)}${row.endedBy === null ? ', by itself' : `, by ${row.endedBy}`}`,
  row.by,
  row.reason ?? '',
];
