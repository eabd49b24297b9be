import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostCodec, type ModuleMessage, moduleCodec } from '../../../devices/berrymed-pm6750/codec.ts';
import commands from '../../fixtures/berrymed-pm6750/commands.json' with { type: 'json' };
import frames from '../../fixtures/berrymed-pm6750/frames.json' with { type: 'json' };
import refused from '../../fixtures/berrymed-pm6750/refused.json' with { type: 'json' };
import { chunks } from '../drive.ts';
import { hex } from './support.ts';

const decode = (bytes: Uint8Array, cuts: readonly number[] = [bytes.length]) => {
  const decoder = moduleCodec.decoder();
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const bytesIn = (results: ReturnType<typeof decode>): number =>
  results.reduce((sum, { byteCount }) => sum + byteCount, 0);

const byte = fc.integer({ min: 0, max: 255 });
const anyMessage: fc.Arbitrary<ModuleMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('ecg-wave' as const),
    leads: fc.array(byte, { minLength: 7, maxLength: 7 }),
  }),
  fc
    .record({
      kind: fc.constant('ecg' as const),
      status: byte,
      heartRate: byte,
      respiration: byte,
      st: fc.option(fc.integer({ min: -128, max: 127 })),
      arrhythmia: fc.option(byte),
    })
    // A byte can only be missing at the end.
    .map((ecg) => (ecg.st === null ? { ...ecg, arrhythmia: null } : ecg)),
  fc.record({
    kind: fc.constant('nibp' as const),
    status: byte,
    cuff: byte.map((half) => half * 2),
    systolic: byte,
    mean: byte,
    diastolic: byte,
  }),
  fc.record({ kind: fc.constant('spo2' as const), status: byte, spo2: byte, pulse: byte }),
  fc.record({
    kind: fc.constant('temperature' as const),
    status: byte,
    whole: byte,
    tenth: fc.integer({ min: 0, max: 9 }),
  }),
  fc.record({ kind: fc.constantFrom('pleth' as const, 'respiration' as const), value: byte }),
  fc.record({
    kind: fc.constant('beat' as const),
    of: fc.constantFrom('ecg' as const, 'pleth' as const),
    value: fc.option(byte),
  }),
);

describe('the PM6750 codec', () => {
  it.each(frames)('reads and writes $name', ({ hex: text, message }) => {
    const bytes = hex(text);
    const [only, another] = decode(bytes);
    expect(another).toBeUndefined();
    expect(only).toEqual({ ok: true, message, byteCount: bytes.length });
    if (only?.ok === true) expect(moduleCodec.encode(only.message)).toEqual(bytes);
  });

  it.each(commands)('reads and writes the command $name', ({ hex: text, code, value }) => {
    const decoder = hostCodec.decoder();
    expect(decoder.push(hex(text))).toEqual([{ ok: true, message: { code, value }, byteCount: 6 }]);
    expect(hostCodec.encode({ code, value })).toEqual(hex(text));
  });

  it.each(refused)('refuses $name', ({ hex: text, reason }) => {
    const results = decode(hex(text));
    expect(results[0]).toMatchObject({ ok: false, reason });
    expect(results.every(({ ok }) => !ok)).toBe(true);
    expect(bytesIn(results)).toBe(hex(text).length);
  });

  it('reads the frame after half a frame, also one that swallowed its beginning', () => {
    const good = hex('55 AA 06 04 00 62 4B 48');
    for (const half of ['55', '55 AA', '55 AA 08', '55 AA 08 03 00', '55 AA 20 01 02']) {
      const bytes = Uint8Array.from([...hex(half), ...good, ...good, ...good, ...good]);
      const results = decode(bytes);
      expect(
        results.filter(({ ok }) => ok),
        half,
      ).toHaveLength(4);
      expect(bytesIn(results)).toBe(bytes.length);
    }
  });

  it('reads back what it writes, in one piece or cut anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(anyMessage, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 20 }),
        (sent, cut) => {
          const bytes = new Uint8Array(Buffer.concat(sent.map((one) => moduleCodec.encode(one))));
          expect(decode(bytes, [cut]).map((one) => (one.ok ? one.message : one.reason))).toEqual(sent);
        },
      ),
    );
  });

  it('accounts for every byte of anything, with the same results however it is cut', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc.constantFrom(
        ...frames.map(({ hex: text }) => hex(text)),
        hex('55'),
        hex('55 AA'),
        hex('55 AA 55 AA 0A'),
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.integer({ min: 1, max: 9 }), (pieces, cut) => {
        const bytes = new Uint8Array(Buffer.concat(pieces));
        const atOnce = decode(bytes);
        expect(bytesIn(atOnce)).toBe(bytes.length);
        expect(decode(bytes, [cut])).toEqual(atOnce);
      }),
    );
  });
});
