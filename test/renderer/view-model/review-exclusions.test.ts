import { describe, expect, it } from 'vitest';
import {
  exclusionText,
  readingNear,
  spanDraft,
  targetOf,
} from '../../../renderer/view-model/review-exclusions.ts';
import { clockSecondsText } from '../../../renderer/view-model/time-text.ts';
import { epochMs } from '../support.ts';
import { reading, readingOut, series, spanOut, trend } from './review-make.ts';

const HR = 'MDC_ECG_HEART_RATE';
const PULSE = 'MDC_PULS_OXIM_PULS_RATE';
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const ALL = trend(60_000, [series(HR, [0, 70, 71]), series(PULSE, [0, 70, 71]), series(SPO2, [0, 97, 98])]);

describe('a selected stretch', () => {
  it('offers what this visit has, ticks the lane it began in, and is widened to whole seconds', () => {
    expect(spanDraft(ALL, { from: 10_400, to: 20_100 }, 'rate')).toEqual({
      kind: 'span',
      from: 10_000,
      to: 21_000,
      choices: [HR, PULSE, SPO2],
      chosen: [HR, PULSE],
    });
  });

  it('that began in no lane of numbers ticks nothing, and then nothing can be sent', () => {
    const draft = spanDraft(ALL, { from: 0, to: 1_000 }, 'alarms');
    expect(draft).toMatchObject({ chosen: [] });
    expect(targetOf(draft, [])).toBeNull();
    expect(targetOf(draft, [SPO2])).toEqual({ kind: 'span', metrics: [SPO2], from: 0, to: 1_000 });
  });
});

describe('a pressed cuff reading', () => {
  it('is the nearest by its measurement within reach, and is named by its receipt', () => {
    const readings = [reading(10_000, 130, 80), reading(30_000, 200, 90, 10_000)];
    const near = readingNear(readings, 19_000, 5_000);
    expect(near).toBe(readings[1]);
    expect(readingNear(readings, 40_000, 5_000)).toBeNull();
    if (near === null) throw new Error('no reading');
    expect(targetOf({ kind: 'reading', reading: near }, [])).toMatchObject({
      kind: 'reading',
      receivedAt: 30_000,
    });
  });
});

describe('what is left out', () => {
  it('is told with its values and times', () => {
    const cuff = reading(30_000, 200, 90);
    const at = (ms: number) => clockSecondsText(epochMs(ms));
    expect(exclusionText(readingOut(cuff), [cuff])).toBe(`NIBP 200/90, ${at(30_000)}`);
    expect(exclusionText(spanOut(SPO2, 0, 9_000), [])).toBe(`SpO₂, ${at(0)}–${at(9_000)}`);
  });
});
