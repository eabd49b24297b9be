import { describe, expect, it } from 'vitest';
import { heldFrames, type SampledValue, sampleIntervals } from '../../../core/evaluation/held-values.ts';
import { sampledTrace } from '../../../core/evaluation/sampled-trace.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { at, MONITOR } from './trace-builder.ts';

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
const DIA = 'MDC_PRESS_BLD_NONINV_DIA';

const sample = (seconds: number, values: Partial<Record<MetricId, SampledValue>>) => ({
  at: at(seconds),
  values,
});

const frames = (samples: Parameters<typeof heldFrames>[0], sampleIntervalMs: number | null = null) =>
  [...heldFrames(samples, { monitorId: MONITOR, sampleIntervalMs })].map((frame) => [
    frame.at.mono / 1000,
    ...frame.observations.map((entry) => entry.value),
  ]);

describe('held values', () => {
  it('are repeated every five seconds until the next sample', () => {
    expect(frames([sample(0, { [SPO2]: 97 }), sample(12, { [SPO2]: 96 })], 12_000)).toEqual([
      [0, 97],
      [5, 97],
      [10, 97],
      [12, 96],
      [17, 96],
      [22, 96],
      [27, 96],
    ]);
  });

  it('hold at most one and a half sample intervals', () => {
    const held = frames([sample(0, { [SPO2]: 97 }), sample(60, { [SPO2]: 96 }), sample(600, { [SPO2]: 95 })]);
    const times = held.map(([seconds]) => seconds ?? 0);
    // The median of 60 s and 540 s is the upper one: 540 s; with the interval given it is 90 s.
    expect(Math.max(...times.filter((seconds) => seconds < 600))).toBe(595);
    const given = frames(
      [sample(0, { [SPO2]: 97 }), sample(60, { [SPO2]: 96 }), sample(600, { [SPO2]: 95 })],
      60_000,
    );
    expect(Math.max(...given.map(([seconds]) => seconds ?? 0).filter((seconds) => seconds < 600))).toBe(145);
  });

  it('end at once where the recording says that there was no reading', () => {
    expect(frames([sample(0, { [SPO2]: 97 }), sample(3, { [SPO2]: 'none' }), sample(6, {})], 4_000)).toEqual([
      [0, 97],
      [3, null],
      [6, null],
    ]);
  });

  it('a cuff reading comes once, however long it holds', () => {
    const held = frames(
      [sample(0, { [SYS]: 120, [DIA]: 70, [SPO2]: 97 }), sample(10, { [SPO2]: 97 })],
      10_000,
    );
    expect(held.filter((entry) => entry.length > 2)).toEqual([[0, 97, 120, 70]]);
  });

  it('know the interval of each column by the median of its own samples', () => {
    const samples = [0, 60, 120, 180].map((seconds) =>
      sample(seconds, seconds === 0 || seconds === 120 ? { [SPO2]: 97, [SYS]: 120 } : { [SPO2]: 97 }),
    );
    expect(sampleIntervals(samples, null)).toEqual(
      new Map<MetricId, number>([
        [SPO2, 60_000],
        [SYS, 120_000],
      ]),
    );
  });
});

describe('a table as a trace', () => {
  it('takes the baseline from its first readings and tells it after the last of them', () => {
    const trace = sampledTrace(
      [
        sample(0, { [SYS]: 118, [DIA]: 70 }),
        sample(60, { [SPO2]: 97 }),
        sample(120, { [SYS]: 122, [DIA]: 74 }),
        sample(180, { [SPO2]: 97 }),
      ],
      { phase: 'infusing', baseline: { fromReadings: 2 }, sampleIntervalMs: 60_000 },
    );
    const told = trace.filter((input) => input.type === 'baseline');
    expect(told).toMatchObject([
      { at: at(120), baseline: { systolic: 120, diastolic: 72, mean: null, readings: 2 } },
    ]);
    const times = trace.map((input) => input.at.mono);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});
