/**
 * The desktop's running log: NDJSON on stderr, through the stream of the process, which swallows what is
 * written where a desktop program has no stderr at all. States and faults of the equipment, never a patient's.
 */
import type { Clock } from '../station/clock.ts';
import type { Log } from '../station/ports.ts';

type Level = 'info' | 'warn' | 'error';

/** @param part names the process, e.g. `desktop`. `info` is left out. */
export const stderrLog = (clock: Clock, part: string): Log => {
  const write = (level: Level, message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    const time = new Date(clock.now().wall).toISOString();
    process.stderr.write(
      `${JSON.stringify({ time, level, name: 'chairside', part, msg: message, ...fields })}\n`,
    );
  };
  return {
    info: () => undefined,
    warn: (message, fields) => write('warn', message, fields),
    error: (message, fields) => write('error', message, fields),
  };
};
