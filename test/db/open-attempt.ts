/** Run as a process of its own: opens the database named on the command line and prints how that went. */
import { epochMs } from '../../core/time.ts';
import { openDatabase, StorageError } from '../../db/open.ts';

try {
  openDatabase(process.argv[2] ?? '', { kind: 'live', readClockWall: () => epochMs(0) }).close();
  console.log('opened');
} catch (error) {
  console.log(error instanceof StorageError ? error.code : error);
}
