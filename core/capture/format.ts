/**
 * The capture file: the raw line of one monitor with times, as documented in docs/capture-format.md. One JSON
 * object a line, ASCII only, each with a CRC-32 of its own text, only ever appended to. A line that was torn by a
 * crash is recognised and left out; everything before it stays readable. Pure text in and out; the file is
 * somebody else's business.
 */
import type { EpochMs } from '../time.ts';
import { epochMs } from '../time.ts';
import { crc32Hex } from './crc32.ts';

/** The version this module writes; the reader refuses others. */
export const CAPTURE_VERSION = 1;
/** How a capture file begins; a raw recording does not. */
export const CAPTURE_MAGIC = '{"chairsideCapture":';
/** A longer line is damage: a record holds what one read of a port gave (64 KiB as hex) (characters). */
const MAX_LINE_CHARS = 1 << 20;

/** Line settings as captured; for people and for replaying, never judged here. */
export interface CapturedLineSettings {
  readonly baudRate: number;
  readonly dataBits: number;
  readonly parity: string;
  readonly stopBits: number;
  readonly flowControl: string;
}

/** The first line of a capture; when a capture is continued, each continuation begins with one. */
export interface CaptureHeader {
  /** Id of the device family. */
  readonly device: string;
  /** Where the bytes came from: a port with its settings, or an address. */
  readonly source: string;
  readonly serial: CapturedLineSettings;
  /** Wall time of offset 0. */
  readonly startedAt: EpochMs;
}

interface Moment {
  /** Milliseconds since the header on the monotonic clock. */
  readonly offsetMs: number;
  readonly wall: EpochMs;
}

/** What happened on the line. `rx`: from the monitor; `tx`: to it. */
export type CaptureRecord =
  | (Moment & { readonly kind: 'rx' | 'tx'; readonly bytes: Uint8Array })
  | (Moment & { readonly kind: 'open' })
  /** The line ended; `reason` is the error in words, null when the capture was stopped. */
  | (Moment & { readonly kind: 'closed'; readonly reason: string | null });

/** One line of a capture as read. `damaged`: what could not be trusted and was left out. */
export type CaptureItem =
  | { readonly kind: 'header'; readonly header: CaptureHeader }
  | { readonly kind: 'record'; readonly record: CaptureRecord }
  /** A header of a version that this module does not know: what follows must not be guessed at. */
  | { readonly kind: 'unsupported'; readonly version: string }
  | {
      readonly kind: 'damaged';
      /** Where the line begins in the file. */
      readonly byteOffset: number;
      readonly byteCount: number;
      readonly detail: string;
    };

/** The header as one line, with its line end. */
export const encodeCaptureHeader = (header: CaptureHeader): string =>
  sealed({
    chairsideCapture: CAPTURE_VERSION,
    device: header.device,
    source: header.source,
    serial: header.serial,
    startedAt: header.startedAt,
  });

/** A record as one line, with its line end. */
export const encodeCaptureRecord = (record: CaptureRecord): string => {
  const moment = { t: Math.round(record.offsetMs * 1_000) / 1_000, wall: Math.round(record.wall) };
  switch (record.kind) {
    case 'rx':
    case 'tx':
      return sealed({ kind: record.kind, ...moment, hex: toHex(record.bytes) });
    case 'open':
      return sealed({ kind: 'open', ...moment });
    case 'closed':
      return sealed({ kind: 'closed', ...moment, reason: record.reason });
    default:
      return record satisfies never;
  }
};

/** True when a file that begins with `start` is a capture of some version. */
export const looksLikeCapture = (start: string): boolean => start.startsWith(CAPTURE_MAGIC);

export interface CaptureReader {
  /** The next piece of the file, one character a byte; lines may be cut anywhere. */
  push(text: string): readonly CaptureItem[];
  /** The file ended: an unfinished last line is `damaged`. */
  end(): readonly CaptureItem[];
}

