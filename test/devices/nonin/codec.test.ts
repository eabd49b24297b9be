import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NoninMessage, noninCodec } from '../../../devices/nonin/codec.ts';
import format8 from '../../fixtures/nonin/format8.json' with { type: 'json' };
import format13 from '../../fixtures/nonin/format13.json' with { type: 'json' };
import lines from '../../fixtures/nonin/lines.json' with { type: 'json' };
import packets from '../../fixtures/nonin/packets.json' with { type: 'json' };
import refused from '../../fixtures/nonin/refused.json' with { type: 'json' };
import { bytesIn, decode, formatOf, hex, lineBytes } from './support.ts';

const byte = fc.integer({ min: 0, max: 255 });
const anyNumber: fc.Arbitrary<number | null> = fc.option(fc.integer({ min: 0, max: 999 }));
const anyLine: fc.Arbitrary<NoninMessage> = fc.record({
  kind: fc.constant('line' as const),
  time: fc.constantFrom(null, '00:00:00', '23:59:59'),
  spo2: anyNumber,
  pulse: anyNumber,
  isFastAveraging: fc.boolean(),
  hasBreath: fc.boolean(),
  isMarked: fc.boolean(),
});
const anyPacket: fc.Arbitrary<NoninMessage> = fc
  .record({
    format: fc.constantFrom(2 as const, 7 as const),
    frames: fc.array(fc.record({ status: byte, pleth: fc.integer({ min: 0, max: 0xffff }), value: byte }), {
      minLength: 25,
      maxLength: 25,
    }),
  })
  .map(({ format, frames }) => ({
    kind: 'packet' as const,
    format,
    frames: frames.map(({ status, pleth, value }, index) => ({
      status: (status & 0xfe) | 0x80 | (index === 0 ? 1 : 0),
      pleth: format === 2 ? pleth & 0xff : pleth,
      value,
    })),
  }));
const anyFormat8: fc.Arbitrary<NoninMessage> = fc
  .record({
    kind: fc.constant('format-8' as const),
    status: byte,
    pulse: fc.integer({ min: 0, max: 511 }),
    spo2: fc.integer({ min: 0, max: 127 }),
    status2: fc.integer({ min: 0, max: 127 }),
  })
  .map((one) => ({ ...one, status: 0x80 | (one.status & 0x7c) | (one.pulse >> 7) }));
const anySpot: fc.Arbitrary<NoninMessage> = fc.record({
  kind: fc.constant('spot-check' as const),
  packetType: fc.integer({ min: 0, max: 0xffff }),
  clock: fc.array(byte, { minLength: 8, maxLength: 8 }),
  status: fc.integer({ min: 0, max: 0xffff }),
  pulse: fc.integer({ min: 0, max: 0xffff }),
  spo2: byte,
});

describe('the Nonin codec', () => {
  it.each(lines)('reads and writes $name', ({ line, canonical }) => {
    const bytes = lineBytes(line);
    const [only, another] = decode('auto', bytes);
    expect(another).toBeUndefined();
    expect(only).toMatchObject({ ok: true, byteCount: bytes.length });
    if (only?.ok === true && canonical) expect(noninCodec('auto').encode(only.message)).toEqual(bytes);
  });

  it('reads a line that ends in LF alone', () => {
    expect(decode('auto', new Uint8Array(Buffer.from('SPO2=098 HR=072\n')))).toMatchObject([
      { ok: true, message: { spo2: 98, pulse: 72 } },
    ]);
  });

  it.each(packets)('reads and writes $name (format $format)', ({ hex: text, format }) => {
    const [only, another] = decode('auto', hex(text));
    expect(another).toBeUndefined();
    expect(only).toMatchObject({ ok: true, byteCount: 125, message: { kind: 'packet', format } });
    if (only?.ok === true) expect(noninCodec('auto').encode(only.message)).toEqual(hex(text));
  });

  it.each(format8)('reads and writes format 8: $name', ({ hex: text }) => {
    const [only, another] = decode('8', hex(text));
    expect(another).toBeUndefined();
    expect(only).toMatchObject({ ok: true, byteCount: 4 });
    if (only?.ok === true) expect(noninCodec('8').encode(only.message)).toEqual(hex(text));
  });

  it.each(format13)('reads format 13: $name', ({ hex: text }) => {
    const [only, another] = decode('13', hex(text));
    expect(another).toBeUndefined();
    expect(only).toMatchObject({ ok: true, byteCount: hex(text).length });
    if (only?.ok === true && hex(text).length === 22)
      expect(noninCodec('13').encode(only.message)).toEqual(hex(text));
  });

  it.each(refused)('refuses $name', ({ hex: text, format, reason }) => {
    const results = decode(formatOf(format), hex(text));
    expect(results.every(({ ok }) => !ok)).toBe(true);
    expect(results[0]).toMatchObject({ ok: false, reason });
    expect(bytesIn(results)).toBe(hex(text).length);
  });

  it('joins a stream of packets in the middle, and finds the next one after a damaged one', () => {
    for (const { hex: text } of packets.slice(0, 2)) {
      const good = hex(text);
      for (const start of [1, 3, 5, 62, 124]) {
        const bytes = Uint8Array.from([...good.slice(start), ...good, ...good]);
        const results = decode('auto', bytes);
        expect(
          results.filter(({ ok }) => ok),
          `${start}`,
        ).toHaveLength(2);
        expect(bytesIn(results)).toBe(bytes.length);
      }
      const damaged = Uint8Array.from([...good, ...good.with(60, (good[60] ?? 0) ^ 0x40), ...good]);
      expect(decode('auto', damaged).filter(({ ok }) => ok)).toHaveLength(2);
    }
  });

  it.each([
    ['auto', fc.oneof(anyLine, anyPacket)],
    ['8', anyFormat8],
    ['13', anySpot],
  ] as const)('reads back what it writes (%s), in one piece or cut anywhere', (format, message) => {
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 70 }),
        (sent, cut) => {
          const bytes = new Uint8Array(Buffer.concat(sent.map((one) => noninCodec(format).encode(one))));
          expect(decode(format, bytes, [cut]).map((one) => (one.ok ? one.message : one.reason))).toEqual(
            sent,
          );
        },
      ),
    );
  });

  it('accounts for every byte of anything, with the same results however it is cut', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(
        lineBytes('SPO2=098 HR=072'),
        lineBytes(''),
        hex(packets[0]?.hex ?? ''),
        hex(packets[1]?.hex ?? '').slice(0, 70),
        hex(format13[0]?.hex ?? ''),
        hex('00 02'),
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('auto' as const, '8' as const, '13' as const),
        (pieces, cut, format) => {
          const bytes = new Uint8Array(Buffer.concat(pieces));
          const atOnce = decode(format, bytes);
          expect(bytesIn(atOnce)).toBe(bytes.length);
          expect(decode(format, bytes, [cut])).toEqual(atOnce);
        },
      ),
    );
  });
});
