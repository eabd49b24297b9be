/** Waves on their way: to the windows that watch, into memory, and around alarms onto the disk. */
import { describe, expect, it } from 'vitest';
import type { Topics, WaveView } from '../../core/api/views.ts';
import { monitorId } from '../../core/ids.ts';
import type { WaveBlock } from '../../core/observation/waveform.ts';
import { addMs, epochMs, instant } from '../../core/time.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { createWaveKeeper } from '../../station/wave-keeper.ts';
import { CHAIR, ONE_CHAIR, openSession, startHarness, WELL } from '../support/station-harness.ts';
import { TOY } from '../support/toy-family.ts';

const MONITOR = monitorId('m');
const at = (seconds: number) => instant(1_772_373_600_000 + seconds * 1000, seconds * 1000);
const block = (seconds: number): WaveBlock => ({
  wave: 'MDC_PULS_OXIM_PLETH',
  unit: '1',
  periodMs: 500,
  samples: [0.25, null],
  range: { low: 0, high: 1 },
  receivedAt: at(seconds),
  isAfterGap: false,
});
const secondsOf = (waves: readonly { readonly block: WaveBlock }[]) =>
  waves.map(({ block: { receivedAt } }) => receivedAt.mono / 1000);

describe('the waves around an alarm', () => {
  it('are those from 30 s before to 30 s after it, each once', () => {
    const keeper = createWaveKeeper(false);
    const stored: number[] = [];
    for (let second = 0; second <= 200; second += 10) {
      stored.push(...secondsOf(keeper.take(MONITOR, [block(second)])));
      if (second === 60 || second === 80) stored.push(...secondsOf(keeper.alarm(at(second))));
    }
    expect(stored).toEqual([30, 40, 50, 60, 70, 80, 90, 100, 110]);
  });

  it('are not those of the session before', () => {
    const keeper = createWaveKeeper(false);
    keeper.take(MONITOR, [block(0), block(10)]);
    keeper.closeSession();
    keeper.take(MONITOR, [block(20)]);
    expect(secondsOf(keeper.alarm(at(21)))).toEqual([20]);
    expect(secondsOf(keeper.recent(15_000, at(21)))).toEqual([10, 20]);
  });

  it('are the whole session where that is wanted; memory holds two minutes and nothing of a removed monitor', () => {
    const keeper = createWaveKeeper(true);
    let count = 0;
    for (let second = 0; second < 600; second += 1) count += keeper.take(MONITOR, [block(second)]).length;
    expect(count).toBe(600);
    expect(keeper.alarm(at(600))).toEqual([]);
    expect(keeper.recent(600_000, at(599)).length).toBe(121);
    keeper.forget(MONITOR);
    expect(keeper.recent(600_000, at(599))).toEqual([]);
  });
});

/** The toy with a pleth: every line brings half a second of it. */
const WITH_PLETH: DeviceProfile = {
  ...TOY,
  createDriver: (options) => {
    const driver = TOY.createDriver(options);
    return {
      ...driver,
      receive: (chunk, now) => [
        ...driver.receive(chunk, now),
        { type: 'waveform', block: { ...block(0), receivedAt: now } },
      ],
    };
  },
};

const setup = async (storeWholeSession = false) => {
  const harness = await startHarness({
    profiles: [WITH_PLETH],
    config: { ...ONE_CHAIR, waves: { storeWholeSession } },
  });
  const window = harness.window();
  const pushed: Topics['waves'][] = [];
  window.on('waves', (payload) => pushed.push(payload));
  return { harness, window, pushed };
};

describe('a window', () => {
  it('gets the waves of the chairs it watches, the last seconds at once, and none after it looked away', async () => {
    const { harness, window, pushed } = await setup();
    harness.say(WELL);
    expect(pushed).toEqual([]);
    const { recent } = await window.call('wave.watch', { chairId: CHAIR, on: true });
    expect(recent.map(({ block: { samples } }) => samples)).toEqual([[0.25, null]]);
    harness.say(WELL);
    await harness.clock.advance(0);
    expect(pushed.map(({ chairId, waves }) => [chairId, waves.length])).toEqual([[CHAIR, 1]]);
    await window.call('wave.watch', { chairId: CHAIR, on: false });
    harness.say(WELL);
    await harness.clock.advance(0);
    expect(pushed.length).toBe(1);
  });
});

const storedWaves = async (storeWholeSession: boolean): Promise<readonly WaveView[]> => {
  const { harness, window } = await setup(storeWholeSession);
  const session = await openSession(harness, window, 'infusing');
  const begin = harness.clock.now();
  for (let second = 0; second < 200; second += 1) {
    harness.say(second >= 100 && second < 130 ? WELL.replace('SAT_O2=98', 'SAT_O2=80') : WELL);
    await harness.clock.advance(1000);
  }
  return window.call('history.waves', {
    sessionId: session.id,
    from: begin.wall,
    to: addMs(begin, 300_000).wall,
  });
};

describe('the record of a session', () => {
  it('holds the waves around its alarm and no others, with gaps as gaps', async () => {
    const waves = await storedWaves(false);
    expect(waves.length).toBeGreaterThanOrEqual(60);
    expect(waves.length).toBeLessThan(140);
    expect(waves[0]?.block).toMatchObject({ wave: 'MDC_PULS_OXIM_PLETH', samples: [0.25, null], unit: '1' });
  });

  it('holds all of them where the clinic wants whole sessions', async () => {
    expect((await storedWaves(true)).length).toBeGreaterThanOrEqual(199);
  });

  it('is asked for ten minutes of waves at most', async () => {
    const { window } = await setup();
    await expect(
      window.call('history.waves', { sessionId: 'x' as never, from: epochMs(0), to: epochMs(600_001) }),
    ).rejects.toThrow(/10 min/);
  });
});
