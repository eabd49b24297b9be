import { describe, expect, it } from 'vitest';
import { type DriMessage, driCodec, hostRequest } from '../../../devices/ge-s5-dri/codec.ts';
import records from '../../fixtures/ge-s5-dri/records.json' with { type: 'json' };
import requests from '../../fixtures/ge-s5-dri/requests.json' with { type: 'json' };
import { briefly, decodeStream, hexToBytes } from './support.ts';

const decodeAll = (...chunks: readonly Uint8Array[]) => {
  const decoder = driCodec.decoder();
  return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};

const onlyMessage = (bytes: Uint8Array): DriMessage => {
  const [decoded, ...more] = decodeAll(bytes);
  if (decoded === undefined || !decoded.ok || more.length > 0) throw new Error('not exactly one message');
  return decoded.message;
};

const rows = [...requests, ...records].map(({ name, source, hex }) => ({
  name,
  source,
  wire: hexToBytes(hex),
}));

describe('S/5 vectors, both directions', () => {
  it.each(rows)('$name ($source): encoding what was decoded gives the same bytes', ({ wire }) => {
    expect(driCodec.encode(onlyMessage(wire))).toEqual(wire);
  });

  it.each(rows)('$name: byte by byte decodes to the same', ({ wire }) => {
    expect(decodeAll(...[...wire].map((byte) => Uint8Array.of(byte)))).toEqual(decodeAll(wire));
  });

  it.each(rows)('$name: cut off anywhere, it is no message', ({ wire }) => {
    for (let length = 0; length < wire.length; length += 1) {
      expect(decodeAll(wire.slice(0, length)).filter((decoded) => decoded.ok)).toEqual([]);
    }
  });

  it.each(rows)('$name: with any one bit flipped, it is no message', ({ wire }) => {
    for (let bit = 0; bit < wire.length * 8; bit += 1) {
      const flipped = wire.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(
        decodeAll(flipped).filter((decoded) => decoded.ok),
        `bit ${bit}`,
      ).toEqual([]);
    }
  });
});

describe('S/5 host requests', () => {
  it.each(requests)('$name is read as such', ({ hex, expect: expected }) => {
    expect(onlyMessage(hexToBytes(hex))).toMatchObject(expected);
  });

  it('five of them are the bytes that the maker prints', () => {
    expect(requests.filter(({ source }) => source.startsWith('printed in'))).toHaveLength(5);
  });

  it('asking for values every 5 s is the derived vector', () => {
    const row = requests.find(({ name }) => name === 'start displayed values every 5 s, basic class');
    expect(hostRequest(5)).toEqual(hexToBytes(row?.hex ?? ''));
  });
});

describe('S/5 monitor records', () => {
  it.each(records)('$name: decoded', ({ hex, expect: expected }) => {
    const message = onlyMessage(hexToBytes(hex));
    if (!('header' in message)) throw new Error('a request');
    expect(message.kind).toBe(expected.kind);
    expect(message.header).toMatchObject({ level: expected.level, timeS: expected.timeS, reserved: 0 });
    if (message.kind === 'alarm') expect(message.status.lines.slice(0, 1)).toEqual(expected.alarms);
    if (message.kind === 'wave') expect(message.subrecords).toEqual(expected.waves);
    if (expected.nibpTimeS !== undefined && message.kind === 'physiological') {
      expect(message.subrecords[0]).toMatchObject({ type: 4, nibpTimeS: expected.nibpTimeS });
    }
  });

  it.each(records)('$name: observed', ({ hex, expect: expected }) => {
    expect(briefly(decodeStream(hexToBytes(hex)))).toEqual(expected.observations);
  });
});
