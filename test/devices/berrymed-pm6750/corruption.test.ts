import { describe, expect, it } from 'vitest';
import { bits, stream } from '../../../simulators/random.ts';
import frames from '../../fixtures/berrymed-pm6750/frames.json' with { type: 'json' };
import { at, observationsIn } from '../drive.ts';
import { frame, hex, newDriver } from './support.ts';

describe('a damaged line of the PM6750', () => {
  it('no single flipped bit of a frame gives a number that was not sent', () => {
    let flips = 0;
    for (const { hex: text } of frames) {
      const clean = hex(text);
      const sent = new Set<string>();
      const driver = newDriver();
      driver.start(at(0));
      for (const ms of [1000, 2000])
        for (const { metric, value } of observationsIn(driver.receive(clean, at(ms))))
          sent.add(`${metric} ${value}`);
      for (let bit = 0; bit < clean.length * 8; bit += 1) {
        flips += 1;
        const damaged = Uint8Array.from(clean);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const other = newDriver();
        other.start(at(0));
        const told = [damaged, damaged].flatMap((bytes, index) =>
          observationsIn(other.receive(bytes, at((index + 1) * 1000))),
        );
        expect(told.filter(({ metric, value }) => value !== null && !sent.has(`${metric} ${value}`))).toEqual(
          [],
        );
      }
    }
    expect(flips).toBe(frames.reduce((sum, { hex: text }) => sum + hex(text).length * 8, 0));
  });

  /** Eight bits of sum let about one heavy damage in 256 through; the number before and after stops most of those. */
  it('of 20 000 heavily damaged SpO2 frames between good ones, no more than 9 give another number', () => {
    const source = stream(1, 'pm6750.corruption');
    let tick = 0;
    const draw = (below: number): number => {
      tick += 1;
      return bits(source, tick) % below;
    };
    const good = frame(0x04, 0, 98, 75);
    const driver = newDriver();
    driver.start(at(0));
    let wrong = 0;
    for (let turn = 0; turn < 20_000; turn += 1) {
      const damaged = Uint8Array.from(good);
      for (let count = 2 + draw(7); count > 0; count -= 1) {
        const bit = draw(damaged.length * 8);
        damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      }
      const told = [damaged, good].flatMap((bytes, index) =>
        observationsIn(driver.receive(bytes, at(turn * 2000 + index * 1000))),
      );
      if (told.some(({ value }) => value !== null && value !== 98 && value !== 75)) wrong += 1;
    }
    expect(wrong).toBeLessThanOrEqual(9);
  });
});
