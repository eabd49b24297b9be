import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isWhole,
  momentAt,
  panBy,
  placeOf,
  SHORTEST_MS,
  selected,
  wholeVisit,
  zoomAt,
} from '../../../renderer/view-model/review-window.ts';
import { epochMs, session } from '../support.ts';

const HOUR = 3_600_000;
const WHOLE = { from: 1_000_000, to: 1_000_000 + 8 * HOUR };

describe('what the review shows', () => {
  it('is the whole visit at first; an open one ends now, and none is empty', () => {
    const open = session({ openedAt: epochMs(5_000) });
    expect(wholeVisit(open, epochMs(65_000))).toEqual({ from: 5_000, to: 65_000 });
    expect(wholeVisit(open, epochMs(5_000))).toEqual({ from: 5_000, to: 5_001 });
    expect(wholeVisit({ ...open, closedAt: epochMs(20_000) }, epochMs(65_000))).toEqual({
      from: 5_000,
      to: 20_000,
    });
  });

  it('keeps the moment under the cursor where it is while zooming in', () => {
    const at = WHOLE.from + 2 * HOUR;
    const closer = zoomAt(WHOLE, WHOLE, at, 0.5);
    expect(closer.to - closer.from).toBe(4 * HOUR);
    expect(placeOf(closer, 800, at)).toBeCloseTo(placeOf(WHOLE, 800, at));
    expect(momentAt(closer, 800, placeOf(closer, 800, at))).toBeCloseTo(at);
  });

  it('is the dragged stretch in either direction, and never less than a minute', () => {
    const a = WHOLE.from + HOUR;
    expect(selected(WHOLE, a + HOUR, a)).toEqual({ from: a, to: a + HOUR });
    const least = selected(WHOLE, a, a + 1_000);
    expect(least.to - least.from).toBe(SHORTEST_MS);
  });

  it('comes back to the whole by zooming out from anywhere', () => {
    const close = selected(WHOLE, WHOLE.from + 3 * HOUR, WHOLE.from + 3 * HOUR + 60_000);
    expect(isWhole(WHOLE, close)).toBe(false);
    expect(isWhole(WHOLE, zoomAt(WHOLE, close, close.from, 10_000))).toBe(true);
  });

  it('lies inside of the visit and is never empty, whatever is turned, dragged and pressed', () => {
    const act = fc.record({
      kind: fc.constantFrom('zoom', 'pan', 'select'),
      share: fc.double({ min: -0.5, max: 1.5, noNaN: true }),
      factor: fc.double({ min: 0.01, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), fc.constantFrom(1, 20_000, 8 * HOUR), (acts, length) => {
        const whole = { from: 1_000_000, to: 1_000_000 + length };
        let shown = whole;
        for (const { kind, share, factor } of acts) {
          const at = whole.from + share * length;
          if (kind === 'zoom') shown = zoomAt(whole, shown, at, factor);
          else if (kind === 'pan') shown = panBy(whole, shown, at - whole.from);
          else shown = selected(whole, at, at + factor * 60_000);
          expect(shown.from).toBeGreaterThanOrEqual(whole.from);
          // A hundredth of a millisecond: what floating point makes of sums.
          expect(shown.to).toBeLessThanOrEqual(whole.to + 0.01);
          expect(shown.to - shown.from).toBeGreaterThan(Math.min(length, SHORTEST_MS) - 0.01);
        }
      }),
    );
  });
});
