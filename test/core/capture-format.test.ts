import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32Hex } from '../../core/capture/crc32.ts';
import {
  type CaptureHeader,
  type CaptureItem,
  type CaptureRecord,
  captureReader,
  encodeCaptureHeader,
  encodeCaptureRecord,
  looksLikeCapture,
} from '../../core/capture/format.ts';
import { epochMs } from '../../core/time.ts';

const HEADER: CaptureHeader = {
  device: 'nellcor',
  source: '/dev/ttyÜSB0 9600 8N1 😀',
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  startedAt: epochMs(1_772_373_600_000),
};
const RX: CaptureRecord = {
  kind: 'rx',
  offsetMs: 12.345,
  wall: epochMs(1_772_373_600_012),
  bytes: Uint8Array.from([0x00, 0x7e, 0x80, 0xff]),
};
const RECORDS: readonly CaptureRecord[] = [
  { kind: 'open', offsetMs: 1, wall: epochMs(1_772_373_600_001) },
  { ...RX, kind: 'tx' },
  RX,
  { kind: 'closed', offsetMs: 20, wall: epochMs(1_772_373_600_020), reason: 'weg – "pulled"\n' },
  { kind: 'closed', offsetMs: 21, wall: epochMs(1_772_373_600_021), reason: null },
];
const FILE = encodeCaptureHeader(HEADER) + RECORDS.map(encodeCaptureRecord).join('');
const ITEMS: readonly CaptureItem[] = [
  { kind: 'header', header: HEADER },
  ...RECORDS.map((record) => ({ kind: 'record', record }) as const),
];

const readAll = (...pieces: readonly string[]): readonly CaptureItem[] => {
  const reader = captureReader();
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
};

describe('the check', () => {
  it('is the CRC-32 of zlib', () => {
    // The check value that the catalogues of CRC parameters give for CRC-32/ISO-HDLC.
    expect(crc32Hex('123456789')).toBe('cbf43926');
    expect(crc32Hex('')).toBe('00000000');
  });
});

describe('a capture file', () => {
  it('is plain ASCII, one JSON object a line, recognised by its beginning', () => {
    expect(FILE).toMatch(/^[\x20-\x7e\n]+$/);
    expect(looksLikeCapture(FILE)).toBe(true);
    expect(looksLikeCapture('{"device":"nellcor"}')).toBe(false);
    for (const line of FILE.trimEnd().split('\n')) expect(JSON.parse(line)).toBeTypeOf('object');
    expect(encodeCaptureRecord(RX)).toBe(
      `{"kind":"rx","t":12.345,"wall":1772373600012,"hex":"007e80ff","crc":"${crc32Hex('{"kind":"rx","t":12.345,"wall":1772373600012,"hex":"007e80ff"')}"}\n`,
    );
  });

  it('reads back what was written, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: FILE.length }), { maxLength: 20 }), (cuts) => {
        const places = [0, ...[...cuts].sort((a, b) => a - b), FILE.length];
        const pieces = places.slice(1).map((to, index) => FILE.slice(places[index], to));
        expect(readAll(...pieces)).toEqual(ITEMS);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps all bytes of all records', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (chunks) => {
        const file = chunks.map((bytes) => encodeCaptureRecord({ ...RX, bytes })).join('');
        expect(readAll(file)).toEqual(chunks.map((bytes) => ({ kind: 'record', record: { ...RX, bytes } })));
      }),
      { numRuns: 100 },
    );
  });

  it('torn at any byte of its last record gives all the others, and says what was left out', () => {
    const lastLine = encodeCaptureRecord(RX);
    const before = FILE;
    for (let kept = 1; kept < lastLine.length - 1; kept += 1) {
      expect(readAll(before + lastLine.slice(0, kept))).toEqual([
        ...ITEMS,
        { kind: 'damaged', byteOffset: before.length, byteCount: kept, detail: 'the last line is torn' },
      ]);
    }
    // Only the line end is missing: the record was written whole.
    expect(readAll(before + lastLine.slice(0, -1))).toEqual([...ITEMS, { kind: 'record', record: RX }]);
  });

  it('continued after a torn line loses only that line', () => {
    const torn = `${encodeCaptureRecord(RX).slice(0, 30)}\n`;
    expect(readAll(FILE + torn + FILE)).toEqual([
      ...ITEMS,
      { kind: 'damaged', byteOffset: FILE.length, byteCount: 30, detail: 'the line has no check' },
      ...ITEMS,
    ]);
  });

  it('never gives a record whose line was changed in any one character', () => {
    const line = encodeCaptureRecord(RX);
    fc.assert(
      fc.property(fc.nat({ max: line.length - 2 }), fc.integer({ min: 0x20, max: 0x7e }), (place, code) => {
        const changed = line.slice(0, place) + String.fromCharCode(code) + line.slice(place + 1);
        if (changed === line) return;
        expect(readAll(changed)).toEqual([
          { kind: 'damaged', byteOffset: 0, byteCount: line.length - 1, detail: expect.any(String) },
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it('gives up a line without an end in bounded memory and goes on after it', () => {
    const reader = captureReader();
    for (let count = 0; count < 40; count += 1) expect(reader.push('x'.repeat(100_000))).toEqual([]);
    const items = reader.push(`x\n${encodeCaptureRecord(RX)}`);
    expect(items).toEqual([
      {
        kind: 'damaged',
        byteOffset: 0,
        byteCount: 4_000_001,
        detail: 'the line is longer than any record',
      },
      { kind: 'record', record: RX },
    ]);
  });

  it('does not guess at a later version of the format', () => {
    const body = '{"chairsideCapture":2,"anything":true';
    expect(readAll(`${body},"crc":"${crc32Hex(body)}"}\n`)).toEqual([{ kind: 'unsupported', version: '2' }]);
  });

  it('never throws on any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constant('\n'), fc.constant(FILE.slice(0, 90)))),
        (pieces) => {
          for (const item of readAll(...pieces)) expect(item.kind).toBe('damaged');
        },
      ),
      { numRuns: 300 },
    );
  });
});
