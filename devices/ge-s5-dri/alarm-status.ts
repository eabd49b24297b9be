/**
 * The alarm status subrecord: five alarm texts with their colours, most urgent first. Texts are in the monitor's
 * language: they are shown, never interpreted.
 * Source: GE DRI record specification 8005313, 12th edition (alarm display). Two things are less sure: the width
 * of the enumerations (two bytes, as in two independent implementations) and the encoding of the text (not
 * stated; read as Latin-1).
 */
import type { RawSubrecord } from './header.ts';
import { viewOf } from './view.ts';

/** The subrecord's type. */
export const ALARM_STATUS_TYPE = 1;
const STATUS_BYTES = 510;
const FIRST_ALARM_AT = 10;
const ALARM_BYTES = 98;
const TEXT_BYTES = 80;
const ALARM_COUNT = 5;

/** Colours by their number on the wire. */
export const ALARM_COLOURS = ['none', 'white', 'yellow', 'red'] as const;
export type AlarmColour = (typeof ALARM_COLOURS)[number];

/** One line of the alarm area. */
export interface AlarmLine {
  /** At most 80 characters of Latin-1; empty when the line is unused. */
  readonly text: string;
  readonly isTextNew: boolean;
  readonly colour: AlarmColour;
  readonly isColourNew: boolean;
}

/** The alarm area of the monitor's screen. */
export interface AlarmStatus {
  readonly isSoundOn: boolean;
  /** 0 none, 1 apnoea, 2 asystole, 3 both, 4 all, 5 two minutes, 6 five minutes, 7 twenty seconds. */
  readonly silence: number;
  /** Always five. */
  readonly lines: readonly AlarmLine[];
}

/** Parses the subrecord; a sentence instead when it cannot be one. */
export const parseAlarmStatus = ({ type, bytes }: RawSubrecord): AlarmStatus | string => {
  if (type !== ALARM_STATUS_TYPE) return `unknown alarm subrecord ${type}`;
  if (bytes.length !== STATUS_BYTES) return `alarm status of ${bytes.length} bytes`;
  const view = viewOf(bytes);
  const sound = view.getInt16(2, true);
  const silence = view.getInt16(8, true);
  if (sound !== 0 && sound !== 1) return `alarm sound ${sound}`;
  if (silence < 0 || silence > 7) return `alarm silence ${silence}`;
  const lines: AlarmLine[] = [];
  for (let index = 0; index < ALARM_COUNT; index += 1) {
    const at = FIRST_ALARM_AT + index * ALARM_BYTES;
    const field = bytes.subarray(at, at + TEXT_BYTES);
    const end = field.indexOf(0);
    const text = String.fromCharCode(...(end < 0 ? field : field.subarray(0, end)));
    const colour = ALARM_COLOURS[view.getInt16(at + TEXT_BYTES + 2, true)];
    if (colour === undefined) return 'unknown alarm colour';
    lines.push({
      text,
      isTextNew: view.getInt16(at + TEXT_BYTES, true) !== 0,
      colour,
      isColourNew: view.getInt16(at + TEXT_BYTES + 4, true) !== 0,
    });
  }
  return { isSoundOn: sound === 1, silence, lines };
};

/** The inverse of `parseAlarmStatus`. Throws a RangeError when a text does not fit or is not Latin-1. */
export const buildAlarmStatus = (status: AlarmStatus): RawSubrecord => {
  const bytes = new Uint8Array(STATUS_BYTES);
  const view = viewOf(bytes);
  view.setInt16(2, status.isSoundOn ? 1 : 0, true);
  view.setInt16(8, status.silence, true);
  for (const [index, line] of status.lines.slice(0, ALARM_COUNT).entries()) {
    const at = FIRST_ALARM_AT + index * ALARM_BYTES;
    const codes = Array.from(line.text, (character) => character.codePointAt(0) ?? 0);
    if (codes.length > TEXT_BYTES || codes.some((code) => code === 0 || code > 0xff)) {
      throw new RangeError(`alarm text does not fit: ${line.text}`);
    }
    bytes.set(codes, at);
    view.setInt16(at + TEXT_BYTES, line.isTextNew ? 1 : 0, true);
    view.setInt16(at + TEXT_BYTES + 2, ALARM_COLOURS.indexOf(line.colour), true);
    view.setInt16(at + TEXT_BYTES + 4, line.isColourNew ? 1 : 0, true);
  }
  return { type: ALARM_STATUS_TYPE, bytes };
};
