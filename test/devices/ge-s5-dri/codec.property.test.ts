import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BasicClass,
  type DriMessage,
  driCodec,
  GROUP_NAMES,
  GROUPS,
} from '../../../devices/ge-s5-dri/codec.ts';
import { decodeStream, observationsOf } from './support.ts';

const i16 = fc.integer({ min: -32768, max: 32767 });
const u8 = fc.nat(0xff);
const u16 = fc.nat(0xffff);
const u32 = fc.nat(0xffffffff);

const header = fc.record({ recordNumber: u8, level: u8, plugId: u16, timeS: u32, reserved: u32 });

const basic = fc
  .record({
    ...Object.fromEntries(
      GROUP_NAMES.map((name) => [
        name,
        fc.record({
          status: u32,
          label: u16,
          values: fc.record(
            Object.fromEntries(Object.keys(GROUPS[name].fields).map((field) => [field, i16])),
          ),
        }),
      ]),
    ),
    ecgExtra: fc.record({ hr: i16, hrMax: i16, hrMin: i16 }),
    reserved: u16,
  })
  // The record is built from the table of groups; fast-check cannot know that it is complete.
  .map((built) => built as unknown as BasicClass);

const classParts = {
  timeS: u32,
  marker: u8,
  reserved: u8,
  classWordRest: u16.map((word) => word & 0xf0ff),
};
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const physiological: fc.Arbitrary<DriMessage> = fc.record({
  kind: fc.constant('physiological' as const),
  header,
  subrecords: fc.uniqueArray(
    fc.oneof(
      fc.record({ ...classParts, type: fc.constantFrom(1, 2, 3), class: fc.constant(0 as const), basic }),
      fc.record({
        ...classParts,
        type: fc.constantFrom(1, 2, 3),
        class: fc.constantFrom(1, 2, 3),
        data: bytes(270),
      }),
      fc.record({ type: fc.constant(4 as const), nibpTimeS: u32, rest: bytes(110) }),
    ),
    { minLength: 1, maxLength: 5, selector: (one) => (one.type === 4 ? '4' : `${one.type}/${one.class}`) },
  ),
  isListClean: fc.constant(true),
});

const wave: fc.Arbitrary<DriMessage> = fc.record({
  kind: fc.constant('wave' as const),
  header,
  subrecords: fc.array(
    fc.record({
      type: fc.integer({ min: 1, max: 39 }),
      status: u16,
      label: u16,
      samples: fc.array(i16, { maxLength: 60 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
});

const latin1 = fc.string({
  unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 80,
});
const alarm: fc.Arbitrary<DriMessage> = fc.record({
  kind: fc.constant('alarm' as const),
  header,
  status: fc.record({
    isSoundOn: fc.boolean(),
    silence: fc.nat(7),
    lines: fc.array(
      fc.record({
        text: latin1,
        isTextNew: fc.boolean(),
        colour: fc.constantFrom('none' as const, 'white' as const, 'yellow' as const, 'red' as const),
        isColourNew: fc.boolean(),
      }),
      { minLength: 5, maxLength: 5 },
    ),
  }),
});

const request: fc.Arbitrary<DriMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('physiological-request' as const),
    wanted: u8,
    intervalS: i16,
    classBits: u32,
  }),
  fc.record({ kind: fc.constant('alarm-request' as const), command: i16 }),
);

const chunked = (stream: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] => {
  const edges = [0, ...[...cuts].sort((a, b) => a - b), stream.length];
  return edges.slice(1).map((end, index) => stream.slice(edges[index], end));
};

describe('S/5 codec laws', () => {
  it('decodes what it encoded, for every way of cutting the bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(physiological, wave, alarm, request), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(9000), { maxLength: 6 }),
        (messages, cuts) => {
          const stream = Uint8Array.from(messages.flatMap((message) => [...driCodec.encode(message)]));
          const decoder = driCodec.decoder();
          const inside = cuts.map((cut) => cut % stream.length);
          const decoded = [
            ...chunked(stream, inside).flatMap((chunk) => decoder.push(chunk)),
            ...decoder.end(),
          ];
          expect(decoded.map((one) => (one.ok ? one.message : one))).toEqual(messages);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('makes no value of 64 kB of random bytes, throws nothing, and takes the next good record', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 65_536, maxLength: 65_536 }), (noise) => {
        expect(observationsOf(decodeStream(noise))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it('refuses to encode a record that does not fit into a frame', () => {
    const rest = new Uint8Array(110);
    const subrecords = Array.from({ length: 9 }, () => ({ type: 4 as const, nibpTimeS: 0, rest }));
    const big = { recordNumber: 0, level: 10, plugId: 0, timeS: 0, reserved: 0 };
    expect(() =>
      driCodec.encode({ kind: 'physiological', header: big, subrecords, isListClean: true }),
    ).toThrow(RangeError);
  });
});
