import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../../../devices/device.ts';
import {
  type Attribute,
  type IntellivueMessage,
  intellivueCodec,
  type PolledContext,
} from '../../../devices/intellivue/codec.ts';
import { framePayload } from '../../../devices/intellivue/framing.ts';
import { TRANSMITS } from '../../../devices/intellivue/requests.ts';
import { chunks } from '../drive.ts';
import { fixture, hexToBytes, hr, result, wire } from './support.ts';

const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const bytes = (max: number) => fc.uint8Array({ minLength: 0, maxLength: max });
const attribute: fc.Arbitrary<Attribute> = fc.record({ id: u16, value: bytes(24) });
const attributes = fc.array(attribute, { maxLength: 4 });
const contexts: fc.Arbitrary<readonly PolledContext[]> = fc.array(
  fc.record({
    context: u16,
    objects: fc.array(fc.record({ handle: u16, attributes }), { maxLength: 4 }),
  }),
  { maxLength: 3 },
);
const info = fc.record({
  startupMode: u32,
  minPollPeriod: u32,
  maxMtuReceive: u32,
  maxMtuSend: u32,
  extendedOptions: u32,
});
const link = fc.option(
  fc.record({
    state: fc.constantFrom('first' as const, 'middle' as const, 'last' as const),
    count: fc.nat(255),
  }),
);

const anyMessage: fc.Arbitrary<IntellivueMessage> = fc.oneof(
  fc.record({ kind: fc.constant('association-request' as const), info }),
  fc.record({ kind: fc.constant('association-accept' as const), info }),
  fc.constantFrom<IntellivueMessage>(
    { kind: 'association-refuse' },
    { kind: 'release-request' },
    { kind: 'release-response' },
    { kind: 'abort' },
  ),
  fc.record({ kind: fc.constant('mds-create' as const), invokeId: u16, ticks: u32, attributes }),
  fc.record({ kind: fc.constant('mds-create-result' as const), invokeId: u16, ticks: u32 }),
  fc.record({ kind: fc.constant('set-request' as const), invokeId: u16, attributes }),
  fc.record({ kind: fc.constant('set-result' as const), invokeId: u16, attributes }),
  fc.record({ kind: fc.constant('error' as const), invokeId: u16, error: u16, data: bytes(12) }),
  fc.boolean().chain((isExtended) =>
    fc.record({
      kind: fc.constant('poll-request' as const),
      invokeId: u16,
      request: fc.record({
        isExtended: fc.constant(isExtended),
        pollNumber: u16,
        objectClass: u16,
        group: u16,
        attributes: isExtended ? attributes : fc.constant([]),
      }),
    }),
  ),
  fc.boolean().chain((isExtended) =>
    fc.record({
      kind: fc.constant('poll-result' as const),
      invokeId: u16,
      link,
      result: fc.record({
        isExtended: fc.constant(isExtended),
        pollNumber: u16,
        sequence: isExtended ? u16 : fc.constant(0),
        ticks: u32,
        absoluteTime: fc.uint8Array({ minLength: 8, maxLength: 8 }),
        objectClass: u16,
        group: u16,
        contexts,
      }),
    }),
  ),
);

