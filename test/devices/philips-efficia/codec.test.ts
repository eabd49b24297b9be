import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../../../devices/device.ts';
import {
  type EfficiaMessage,
  efficiaCodec,
  encodeInBlock,
  type Item,
} from '../../../devices/philips-efficia/codec.ts';
import refused from '../../fixtures/philips-efficia/refused.json' with { type: 'json' };
import reports from '../../fixtures/philips-efficia/reports.json' with { type: 'json' };
import requests from '../../fixtures/philips-efficia/requests.json' with { type: 'json' };
import { bytesOf, chunks } from '../drive.ts';

const decode = (
  bytes: Uint8Array,
  cuts: readonly number[] = [bytes.length],
): readonly Decoded<EfficiaMessage>[] => {
  const decoder = efficiaCodec.decoder();
  return [
    ...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)),
    ...decoder.quiet(),
    ...decoder.end(),
  ];
};
const textOf = (segments: readonly string[]): string => segments.map((segment) => `${segment}\r`).join('');
const [example] = reports;
if (example === undefined) throw new Error('no example');

describe('the Efficia codec', () => {
  it.each(requests)('reads $name, and writes it the same', ({ text, expect: message }) => {
    const [first] = decode(bytesOf(text));
    expect(first).toEqual({ ok: true, message, byteCount: text.length });
    if (first?.ok !== true) throw new Error('refused');
    expect(Buffer.from(efficiaCodec.encode(first.message)).toString('latin1')).toBe(text);
  });

  it.each(reports)('reads $name one byte at a time, with and without block characters', ({ segments }) => {
    const text = textOf(segments);
    const whole = decode(bytesOf(text));
    expect(whole).toMatchObject([
      { ok: true, message: { kind: 'report', answers: 'EXAMPLE123' }, byteCount: text.length },
    ]);
    expect(decode(bytesOf(text), [1])).toEqual(whole);
    const blocked = decode(bytesOf(`\x0b${text}\x1c\r\x0b${text}\x1c\r`), [7]);
    expect(blocked.map((one) => one.ok && one.message)).toEqual(
      [...whole, ...whole].map((one) => one.ok && one.message),
    );
    expect(blocked.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(2 * (text.length + 3));
  });

  it('keeps no name of a patient, not even in a refusal', () => {
    const text = textOf(example.segments);
    const damaged = text.replace('PV1|||', 'JANE|DOE ').replace('|AA|', '|AA');
    const all = [text, damaged, text.slice(text.indexOf('PID')), text.slice(0, text.indexOf('JANE') + 4)];
    expect(JSON.stringify(all.map((one) => decode(bytesOf(one))))).not.toMatch(/DOE|JANE|12345/);
  });

  it.each(refused)('refuses a whole report with $name', ({ segment }) => {
    const text = textOf([...example.segments.slice(0, 3), segment]);
    expect(decode(bytesOf(text))).toMatchObject([{ ok: false, reason: 'syntax', byteCount: text.length }]);
  });

  it.each([
    ['another version', 'P|2.4', 'P|2.3'],
    ['a test system', '|P|2.4', '|T|2.4'],
    ['a report nobody asked for', 'ORF^R04', 'ORU^R01'],
    ['no acknowledgement of the query', 'MSA|AA|EXAMPLE123', 'MSA|AA'],
  ])('refuses %s', (_name, from, to) => {
    expect(decode(bytesOf(textOf(example.segments).replace(from, to)))).toMatchObject([
      { ok: false, reason: 'syntax' },
    ]);
  });

  it('ends a report where the next message begins, and gives one without an end only when the line is quiet', () => {
    const text = textOf(example.segments);
    const decoder = efficiaCodec.decoder();
    expect(decoder.push(bytesOf(text))).toEqual([]);
    expect(decoder.isInside()).toBe(true);
    expect(decoder.push(bytesOf(text))).toMatchObject([{ ok: true }]);
    expect(decoder.end()).toMatchObject([{ ok: false, reason: 'truncated', byteCount: text.length }]);
    expect(decoder.isInside()).toBe(false);
  });

  it('reads alarms of the monitor', () => {
    const alarm = 'OBX||TX|2^Yellow Alarm^MDIL-ALERT||SpO2 High, SpO2=98 %||||||F';
    expect(decode(bytesOf(textOf([...example.segments.slice(0, 3), alarm])))).toMatchObject([
      { ok: true, message: { alerts: [{ level: '2 Yellow Alarm', text: 'SpO2 High, SpO2=98 %' }] } },
    ]);
  });

  it('gives up a message that does not end, with bounded memory', () => {
    const [msh = ''] = example.segments;
    const results = decode(bytesOf(`${msh}\r${'NTE|x\r'.repeat(5000)}`), [1000]);
    expect(results.some((one) => !one.ok && one.reason === 'overrun')).toBe(true);
    expect(results.every((one) => !one.ok)).toBe(true);
  });
});

const int = (min: number, max: number) => fc.integer({ min, max });
const timeMs = int(0, 4_000_000_000).map((seconds) => seconds * 1000);
const word = fc.stringMatching(/^[A-Za-z0-9|^&~\\]{1,10}$/);
const id = fc.stringMatching(/^[A-Z0-9]{1,20}$/);
const queryId = fc.stringMatching(/^[A-Z0-9]{1,10}$/);
const anyItem: fc.Arbitrary<Item> = fc
  .record({
    code: int(0, 0xffff).map((term) => `0002-${term.toString(16).padStart(4, '0')}`),
    label: word,
    value: fc.option(int(-9999, 9999).map((tenths) => tenths / 10)),
    unit: fc.constantFrom('0004-0220', '0004-0f20'),
    unitText: word,
    isValid: fc.boolean(),
    measuredAtMs: fc.option(timeMs),
    source: fc.constantFrom('', 'SpO2', 'NBP'),
  })
  .map((item) => ({ ...item, value: item.value === null ? null : item.value + 0 }));
const anyMessage: fc.Arbitrary<EfficiaMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('query' as const),
    timeMs,
    controlId: id,
    queryId,
    filter: fc.constantFrom('STA', 'RES'),
  }),
  fc.record({ kind: fc.constant('receipt' as const), timeMs, controlId: id, answers: id }),
  fc.record({
    kind: fc.constant('refusal' as const),
    timeMs,
    controlId: id,
    code: fc.constantFrom('AE' as const, 'AR' as const),
    answers: id,
  }),
  fc.record({
    kind: fc.constant('report' as const),
    application: fc.constant('^EfficiaCM'),
    timeMs,
    controlId: id,
    answers: id,
    queryTimeMs: timeMs,
    queryId,
    patient: fc.constant(null),
    items: fc.uniqueArray(anyItem, { selector: ({ code }) => code, maxLength: 12 }),
    alerts: fc.array(fc.record({ level: fc.constant('2 Yellow Alarm'), text: word }), { maxLength: 2 }),
  }),
);

describe('the Efficia codec, for any messages', () => {
  it('reads back what it wrote, however the bytes are cut, and counts every byte', () => {
    const cutting = fc.array(int(1, 200), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(anyMessage, { maxLength: 4 }), cutting, fc.boolean(), (sent, cuts, inBlock) => {
        const encode = inBlock ? encodeInBlock : efficiaCodec.encode;
        const bytes = new Uint8Array(Buffer.concat(sent.map((one) => encode(one))));
        const read = decode(bytes, cuts);
        expect(read.map((one) => one.ok && one.message)).toEqual(sent);
        // The end of the last block stands between messages and is counted with the next.
        const counted = read.reduce((sum, { byteCount }) => sum + byteCount, 0);
        expect(bytes.length - counted).toBeLessThanOrEqual(inBlock ? 2 : 0);
      }),
      { numRuns: 200 },
    );
  });

  it('reads no message from random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 65_536, maxLength: 65_536 }), (bytes) => {
        expect(decode(bytes).every((one) => !one.ok)).toBe(true);
      }),
      { numRuns: 3 },
    );
  });
});
