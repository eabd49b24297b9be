import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../../../devices/device.ts';
import { MAX_LINE_BYTES, type MasimoLine, masimoCodec } from '../../../devices/masimo-ascii/codec.ts';
import lines from '../../fixtures/masimo-ascii/lines.json' with { type: 'json' };
import refused from '../../fixtures/masimo-ascii/refused.json' with { type: 'json' };
import { bytesOf, chunks } from '../drive.ts';

const decode = (
  bytes: Uint8Array,
  cuts: readonly number[] = [bytes.length],
): readonly Decoded<MasimoLine>[] => {
  const decoder = masimoCodec.decoder();
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const lineOf = (text: string): MasimoLine => {
  const [first] = decode(bytesOf(`${text}\r\n`));
  if (first?.ok !== true) throw new Error(`refused: ${first?.detail}`);
  return first.message;
};
const GOOD = `${lines[0]?.text}\r\n`;

describe('the ASCII 1 codec', () => {
  it.each(lines.filter(({ canonical }) => canonical))('writes $name as the oximeter does', ({ text }) => {
    expect(Buffer.from(masimoCodec.encode(lineOf(text))).toString('latin1')).toBe(`${text}\r\n`);
  });

  it.each(lines)('reads $name one byte at a time, and nothing of it when it is cut anywhere', ({ text }) => {
    const bytes = bytesOf(`${text}\r\n`);
    expect(decode(bytes, [1])).toEqual(decode(bytes));
    for (let length = 1; length <= text.length; length += 1) {
      expect(decode(bytes.subarray(0, length))).toMatchObject([{ ok: false, reason: 'truncated' }]);
    }
  });

  it.each(lines)('refuses $name when only its end or only its beginning arrives as a line', ({ text }) => {
    for (let cut = 1; cut < text.length; cut += 1) {
      expect(decode(bytesOf(`${text.slice(cut)}\r\n`))).toMatchObject([{ ok: false }]);
      expect(decode(bytesOf(`${text.slice(0, cut)}\r\n`))).toMatchObject([{ ok: false }]);
    }
  });

  it.each(refused)('refuses $name', ({ text, reason }) => {
    const results = decode(bytesOf(`${GOOD}${text}\r\n`));
    expect(results).toMatchObject([{ ok: true }, { ok: false, reason, byteCount: text.length + 2 }]);
    expect(results.every((result) => result.ok || /^[\x20-\x7e]{1,80}$/.test(result.detail))).toBe(true);
  });

  it('strips NULs before a line and passes over blank lines, counting their bytes', () => {
    // A line is given at its CR; the LF is counted with the next.
    expect(decode(bytesOf(`\0\0${GOOD}\r\n\0${GOOD}`))).toMatchObject([
      { ok: true, byteCount: GOOD.length + 1 },
      { ok: true, byteCount: GOOD.length + 3 },
    ]);
  });

  it('skips an endless line with bounded memory and reads the next', () => {
    const results = decode(bytesOf(`${'SPO2=098% '.repeat(100_000)}\r\n${GOOD}`), [4096]);
    expect(results.at(-1)?.ok).toBe(true);
    expect(results.slice(0, -1).every((result) => !result.ok && result.reason === 'overrun')).toBe(true);
    expect(results.every((result) => result.ok || result.detail.includes(String(MAX_LINE_BYTES)))).toBe(true);
  });
});

const dashed = (key: string, text: string) => fc.constant({ key, text });
const anyLine: fc.Arbitrary<MasimoLine> = fc
  .record({
    seconds: fc.integer({ min: Date.UTC(1980, 0) / 1000, max: Date.UTC(2079, 11, 31) / 1000 }),
    serial: fc.option(
      fc.integer({ min: 0, max: 9_999_999_999 }).map((number) => String(number).padStart(10, '0')),
    ),
    spo2: fc.option(fc.integer({ min: 1, max: 100 })),
    pulseRate: fc.option(fc.integer({ min: 20, max: 240 })),
    piHundredths: fc.option(fc.integer({ min: 0, max: 2000 })),
    hasPi: fc.boolean(),
    alarm: fc.integer({ min: 0, max: 0x3f }),
    exceptions: fc.integer({ min: 0, max: 0xfff }),
    others: fc.tuple(dashed('SPCO', '--.-%'), dashed('PIDELTA', '+--'), dashed('PVI', '---')),
    piHasPercent: fc.boolean(),
    bpmHasPercent: fc.boolean(),
    status: fc.constantFrom('narrow' as const, 'wide' as const),
  })
  .map((drawn) => ({
    clockMs: drawn.seconds * 1000,
    serial: drawn.serial,
    spo2: drawn.spo2,
    pulseRate: drawn.pulseRate,
    perfusionIndex: drawn.hasPi ? drawn.piHundredths && drawn.piHundredths / 100 : undefined,
    alarm: drawn.alarm,
    exceptions: drawn.exceptions,
    others: drawn.others,
    form: {
      piHasPercent: drawn.hasPi && drawn.piHasPercent,
      bpmHasPercent: drawn.pulseRate === null && drawn.bpmHasPercent,
      status: drawn.status,
    },
  }));

describe('the ASCII 1 codec, for any line', () => {
  it('reads back what it wrote, however the bytes are cut', () => {
    const cutting = fc.array(fc.integer({ min: 1, max: 250 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 5 }), cutting, (sent, cuts) => {
        const bytes = new Uint8Array(Buffer.concat(sent.map((line) => masimoCodec.encode(line))));
        expect(decode(bytes, cuts).map((result) => result.ok && result.message)).toEqual(sent);
      }),
      { numRuns: 300 },
    );
  });

  it('reads no line from random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 65_536, maxLength: 65_536 }), (bytes) => {
        expect(decode(bytes).every((result) => !result.ok)).toBe(true);
      }),
      { numRuns: 3 },
    );
  });
});
