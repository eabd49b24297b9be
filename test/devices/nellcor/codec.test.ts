import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../../../devices/device.ts';
import { MAX_LINE_BYTES, type NellcorMessage, nellcorCodec } from '../../../devices/nellcor/codec.ts';
import { type DataLine, STATUS_CODES, type StatusCode } from '../../../devices/nellcor/message.ts';
import headers from '../../fixtures/nellcor/headers.json' with { type: 'json' };
import lines from '../../fixtures/nellcor/lines.json' with { type: 'json' };
import refused from '../../fixtures/nellcor/refused.json' with { type: 'json' };
import { bytesOf, chunks } from '../drive.ts';

const decode = (
  bytes: Uint8Array,
  cuts: readonly number[] = [bytes.length],
): readonly Decoded<NellcorMessage>[] => {
  const decoder = nellcorCodec.decoder();
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const messageOf = (text: string): NellcorMessage => {
  const [first] = decode(bytesOf(`${text}\r\n`));
  if (first?.ok !== true) throw new Error(`refused: ${first?.detail}`);
  return first.message;
};

describe('the data port codec', () => {
  it.each(headers)('reads $name', ({ text, expect: expected }) => {
    expect(messageOf(text)).toEqual(expected);
  });

  it.each([...headers, ...lines].filter(({ canonical }) => canonical))(
    'writes $name as the oximeter does',
    ({ text }) => {
      expect(Buffer.from(nellcorCodec.encode(messageOf(text))).toString('latin1')).toBe(`${text}\r\n`);
    },
  );

  it.each(lines)('reads $name one byte at a time, and nothing of it when it is cut anywhere', ({ text }) => {
    const bytes = bytesOf(`${text}\r\n`);
    expect(decode(bytes, [1])).toEqual(decode(bytes));
    for (let length = 1; length <= text.length; length += 1) {
      expect(decode(bytes.subarray(0, length))).toMatchObject([{ ok: false, reason: 'truncated' }]);
    }
  });

  it.each(refused)('refuses $name', ({ text, reason }) => {
    const good = 'TIME                 %SpO2   BPM     PA     Status\r\n';
    const results = decode(bytesOf(`${good}${text}\r\n`));
    expect(results).toMatchObject([{ ok: true }, { ok: false, reason, byteCount: text.length + 2 }]);
    expect(results.every((result) => result.ok || /^[\x20-\x7e]{1,80}$/.test(result.detail))).toBe(true);
  });

  it('calls what comes before the first line noise', () => {
    expect(decode(bytesOf('s\xc3\xa9me garb\xc3\xa4ge first\r\n'))).toEqual([
      { ok: false, reason: 'noise', detail: 'no line of the data port: s..me garb..ge first', byteCount: 21 },
    ]);
  });

  it('skips an endless line with bounded memory and reads the next', () => {
    const endless = bytesOf(`${'7'.repeat(1_000_000)}\r\n`);
    const good = bytesOf(`${lines[0]?.text}\r\n`);
    const results = decode(new Uint8Array([...endless, ...good]), [4096]);
    expect(results.at(-1)?.ok).toBe(true);
    expect(results.slice(0, -1).every((result) => !result.ok && result.reason === 'overrun')).toBe(true);
    expect(results.every((result) => result.ok || result.detail.includes(String(MAX_LINE_BYTES)))).toBe(true);
  });
});

const anyLine: fc.Arbitrary<DataLine> = fc
  .record({
    seconds: fc.integer({ min: Date.UTC(1980, 0) / 1000, max: Date.UTC(2079, 11, 31) / 1000 }),
    spo2: fc.option(fc.integer({ min: 1, max: 100 })),
    pulseRate: fc.option(fc.integer({ min: 20, max: 250 })),
    amplitude: fc.option(fc.integer({ min: 0, max: 255 })),
    stars: fc.tuple(fc.boolean(), fc.boolean()),
    codes: fc.subarray(Object.keys(STATUS_CODES) as StatusCode[], { maxLength: 5 }),
  })
  .map(({ seconds, spo2, pulseRate, amplitude, stars, codes }) => {
    const fitting = codes.filter(
      (code) =>
        !(['SH', 'SL'].includes(code) && spo2 === null) &&
        !(['PH', 'PL'].includes(code) && pulseRate === null) &&
        !(code === 'SL' && codes.includes('SH')) &&
        !(code === 'PL' && codes.includes('PH')),
    );
    return {
      kind: 'data',
      clockMs: seconds * 1000,
      spo2: { value: spo2, starred: spo2 !== null && stars[0], end: 24 },
      pulseRate: { value: pulseRate, starred: pulseRate !== null && stars[1], end: 32 },
      amplitude: { value: amplitude, starred: false, end: 40 },
      codes: fitting,
      codeColumns: fitting.map((_code, index) => 44 + 3 * index),
      width: 61,
    };
  });

describe('the data port codec, for any line', () => {
  it('reads back what it wrote, however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }),
        (sent, cuts) => {
          const bytes = new Uint8Array(Buffer.concat(sent.map((line) => nellcorCodec.encode(line))));
          expect(decode(bytes, cuts).map((result) => result.ok && result.message)).toEqual(sent);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads no message from random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 65_536, maxLength: 65_536 }), (bytes) => {
        expect(decode(bytes).every((result) => !result.ok)).toBe(true);
      }),
      { numRuns: 3 },
    );
  });
});
