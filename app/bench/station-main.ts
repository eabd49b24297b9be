/** The process of `station-process.ts`: runs a room until its parent closes its stdin. */
import { performance } from 'node:perf_hooks';
import { systemClock } from '../../station/clock.ts';
import { startBenchRoom } from './bench-room.ts';
import type { StationProcessOptions, StationReady } from './station-process.ts';

const options: StationProcessOptions = JSON.parse(process.argv[2] ?? '{}');
const room = await startBenchRoom({ ...options, clock: systemClock() });
const { chairs, url, api } = room;
const ready: StationReady = { chairs, url, api, timeOriginMs: performance.timeOrigin };
process.stdout.write(`${JSON.stringify(ready)}\n`);
process.stdin.resume();
process.stdin.once('end', () => {
  room.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`bench: ${String(error)}\n`);
      process.exit(1);
    },
  );
});
