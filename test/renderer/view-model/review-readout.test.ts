import { describe, expect, it } from 'vitest';
import { readoutAt } from '../../../renderer/view-model/review-readout.ts';
import { reading, readingOut, series, spanOut, trend } from './review-make.ts';

const HR = 'MDC_ECG_HEART_RATE';
const STEP = 60_000;

const lineOf = (lines: ReturnType<typeof readoutAt>, id: string) => {
  const found = lines.find((line) => line.id === id);
  return found === undefined ? null : [found.text, found.age, found.isOut];
};

describe('the values at the cursor', () => {
  it('are the lowest and highest of the step that holds the moment, and say so', () => {
    const all = trend(STEP, [series(HR, [0, 70, 84])]);
    expect(lineOf(readoutAt(all, [], null, 59_999), HR)).toEqual(['70–84', 'this step', false]);
  });

  it('are no number where there was none, with how long ago at most the last one was', () => {
    const all = trend(STEP, [series(HR, [0, 70, 84])]);
    expect(lineOf(readoutAt(all, [], null, STEP), HR)).toEqual(['--', 'last ≤ 1 min 00 s ago', false]);
    expect(lineOf(readoutAt(all, [], null, -1), HR)).toEqual(['--', '', false]);
  });

  it('of seconds hold with their age until they would have gone from the bedside tile', () => {
    const all = trend(1_000, [series(HR, [0, 70, 70])]);
    expect(lineOf(readoutAt(all, [], null, 30_000), HR)).toEqual(['70', '30 s', false]);
    expect(lineOf(readoutAt(all, [], null, 30_001), HR)).toEqual(['--', 'last ≤ 30 s ago', false]);
  });

  it('have no line for a metric that was never measured, but always one for the cuff', () => {
    expect(readoutAt(trend(STEP, []), [], null, 0).map(({ id, text }) => [id, text])).toEqual([
      ['pressure', '--'],
    ]);
  });

  it('show the newest measured cuff reading with its age since it was measured, not since it came', () => {
    // The second came later but was measured before the first.
    const all = trend(STEP, [], [reading(10_000, 130, 80), reading(20_000, 150, 90, 15_000)]);
    expect(lineOf(readoutAt(all, [], null, 25_000), 'pressure')).toEqual(['130/80', '15 s', false]);
    expect(lineOf(readoutAt(all, [], null, 6_000), 'pressure')).toEqual(['150/90', '1 s', false]);
    expect(lineOf(readoutAt(all, [], null, 4_999), 'pressure')).toEqual(['--', '', false]);
  });

  it('stay readable when they were left out, and say it', () => {
    const cuff = reading(10_000, 210, 80);
    const all = trend(STEP, [series(HR, [0, 70, 190])], [cuff]);
    const lines = readoutAt(all, [spanOut(HR, 5_000, 6_000), readingOut(cuff)], null, 12_000);
    expect(lineOf(lines, HR)).toEqual(['70–190', 'this step', true]);
    expect(lineOf(lines, 'pressure')).toEqual(['210/80', '2 s', true]);
  });
});