const decodeAll = (stream: Uint8Array, cuts: readonly number[] = [stream.length]) => {
  const decoder = intellivueCodec.decoder();
  return [...chunks(stream, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const countOf = (decoded: readonly Decoded<IntellivueMessage>[]): number =>
  decoded.reduce((sum, { byteCount }) => sum + byteCount, 0);

describe('the codec', () => {
  it('decodes what it encodes, for every message of either side', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const stream = intellivueCodec.encode(message);
        expect(decodeAll(stream)).toEqual([{ ok: true, message, byteCount: stream.length }]);
      }),
      { numRuns: 500 },
    );
  });

  it('says the same however the bytes are cut, and accounts for each byte once, in noise too', () => {
    const piece = fc.oneof(anyMessage.map(intellivueCodec.encode), bytes(40));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
        (pieces, cuts) => {
          const stream = new Uint8Array(Buffer.concat(pieces));
          const whole = decodeAll(stream);
          expect(decodeAll(stream, cuts)).toEqual(whole);
          expect(countOf(whole)).toBe(stream.length);
        },
      ),
    );
  });

  it('finds the next frame after an unfinished one, after an aborted one and after noise', () => {
    const good = wire(result(1, [hr(60)]));
    const half = good.subarray(0, 30);
    const reasons = (...parts: readonly Uint8Array[]) =>
      decodeAll(new Uint8Array(Buffer.concat(parts))).map((one) => (one.ok ? 'ok' : one.reason));
    expect(reasons(half, good)).toEqual(['truncated', 'ok']);
    expect(reasons(half, Uint8Array.of(0x7d, 0xc1), good)).toEqual(['truncated', 'ok']);
    expect(reasons(Uint8Array.of(1, 2, 3), good)).toEqual(['noise', 'ok']);
    expect(reasons(good, half)).toEqual(['ok', 'truncated']);
    expect(reasons(Uint8Array.of(0xc0), new Uint8Array(6000).fill(1), good)).toEqual([
      'overrun',
      'noise',
      'ok',
    ]);
  });

  it('refuses a payload whose lengths contradict each other although its check is right', () => {
    const good = intellivueCodec.encode(result(1, [hr(60)]));
    const [decoded] = intellivueCodec.decoder().push(good);
    expect(decoded?.ok).toBe(true);
    for (const payload of [
      [0xe1, 0, 0, 2, 0, 2, 0, 9, 0, 1],
      [0xe1],
      [0x42, 1],
      [0x0e, 0xff],
      [0x0d, 4, 1, 2, 3, 4],
    ]) {
      const [one] = intellivueCodec.decoder().push(framePayload(Uint8Array.from(payload)));
      expect(one).toMatchObject({ ok: false, reason: 'length' });
    }
  });

  it('takes no message out of a frame with one or two flipped bits, wherever they are', () => {
    const frame = hexToBytes(
      fixture<{ name: string; bytes: string }>('messages').find(({ name }) => name === 'ext poll result')
        ?.bytes ?? '',
    );
    expect(frame.length).toBeGreaterThan(200);
    const flipped = (bits: readonly number[]): Uint8Array => {
      const damaged = frame.slice();
      for (const bit of bits) damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return damaged;
    };
    const bitCount = frame.length * 8;
    for (let bit = 0; bit < bitCount; bit += 1) {
      if (decodeAll(flipped([bit])).some(({ ok }) => ok)) expect.fail(`bit ${bit} got past the check`);
    }
    const bit = fc.nat(bitCount - 1);
    fc.assert(
      fc.property(bit, bit, (one, other) => {
        fc.pre(one !== other);
        return decodeAll(flipped([one, other])).every(({ ok }) => !ok);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not throw on any payload', () => {
    fc.assert(
      fc.property(bytes(200), (payload) => {
        intellivueCodec.decoder().push(framePayload(payload));
        intellivueCodec.decoder().push(framePayload(Uint8Array.of(0xe1, 0, 0, 2, ...payload)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what the driver may send', () => {
  it('is one kind each of the requests that were built from the facts, and no message of a monitor', () => {
    const kindsOf = (hex: string) =>
      TRANSMITS.filter(({ matches }) => matches(hexToBytes(hex))).map(({ name }) => name);
    const allowed = fixture<{ name: string; bytes: string }>('messages').map(({ name, bytes: hex }) => [
      name,
      kindsOf(hex),
    ]);
    expect(allowed.filter(([, kinds]) => kinds?.length !== 0)).toEqual([
      ['abort', ['end of the data connection']],
      ['mds create result', ["answer to the monitor's description of itself"]],
      ['ext poll alarms request', ["request for the monitor's alarms"]],
    ]);
  });

  it('does not match a changed request: another class, another lifetime, anything behind it', () => {
    const poll = (objectClass: number, lifetime: number) =>
      intellivueCodec.encode({
        kind: 'poll-request',
        invokeId: 7,
        request: {
          isExtended: true,
          pollNumber: 1,
          objectClass,
          group: 0,
          attributes: [{ id: 0xf13e, value: Uint8Array.of(0, 7, 0x53, lifetime) }],
        },
      });
    const isAllowed = (sent: Uint8Array) => TRANSMITS.some(({ matches }) => matches(sent));
    expect(isAllowed(poll(6, 0))).toBe(true);
    expect([poll(0x2a, 0), poll(6, 1), Uint8Array.of(...poll(6, 0), 0xc0)].map(isAllowed)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
