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
  run: runStation,
  clock,
  log: stderrLog(clock, 'station'),
  version: VERSION,
  exit: (code) => process.exit(code),
});
