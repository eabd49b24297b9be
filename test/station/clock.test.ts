/** The station's clock on a computer that sleeps, and on one whose time is set. */
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../station/clock.ts';

/** A computer: time passes while it is awake; while it sleeps only its wall clock and its uptime go on. */
const computer = () => {
  let wall = Date.UTC(2026, 2, 1, 14, 0, 0);
  let awake = 5000;
  let up = 90_000;
  let asked = 0;
  const clock = systemClock({
    wallMs: () => wall,
    awakeMs: () => awake,
    uptimeMs: () => {
      asked += 1;
      return up;
    },
  });
  const started = clock.now();
  return {
    clock,
    asked: () => asked,
    /** Milliseconds since the start on the clock's two times. */
    passed: () => [clock.now().mono - started.mono, clock.now().wall - started.wall],
    run: (ms: number) => {
      wall += ms;
      awake += ms;
      up += ms;
    },
    sleep: (ms: number) => {
      wall += ms;
      up += ms;
    },
    setWall: (ms: number) => {
      wall += ms;
    },
  };
};

describe('the station’s clock', () => {
  it('counts the time for which the computer slept, on both clocks', () => {
    const { passed, run, sleep, clock } = computer();
    run(60_000);
    sleep(600_000);
    expect(passed()).toEqual([660_000, 660_000]);
    run(1000);
    expect(passed()).toEqual([661_000, 661_000]);
    expect(clock.wallDriftMs()).toBe(0);
  });

  it('counts each of several sleeps once, however often it is read', () => {
    const { passed, run, sleep } = computer();
    for (let turn = 1; turn <= 5; turn += 1) {
      sleep(30_000);
      run(1000);
      passed();
      expect(passed()).toEqual([turn * 31_000, turn * 31_000]);
    }
  });

  it.each([3_600_000, -3_600_000])(
    'is not moved by a wall clock that is set by %d ms, and tells of it',
    (ms) => {
      const { passed, run, setWall, clock } = computer();
      run(60_000);
      setWall(ms);
      expect(passed()).toEqual([60_000, 60_000]);
      expect(clock.wallDriftMs()).toBe(ms);
      clock.renewAnchor();
      expect(clock.wallDriftMs()).toBe(0);
      expect(passed()).toEqual([60_000, 60_000 + ms]);
    },
  );

  it('tells a clock that was set during a sleep from the sleep', () => {
    const { passed, sleep, setWall, clock } = computer();
    sleep(600_000);
    setWall(-3_600_000);
    expect(passed()).toEqual([600_000, 600_000]);
    expect(clock.wallDriftMs()).toBe(-3_600_000);
  });

  it('never runs backwards, and asks for the uptime only when there is a reason', () => {
    const { clock, run, asked } = computer();
    const before = asked();
    let last = clock.now().mono;
    for (let turn = 0; turn < 1000; turn += 1) {
      run(250);
      const now = clock.now().mono;
      expect(now).toBeGreaterThan(last);
      last = now;
    }
    expect(asked()).toBe(before);
  });

  it('of this computer goes on evenly', () => {
    const clock = systemClock();
    const first = clock.now();
    const second = clock.now();
    expect(second.mono).toBeGreaterThanOrEqual(first.mono);
    expect(Math.abs(clock.wallDriftMs())).toBeLessThan(1000);
  });
});
