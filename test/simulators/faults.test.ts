import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LineFault, lineFaultsOf, withLineFaults } from '../../simulators/faults.ts';
import { countingSimulator } from './toy-monitor.ts';

const NEVER = Number.POSITIVE_INFINITY;
const noise = (rates: Partial<Extract<LineFault, { kind: 'noise' }>>): LineFault => ({
  kind: 'noise',
  fromMs: 0,
  toMs: NEVER,
  flipPerByte: 0,
  dropPerByte: 0,
  insertPerByte: 0,
  ...rates,
});
const clean = (count: number) => Uint8Array.from({ length: count }, (_, index) => index & 0xff);
const bitsSet = (byte: number) => byte.toString(2).replaceAll('0', '').length;

describe('a line without faults', () => {
  it('passes every byte, both ways', () => {
    const line = withLineFaults(countingSimulator(), [], 1);
    expect(line.advanceTo(1000)).toEqual(clean(100));
    expect(line.receive(clean(5))).toEqual(clean(5));
  });
});

describe('noise', () => {
  it('flips one bit in about as many bytes as was asked for', () => {
    const out = withLineFaults(countingSimulator(1000), [noise({ flipPerByte: 0.01 })], 1).advanceTo(1000);
    const flipped = [...out].filter((byte, index) => byte !== (index & 0xff));
    expect(out).toHaveLength(100_000);
    // 1000 expected, standard deviation 31.
    expect(Math.abs(flipped.length - 1000)).toBeLessThan(130);
    expect([...out].every((byte, index) => bitsSet(byte ^ (index & 0xff)) <= 1)).toBe(true);
  });

  it('loses and inserts about as many bytes as was asked for', () => {
    const length = (fault: LineFault) =>
      withLineFaults(countingSimulator(1000), [fault], 1).advanceTo(1000).length;
    expect(Math.abs(length(noise({ dropPerByte: 0.01 })) - 99_000)).toBeLessThan(130);
    expect(Math.abs(length(noise({ insertPerByte: 0.01 })) - 101_000)).toBeLessThan(130);
  });

  it('damages what the host sends as well', () => {
    const line = withLineFaults(countingSimulator(), [noise({ flipPerByte: 1 })], 1);
    const echoed = line.receive(clean(100));
    expect(echoed).toHaveLength(100);
    expect(echoed).not.toEqual(clean(100));
  });

  it('is over when its time is over', () => {
    const line = withLineFaults(countingSimulator(), [noise({ dropPerByte: 1, fromMs: 100, toMs: 200 })], 1);
    expect(line.advanceTo(300)).toEqual(Uint8Array.from([...clean(10), ...clean(30).slice(20)]));
  });
});

describe('a cut line', () => {
  it('passes nothing either way, and what was sent meanwhile is lost', () => {
    const line = withLineFaults(countingSimulator(), [{ kind: 'cut', fromMs: 100, toMs: 200 }], 1);
    expect(line.advanceTo(150)).toEqual(clean(10));
    expect(line.receive(clean(4))).toHaveLength(0);
    expect(line.advanceTo(190)).toHaveLength(0);
    expect(line.advanceTo(300)).toEqual(clean(30).slice(20));
    expect(line.receive(clean(4))).toEqual(clean(4));
  });
});

describe('a stalled line', () => {
  it('is silent, then delivers everything at once and in order', () => {
    const line = withLineFaults(countingSimulator(), [{ kind: 'stall', fromMs: 100, toMs: 200 }], 1);
    expect(line.advanceTo(190)).toEqual(clean(10));
    expect(line.advanceTo(200)).toHaveLength(0);
    expect(line.advanceTo(210)).toEqual(clean(21).slice(10));
  });

  it('holds no more than 64 KiB', () => {
    const line = withLineFaults(countingSimulator(1000), [{ kind: 'stall', fromMs: 0, toMs: 2000 }], 1);
    for (let atMs = 50; atMs <= 2000; atMs += 50) expect(line.advanceTo(atMs)).toHaveLength(0);
    expect(line.advanceTo(2010)).toHaveLength(65_536 + 1000);
  });
});

describe('any faults', () => {
  const window = fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 500 }));
  const fault = fc
    .tuple(fc.constantFrom('cut', 'stall', 'noise'), window)
    .map(
      ([kind, [fromMs, lengthMs]]): LineFault =>
        kind === 'noise'
          ? noise({ fromMs, toMs: fromMs + lengthMs, flipPerByte: 0.2, dropPerByte: 0.1, insertPerByte: 0.1 })
          : { kind: kind === 'cut' ? 'cut' : 'stall', fromMs, toMs: fromMs + lengthMs },
    );

  it('give the same bytes for the same seed, however the time is cut into steps', () => {
    fc.assert(
      fc.property(
        fc.array(fault, { maxLength: 4 }),
        fc.integer(),
        fc.array(fc.integer({ min: 1, max: 1490 }), { maxLength: 20 }),
        (faults, seed, cuts) => {
          const atOnce = withLineFaults(countingSimulator(3), faults, seed).advanceTo(1500);
          const line = withLineFaults(countingSimulator(3), faults, seed);
          const pieces = [...new Set(cuts), 1500].sort((a, b) => a - b).map((atMs) => line.advanceTo(atMs));
          expect(Buffer.concat(pieces)).toEqual(Buffer.from(atOnce));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the line of a scenario', () => {
  it('is read in milliseconds; without a duration a fault lasts to the end; a restart is not the line’s', () => {
    const faults = lineFaultsOf([
      { kind: 'cut', atS: 30, durationS: 45 },
      { kind: 'stall', atS: 5 },
      { kind: 'restart', atS: 1, durationS: 2 },
    ]);
    expect(faults.map(({ kind, fromMs, toMs }) => [kind, fromMs, toMs])).toEqual([
      ['cut', 30_000, 75_000],
      ['stall', 5000, NEVER],
    ]);
  });
});
