/** Entry of the station's process: an Electron `utilityProcess`, without a window and without Electron's APIs. */
import { runStation } from '../app/compose.ts';
import { VERSION } from '../app/version.ts';
import { systemClock } from '../station/clock.ts';
import { serveStation } from './station-service.ts';
import { stderrLog } from './stderr-log.ts';

const clock = systemClock();
// Ctrl-C in a terminal reaches every process of the app; the main process decides, and may ask first.
process.on('SIGINT', () => undefined);

serveStation({
  parent: process.parentPort,
  // Built beside this file (vite.main.config.ts); Electron's worker threads read from its archive as well.
  run: (options) => runStation({ ...options, recordWorker: new URL('./record-worker.js', import.meta.url) }),
  clock,
  log: stderrLog(clock, 'station'),
  version: VERSION,
  exit: (code) => process.exit(code),
});
