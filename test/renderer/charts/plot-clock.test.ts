import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/time.ts';
import { createPlotClock } from '../../../renderer/charts/data/plot-clock.ts';
import { moment } from './make.ts';

const HOUR = 3_600_000;
const OFFSET = 1_700_000_000_000;

describe('the axis of the trend', () => {
  it('is the wall clock while the wall clock behaves', () => {
    const clock = createPlotClock();
    expect([0, 1_000, 2_000].map((mono) => clock.place(moment(mono, OFFSET)))).toEqual([
      OFFSET,
      OFFSET + 1_000,
      OFFSET + 2_000,
    ]);
    expect([clock.fromWall(OFFSET - 5), clock.toWall(OFFSET + 7)]).toEqual([OFFSET - 5, OFFSET + 7]);
  });

  it('goes on evenly when the wall clock is set back an hour, and still labels with the wall clock', () => {
    const clock = createPlotClock();
    clock.place(moment(0, OFFSET));
    clock.place(moment(1_000, OFFSET));
    const after = clock.place(moment(2_000, OFFSET - HOUR));
    expect(after).toBe(OFFSET + 2_000);
    expect(clock.place(moment(3_000, OFFSET - HOUR))).toBe(OFFSET + 3_000);
    expect(clock.toWall(after)).toBe(OFFSET + 2_000 - HOUR);
    expect(clock.toWall(OFFSET + 500)).toBe(OFFSET + 500);
  });

  it('puts a late sample from before the jump where it belongs', () => {
    const clock = createPlotClock();
    clock.place(moment(1_000, OFFSET));
    clock.place(moment(2_000, OFFSET - HOUR));
    expect(clock.place(moment(900, OFFSET))).toBe(OFFSET + 900);
    expect(clock.place(moment(3_000, OFFSET - HOUR))).toBe(OFFSET + 3_000);
  });

  it('follows the wall clock when it is set forward', () => {
    const clock = createPlotClock();
    clock.place(moment(1_000, OFFSET));
    expect(clock.place(moment(2_000, OFFSET + HOUR))).toBe(OFFSET + 2_000 + HOUR);
  });

  it('meets the wall clock again when it was set back and then right again', () => {
    const clock = createPlotClock();
    clock.place(moment(1_000, OFFSET));
    clock.place(moment(2_000, OFFSET - HOUR));
    const again = clock.place(moment(3_000, OFFSET));
    expect(again).toBe(OFFSET + 3_000);
    expect(clock.toWall(again)).toBe(OFFSET + 3_000);
  });

  it('follows the wall clock into another run of the station, whatever its monotonic clock reads', () => {
    for (const mono of [0, 5_000, 90_000_000]) {
      const clock = createPlotClock();
      clock.place(moment(50_000, OFFSET));
      const wall = OFFSET + 50_000 + 20_000;
      expect(clock.place(instant(wall, mono))).toBe(wall);
      expect(clock.place(instant(wall + 1_000, mono + 1_000))).toBe(wall + 1_000);
    }
  });

  it('does not draw over what is there when the station restarts with a clock that was set back', () => {
    const clock = createPlotClock();
    const last = clock.place(moment(5_000_000, OFFSET));
    const next = clock.place(instant(OFFSET + 1_000_000, 100));
    expect(next).toBeGreaterThan(last + 30_000);
    expect(clock.toWall(next)).toBe(OFFSET + 1_000_000);
  });

  it('never puts a newer reading before an older one, whatever the wall clock does', () => {
    const jumps = fc.array(fc.integer({ min: -8 * HOUR, max: 8 * HOUR }), { maxLength: 8 });
    fc.assert(
      fc.property(jumps, (sizes) => {
        const clock = createPlotClock();
        let offset = OFFSET;
        let mono = 0;
        let last = Number.NEGATIVE_INFINITY;
        for (const size of [0, ...sizes]) {
          offset += size;
          for (let step = 0; step < 5; step += 1) {
            mono += 1_000;
            const at = clock.place(moment(mono, offset));
            expect(at).toBeGreaterThanOrEqual(last);
            expect(Math.abs(clock.toWall(at) - (mono + offset))).toBeLessThanOrEqual(1_000);
            last = at;
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('places an event of an earlier run by its wall clock without learning from it', () => {
    const clock = createPlotClock();
    clock.place(moment(1_000, OFFSET));
    expect(clock.locate(instant(OFFSET - 60_000, 9_000_000))).toBe(OFFSET - 60_000);
    expect(clock.place(moment(2_000, OFFSET))).toBe(OFFSET + 2_000);
  });
});
