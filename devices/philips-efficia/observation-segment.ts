/** OBX segments ⇄ items and alerts. A segment that is cut or joined with another never gives a number. */
import { printable } from '../framing/line-decoder.ts';
import type { Alert, Item } from './message.ts';
import { escaped, formatSegment, type Segment, timeOf, timeText, unescaped } from './segments.ts';

const CODE = /^[0-9a-f]{4}-[0-9a-f]{4}$/;
const NUMBER = /^-?\d{1,4}(\.\d{1,3})?$/;
const CODING_SYSTEM = 'MDIL';
const ALERT_SYSTEM = 'MDIL-ALERT';
const MAX_TEXT = 80;

/** What an OBX segment is; the text says what is wrong with one that cannot be. */
export type ObxResult = { readonly item: Item } | { readonly alert: Alert } | { readonly wrong: string };

/** Reads an OBX segment. */
export const readObx = (segment: Segment): ObxResult => {
  const [, , type = '', identifier = '', , value = '', units = ''] = segment;
  const [code = '', label = '', system = ''] = identifier.split('^');
  if (segment[11] !== 'F' && segment[11] !== 'X') return { wrong: 'OBX-11 is neither F nor X' };
  if (type === 'TX') {
    if (system !== ALERT_SYSTEM) return { wrong: 'text that is no alarm' };
    const level = printable(unescaped(`${code} ${label}`).trim(), MAX_TEXT);
    return { alert: { level, text: printable(unescaped(value), MAX_TEXT) } };
  }
  if (type !== 'NM') return { wrong: 'OBX-2 is neither NM nor TX' };
  if (!CODE.test(code) || system !== CODING_SYSTEM) return { wrong: 'OBX-3 is no code of this monitor' };
  if (value !== '' && !NUMBER.test(value)) return { wrong: 'OBX-5 is no number' };
  const [unit = '', unitText = '', unitSystem = ''] = units.split('^');
  if (units !== '' && (!CODE.test(unit) || unitSystem !== CODING_SYSTEM))
    return { wrong: 'OBX-6 is no unit of this monitor' };
  const time = segment[14] ?? '';
  const measuredAtMs = time === '' ? null : timeOf(time);
  if (time !== '' && measuredAtMs === null) return { wrong: 'OBX-14 is no time' };
  return {
    item: {
      code,
      label: printable(unescaped(label), MAX_TEXT),
      value: value === '' ? null : Number(value),
      unit,
      unitText: printable(unescaped(unitText), MAX_TEXT),
      isValid: segment[11] === 'F',
      measuredAtMs,
      source: printable(unescaped(segment[17] ?? ''), MAX_TEXT),
    },
  };
};

/** The segment of an item. */
export const formatItem = (item: Item): string =>
  formatSegment('OBX', {
    2: 'NM',
    3: `${item.code}^${escaped(item.label)}^${CODING_SYSTEM}`,
    5: item.value === null ? '' : String(item.value),
    6: item.unit === '' ? '' : `${item.unit}^${escaped(item.unitText)}^${CODING_SYSTEM}`,
    11: item.isValid ? 'F' : 'X',
    ...(item.measuredAtMs === null ? {} : { 14: timeText(item.measuredAtMs) }),
    ...(item.source === '' ? {} : { 17: escaped(item.source) }),
  });

/** The segment of an alarm. */
export const formatAlert = ({ level, text }: Alert): string => {
  const [number = '', ...name] = level.split(' ');
  return formatSegment('OBX', {
    2: 'TX',
    3: `${escaped(number)}^${escaped(name.join(' '))}^${ALERT_SYSTEM}`,
    5: escaped(text),
    11: 'F',
  });
};
