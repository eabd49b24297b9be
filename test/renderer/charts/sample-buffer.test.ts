import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapThresholdMs } from '../../../renderer/charts/data/gaps.ts';
import { lowerBound, SAMPLE_STATE, SampleBuffer } from '../../../renderer/charts/data/sample-buffer.ts';
import { bufferOf } from './make.ts';

const dump = (buffer: SampleBuffer) =>
  Array.from({ length: buffer.length }, (_, index) => [buffer.timeAt(index), buffer.valueAt(index)]);

describe('SampleBuffer', () => {
  it('holds samples in order of time, in whatever order they came, each once', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 300 })), {
          selector: ([time]) => time,
          maxLength: 120,
        }),
        fc.infiniteStream(fc.nat()),
        (rows, random) => {
          const order = rows
            .map((row) => ({ row, key: random.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key);
          const buffer = bufferOf([...order.map(({ row }) => row), ...rows]);
          expect(dump(buffer)).toEqual([...rows].sort((a, b) => a[0] - b[0]));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never holds more than its capacity, and lets the oldest go first', () => {
    const buffer = bufferOf(
      Array.from({ length: 1_000 }, (_, time) => [time, time % 90] as const),
      64,
    );
    expect(buffer.length).toBeLessThanOrEqual(64);
    expect(buffer.length).toBeGreaterThan(48);
    expect(buffer.timeAt(buffer.length - 1)).toBe(999);
    expect(buffer.timeAt(0)).toBe(1_000 - buffer.length);
  });

  it('does not take a sample that is older than all it holds when it is full', () => {
    const buffer = bufferOf(
      Array.from({ length: 16 }, (_, index) => [100 + index, 80] as const),
      16,
    );
    expect(buffer.add(5, 99, SAMPLE_STATE.valid)).toBe(false);
    expect(buffer.timeAt(0)).toBe(100);
  });

  it('keeps two different values of one moment', () => {
    expect(
      dump(
        bufferOf([
          [5, 80],
          [5, 81],
          [5, 80],
        ]),
      ),
    ).toEqual([
      [5, 80],
      [5, 81],
    ]);
  });

  it('finds the first sample at or after a time', () => {
    const buffer = bufferOf([
      [10, 1],
      [20, 2],
      [30, 3],
    ]);
    expect([0, 10, 11, 30, 31].map((time) => lowerBound(buffer, time))).toEqual([0, 0, 1, 2, 3]);
  });

  it('refuses a capacity that cannot be trimmed', () => {
    expect(() => new SampleBuffer(4)).toThrow(RangeError);
  });
});

describe('gapThresholdMs', () => {
  it.each([
    ['one sample a second', 1_000, 10_000],
    ['one sample every four seconds', 4_000, 10_000],
    ['one sample every six seconds', 6_000, 15_000],
    ['one sample a minute: never longer than a number stays on its tile', 60_000, 30_000],
  ])('%s', (_name, interval, threshold) => {
    const buffer = bufferOf(Array.from({ length: 60 }, (_, index) => [index * interval, 80] as const));
    expect(gapThresholdMs(buffer, 0, buffer.length)).toBe(threshold);
  });

  it('is not widened by a few long gaps among regular samples', () => {
    const times = Array.from({ length: 60 }, (_, index) => index * 1_000 + Math.floor(index / 10) * 300_000);
    const buffer = bufferOf(times.map((time) => [time, 80] as const));
    expect(gapThresholdMs(buffer, 0, buffer.length)).toBe(10_000);
  });
});