/** Reads a capture piece by piece in bounded memory. Never throws on what a file holds. */
export const captureReader = (): CaptureReader => {
  let rest = '';
  let restOffset = 0;
  let skippedChars = 0;

  const damaged = (detail: string, byteCount: number): CaptureItem => ({
    kind: 'damaged',
    byteOffset: restOffset,
    byteCount,
    detail,
  });

  const takeLine = (line: string): CaptureItem | null => {
    if (skippedChars > 0) return damaged('the line is longer than any record', skippedChars + line.length);
    if (line === '') return null;
    const read = decodeLine(line);
    return typeof read === 'string' ? damaged(read, line.length) : read;
  };

  return {
    push(text) {
      const items: CaptureItem[] = [];
      rest += text;
      let from = 0;
      for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', from)) {
        const line = rest.slice(from, end);
        const item = takeLine(line);
        if (item !== null) items.push(item);
        restOffset += skippedChars + line.length + 1;
        skippedChars = 0;
        from = end + 1;
      }
      rest = rest.slice(from);
      if (rest.length > MAX_LINE_CHARS) {
        skippedChars += rest.length;
        rest = '';
      }
      return items;
    },
    end() {
      const byteCount = skippedChars + rest.length;
      if (byteCount === 0) return [];
      // A last line that only lacks its line end was written whole.
      const read = skippedChars > 0 ? '' : decodeLine(rest);
      const item = typeof read === 'string' ? damaged('the last line is torn', byteCount) : read;
      restOffset += byteCount;
      rest = '';
      skippedChars = 0;
      return [item];
    },
  };
};

const CHECK = /,"crc":"([0-9a-f]{8})"\}$/;

/** Closes a JSON object with the check of everything before it. */
const sealed = (fields: object): string => {
  const json = JSON.stringify(fields).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const body = json.slice(0, -1);
  return `${body},"crc":"${crc32Hex(body)}"}\n`;
};

/** The item of a line, or why it cannot be trusted. */
const decodeLine = (line: string): CaptureItem | string => {
  const check = CHECK.exec(line);
  if (check === null) return 'the line has no check';
  if (crc32Hex(line.slice(0, check.index)) !== check[1]) return 'the check does not fit the line';
  let fields: unknown;
  try {
    fields = JSON.parse(line);
  } catch {
    return 'the line is no JSON';
  }
  if (typeof fields !== 'object' || fields === null) return 'the line is no JSON object';
  return 'chairsideCapture' in fields ? readHeader({ ...fields }) : readRecord({ ...fields });
};

type Fields = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const readHeader = (fields: Fields): CaptureItem | string => {
  const { chairsideCapture, device, source, serial, startedAt } = fields;
  if (chairsideCapture !== CAPTURE_VERSION)
    return { kind: 'unsupported', version: JSON.stringify(chairsideCapture) };
  const settings = readSettings(serial);
  if (!isText(device) || !isText(source) || settings === null || !isNumber(startedAt))
    return 'the header lacks device, source, serial or startedAt';
  return { kind: 'header', header: { device, source, serial: settings, startedAt: epochMs(startedAt) } };
};

const readSettings = (value: unknown): CapturedLineSettings | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { baudRate, dataBits, parity, stopBits, flowControl }: Fields = { ...value };
  if (!isNumber(baudRate) || !isNumber(dataBits) || !isNumber(stopBits)) return null;
  if (!isText(parity) || !isText(flowControl)) return null;
  return { baudRate, dataBits, parity, stopBits, flowControl };
};

const readRecord = (fields: Fields): CaptureItem | string => {
  const { kind, t, wall, hex, reason } = fields;
  if (!isNumber(t) || !isNumber(wall)) return 'the record lacks its time';
  const moment = { offsetMs: t, wall: epochMs(wall) };
  if (kind === 'open') return { kind: 'record', record: { kind, ...moment } };
  if (kind === 'closed' && (reason === null || isText(reason)))
    return { kind: 'record', record: { kind, ...moment, reason } };
  const bytes = isText(hex) ? fromHex(hex) : null;
  if ((kind === 'rx' || kind === 'tx') && bytes !== null)
    return { kind: 'record', record: { kind, ...moment, bytes } };
  return 'the record is of an unknown kind';
};

const toHex = (bytes: Uint8Array): string => {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
};

const fromHex = (hex: string): Uint8Array | null => {
  if (hex.length % 2 !== 0 || /[^0-9a-f]/.test(hex)) return null;
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16);
  return bytes;
};
