/** What every lane of the charts shares: its box, its name, its value axis, and the phases behind all of them. */
import type { SessionDocument } from '../../../core/review/session-document.ts';
import { PHASE_LABELS, type Phase } from '../../../core/session/phase.ts';
import { epochMs } from '../../../core/time.ts';
import { FAINT, RULE, type Sheet, SMALLEST } from '../sheet.ts';
import type { ClinicTimes } from '../times.ts';
import { minuteText } from '../times.ts';
import { type TimeScale, timeMarks, type ValueScale } from './scale.ts';

/** A lane's box on paper (points). */
export interface Lane {
  readonly top: number;
  readonly bottom: number;
}

export const SMALL = { size: SMALLEST } as const;
const NAME = { size: SMALLEST, face: 'bold' } as const;

const PHASE_FILLS: Readonly<Record<Phase, string>> = {
  intake: '#f4f4f4',
  baseline: '#eaeaea',
  infusing: '#dbe7f5',
  paused: '#fbf0d2',
  recovery: '#e3f1e1',
  discharged: '#ffffff',
  cancelled: '#ffffff',
  aborted: '#ffffff',
};

/** The phases behind all lanes, each named in the band above them where its name has room. */
export const drawPhases = (
  sheet: Sheet,
  { session }: SessionDocument,
  scale: TimeScale,
  band: Lane,
  bottom: number,
): void => {
  for (const { phase, startedAt, endedAt } of session.spans) {
    const [left, right] = [scale.x(startedAt), scale.x(endedAt ?? scale.to)];
    if (right - left <= 0) continue;
    sheet.doc.rect(left, band.top, right - left, bottom - band.top).fill(PHASE_FILLS[phase]);
    sheet.doc.lineWidth(0.4).strokeColor(FAINT);
    sheet.doc.moveTo(left, band.top).lineTo(left, bottom).stroke();
    const name = PHASE_LABELS[phase];
    if (sheet.measure(name, NAME) + 4 <= right - left) sheet.line(name, left + 2, band.top + 0.8, NAME);
  }
};

/** A lane's edge and its name, which stands in the margin in lines of its own. */
export const drawLane = (sheet: Sheet, scale: TimeScale, lane: Lane, name: readonly string[]): void => {
  sheet.doc.lineWidth(0.5).strokeColor(FAINT);
  sheet.doc.rect(scale.left, lane.top, scale.right - scale.left, lane.bottom - lane.top).stroke();
  for (const [index, line] of name.entries()) {
    sheet.line(line, sheet.left, lane.top + 1 + index * 9, index === 0 ? NAME : SMALL);
  }
};

/** The marks of a value axis, with thin lines across the lane. */
export const drawValues = (sheet: Sheet, scale: TimeScale, values: ValueScale): void => {
  for (const mark of values.marks) {
    const y = values.y(mark);
    sheet.doc.lineWidth(0.3).strokeColor(RULE);
    sheet.doc.moveTo(scale.left, y).lineTo(scale.right, y).stroke();
    // Inside the lane, so that the ends of two lanes do not meet.
    const above = mark === values.high ? 0.5 : mark === values.low ? 9 : 4.6;
    sheet.line(String(mark), scale.left - 3, y - above, SMALL, 'right');
  }
};

/** The time axis below the lanes: minutes of the infusion, and the clock under them. */
export const drawTimes = (
  sheet: Sheet,
  document: SessionDocument,
  times: ClinicTimes,
  scale: TimeScale,
  lanes: Lane,
): void => {
  const marks = timeMarks(document, scale);
  const hasMinutes = marks.some(({ minute }) => minute !== null);
  for (const { at, minute } of marks) {
    const x = scale.x(at);
    sheet.doc.lineWidth(minute === 0 ? 0.8 : 0.25).strokeColor(minute === 0 ? '#333333' : RULE);
    sheet.doc
      .moveTo(x, lanes.top)
      .lineTo(x, lanes.bottom + 2)
      .stroke();
    if (minute !== null) sheet.line(minuteText(minute), x, lanes.bottom + 2, SMALL, 'centre');
    // The day, and how the clocks differ from UTC, have no room here; they are in the tables.
    sheet.line(times.axis(epochMs(at)), x, lanes.bottom + (hasMinutes ? 11 : 2), SMALL, 'centre');
  }
  if (hasMinutes) sheet.line('minute', sheet.left, lanes.bottom + 2, SMALL);
  sheet.line('clock', sheet.left, lanes.bottom + (hasMinutes ? 11 : 2), SMALL);
};
