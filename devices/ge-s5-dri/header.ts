/**
 * The 40-byte record header and its list of subrecords.
 * Source: GE DRI record specification 8005313, 12th edition (record header); little endian, packed.
 */
import { viewOf } from './view.ts';

/** Bytes of the header; subrecord offsets count from here. */
export const HEADER_BYTES = 40;
/** Largest record: header and 1450 bytes of data (M1017617, 12th edition). */
export const MAX_RECORD_BYTES = HEADER_BYTES + 1450;
const MAX_SUBRECORDS = 8;
const LIST_AT = 16;
const ENTRY_BYTES = 3;
const LIST_END = 0xff;

/** What a record is about; 5 (network) and 8 (events) do not occur on the serial line. */
export const MAIN_TYPE = { physiological: 0, wave: 1, alarm: 4 } as const;
/** A subrecord of this type is a request of the host. */
export const REQUEST_TYPE = 0;

/** Who sent a record, and when. A host's request has all zeros. */
export interface RecordHeader {
  /** Counts records, 0 to 255; the real logs count physiological and wave records apart. */
  readonly recordNumber: number;
  /** Version of the interface: 2 (1995) to 11 (2015). */
  readonly level: number;
  readonly plugId: number;
  /** When the record was sent, seconds since 1970 on the monitor's clock (its zone is not known). */
  readonly timeS: number;
  /** Four bytes that the specification reserves; 0 in every record seen. */
  readonly reserved: number;
}

/** One subrecord: its type and its bytes, from its offset to the next one's. */
export interface RawSubrecord {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** A record taken apart, its subrecords still bytes. */
export interface RawRecord {
  readonly header: RecordHeader;
  readonly mainType: number;
  readonly subrecords: readonly RawSubrecord[];
  /** False when entries after the end of the list are not all zero (never seen). */
  readonly isListClean: boolean;
}

/** The header of a host's request. */
export const HOST_HEADER: RecordHeader = { recordNumber: 0, level: 0, plugId: 0, timeS: 0, reserved: 0 };

/**
 * Takes a record (without checksum) apart. The record's length field was compared by the framing.
 * Returns a sentence instead when the subrecord list contradicts itself or the record's length.
 */
export const parseRecord = (record: Uint8Array): RawRecord | string => {
  if (record.length < HEADER_BYTES) return 'shorter than a header';
  const view = viewOf(record);
  const entries: { readonly offset: number; readonly type: number }[] = [];
  let isListClean = true;
  let ended = false;
  for (let index = 0; index < MAX_SUBRECORDS; index += 1) {
    const offset = view.getInt16(LIST_AT + index * ENTRY_BYTES, true);
    const type = view.getUint8(LIST_AT + index * ENTRY_BYTES + 2);
    if (ended) isListClean &&= offset === 0 && type === 0;
    else if (type === LIST_END) {
      ended = true;
      isListClean &&= offset === 0;
    } else entries.push({ offset, type });
  }
  const dataBytes = record.length - HEADER_BYTES;
  if (entries.length === 0) return dataBytes === 0 ? 'no subrecord' : 'data without a subrecord';
  const subrecords: RawSubrecord[] = [];
  for (const [index, entry] of entries.entries()) {
    const end = entries[index + 1]?.offset ?? dataBytes;
    if (index === 0 && entry.offset !== 0) return 'the first subrecord does not follow the header';
    if (entry.offset < 0 || end <= entry.offset || end > dataBytes) return 'subrecord offsets out of order';
    subrecords.push({
      type: entry.type,
      bytes: record.subarray(HEADER_BYTES + entry.offset, HEADER_BYTES + end),
    });
  }
  return {
    header: {
      recordNumber: view.getUint8(2),
      level: view.getUint8(3),
      plugId: view.getUint16(4, true),
      timeS: view.getUint32(6, true),
      reserved: view.getUint32(10, true),
    },
    mainType: view.getInt16(14, true),
    subrecords,
    isListClean,
  };
};

/** Puts a record together (without checksum). Throws a RangeError when it has too many subrecords or bytes. */
export const buildRecord = (raw: Omit<RawRecord, 'isListClean'>): Uint8Array => {
  const dataBytes = raw.subrecords.reduce((sum, subrecord) => sum + subrecord.bytes.length, 0);
  if (raw.subrecords.length > MAX_SUBRECORDS || HEADER_BYTES + dataBytes > MAX_RECORD_BYTES) {
    throw new RangeError(`record too large: ${raw.subrecords.length} subrecords, ${dataBytes} bytes`);
  }
  const record = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = viewOf(record);
  view.setInt16(0, record.length, true);
  view.setUint8(2, raw.header.recordNumber);
  view.setUint8(3, raw.header.level);
  view.setUint16(4, raw.header.plugId, true);
  view.setUint32(6, raw.header.timeS, true);
  view.setUint32(10, raw.header.reserved, true);
  view.setInt16(14, raw.mainType, true);
  let offset = 0;
  for (const [index, subrecord] of raw.subrecords.entries()) {
    view.setInt16(LIST_AT + index * ENTRY_BYTES, offset, true);
    view.setUint8(LIST_AT + index * ENTRY_BYTES + 2, subrecord.type);
    record.set(subrecord.bytes, HEADER_BYTES + offset);
    offset += subrecord.bytes.length;
  }
  if (raw.subrecords.length < MAX_SUBRECORDS) {
    view.setUint8(LIST_AT + raw.subrecords.length * ENTRY_BYTES + 2, LIST_END);
  }
  return record;
};
