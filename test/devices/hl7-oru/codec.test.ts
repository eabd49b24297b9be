import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hl7Message, hl7Codec, USUAL_DELIMITERS } from '../../../devices/hl7-oru/codec.ts';
import { parseTime } from '../../../devices/hl7-oru/time.ts';
import { accountedBytes, chunks, drive, observationsIn } from '../drive.ts';
import { messageOf, newDriver, spo2 } from './support.ts';

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const decode = (bytes: Uint8Array, cuts: readonly number[] = [bytes.length]) => {
  const decoder = hl7Codec.decoder();
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};

const leaf = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => text !== '""');
const word = fc.stringMatching(/^[A-Za-z0-9 ]{0,10}$/);
const plainPlace = fc.stringMatching(/^[A-Za-z0-9]{0,6}$/);
const coded = fc.record({ code: leaf, name: leaf, system: leaf });
const row = fc.record({
  valueType: word,
  id: coded,
  subId: leaf,
  values: fc.array(leaf, { maxLength: 3 }).filter((values) => values.length !== 1 || values[0] !== ''),
  unit: coded,
  range: leaf,
  flags: fc.array(leaf, { maxLength: 2 }).filter((values) => values.length !== 1 || values[0] !== ''),
  status: word,
  time: word,
  isAperiodic: fc.boolean(),
  equipment: fc.record({ id: leaf, name: leaf }),
});
const header = fc.record({
  delimiters: fc.constantFrom(USUAL_DELIMITERS, {
    field: '$',
    component: '*',
    repetition: '%',
    escape: '?',
    subcomponent: '!',
  }),
  sendingApplication: word,
  sendingFacility: word,
  time: word,
  controlId: fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
  processingId: fc.constantFrom('P', 'T', ''),
  version: fc.constantFrom('2.3.1', '2.4', '2.6'),
  charset: fc.constant('UNICODE UTF-8'),
});
const message: fc.Arbitrary<Hl7Message> = header.chain((base) => {
  const typed = (parts: readonly string[]) => ({ ...base, type: parts.join(base.delimiters.component) });
  return fc.oneof(
    fc.record({
      kind: fc.constant('oru' as const),
      header: fc.constant(typed(['ORU', 'R01', 'ORU_R01'])),
      patientId: leaf,
      location: fc.record({ ward: plainPlace, room: plainPlace, bed: plainPlace }),
      groups: fc.array(fc.record({ time: word, rows: fc.array(row, { maxLength: 4 }) }), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('ack' as const),
      header: fc.constant(typed(['ACK', 'R01', 'ACK'])),
      code: fc.constantFrom('AA' as const, 'AE' as const, 'AR' as const),
      controlId: fc.stringMatching(/^[A-Za-z0-9]{1,12}$/),
      text: leaf,
    }),
    fc.record({ kind: fc.constant('other' as const), header: fc.constant(typed(['ADT', 'A01'])) }),
  );
});

describe('the HL7 codec', () => {
  it('reads back what it writes, whatever the texts hold, in one piece or cut anywhere', () => {
    fc.assert(
      fc.property(
        message,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        (sent, cuts) => {
          const bytes = hl7Codec.encode(sent);
          expect(decode(bytes, cuts)).toEqual([{ ok: true, message: sent, byteCount: bytes.length }]);
        },
      ),
    );
  });

  it('accounts for every byte of anything, with the same results however it is cut', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(
        ...['\x0b', '\x1c\r', '\r\n', 'MSH|', 'MSH|^~\\&|', '\x0bMSH|^~\\&|\r'].map((text) =>
          Buffer.from(text, 'latin1'),
        ),
      ),
      message.map((sent) => hl7Codec.encode(sent)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.integer({ min: 1, max: 30 }), (pieces, cut) => {
        const bytes = new Uint8Array(Buffer.concat(pieces));
        const whole = decode(bytes);
        expect(whole.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(bytes.length);
        expect(whole.every(({ byteCount }) => byteCount > 0)).toBe(true);
        expect(decode(bytes, [cut])).toEqual(whole);
      }),
    );
  });

  /** HL7 has no checksum: TCP's stands for it. This is what is left where bytes change all the same. */
  it('gives another number for none but the flips that make another number of its digits', () => {
    const bytes = messageOf({ time: '120000', id: '1', rows: [spo2(97)] });
    const wrong: string[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const damaged = Uint8Array.from(bytes);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const outputs = drive(newDriver(), damaged);
      expect(accountedBytes(outputs)).toBe(damaged.length);
      for (const { metric, value } of observationsIn(outputs)) {
        const told = `${metric} ${value}`;
        if (value !== null && told !== `${SPO2} 97`) wrong.push(told);
      }
    }
    // 97: one digit with one bit flipped; the others are no SpO2.
    expect(bytes.length * 8).toBe(1560);
    expect(wrong.toSorted()).toEqual([17, 87, 93, 95, 96].map((value) => `${SPO2} ${value}`));
  });
});

describe('a time', () => {
  it.each([
    ['20260101120000', Date.UTC(2026, 0, 1, 12), null, true],
    ['202601011200', Date.UTC(2026, 0, 1, 12), null, false],
    ['20260101120000.25-0330', Date.UTC(2026, 0, 1, 12, 0, 0, 250), -210, true],
    ['20260912120000.0000+0530', Date.UTC(2026, 8, 12, 12), 330, true],
  ])('%s is read', (text, civilMs, offsetMin, hasSeconds) =>
    expect(parseTime(text)).toEqual({ civilMs, offsetMin, hasSeconds }),
  );

  it.each([
    '',
    '20260101',
    '20261301120000',
    '20260230120000',
    '20260101250000',
    '20260101120000+9900',
    'now',
  ])('%j is none', (text) => expect(parseTime(text)).toBeNull());
});
