/** The lanes with stretches of time: alarms by priority, and side effects. */
import type { AlarmPriority } from '../../../core/alarm/types.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import { effectName } from '../content/observations.ts';
import { INK, type Sheet } from '../sheet.ts';
import { drawLane, type Lane, SMALL } from './frame.ts';
import type { TimeScale } from './scale.ts';

const ALARM_ROWS: readonly {
  readonly priority: AlarmPriority;
  readonly name: string;
  readonly colour: string;
}[] = [
  { priority: 'high', name: 'high', colour: '#b3001b' },
  { priority: 'medium', name: 'medium', colour: '#c98a00' },
  { priority: 'low', name: 'low', colour: '#0a7f93' },
];
export const SPAN_ROW = 10;
export const ALARM_LANE = ALARM_ROWS.length * SPAN_ROW;

/** A bar from raised to ended on the row of the highest priority it reached; a tick where it was acknowledged. */
export const drawAlarms = (sheet: Sheet, { alarms }: SessionDocument, scale: TimeScale, lane: Lane): void => {
  const { doc } = sheet;
  drawLane(sheet, scale, lane, ['Alarms']);
  for (const [index, { priority, name, colour }] of ALARM_ROWS.entries()) {
    const top = lane.top + index * SPAN_ROW;
    sheet.line(name, scale.left - 3, top + 0.2, SMALL, 'right');
    for (const row of alarms.rows.filter((one) => one.priority === priority)) {
      const left = scale.x(row.raisedAt);
      const width = Math.max(1.2, scale.x(row.endedAt ?? scale.to) - left);
      if (row.category === 'technical') {
        doc.lineWidth(0.8).strokeColor(colour);
        doc.rect(left, top + 2.4, width, SPAN_ROW - 4.8).stroke();
      } else doc.rect(left, top + 2, width, SPAN_ROW - 4).fill(colour);
      for (const { at } of row.acknowledgements) {
        const x = scale.x(at);
        doc.lineWidth(0.9).strokeColor(INK);
        doc
          .moveTo(x, top + 0.6)
          .lineTo(x, top + SPAN_ROW - 0.6)
          .stroke();
      }
    }
  }
};

/** At most so many rows; the table below names every one. */
const EFFECT_ROWS = 6;

export const effectRows = ({ session }: SessionDocument): number =>
  Math.max(1, Math.min(EFFECT_ROWS, session.visit.sideEffects.length));

/** A row for each side effect: its name, and a bar as strong as it was at worst. */
export const drawEffects = (
  sheet: Sheet,
  { session }: SessionDocument,
  scale: TimeScale,
  lane: Lane,
  toPaper: (text: string) => string,
): void => {
  const { doc } = sheet;
  const effects = session.visit.sideEffects;
  drawLane(sheet, scale, lane, ['Side effects']);
  if (effects.length === 0) {
    sheet.line('none was entered', scale.left + 4, lane.top + 0.2, SMALL);
    return;
  }
  for (const [index, effect] of effects.slice(0, EFFECT_ROWS).entries()) {
    const top = lane.top + index * SPAN_ROW;
    const [left, right] = [scale.x(effect.onsetAt), scale.x(effect.endedAt ?? scale.to)];
    const height = { mild: 2, moderate: 3.6, severe: 5.6 }[effect.worst];
    doc.rect(left, top + SPAN_ROW / 2 - height / 2, Math.max(1.2, right - left), height).fill('#5b5b5b');
    const hidden = index === EFFECT_ROWS - 1 ? effects.length - EFFECT_ROWS : 0;
    const words = `${toPaper(effectName(effect))}, ${effect.worst}${hidden > 0 ? ` (and ${hidden} more, see the table)` : ''}`;
    const room = sheet.measure(words, SMALL);
    const fitsRight = right + 3 + room <= scale.right;
    if (fitsRight) sheet.line(words, right + 3, top + 0.2, SMALL);
    else sheet.line(words, Math.max(scale.left + room + 2, left - 3), top + 0.2, SMALL, 'right');
  }
};
