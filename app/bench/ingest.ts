/**
 * `bench ingest`: chairs × 1 Hz numerics through TCP → codec → driver → alarm engine → SQLite on disk →
 * WebSocket → subscriber, on this machine. The monitors run in a process of their own. Every chair has a
 * multi-parameter monitor (five numerics and NIBP) and an oximeter (three), and an open session.
 */
import type { StationClient } from '../../core/api/client.ts';
import type { Clock } from '../../station/clock.ts';
import { BUILT_RENDERER, openClient, pauseFor, startBenchRoom } from './bench-room.ts';
import { percentiles } from './percentiles.ts';
import { openSession, watchViolations } from './violations.ts';

export interface IngestOptions {
  readonly clock: Clock;
  readonly chairCounts: readonly number[];
  /** How long each count is measured, after everything is connected (s). */
  readonly seconds: number;
}

/** Runs the benchmark; the figures as JSON. */
export const benchIngest = async (options: IngestOptions): Promise<object> => {
  const runs: object[] = [];
  for (const chairs of options.chairCounts) runs.push(await measure(chairs, options));
  return { bench: 'ingest', secondsEach: options.seconds, runs };
};

const measure = async (chairs: number, { clock, seconds }: IngestOptions): Promise<object> => {
  const room = await startBenchRoom({ chairs, clock, rendererDir: BUILT_RENDERER, speed: 1 });
  const client = await openClient(room);
  const watch = watchLatencies(client, clock);
  for (const chair of room.chairs) await openSession(client, chair);
  await pauseFor(clock, 3000);

  watch.reset();
  const cpuBefore = process.cpuUsage();
  const from = clock.now().mono;
  await pauseFor(clock, seconds * 1000);
  const elapsedS = (clock.now().mono - from) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const figures = watch.figures();
  const memory = process.memoryUsage();

  watch.stop();
  client.close();
  const sizeBytes = await room.stop();
  const cpuShare = (cpu.user + cpu.system) / 1e6 / elapsedS;
  return {
    chairs,
    elapsedS: round(elapsedS),
    cpuPercentOfOneCore: round(cpuShare * 100),
    cpuPercentPerChair: round((cpuShare * 100) / chairs),
    ...figures,
    rssMiB: round(memory.rss / 2 ** 20),
    heapUsedMiB: round(memory.heapUsed / 2 ** 20),
    databaseMiB: round(sizeBytes / 2 ** 20),
  };
};

const watchLatencies = (client: StationClient, clock: Clock) => {
  let deltas: number[] = [];
  let alarms: number[] = [];
  let values = 0;
  const stops = [
    client.on('observations', (push) => {
      const newest = push.values.at(-1);
      if (newest === undefined) return;
      values += push.values.length;
      deltas.push(clock.now().mono - newest.observation.receivedAt.mono);
    }),
    watchViolations({
      client,
      clock,
      stationAheadMs: 0,
      holdMs: 0,
      onRaised: ({ receivedMs, heardMs }) => alarms.push(heardMs - receivedMs),
    }),
  ];
  return {
    reset: () => {
      deltas = [];
      alarms = [];
      values = 0;
    },
    stop: () => {
      for (const stop of stops) stop();
    },
    figures: () => ({
      valuesReceived: values,
      byteToDeltaMs: percentiles(deltas),
      byteToAlarmEventMs: percentiles(alarms),
    }),
  };
};

const round = (value: number): number => Math.round(value * 100) / 100;
