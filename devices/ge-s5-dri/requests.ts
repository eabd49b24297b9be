/**
 * What a host asks for. The monitor neither acknowledges nor answers a request with an error.
 * Source: GE Computer Interface M1017617, 12th edition (transmission request subrecords).
 */
import type { RawSubrecord } from './header.ts';
import { MAIN_TYPE, REQUEST_TYPE } from './header.ts';
import { viewOf } from './view.ts';

const PHYSIOLOGICAL_REQUEST_BYTES = 9;
const ALARM_REQUEST_BYTES = 12;
const WAVE_REQUEST_BYTES = 32;
/** A request names up to eight waves, ended by FF when there are fewer. */
const WAVES_AT = 4;
const MOST_WAVES = 8;
const WAVES_END = 0xff;
const WAVE_START = 0;
const WAVE_STOP = 1;

/** Asks for physiological records. */
export interface PhysiologicalRequest {
  readonly kind: 'physiological-request';
  /** Subrecord type: 1 displayed values, 2 ten-second trend, 3 one-minute trend, 4 auxiliary data. */
  readonly wanted: number;
  /** Seconds between records; -1 one record only, 0 stop. The document asks for 5 or more. */
  readonly intervalS: number;
  /** Bits: 0 basic class only, 1 deny the basic class, 2, 4, 8 add extended class 1, 2, 3. */
  readonly classBits: number;
}

/** What an alarm request may ask. */
export const ALARM_COMMAND = { once: 0, enterDifferential: 2, exitDifferential: 3 } as const;

/** Asks for the monitor's alarms: once, at every change, or no more. Only CARESCAPE monitors (level 10) answer. */
export interface AlarmRequest {
  readonly kind: 'alarm-request';
  readonly command: number;
}

/** Asks for waves by their ids (1 ECG1, 8 pleth, 9 CO2, 15 respiration …), or stops all of them. */
export interface WaveRequest {
  readonly kind: 'wave-request';
  readonly command: 'start' | 'stop';
  /** At most eight; none when they are stopped. */
  readonly waves: readonly number[];
}

/** A request we do not interpret. */
export interface OtherRequest {
  readonly kind: 'other-request';
  readonly mainType: number;
  readonly data: Uint8Array;
}

/** Any request. */
export type HostRequest = PhysiologicalRequest | AlarmRequest | WaveRequest | OtherRequest;

/** Null: not of the one form that is written here (more than eight waves, reserved bytes in use). */
const parseWaveRequest = (data: Uint8Array): WaveRequest | null => {
  const view = viewOf(data);
  const command = view.getInt16(0, true);
  if (command !== WAVE_START && command !== WAVE_STOP) return null;
  const list = [...data.subarray(WAVES_AT, WAVES_AT + MOST_WAVES)];
  const end = list.indexOf(WAVES_END);
  const waves = end < 0 ? list : list.slice(0, end);
  const request: WaveRequest = {
    kind: 'wave-request',
    command: command === WAVE_START ? 'start' : 'stop',
    waves,
  };
  const isWhole = waveRequestBytes(request).every((byte, index) => byte === data[index]);
  return isWhole ? request : null;
};

const waveRequestBytes = ({ command, waves }: WaveRequest): Uint8Array => {
  if (waves.length > MOST_WAVES) throw new RangeError(`${waves.length} waves in one request`);
  const bytes = new Uint8Array(WAVE_REQUEST_BYTES);
  viewOf(bytes).setInt16(0, command === 'start' ? WAVE_START : WAVE_STOP, true);
  bytes.set(waves, WAVES_AT);
  if (waves.length < MOST_WAVES) bytes[WAVES_AT + waves.length] = WAVES_END;
  return bytes;
};

/** Parses the one subrecord of a request; a sentence instead when its length is wrong. */
export const parseRequest = (mainType: number, data: Uint8Array): HostRequest | string => {
  const view = viewOf(data);
  if (mainType === MAIN_TYPE.physiological) {
    if (data.length !== PHYSIOLOGICAL_REQUEST_BYTES) return `physiological request of ${data.length} bytes`;
    return {
      kind: 'physiological-request',
      wanted: view.getUint8(0),
      intervalS: view.getInt16(1, true),
      classBits: view.getUint32(3, true),
    };
  }
  if (mainType === MAIN_TYPE.alarm) {
    if (data.length !== ALARM_REQUEST_BYTES) return `alarm request of ${data.length} bytes`;
    return { kind: 'alarm-request', command: view.getInt16(0, true) };
  }
  if (mainType === MAIN_TYPE.wave) {
    if (data.length !== WAVE_REQUEST_BYTES) return `wave request of ${data.length} bytes`;
    const request = parseWaveRequest(data);
    if (request !== null) return request;
  }
  return { kind: 'other-request', mainType, data: data.slice() };
};

/** The inverse of `parseRequest`: main type and subrecord. */
export const buildRequest = (
  request: HostRequest,
): { readonly mainType: number; readonly subrecord: RawSubrecord } => {
  switch (request.kind) {
    case 'physiological-request': {
      const bytes = new Uint8Array(PHYSIOLOGICAL_REQUEST_BYTES);
      const view = viewOf(bytes);
      view.setUint8(0, request.wanted);
      view.setInt16(1, request.intervalS, true);
      view.setUint32(3, request.classBits, true);
      return { mainType: MAIN_TYPE.physiological, subrecord: { type: REQUEST_TYPE, bytes } };
    }
    case 'alarm-request': {
      const bytes = new Uint8Array(ALARM_REQUEST_BYTES);
      viewOf(bytes).setInt16(0, request.command, true);
      return { mainType: MAIN_TYPE.alarm, subrecord: { type: REQUEST_TYPE, bytes } };
    }
    case 'wave-request':
      return {
        mainType: MAIN_TYPE.wave,
        subrecord: { type: REQUEST_TYPE, bytes: waveRequestBytes(request) },
      };
    case 'other-request':
      return { mainType: request.mainType, subrecord: { type: REQUEST_TYPE, bytes: request.data } };
    default:
      return request satisfies never;
  }
};
