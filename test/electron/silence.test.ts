import { describe, expect, it } from 'vitest';
import { instant } from '../../core/time.ts';
import { watchSilence } from '../../electron/silence.ts';
import type { Clock } from '../../station/clock.ts';

/** A clock whose timers run only when told to, however far the time has gone: a computer that can sleep. */
const sleepyClock = () => {
  let mono = 1000;
  let look: () => void = () => undefined;
  const clock: Clock = {
    now: () => instant(mono, mono),
    wallDriftMs: () => 0,
    renewAnchor: () => undefined,
    every: (_ms, act) => {
      look = act;
      return () => undefined;
    },
    after: () => () => undefined,
  };
  const passMs = (ms: number): void => {
    mono += ms;
    look();
  };
  return { clock, passMs };
};

describe('the watch for silence', () => {
  it('counts the time since somebody was last heard', () => {
    const { clock, passMs } = sleepyClock();
    const watch = watchSilence(clock, () => undefined);
    for (let look = 0; look < 6; look += 1) passMs(500);
    expect(watch.silentForMs()).toBe(3000);
    watch.heard();
    passMs(500);
    expect(watch.silentForMs()).toBe(500);
  });

  it('does not take this computer’s sleep for the silence of the other', () => {
    const { clock, passMs } = sleepyClock();
    const watch = watchSilence(clock, () => undefined);
    passMs(500);
    passMs(3_600_000);
    expect(watch.silentForMs()).toBe(0);
    for (let look = 0; look < 4; look += 1) passMs(500);
    expect(watch.silentForMs()).toBe(2000);
  });
});
