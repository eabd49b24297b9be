import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../../../devices/device.ts';
import {
  checkOf,
  commandText,
  type DinamapMessage,
  dinamapCodec,
  dinamapDecoder,
  MAX_LINE_BYTES,
} from '../../../devices/ge-dinamap/codec.ts';
import { COMMANDS, type Reply } from '../../../devices/ge-dinamap/message.ts';
import commands from '../../fixtures/ge-dinamap/commands.json' with { type: 'json' };
import refused from '../../fixtures/ge-dinamap/refused.json' with { type: 'json' };
import replies from '../../fixtures/ge-dinamap/replies.json' with { type: 'json' };
import { bytesOf, chunks } from '../drive.ts';

const decode = (
  bytes: Uint8Array,
  cuts: readonly number[] = [bytes.length],
  decoder = dinamapCodec.decoder(),
): readonly Decoded<DinamapMessage>[] => [
  ...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)),
  ...decoder.end(),
];

describe('the DINAMAP codec', () => {
  it.each(commands)('writes the command for $name as the field does', ({ text, command }) => {
    const known = COMMANDS.find((one) => one === command);
    if (known === undefined) throw new Error(`no command ${command}`);
    expect(commandText(known)).toBe(text);
    expect(decode(bytesOf(`\r${text}\r\n`))).toMatchObject([
      { ok: true, message: { kind: 'command', command } },
    ]);
  });

  it('gives the check of the one known command it never sends', () => {
    expect(checkOf(' TD')).toBe('!;');
    expect(commands.map(({ command }) => command)).toEqual(expect.arrayContaining([...COMMANDS]));
  });

  it.each(replies)('reads $name', ({ text, expect: message }) => {
    expect(decode(bytesOf(`${text}\r`))).toEqual([{ ok: true, message, byteCount: text.length + 1 }]);
  });

  it.each(replies)('reads nothing of $name when only its end or its beginning arrives', ({ text }) => {
    for (let cut = 1; cut < text.length; cut += 1) {
      expect(decode(bytesOf(`${text.slice(cut)}\r`))).toMatchObject([{ ok: false }]);
      expect(decode(bytesOf(`${text.slice(0, cut)}\r`))).toMatchObject([{ ok: false }]);
      expect(decode(bytesOf(text.slice(0, cut)))).toMatchObject([{ ok: false, reason: 'truncated' }]);
    }
  });

  it.each(refused)('refuses $name', ({ text, reason }) => {
    const good = `${replies[0]?.text}\r`;
    expect(decode(bytesOf(`${good}${text}\r${good}`))).toMatchObject([
      { ok: true },
      { ok: false, reason, byteCount: text.length + 1 },
      { ok: true },
    ]);
  });

  it.each([
    ['an NIBP status that does not exist', ' NA5100012121075092'],
    ['a patient type that does not exist', ' NA1300012121075092'],
    ['an age between 90 minutes and none', ' NA1106000121075092'],
    ['a saturation above 100', ' OA1101708'],
    ['an oximeter status that does not exist', ' OA2098708'],
    ['a temperature status that does not exist', ' TC50A0001209861'],
  ])('refuses %s, although its check is right', (_name, body) => {
    expect(decode(bytesOf(`${replies[0]?.text}\r${body}${checkOf(body)}\r`))).toMatchObject([
      { ok: true },
      { ok: false, reason: 'range' },
    ]);
  });

  it('reads a reply with an unknown tail only where the check is ignored', () => {
    const bytes = bytesOf(' OA1098708??\r');
    expect(decode(bytes)).toMatchObject([{ ok: false, reason: 'checksum' }]);
    expect(decode(bytes, [3], dinamapDecoder('ignored'))).toMatchObject([
      { ok: true, message: { kind: 'OA', spo2: 98 } },
    ]);
  });

  it('never takes a reply with one flipped bit for another', () => {
    for (const { text } of replies) {
      for (let bit = 0; bit < (text.length + 1) * 8; bit += 1) {
        const bytes = bytesOf(`${text}\r`);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const read = decode(bytes).flatMap((one) => (one.ok ? [one.message.kind] : []));
        // A CR that became a LF ends the line all the same.
        expect(read.length === 0 || bit === text.length * 8, `${text} bit ${bit}`).toBe(true);
      }
    }
  });

  it('skips an endless line and reads the next', () => {
    const results = decode(bytesOf(`${'NA'.repeat(100_000)}\r${replies[0]?.text}\r`), [4096]);
    expect(results.at(-1)?.ok).toBe(true);
    expect(results.slice(0, -1).every((one) => !one.ok && one.detail.includes(String(MAX_LINE_BYTES)))).toBe(
      true,
    );
  });
});

const int = (min: number, max: number) => fc.integer({ min, max });
const pressure = fc.option(int(0, 300));
const anyReply: fc.Arbitrary<Reply> = fc.oneof(
  fc.record({
    kind: fc.constant('NA' as const),
    status: fc.constantFrom(0, 1, 2, 3, 4, 6, 7, 8, 9),
    patient: int(0, 2),
    isStat: fc.boolean(),
    ageS: fc.option(int(0, 5400)),
    systolic: pressure,
    diastolic: pressure,
    mean: pressure,
  }),
  fc.record({
    kind: fc.constant('OA' as const),
    status: fc.constantFrom(0, 1, 3, 6),
    spo2: fc.option(int(0, 100)),
    strength: fc.option(int(0, 9)),
    averagingS: fc.option(int(0, 99)),
  }),
  fc.record({ kind: fc.constant('RA' as const), source: int(0, 9), rate: fc.option(int(1, 300)) }),
  fc.record({
    kind: fc.constant('TC' as const),
    status: int(0, 4),
    isMonitorMode: fc.boolean(),
    counter: int(0x20, 0x7e).map((code) => String.fromCharCode(code)),
    ageS: fc.option(int(0, 99_998)),
    tenthsF: int(0, 1200),
    bedsideUnit: fc.constantFrom('F' as const, 'C' as const),
  }),
);

describe('the DINAMAP codec, for any reply', () => {
  it('reads back what it wrote, however the bytes are cut, and counts every byte', () => {
    const cutting = fc.array(int(1, 40), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(anyReply, { maxLength: 6 }), cutting, (sent, cuts) => {
        const bytes = new Uint8Array(Buffer.concat(sent.map((one) => dinamapCodec.encode(one))));
        const read = decode(bytes, cuts);
        expect(read.map((one) => one.ok && one.message)).toEqual(sent);
        expect(read.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(bytes.length);
      }),
      { numRuns: 300 },
    );
  });

  it('never reads another reply of the same kind out of one with one wrong character', () => {
    fc.assert(
      fc.property(anyReply, fc.nat(), int(0x20, 0xff), (sent, where, byte) => {
        const bytes = dinamapCodec.encode(sent);
        const place = where % (bytes.length - 1);
        fc.pre(bytes[place] !== byte);
        bytes[place] = byte;
        expect(decode(bytes).filter((one) => one.ok)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('reads no reply from random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 65_536, maxLength: 65_536 }), (bytes) => {
        expect(decode(bytes).filter((one) => one.ok && one.message.kind !== 'other')).toEqual([]);
      }),
      { numRuns: 3 },
    );
  });
});
