import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, ivyCodec } from '../../../devices/ivy-450c/codec.ts';
import blocks from '../../fixtures/ivy-450c/blocks.json' with { type: 'json' };
import refused from '../../fixtures/ivy-450c/refused.json' with { type: 'json' };
import { chunks } from '../drive.ts';
import { blockOf, REAL_LINES, WAVES } from './support.ts';

const decode = (bytes: Uint8Array, cuts: readonly number[] = [bytes.length]) => {
  const decoder = ivyCodec.decoder();
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const bytesIn = (results: ReturnType<typeof decode>): number =>
  results.reduce((sum, { byteCount }) => sum + byteCount, 0);

const words = fc.stringMatching(/^[A-Z0-9:. -]{0,12}$/);
const digit = fc.stringMatching(/^[0-9]$/);
const whole = fc.option(fc.integer({ min: 0, max: 300 }));
const tenths = fc.option(fc.integer({ min: 0, max: 999 }).map((value) => value / 10));
const value = (number: fc.Arbitrary<number | null>) =>
  fc.record({ state: digit, value: number, label: words, alarm: words });
const pressure = {
  state: digit,
  systolic: whole,
  diastolic: whole,
  mean: whole,
  label: words,
  alarm: words,
};
const wave = (length: number) => fc.uint8Array({ minLength: length, maxLength: length, max: 0xfb });
const anyBlock: fc.Arbitrary<Block> = fc.record({
  waves: fc.record({
    ecg: wave(200),
    respiration: wave(50),
    pleth: wave(50),
    p1: wave(50),
    p2: wave(50),
  }),
  hr: value(whole),
  rr: value(whole),
  etco2: value(tenths),
  spo2: fc.record({ state: digit, saturation: whole, pulse: whole, alarm: words }),
  nibp: fc.record({ ...pressure, pulse: whole }),
  p1: fc.record(pressure),
  p2: fc.record(pressure),
  t1: value(tenths),
  t2: value(tenths),
});

describe('the ANSAR-B codec', () => {
  it.each(blocks)('reads $name and writes it back', ({ lines, canonical }) => {
    const bytes = blockOf(lines);
    const [only, another] = decode(bytes);
    expect(another).toBeUndefined();
    expect(only).toMatchObject({ ok: true, byteCount: bytes.length });
    if (only?.ok !== true) throw new Error('not read');
    expect(only.message.waves.ecg).toEqual(WAVES.slice(0, 200));
    expect(only.message.waves.p2).toEqual(WAVES.slice(350));
    if (canonical) expect(decode(ivyCodec.encode(only.message))).toEqual(decode(bytes));
  });

  it('writes the recorded lines to the byte', () => {
    const [only] = decode(blockOf(REAL_LINES));
    if (only?.ok !== true) throw new Error('not read');
    expect(ivyCodec.encode(only.message)).toEqual(blockOf(REAL_LINES));
  });

  it.each(refused)('refuses $name', ({ lines, reason }) => {
    const bytes = blockOf(lines);
    const results = decode(bytes);
    expect(results.some(({ ok }) => ok)).toBe(false);
    expect(results[0]).toMatchObject({ ok: false, reason });
    expect(bytesIn(results)).toBe(bytes.length);
  });

  it('does not take FE, FF or CR among the waves for an end or a beginning', () => {
    const waves = new Uint8Array(400).fill(0xff);
    waves.set([0x0d, 0xfe], 100);
    expect(decode(blockOf(REAL_LINES, waves))).toMatchObject([{ ok: true }]);
  });

  it('reads the block after half a block, and counts the half', () => {
    const good = blockOf(REAL_LINES);
    for (const half of [good.slice(0, 5), good.slice(0, 200), good.slice(0, 450)]) {
      const [first, second] = decode(Uint8Array.from([...half, ...good]));
      expect([first?.ok, first?.byteCount]).toEqual([false, half.length]);
      expect(second).toMatchObject({ ok: true, byteCount: good.length });
    }
  });

  it('reads the block after the end of one whose beginning was missed', () => {
    const good = blockOf(REAL_LINES);
    const results = decode(Uint8Array.from([...good.slice(300), ...good]));
    expect(results).toMatchObject([
      { ok: false, reason: 'noise', byteCount: good.length - 300 },
      { ok: true, byteCount: good.length },
    ]);
  });

  it('reads back what it writes, in one piece or cut anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(anyBlock, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 5 }),
        (sent, cuts) => {
          const bytes = new Uint8Array(Buffer.concat(sent.map((block) => ivyCodec.encode(block))));
          expect(decode(bytes, cuts).map((result) => result.ok && result.message)).toEqual(sent);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('accounts for every byte of anything, with the same results however it is cut', () => {
    const good = blockOf(REAL_LINES);
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(good, good.slice(0, 9), good.slice(0, 411), Uint8Array.of(0xff), Uint8Array.of(0xfe)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (pieces, cut) => {
        const bytes = new Uint8Array(Buffer.concat(pieces));
        const atOnce = decode(bytes);
        expect(bytesIn(atOnce)).toBe(bytes.length);
        expect(decode(bytes, [cut])).toEqual(atOnce);
      }),
    );
  });
});
