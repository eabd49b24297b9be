import { describe, expect, it } from 'vitest';
import type { LimitSteps } from '../../../core/review/limit-steps.ts';
import {
  limitHistory,
  limitLabels,
  limitPath,
  limitWords,
} from '../../../renderer/view-model/review-limits.ts';

const SCALE = { low: 40, high: 200 };
const same = (value: number): number => value;

const line = (...steps: readonly (readonly [number, number, number])[]): LimitSteps => ({
  metric: 'MDC_PRESS_BLD_NONINV_SYS',
  side: 'high',
  tier: 'first',
  steps: steps.map(([from, to, threshold]) => ({
    from,
    to,
    threshold,
    priority: 'medium',
    inclusive: true,
  })),
});
const path = (one: LimitSteps, from = 0, to = 100): string => limitPath(one, { from, to }, SCALE, same, same);

describe('limit lines of the review', () => {
  it('go up at the moment of a change and nowhere else', () => {
    expect(path(line([0, 40, 160], [40, 100, 170]))).toBe('M0 160H40V170H100');
  });

  it('are broken while the limit is off, and cut at the edges of what is shown', () => {
    expect(path(line([0, 40, 160], [60, 100, 160]), 10, 90)).toBe('M10 160H40M60 160H90');
  });

  it('beyond the scale are no line but a label at that edge: the scale belongs to the values', () => {
    const one = line([0, 40, 160], [40, 60, 220], [60, 100, 160]);
    expect(path(one)).toBe('M0 160H40M60 160H100');
    const labels = limitLabels([one], { from: 0, to: 100 }, SCALE);
    expect(labels.map(({ at, off, text }) => [at, off, text])).toEqual([
      [60, 'above', '▲220 ** ↑'],
      [100, null, '▲160 **'],
    ]);
  });

  it('are the same in words at a moment, and from when on', () => {
    const one = line([0, 40, 160], [40, 100, 170]);
    expect(limitWords([one], 39)).toEqual(['SYS ≥ 160 medium']);
    expect(limitWords([one], 40)).toEqual(['SYS ≥ 170 medium']);
    expect(limitWords([one], 100)).toEqual([]);
    expect(limitHistory([one]).map(({ from, words }) => [from, words])).toEqual([
      [0, ['SYS ≥ 160 medium']],
      [40, ['SYS ≥ 170 medium']],
    ]);
  });
});
