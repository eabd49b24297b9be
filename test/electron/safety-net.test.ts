import { describe, expect, it } from 'vitest';
import { FIRST_LOAD_MS, startSafetyNet, WORRIES, worryOf } from '../../electron/safety-net.ts';
import type { StationStatus } from '../../electron/station-messages.ts';
import { fakeClock } from '../support/fake-clock.ts';

const status = (
  sounding: StationStatus['sounding'],
  unheard: StationStatus['unheard'] = null,
): StationStatus => ({
  sounding,
  unheard,
  underTreatment: true,
  sessionOpen: true,
});

const start = () => {
  const clock = fakeClock();
  const shown: { title: string; isShown: boolean }[] = [];
  const seen = { beeps: 0, raised: 0, silent: 0, back: 0 };
  const net = startSafetyNet({
    clock,
    beep: () => {
      seen.beeps += 1;
    },
    notify: (title) => {
      const entry = { title, isShown: true };
      shown.push(entry);
      return () => {
        entry.isShown = false;
      };
    },
    raise: () => {
      seen.raised += 1;
    },
    onWindowSilent: () => {
      seen.silent += 1;
    },
    onWindowBack: () => {
      seen.back += 1;
    },
  });
  const beat = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      net.windowAlive();
      await clock.advance(1000);
    }
  };
  const titles = () => shown.map((entry) => entry.title);
  return { clock, net, seen, shown, titles, beat };
};

const RUNNING = { kind: 'running', restarts: 0 } as const;
const DOWN = { kind: 'down', restarts: 0, message: 'ended' } as const;

describe('what the main process worries about', () => {
  it.each([
    ['a running station and a living window', 'running', 'high', false, null],
    ['a station that is down, whatever the window does', 'down', null, false, 'not-monitoring'],
    ['a station that is down and a window that hangs', 'down', 'high', true, 'not-monitoring'],
    ['a hung window during a high-priority alarm', 'running', 'high', true, 'alarm-unheard'],
    ['a hung window during a medium-priority alarm', 'running', 'medium', true, 'alarm-unheard'],
    ['a hung window during a low-priority alarm', 'running', 'low', true, 'window-silent'],
    ['a hung window without an alarm', 'running', null, true, 'window-silent'],
  ] as const)('%s', (_case, state, sounding, isWindowSilent, expected) => {
    expect(worryOf(state, sounding, isWindowSilent, null)).toBe(expected);
  });
});

describe('what it worries about when the station knows of no window that can sound', () => {
  it.each([
    ['a living window that cannot be heard, without an alarm', 'running', false, 'quiet', 'sound-blocked'],
    ['the same with an alarm that must be heard', 'running', false, 'alarm', 'alarm-unheard'],
    ['a window that hangs as well', 'running', true, 'quiet', 'window-silent'],
    ['a station that is down', 'down', false, 'alarm', 'not-monitoring'],
    ['a station that has not said how things stand', 'starting', false, 'alarm', null],
  ] as const)('%s', (_case, state, isWindowSilent, unheard, expected) => {
    expect(worryOf(state, null, isWindowSilent, unheard)).toBe(expected);
  });
});

describe('the safety net', () => {
  it('beeps in the place of a window that lives and cannot be heard, and offers no new window for it', async () => {
    const { net, seen, titles, beat } = start();
    net.stationState(RUNNING);
    net.stationStatus(status('medium', 'quiet'));
    await beat(21);
    expect([seen.beeps, seen.silent, titles()]).toEqual([3, 0, [WORRIES['sound-blocked'].title]]);
    net.stationStatus(status('high', 'alarm'));
    await beat(2);
    expect(titles().at(-1)).toBe(WORRIES['alarm-unheard'].title);
    net.stationStatus(status('high'));
    const before = seen.beeps;
    await beat(20);
    expect([seen.beeps, net.worry()]).toEqual([before, null]);
  });

  it('is quiet while the station runs and the window says that it lives, alarm or not', async () => {
    const { net, seen, shown, beat } = start();
    net.stationState(RUNNING);
    net.stationStatus(status('high'));
    await beat(120);
    expect({ ...seen, notifications: shown.length }).toEqual({
      beeps: 0,
      raised: 0,
      silent: 0,
      back: 0,
      notifications: 0,
    });
  });

  it('beeps and says NOT MONITORING at once when the station is down, every 2 s, until it runs again', async () => {
    const { net, seen, titles, shown, beat } = start();
    net.stationState(RUNNING);
    await beat(2);
    net.stationState(DOWN);
    expect([seen.beeps, seen.raised, titles()]).toEqual([1, 1, ['NOT MONITORING']]);
    await beat(10);
    expect(seen.beeps).toBe(6);
    net.stationState(RUNNING);
    await beat(10);
    expect(seen.beeps).toBe(6);
    expect(shown.map((entry) => [entry.title, entry.isShown])).toEqual([
      ['NOT MONITORING', false],
      ['Monitoring again', true],
    ]);
  });

  it('repeats the notification every minute for as long as nobody monitors', async () => {
    const { net, titles, beat } = start();
    net.stationState(DOWN);
    await beat(125);
    expect(titles()).toEqual(['NOT MONITORING', 'NOT MONITORING', 'NOT MONITORING']);
  });

  it('sounds for the window within 3.5 s when an alarm is on and the window hangs', async () => {
    const { net, seen, titles, clock, beat } = start();
    net.stationState(RUNNING);
    net.stationStatus(status('high'));
    await beat(5);
    await clock.advance(1500);
    expect(seen.beeps).toBe(0);
    await clock.advance(1000);
    expect(seen.beeps).toBe(1);
    expect(titles()).toEqual([WORRIES['alarm-unheard'].title]);
  });

  it('turns from “window silent” to “alarm unheard” when an alarm comes while the window hangs', async () => {
    const { net, titles, clock, beat } = start();
    net.stationState(RUNNING);
    await beat(3);
    await clock.advance(4000);
    net.stationStatus(status('medium'));
    await clock.advance(500);
    expect(titles()).toEqual([WORRIES['window-silent'].title, WORRIES['alarm-unheard'].title]);
  });

  it('offers once to start a hung window again, and takes the offer back when the window is heard', async () => {
    const { net, seen, clock, beat } = start();
    net.stationState(RUNNING);
    await beat(3);
    await clock.advance(20_000);
    expect([seen.silent, seen.back]).toEqual([1, 0]);
    net.windowAlive();
    expect([seen.silent, seen.back, net.worry()]).toEqual([1, 1, null]);
  });

  it('gives the first page its time to load, and no more', async () => {
    const { net, seen, clock } = start();
    net.stationState(RUNNING);
    await clock.advance(FIRST_LOAD_MS - 1000);
    expect(seen.silent).toBe(0);
    await clock.advance(1500);
    expect(seen.silent).toBe(1);
  });

  it('does not believe an old status once the station was down', async () => {
    const { net, clock, beat } = start();
    net.stationState(RUNNING);
    net.stationStatus(status('high'));
    await beat(3);
    net.stationState(DOWN);
    net.stationState(RUNNING);
    await clock.advance(4000);
    expect(net.worry()).toBe('window-silent');
  });

  it('is silent for good once stopped', async () => {
    const { net, seen, shown, clock } = start();
    net.stationState(DOWN);
    await clock.advance(20_000); // the window hangs as well
    net.stop();
    const before = seen.beeps;
    net.stationState({ kind: 'stopped' });
    net.windowAlive();
    await clock.advance(60_000);
    expect([seen.beeps, shown.some((entry) => entry.isShown)]).toEqual([before, false]);
  });
});
