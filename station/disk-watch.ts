/** Measures, again and again, how much room there is where the record lies: a full disk must be known before it is. */
import type { Clock } from './clock.ts';
import type { Log } from './ports.ts';

/** How often the free space is measured (ms): a disk that fills at 10 MB/s loses 300 MB meanwhile. */
export const DISK_LOOK_EVERY_MS = 30_000;

export interface DiskWatchDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Free space for this program (bytes). Rejects when it cannot be measured. */
  readonly freeBytes: () => Promise<number>;
  /** Null: it could not be measured. */
  readonly tell: (freeBytes: number | null) => void;
}

/** Measures now and then steadily; returns the function that stops. */
export const startDiskWatch = ({ clock, log, freeBytes, tell }: DiskWatchDeps): (() => void) => {
  let isAsking = false;
  let isStopped = false;
  let hasFailed = false;
  const look = (): void => {
    // A folder on a network drive that hangs must not be asked over and over.
    if (isAsking) return;
    isAsking = true;
    freeBytes()
      .then(
        (bytes) => {
          hasFailed = false;
          if (!isStopped) tell(bytes);
        },
        (error: unknown) => {
          if (!hasFailed) log.warn('the free space of the disk cannot be measured', { error: String(error) });
          hasFailed = true;
          if (!isStopped) tell(null);
        },
      )
      .finally(() => {
        isAsking = false;
      });
  };
  look();
  const stop = clock.every(DISK_LOOK_EVERY_MS, look);
  return () => {
    isStopped = true;
    stop();
  };
};
