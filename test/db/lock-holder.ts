/** Run as a process of its own: takes the lock of the folder on the command line and waits to be killed. */
import { epochMs } from '../../core/time.ts';
import { acquireStationLock } from '../../db/station-lock.ts';

acquireStationLock(process.argv[2] ?? '', { processId: process.pid, readClockWall: () => epochMs(0) });
console.log('locked');
setInterval(() => undefined, 60_000);
