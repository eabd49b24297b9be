import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameDecoder, type Frame, frameRecord, sum8 } from '../../../devices/ge-s5-dri/framing.ts';

/** A 50-byte "record" whose length field is right and whose last bytes are `tail`. */
const recordWith = (...tail: number[]): Uint8Array => {
  const record = new Uint8Array(50);
  record[0] = 50;
  record.set(tail, 50 - tail.length);
  return record;
};

const framesOf = (...chunks: readonly Uint8Array[]): readonly Frame[] => {
  const decoder = createFrameDecoder();
  return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};
const reasons = (frames: readonly Frame[]) => frames.map((frame) => (frame.ok ? 'ok' : frame.reason));
const bytes = (...parts: readonly (Uint8Array | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

describe('S/5 framing', () => {
  it('sums the bytes before escaping, and escapes 7E and 7D in the record and in the checksum', () => {
    const record = recordWith(0x7e, 0x7d, 0xd0);
    expect(sum8(record)).toBe((50 + 0x7e + 0x7d + 0xd0) & 0xff);
    const wire = frameRecord(record);
    expect([...wire.slice(48)]).toEqual([0x7d, 0x5e, 0x7d, 0x5d, 0xd0, sum8(record), 0x7e]);
    const checksum7d = recordWith(0x7d - 50);
    expect([...frameRecord(checksum7d).slice(-3)]).toEqual([0x7d, 0x5d, 0x7e]);
  });

  it('accepts frames that share one flag, that have two between them, and empty frames', () => {
    const frame = frameRecord(recordWith(1));
    const shared = bytes(frame, frame.slice(1));
    expect(reasons(framesOf(shared))).toEqual(['ok', 'ok']);
    expect(reasons(framesOf(bytes(frame, frame)))).toEqual(['ok', 'ok']);
    expect(reasons(framesOf(bytes([0x7e, 0x7e, 0x7e], frame, [0x7e, 0x7e])))).toEqual(['ok']);
  });

  it('gives the same frames for every way of cutting the bytes', () => {
    const stream = bytes([1, 2, 3], frameRecord(recordWith(0x7e, 0x7d)), frameRecord(recordWith(9)));
    const whole = framesOf(stream);
    expect(reasons(whole)).toEqual(['noise', 'ok', 'ok']);
    expect(framesOf(...[...stream].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 8 }), (cuts) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const chunks = edges.slice(1).map((end, index) => stream.slice(edges[index], end));
        expect(framesOf(...chunks)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('yields nothing of a frame cut off anywhere, and the next frame all the same', () => {
    const frame = frameRecord(recordWith(0x7e, 5, 0x7d));
    for (let length = 1; length < frame.length; length += 1) {
      const cut = frame.slice(0, length);
      expect(reasons(framesOf(cut)), `cut at ${length}`).toEqual(length === 1 ? [] : ['truncated']);
      const resumed = reasons(framesOf(bytes(cut, frame)));
      expect(resumed.at(-1), `resumed after ${length}`).toBe('ok');
      // Only its closing flag is missing: the next frame's opening flag closes it as well.
      const isWhole = length === frame.length - 1;
      expect(resumed.slice(0, -1).includes('ok')).toBe(isWhole);
    }
  });

  it.each([
    ['a wrong checksum', (wire: number[]) => wire.with(45, 1), 'checksum'],
    ['a length that is too small', (wire: number[]) => wire.with(1, 49).with(-2, 49), 'length'],
    ['a length that is too large', (wire: number[]) => wire.with(1, 51).with(-2, 51), 'length'],
    ['a byte escaped that never is', (wire: number[]) => wire.toSpliced(40, 0, 0x7d), 'syntax'],
    ['a byte too few', (wire: number[]) => wire.toSpliced(40, 1).with(-2, 0), 'truncated'],
    ['an escape at the end', (wire: number[]) => wire.toSpliced(-1, 0, 0x7d), 'truncated'],
    ['no room for a header', () => [0x7e, 1, 2, 3, 0x7e], 'truncated'],
  ])('refuses %s', (_, damage, reason) => {
    const damaged = damage([...frameRecord(recordWith())]);
    expect(reasons(framesOf(Uint8Array.from(damaged)))).toEqual([reason]);
  });

  it('drops a frame that never ends, stays small, and takes the next one', () => {
    const endless = new Uint8Array(100_000).fill(0x55);
    const frames = framesOf(bytes([0x7e], endless), frameRecord(recordWith(7)));
    expect(frames[0]).toMatchObject({ ok: false, reason: 'overrun' });
    expect(reasons(frames).at(-1)).toBe('ok');
    expect(new Set(reasons(frames))).toEqual(new Set(['overrun', 'noise', 'ok']));
  });

  it('accounts for every byte between the first flag and the last', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), (noise, withFrames) => {
        const frame = frameRecord(recordWith(1, 2, 3));
        const stream = withFrames ? bytes(frame, noise, frame) : noise;
        const counted = framesOf(stream).reduce((sum, { byteCount }) => sum + byteCount, 0);
        const idleFlags = stream.length - stream.findLastIndex((byte) => byte !== 0x7e) - 1;
        expect(counted).toBeLessThanOrEqual(stream.length);
        expect(stream.length - counted).toBeLessThanOrEqual(idleFlags);
      }),
      { numRuns: 200 },
    );
  });
});
