import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AccutorrMessage,
  accutorrCodec,
  hostRequests,
  MAX_LINE_BYTES,
} from '../../../devices/datascope-accutorr/codec.ts';
import { possibleFlags, sureFlags } from '../../../devices/datascope-accutorr/status.ts';
import type { Decoded } from '../../../devices/device.ts';
import refused from '../../fixtures/datascope-accutorr/refused.json' with { type: 'json' };
import replies from '../../fixtures/datascope-accutorr/replies.json' with { type: 'json' };
import { bytesOf, chunks } from '../drive.ts';

const decode = (
  bytes: Uint8Array,
  cuts: readonly number[] = [bytes.length],
): readonly Decoded<AccutorrMessage>[] => {
  const decoder = accutorrCodec.decoder();
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const messagesIn = (text: string) => decode(bytesOf(text)).map((one) => (one.ok ? one.message : one.reason));

describe('the Accutorr codec', () => {
  it.each(replies)('reads $name, with a prompt before and after it', ({ text, message }) => {
    expect(messagesIn(`>${text}\r\n>`)).toEqual([{ kind: 'prompt' }, message, { kind: 'prompt' }]);
  });

  it.each(replies)('reads nothing of $name when only its end or its beginning arrives', ({ text }) => {
    for (let cut = 1; cut < text.length; cut += 1) {
      expect(decode(bytesOf(`${text.slice(cut)}\r\n`))).toMatchObject([{ ok: false }]);
      expect(decode(bytesOf(text.slice(0, cut)))).toMatchObject([{ ok: false, reason: 'truncated' }]);
    }
    // A cut in the last field, the minutes, leaves a reply: this is why the driver wants it twice.
    for (let cut = 1; cut < text.length - 3; cut += 1)
      expect(decode(bytesOf(`${text.slice(0, cut)}\r\n`))).toMatchObject([{ ok: false }]);
  });

  it.each(refused)('refuses $name', ({ text, reason }) => {
    const good = `${replies[1]?.text}\r\n`;
    expect(decode(bytesOf(`${good}${text}\r\n${good}`))).toMatchObject([
      { ok: true },
      { ok: false, reason },
      { ok: true },
    ]);
  });

  it('reads what it says when it is switched on', () => {
    expect(messagesIn('ACCUTORR PC Interface is ready\r\n>')).toEqual([
      { kind: 'greeting' },
      { kind: 'prompt' },
    ]);
  });

  it('takes a > for a prompt only where a line begins', () => {
    expect(messagesIn('P:098>,072\r\n')).toEqual(['noise']);
  });

  it('asks with one byte', () => {
    const asked = (['P', 'L', 'prompt'] as const).map((request) => [
      ...accutorrCodec.encode({ kind: 'request', request }),
    ]);
    expect(asked).toEqual([[0x50], [0x4c], [0x03]]);
    expect(hostRequests(Uint8Array.of(0x50, 0x70, 0x03, 0x0d))).toEqual(['P', 'prompt']);
  });

  it.each([
    ['000', 0, 0],
    ['001', 1, 1],
    ['002', 2, 2],
    ['008', 8, 8],
    ['010', 0, 10 | 8 | 2 | 16],
    ['016', 0, 16 | 14 | 22],
    ['128', 128, 128],
    ['255', 0, 255],
  ])('reads status %s in every base in which it is a byte', (text, sure, possible) => {
    // 255 is 255 or, octal, 173: what both have is sure.
    expect(sureFlags(text)).toBe(text === '255' ? 255 & 0o255 : sure);
    expect(possibleFlags(text)).toBe(possible);
  });

  it('skips an endless line and reads the next', () => {
    const results = decode(bytesOf(`${'P:098,'.repeat(50_000)}\r\n${replies[1]?.text}\r\n`), [4096]);
    expect(results.at(-1)?.ok).toBe(true);
    expect(results.slice(0, -1).every((one) => !one.ok && one.detail.includes(String(MAX_LINE_BYTES)))).toBe(
      true,
    );
  });
});

const number = (max: number) => fc.option(fc.integer({ min: 0, max }));
const status = fc.integer({ min: 0, max: 255 }).map((byte) => String(byte).padStart(3, '0'));
const pair = fc.record({ high: number(300), low: number(300) });
const anyMessage: fc.Arbitrary<AccutorrMessage> = fc.oneof(
  fc.constant({ kind: 'prompt' as const }),
  fc.constant({ kind: 'greeting' as const }),
  fc.record({
    kind: fc.constant('P' as const),
    spo2: number(100),
    pulse: number(300),
    systolic: number(300),
    fourth: number(300),
    fifth: number(300),
    status: fc.tuple(status, status, status),
    minutes: number(999),
  }),
  fc.record({ kind: fc.constant('L' as const), pairs: fc.tuple(pair, pair, pair, pair, pair) }),
);

describe('the Accutorr codec, for any message', () => {
  it('reads back what it wrote, however the bytes are cut, and counts every byte', () => {
    const cutting = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 8 }), cutting, (sent, cuts) => {
        const bytes = new Uint8Array(Buffer.concat(sent.map((one) => accutorrCodec.encode(one))));
        const read = decode(bytes, cuts);
        expect(read.map((one) => one.ok && one.message)).toEqual(sent);
        // A line is given at its CR; the LF is counted with the next line.
        const counted = read.reduce((sum, { byteCount }) => sum + byteCount, 0);
        expect(bytes.length - counted).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  it('reads no reply from random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 65_536, maxLength: 65_536 }), (bytes) => {
        expect(decode(bytes).every((one) => !one.ok || one.message.kind === 'prompt')).toBe(true);
      }),
      { numRuns: 3 },
    );
  });
});
