/**
 * The monitor's own alarms, as its alert monitor object lists them. Texts are in the monitor's language: they are shown, never
 * interpreted. Alarm codes are not interpreted either: no table of them was at hand.
 * Source: README, "Alarms".
 */
import { ATTRIBUTE, attributeAs, attributeOf, readText, textBytes } from './attributes.ts';
import { list, parsedOrNull, type Reader, readList, u16, u32, withLength } from './bytes.ts';
import type { Attribute } from './poll.ts';

/** Types of alarms; a higher one is more urgent within its kind. */
export const ALERT_TYPE = {
  technicalLow: 0x0001,
  technicalMedium: 0x0002,
  technicalHigh: 0x0004,
  cyan: 0x0100,
  yellow: 0x0200,
  red: 0x0400,
} as const;

/** Bits of an alarm's state. */
export const ALERT_STATE = {
  inhibited: 0x8000,
  suspended: 0x4000,
  latched: 0x2000,
  silenced: 0x1000,
  test: 0x0400,
  demo: 0x0100,
  isNew: 0x0008,
} as const;

const INFO_WITH_TEXT = 0x0204;
const MDS_BYTES = 6;

/** One alarm. */
export interface Alert {
  /** The physiological identifier of what raised it. */
  readonly source: number;
  readonly code: number;
  readonly type: number;
  readonly state: number;
  /** The monitor's words; empty when it sent none. */
  readonly text: string;
}

/** What the alert monitor says now. */
export interface AlertReport {
  readonly alerts: readonly Alert[];
  /** State of the whole monitor; 0 when not sent. */
  readonly deviceState: number;
  /** One of its lists is there and is not laid out as we know it: what it holds is not known. */
  readonly isUnreadable: boolean;
}

const readInfoText = (reader: Reader): string => {
  reader.bytes(10);
  return readText(reader);
};

const readAlert = (reader: Reader): Alert => {
  const source = reader.u16();
  const code = reader.u16();
  const type = reader.u16();
  const state = reader.u16();
  reader.bytes(MDS_BYTES);
  const infoId = reader.u16();
  const info = reader.bytes(reader.u16());
  const text = infoId === INFO_WITH_TEXT ? (parsedOrNull(info, readInfoText) ?? '') : '';
  return { source, code, type, state, text };
};

/** The alarms of an alert monitor object; null when it carries none of the lists. */
export const alertReport = (attributes: readonly Attribute[]): AlertReport | null => {
  const ids = [ATTRIBUTE.physiologicalAlerts, ATTRIBUTE.technicalAlerts];
  const lists = ids.map((id) => attributeAs(attributes, id, (reader) => readList(reader, readAlert)));
  const isUnreadable = ids.some((id, index) => lists[index] === null && attributeOf(attributes, id) !== null);
  const deviceState = attributeAs(attributes, ATTRIBUTE.alertCondition, (reader) => {
    const state = reader.u16();
    reader.bytes(reader.left);
    return state;
  });
  if (deviceState === null && !isUnreadable && lists.every((one) => one === null)) return null;
  return { alerts: lists.flatMap((one) => one ?? []), deviceState: deviceState ?? 0, isUnreadable };
};

const alertBytes = ({ source, code, type, state, text }: Alert): readonly number[] => [
  ...[source, code, type, state].flatMap(u16),
  ...[0x0036, 0x0001, 0x8400].flatMap(u16),
  ...u16(INFO_WITH_TEXT),
  ...withLength([...u16(1), ...u32(0x0002_0000 | source), ...u16(8), ...u16(0x6000), ...textBytes(text)]),
];

/** The attributes of an alert monitor object, for the simulator and for tests. */
export const alertAttributes = (
  physiological: readonly Alert[],
  technical: readonly Alert[],
  { deviceState, changes }: { readonly deviceState: number; readonly changes: number },
): readonly Attribute[] => {
  const highest = (alerts: readonly Alert[]): number => Math.max(0, ...alerts.map(({ type }) => type));
  const condition = [deviceState, changes & 0xffff, highest(physiological), highest(technical), 2];
  const attribute = (id: number, value: readonly number[]): Attribute => ({
    id,
    value: Uint8Array.from(value),
  });
  return [
    attribute(ATTRIBUTE.alertCondition, condition.flatMap(u16)),
    attribute(ATTRIBUTE.technicalAlerts, list(technical.map(alertBytes))),
    attribute(ATTRIBUTE.physiologicalAlerts, list(physiological.map(alertBytes))),
  ];
};
