/**
 * The station's running log: NDJSON through pino, on stderr. It carries states and faults of the equipment,
 * never a patient's name, initials or numbers.
 */
import pino from 'pino';
import type { Log } from '../station/ports.ts';

/** @param level `info` by default; `silent` for tests. */
export const createLog = (level: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info'): Log => {
  const logger = pino({ name: 'chairside', level }, pino.destination({ dest: 2, sync: true }));
  return {
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
  };
};
