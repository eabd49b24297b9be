import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSampleRing } from '../../../renderer/store/samples.ts';
import { at, value } from '../support.ts';

const samples = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    value('MDC_ECG_HEART_RATE', 60 + ((from + index) % 100), at(from + index)),
  );
const seconds = (values: readonly { observation: { receivedAt: { mono: number } } }[]) =>
  values.map(({ observation }) => (observation.receivedAt.mono - at(0).mono) / 1000);

describe('the ring of samples', () => {
  it('gives a new reader all that is held, and after that only what is new', () => {
    const ring = createSampleRing(10);
    ring.append(samples(0, 3));
    const first = ring.since(0);
    ring.append(samples(3, 2));
    expect(seconds(first.values)).toEqual([0, 1, 2]);
    expect(seconds(ring.since(first.cursor).values)).toEqual([3, 4]);
    expect(ring.since(ring.since(first.cursor).cursor).values).toEqual([]);
  });

  it('gives a reader that fell behind what is still held, oldest first', () => {
    const ring = createSampleRing(4);
    ring.append(samples(0, 10));
    expect(seconds(ring.since(0).values)).toEqual([6, 7, 8, 9]);
  });

  it('forgets on clear without giving old values to an old cursor', () => {
    const ring = createSampleRing(4);
    ring.append(samples(0, 3));
    const { cursor } = ring.since(0);
    ring.clear();
    expect(ring.since(0).values).toEqual([]);
    ring.append(samples(7, 2));
    expect(seconds(ring.since(cursor).values)).toEqual([7, 8]);
    expect(seconds(ring.since(0).values)).toEqual([7, 8]);
  });

  it('tells subscribers of each batch until they stop, and never of an empty one', () => {
    const ring = createSampleRing(4);
    let calls = 0;
    const stop = ring.subscribe(() => {
      calls += 1;
    });
    ring.append(samples(0, 2));
    ring.append([]);
    stop();
    ring.append(samples(2, 1));
    expect(calls).toBe(1);
  });

  it('refuses a size that is no size', () => {
    expect(() => createSampleRing(0)).toThrow(RangeError);
    expect(() => createSampleRing(1.5)).toThrow(RangeError);
  });

  it('never gives a value twice and never out of order, however it is read', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.record({ add: fc.integer({ min: 0, max: 12 }), read: fc.boolean() }), { maxLength: 30 }),
        (size, steps) => {
          const ring = createSampleRing(size);
          const seen: number[] = [];
          let next = 0;
          let cursor = 0;
          for (const { add, read } of steps) {
            ring.append(samples(next, add));
            next += add;
            if (!read) continue;
            const part = ring.since(cursor);
            cursor = part.cursor;
            seen.push(...seconds(part.values));
          }
          expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
        },
      ),
      { numRuns: 200 },
    );
  });
});
