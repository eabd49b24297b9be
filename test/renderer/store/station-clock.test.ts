import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/time.ts';
import { createStationClock } from '../../../renderer/store/station-clock.ts';

describe('the station’s time in a window', () => {
  it('is not known before the station said it', () => {
    expect(createStationClock().at(100)).toBeNull();
  });

  it('runs on between heartbeats, on both clocks', () => {
    const clock = createStationClock();
    clock.sync(instant(1_000_000, 5_000), 100);
    expect(clock.at(850)).toEqual(instant(1_000_750, 5_750));
  });

  it('does not go back when a heartbeat was held up on its way: numbers must not look younger', () => {
    const clock = createStationClock();
    clock.sync(instant(1_000_000, 5_000), 100);
    clock.sync(instant(1_001_000, 6_000), 3_100);
    expect(clock.at(3_100)?.mono).toBe(8_000);
  });

  it('follows the station’s wall clock when it is set', () => {
    const clock = createStationClock();
    clock.sync(instant(1_000_000, 5_000), 100);
    clock.sync(instant(9_001_000, 6_000), 1_100);
    expect(clock.at(1_100)).toEqual(instant(9_001_000, 6_000));
  });

  it('follows a slow drift once the old offsets are forgotten', () => {
    const clock = createStationClock();
    for (let second = 0; second < 100; second += 1) {
      clock.sync(instant(second * 1_000, second * 1_000), second * 1_001);
    }
    const lagMs = (clock.at(99 * 1_001)?.mono ?? 0) - 99_000;
    expect(lagMs).toBeGreaterThanOrEqual(0);
    expect(lagMs).toBeLessThan(40);
  });

  it('starts anew after a reset', () => {
    const clock = createStationClock();
    clock.sync(instant(1_000_000, 9_000_000), 100);
    clock.reset();
    expect(clock.at(100)).toBeNull();
    clock.sync(instant(1_000_100, 50), 200);
    expect(clock.at(200)?.mono).toBe(50);
  });
});
