/**
 * Writes numerics in batches: what arrived is on disk a quarter of a second later, in one transaction for all
 * chairs of a database. When the disk refuses, rows are kept (bounded) and tried again; the fault is
 * told, and what had to be given up is counted, never silent.
 */
import type { MonitorId, SessionId } from '../core/ids.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { Instant } from '../core/time.ts';
import type { ChairsideDb, NumericsRow, WaveRow } from '../db/open.ts';

/** Time between two writes (ms): a quarter of the promised second, so that a late write still keeps it. */
export const FLUSH_EVERY_MS = 250;
/** Rows kept while the disk refuses: about ten minutes of 64 chairs with two monitors. */
export const MAX_KEPT_ROWS = 80_000;

/** Stretches of waves kept while the disk refuses: about ten minutes of one alarming chair. */
export const MAX_KEPT_WAVES = 2_000;

export interface Recorder {
  add(sessionId: SessionId, monitorId: MonitorId, at: Instant, values: readonly Observation[]): void;
  addWave(row: WaveRow): void;
  /** Writes what is waiting. Returns the words of the fault, or null when everything is on disk. */
  flush(): string | null;
  /** Rows given up since the start because the disk refused them for too long. */
  lostRows(): number;
}

export const createRecorder = (db: ChairsideDb): Recorder => {
  let waiting: NumericsRow[] = [];
  let waves: WaveRow[] = [];
  let lost = 0;
  return {
    add: (sessionId, monitorId, at, values) => {
      waiting.push({ sessionId, monitorId, at, values });
      if (waiting.length > MAX_KEPT_ROWS) {
        const excess = waiting.length - MAX_KEPT_ROWS;
        waiting = waiting.slice(excess);
        lost += excess;
      }
    },
    addWave: (row) => {
      waves.push(row);
      if (waves.length > MAX_KEPT_WAVES) {
        waves.shift();
        lost += 1;
      }
    },
    flush: () => {
      if (waiting.length === 0 && waves.length === 0) return null;
      try {
        if (waiting.length > 0) db.writeNumerics(waiting);
        waiting = [];
        db.writeWaves(waves);
        waves = [];
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    lostRows: () => lost,
  };
};
