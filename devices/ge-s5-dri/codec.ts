/**
 * Datex-Ohmeda S/5 computer interface (DRI), both directions: monitor records and host requests.
 * Frames in `framing.ts`, header in `header.ts`, contents in one file per kind. Nothing here knows MDC names,
 * and nothing here looks from one record to the next: that is `succession.ts`.
 */
import type { Codec, Decoded } from '../device.ts';
import { buildAlarmStatus, parseAlarmStatus } from './alarm-status.ts';
import { createFrameDecoder, type Frame, frameRecord } from './framing.ts';
import {
  buildRecord,
  HOST_HEADER,
  MAIN_TYPE,
  parseRecord,
  type RawRecord,
  type RawSubrecord,
  REQUEST_TYPE,
} from './header.ts';
import type { DriMessage, PhysiologicalRecord } from './messages.ts';
import { buildPhysiological, parsePhysiological } from './physiological.ts';
import { ALARM_COMMAND, buildRequest, parseRequest } from './requests.ts';
import { buildWave, parseWave } from './wave.ts';

export type { AlarmColour, AlarmLine, AlarmStatus } from './alarm-status.ts';
export { type BasicClass, GROUP_NAMES, GROUPS, type Group, type GroupName } from './basic-class.ts';
export { blankBasic, displayedRecord } from './building.ts';
export type { RecordHeader } from './header.ts';
export type { AlarmRecord, DriMessage, PhysiologicalRecord, WaveRecord } from './messages.ts';
export type { BasicSubrecord, PhysiologicalSubrecord } from './physiological.ts';
export { RAW_INVALID, STATUS_ACTIVE } from './raw-value.ts';
export type { AlarmRequest, HostRequest, PhysiologicalRequest, WaveRequest } from './requests.ts';
export { ALARM_COMMAND } from './requests.ts';
export type { WaveSubrecord } from './wave.ts';

/** Parses all subrecords; the first sentence of refusal instead. */
const parseAll = <T>(
  raw: readonly RawSubrecord[],
  parse: (subrecord: RawSubrecord) => T | string,
): readonly T[] | string => {
  const parsed: T[] = [];
  for (const subrecord of raw) {
    const one = parse(subrecord);
    if (typeof one === 'string') return one;
    parsed.push(one);
  }
  return parsed;
};

const parsePhysiologicalRecord = (raw: RawRecord): PhysiologicalRecord | string => {
  const subrecords = parseAll(raw.subrecords, parsePhysiological);
  if (typeof subrecords === 'string') return subrecords;
  const kinds = subrecords.map((one) => (one.type === 4 ? '4' : `${one.type}/${one.class}`));
  if (new Set(kinds).size !== kinds.length) return 'the same class twice in one record';
  return { kind: 'physiological', header: raw.header, subrecords, isListClean: raw.isListClean };
};

const parseMessage = (record: Uint8Array): DriMessage | string => {
  const raw = parseRecord(record);
  if (typeof raw === 'string') return raw;
  const [first, ...others] = raw.subrecords;
  if (first?.type === REQUEST_TYPE) {
    if (others.length > 0) return 'a request with more than one subrecord';
    if (raw.header.level !== 0) return 'a record with a request in it';
    return parseRequest(raw.mainType, first.bytes);
  }
  switch (raw.mainType) {
    case MAIN_TYPE.physiological:
      return parsePhysiologicalRecord(raw);
    case MAIN_TYPE.wave: {
      const subrecords = parseAll(raw.subrecords, parseWave);
      return typeof subrecords === 'string' ? subrecords : { kind: 'wave', header: raw.header, subrecords };
    }
    case MAIN_TYPE.alarm: {
      const statuses = parseAll(raw.subrecords, parseAlarmStatus);
      if (typeof statuses === 'string') return statuses;
      const [status, ...more] = statuses;
      if (status === undefined || more.length > 0) return 'not exactly one alarm status';
      return { kind: 'alarm', header: raw.header, status };
    }
    default:
      return `unknown main type ${raw.mainType}`;
  }
};

const recordOf = (message: DriMessage): Uint8Array => {
  switch (message.kind) {
    case 'physiological':
      return buildRecord({
        header: message.header,
        mainType: MAIN_TYPE.physiological,
        subrecords: message.subrecords.map(buildPhysiological),
      });
    case 'wave':
      return buildRecord({
        header: message.header,
        mainType: MAIN_TYPE.wave,
        subrecords: message.subrecords.map(buildWave),
      });
    case 'alarm':
      return buildRecord({
        header: message.header,
        mainType: MAIN_TYPE.alarm,
        subrecords: [buildAlarmStatus(message.status)],
      });
    default: {
      const { mainType, subrecord } = buildRequest(message);
      return buildRecord({ header: HOST_HEADER, mainType, subrecords: [subrecord] });
    }
  }
};

const decodeFrame = (frame: Frame): Decoded<DriMessage> => {
  if (!frame.ok) return frame;
  const message = parseMessage(frame.record);
  return typeof message === 'string'
    ? { ok: false, reason: 'length', detail: message, byteCount: frame.byteCount }
    : { ok: true, message, byteCount: frame.byteCount };
};

/** The protocol, both directions. `encode` throws a RangeError for a record that does not fit into a frame. */
export const driCodec: Codec<DriMessage> = {
  decoder() {
    const frames = createFrameDecoder();
    return {
      push: (chunk) => frames.push(chunk).map(decodeFrame),
      end: () => frames.end().map(decodeFrame),
    };
  },
  encode: (message) => frameRecord(recordOf(message)),
};

/** The bytes with which a host asks for displayed values (basic class) every `intervalS` seconds; 0 stops them. */
export const hostRequest = (intervalS: number): Uint8Array =>
  driCodec.encode({ kind: 'physiological-request', wanted: 1, intervalS, classBits: 0 });

/** The bytes with which a host asks to be told the monitor's alarms now and at every change. */
export const alarmRequest = (): Uint8Array =>
  driCodec.encode({ kind: 'alarm-request', command: ALARM_COMMAND.enterDifferential });

/** The bytes with which a host asks for waves by their ids. The limit of 600 samples/s is the caller's to keep. */
export const waveRequest = (waves: readonly number[]): Uint8Array =>
  driCodec.encode({ kind: 'wave-request', command: 'start', waves });
