import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../../../devices/device.ts';
import {
  lineDecoder,
  OVERRUN_REPORT_BYTES,
  printable,
  type TextLine,
} from '../../../devices/framing/line-decoder.ts';
import { bytesOf, chunks } from '../drive.ts';

const MAX = 20;

const decode = (
  bytes: Uint8Array,
  cuts: readonly number[] = [bytes.length || 1],
): readonly Decoded<TextLine>[] => {
  const decoder = lineDecoder({ maxLineBytes: MAX });
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const summary = (text: string) =>
  decode(bytesOf(text)).map((result) => [result.ok ? result.message.text : result.reason, result.byteCount]);

describe('a line decoder', () => {
  it.each([
    [
      'CR LF',
      'one\r\ntwo\r\n',
      [
        ['one', 4],
        ['two', 5],
      ],
    ],
    [
      'LF',
      'one\ntwo\n',
      [
        ['one', 4],
        ['two', 4],
      ],
    ],
    [
      'CR',
      'one\rtwo\r',
      [
        ['one', 4],
        ['two', 4],
      ],
    ],
    [
      'a blank line after each line',
      'one\r\n\r\ntwo\r\n',
      [
        ['one', 4],
        ['two', 7],
      ],
    ],
    [
      'NULs before a line',
      '\0\0one\r\n\0two\r\n',
      [
        ['one', 6],
        ['two', 6],
      ],
    ],
    ['a NUL inside a line, which stays', 'o\0ne\n', [['o\0ne', 5]]],
    ['bytes above 0x7f, one character each', 'caf\xe9\n', [['caf\xe9', 5]]],
    ['blanks at both ends, which stay', ' one \n', [[' one ', 6]]],
    ['nothing but separators', '\r\n\0\r\n', []],
    [
      'an unfinished tail',
      'one\r\ntw',
      [
        ['one', 4],
        ['truncated', 3],
      ],
    ],
    ['a line of exactly the greatest length', `${'x'.repeat(MAX)}\n`, [['x'.repeat(MAX), MAX + 1]]],
    [
      'a line one byte too long, and the next',
      `${'x'.repeat(MAX + 1)}\nok\n`,
      [
        ['overrun', MAX + 2],
        ['ok', 3],
      ],
    ],
    ['an over-long line at the end', 'x'.repeat(MAX + 5), [['overrun', MAX + 5]]],
  ])('splits %s', (_name, text, expected) => {
    expect(summary(text)).toEqual(expected);
  });

  it('reports an endless line while it lasts, keeps no memory of it, and reads the next line', () => {
    const results = decode(bytesOf(`${'x'.repeat(1_000_000)}\nok\n`), [997]);
    const refused = results.filter((result) => !result.ok);
    expect(results.at(-1)).toEqual({ ok: true, message: { text: 'ok' }, byteCount: 3 });
    expect(refused.every((result) => result.reason === 'overrun')).toBe(true);
    expect(refused.every((result) => result.byteCount <= OVERRUN_REPORT_BYTES)).toBe(true);
    expect(refused.reduce((sum, result) => sum + result.byteCount, 0)).toBe(1_000_001);
  });

  it('starts afresh after its end', () => {
    const decoder = lineDecoder({ maxLineBytes: MAX });
    decoder.push(bytesOf('half a li'));
    expect(decoder.end()).toMatchObject([{ ok: false, reason: 'truncated', byteCount: 9 }]);
    expect(decoder.end()).toEqual([]);
    expect(decoder.push(bytesOf('whole\r'))).toEqual([
      { ok: true, message: { text: 'whole' }, byteCount: 6 },
    ]);
  });

  const noisyBytes = fc
    .array(fc.oneof(fc.constantFrom(10, 13, 0, 65), fc.integer({ min: 0, max: 255 })), { maxLength: 300 })
    .map((bytes) => Uint8Array.from(bytes));

  it('gives the same results however the bytes are cut', () => {
    fc.assert(
      fc.property(noisyBytes, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (bytes, cuts) => {
        expect(decode(bytes, cuts)).toEqual(decode(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('accounts for every byte but the separators at the very end', () => {
    fc.assert(
      fc.property(noisyBytes, (bytes) => {
        const accounted = decode(bytes).reduce((sum, result) => sum + result.byteCount, 0);
        const rest = bytes.subarray(accounted);
        expect(rest.every((byte) => byte === 10 || byte === 13 || byte === 0)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('never gives a line that is empty, too long, or holds a line end', () => {
    fc.assert(
      fc.property(noisyBytes, (bytes) => {
        for (const result of decode(bytes)) {
          if (result.ok) expect(result.message.text).toMatch(/^[^\r\n]{1,20}$/s);
          else expect(result.detail).toMatch(/^[\x20-\x7e]{1,80}$/);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('printable', () => {
  it('shows bytes outside of printable ASCII as dots and cuts long text', () => {
    expect(printable('a\x1b[31m\0é\x7f')).toBe('a.[31m...');
    expect(printable('x'.repeat(100), 10)).toBe('xxxxxxx...');
  });
});
