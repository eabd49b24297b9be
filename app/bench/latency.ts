/**
 * `bench latency`: from the last byte of a violating frame to the alarm event at a subscriber, and to the start of
 * the sound in a window of a real Chromium, with ever more chairs. Every cuff reading violates. Monitors, station and
 * browser have a process each, as in use; the subscriber is this process.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../station/clock.ts';
import { openClient, pauseFor } from './bench-room.ts';
import { percentiles } from './percentiles.ts';
import { type BurstSeen, openSoundingWindow } from './sounding-window.ts';
import { startStationProcess } from './station-process.ts';
import { openSession, type RaisedAlarm, watchViolations } from './violations.ts';

const RENDERER_CONFIG = fileURLToPath(new URL('../../renderer/vite.config.ts', import.meta.url));

/** What is asked of the product (ms, p99). */
const BUDGET = { byteToAlarmEventMs: 20, byteToSoundStartMs: 250 } as const;

/** Long enough for the window to sound the alarm before its session ends (ms). */
const HOLD_MS = 1_500;
/** A start of sound later than this after its alarm is not its answer but a repeat (ms). */
const ANSWERED_WITHIN_MS = 7_000;

export interface LatencyRun {
  readonly chairs: number;
  /** How fast the patients' time runs, so that few chairs give enough readings: at 1 there is one each 40 s. */
  readonly speed: number;
}

export interface LatencyOptions {
  readonly clock: Clock;
  readonly runs: readonly LatencyRun[];
  /** Each run goes on until it has this many alarms, or until `longestS`. */
  readonly samples: number;
  readonly longestS: number;
  readonly say: (line: string) => void;
}

/** Runs the benchmark; the figures as JSON. */
export const benchLatency = async (options: LatencyOptions): Promise<object> => {
  const folder = await mkdtemp(join(tmpdir(), 'chairside-renderer-'));
  try {
    options.say('building the user interface');
    const { build } = await import('vite');
    await build({
      configFile: RENDERER_CONFIG,
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
    const runs: object[] = [];
    for (const run of options.runs) runs.push(await measure(run, folder, options));
    return { bench: 'latency', budgetP99: BUDGET, runs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const measure = async (
  { chairs, speed }: LatencyRun,
  rendererDir: string,
  { clock, samples, longestS, say }: LatencyOptions,
): Promise<object> => {
  const room = await startStationProcess({ chairs, rendererDir, speed });
  const client = await openClient(room);
  const raised: RaisedAlarm[] = [];
  const stopWatching = watchViolations({
    client,
    clock,
    stationAheadMs: room.aheadMs,
    holdMs: HOLD_MS,
    onRaised: (alarm) => raised.push(alarm),
  });
  const window = await openSoundingWindow(room.url, clock);
  try {
    for (const chair of room.chairs) await openSession(client, chair);
    await pauseFor(clock, 3_000);
    raised.length = 0;
    const fromMs = clock.now().mono;
    const loadBefore = loadavg()[0] ?? 0;
    const elapsedS = () => (clock.now().mono - fromMs) / 1000;
    while (raised.length < samples && elapsedS() < longestS) {
      await pauseFor(clock, 1_000);
      if (Math.round(elapsedS()) % 10 === 0) say(`${chairs} chairs: ${raised.length} alarms`);
    }
    const counted = [...raised];
    await pauseFor(clock, ANSWERED_WITHIN_MS);
    const bursts = await window.bursts();
    const sounds = counted.map((alarm) => soundOf(alarm, bursts));
    return {
      chairs,
      speed,
      elapsedS: Math.round(elapsedS()),
      browser: window.browserVersion,
      clockUncertaintyMs: Math.round(window.clockUncertaintyMs * 100) / 100,
      /** Processes that wanted a core in the last minute, before and after: above the number of cores, others' too. */
      loadAverage: [loadBefore, loadavg()[0] ?? 0].map((load) => Math.round(load * 10) / 10),
      alarms: counted.length,
      notSounded: sounds.filter((startsMs) => startsMs === null).length,
      byteToAlarmEventMs: percentiles(counted.map(({ heardMs, receivedMs }) => heardMs - receivedMs)),
      byteToSoundStartMs: percentiles(
        counted.flatMap(({ receivedMs }, index) => {
          const startsMs = sounds[index] ?? null;
          return startsMs === null ? [] : [startsMs - receivedMs];
        }),
      ),
    };
  } finally {
    stopWatching();
    client.close();
    await window.close();
    await room.stop();
  }
};

/** When the first burst began that this alarm asked for; null: none did. */
const soundOf = ({ chair, key, occurrence, receivedMs }: RaisedAlarm, bursts: readonly BurstSeen[]) =>
  bursts.find(
    ({ keys, startsMs }) =>
      keys.includes(`${chair} ${key} ${occurrence}`) &&
      startsMs > receivedMs &&
      startsMs < receivedMs + ANSWERED_WITHIN_MS,
  )?.startsMs ?? null;
