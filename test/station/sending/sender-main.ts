/**
 * Run as a process of its own: hands on what is queued in the database on the command line, on the computer's own
 * clock, until it is killed. Says `sent` once nothing waits.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '../../../db/open.ts';
import { systemClock } from '../../../station/clock.ts';
import { destinationsSchema } from '../../../station/sending/config.ts';
import { createSendings } from '../../../station/sending/sendings.ts';
import { plainMaker } from './make.ts';

const [, , path = '', destinations = '[]'] = process.argv;
const clock = systemClock();
const readClockWall = () => clock.now().wall;
const live = openDatabase(path, { kind: 'live', readClockWall });
const synthetic = openDatabase(':memory:', { kind: 'simulated', readClockWall });
const quiet = () => undefined;
const sendings = createSendings({
  destinations: destinationsSchema.parse(JSON.parse(destinations)),
  databases: { live, synthetic },
  maker: plainMaker(),
  clock,
  log: { info: quiet, warn: quiet, error: quiet },
  env: {},
  push: quiet,
});
const look = (): void => {
  sendings.look();
  if (live.sending.counts().length === 0) writeSync(1, 'sent\n');
};
look();
clock.every(50, look);
