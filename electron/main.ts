/** Entry of the desktop's main process. */
import { join } from 'node:path';
import { systemClock } from '../station/clock.ts';
import { startDesktop } from './app-lifecycle.ts';
import { stderrLog } from './stderr-log.ts';

// Built into out/electron/, beside the preload script and the station's entry.
const here = import.meta.dirname;
const clock = systemClock();
const log = stderrLog(clock, 'desktop');

// Electron would show a box that stops this process, and with it the watch over station and window. A bug here
// is written down, and what still works goes on.
process.on('uncaughtException', (error) => log.error('a fault in the main process', { stack: error.stack }));
process.on('unhandledRejection', (reason) =>
  log.error('a fault in the main process', { reason: String(reason) }),
);

startDesktop({
  argv: process.argv.slice(1),
  cwd: process.cwd(),
  platform: process.platform,
  clock,
  log,
  paths: {
    preload: join(here, 'preload.cjs'),
    stationHost: join(here, 'station-host.js'),
    renderer: join(here, '..', 'renderer'),
  },
  killHard: (processId) => process.kill(processId, 'SIGKILL'),
});
