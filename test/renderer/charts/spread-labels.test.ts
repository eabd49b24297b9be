import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadLabels } from '../../../renderer/charts/model/spread-labels.ts';

const ROOM = { gap: 20, width: 24, top: 10, bottom: 310 };

describe('labels at the ends of lines', () => {
  it('stay at their ends where there is room', () => {
    const ends = [
      { x: 500, y: 100 },
      { x: 500, y: 140 },
      { x: 100, y: 101 },
    ];
    expect(spreadLabels(ends, ROOM)).toEqual(ends);
  });

  it('of lines that end together are spread around their middle, in the order of the lines', () => {
    const ends = [120, 122, 121].map((y) => ({ x: 500, y }));
    expect(spreadLabels(ends, ROOM).map(({ y }) => y)).toEqual([101, 141, 121]);
  });

  it('stand in one column where the lines end nearly together', () => {
    const ends = [
      { x: 500, y: 100 },
      { x: 510, y: 100 },
    ];
    expect(spreadLabels(ends, ROOM)).toEqual([
      { x: 510, y: 90 },
      { x: 510, y: 110 },
    ]);
  });

  it('never cover one another and stay inside, wherever the lines end', () => {
    const end = fc.record({ x: fc.integer({ min: 0, max: 60 }), y: fc.integer({ min: 0, max: 320 }) });
    fc.assert(
      fc.property(fc.array(end, { maxLength: 15 }), (ends) => {
        const places = spreadLabels(ends, ROOM);
        places.forEach((place, index) => {
          expect(place.y).toBeGreaterThanOrEqual(ROOM.top);
          expect(place.y).toBeLessThanOrEqual(ROOM.bottom);
          for (const other of places.slice(index + 1))
            expect(other.x !== place.x || Math.abs(other.y - place.y) >= ROOM.gap - 1e-9).toBe(true);
        });
      }),
    );
  });
});
