import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { StorageError } from '../../db/open.ts';
import { acquireStationLock } from '../../db/station-lock.ts';
import { opened, openSession, readClockWall, SESSION, temporaryFolder, thrownBy } from './samples.ts';

const acquire = (folder: string, processId = process.pid) => {
  const lock = acquireStationLock(folder, { processId, readClockWall });
  onTestFinished(() => lock.release());
  return lock;
};

/** Another process that takes the lock of the folder and keeps it until it is killed. */
const otherStation = async (folder: string) => {
  const child = spawn(process.execPath, [new URL('./lock-holder.ts', import.meta.url).pathname, folder]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'locked') return child;
    throw new Error(line);
  }
  throw new Error('the other station ended');
};

describe('the lock of a data folder', () => {
  test('is refused to a second station in one line that names the first', () => {
    const folder = temporaryFolder();
    acquire(folder, 4711);
    const error = thrownBy(() => acquire(folder));
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({
      code: 'busy',
      message: expect.stringMatching(/another station \(process 4711\).*--data/),
    });
    expect(() => acquire(temporaryFolder())).not.toThrow();
  });

  test('is free again after its release, which may be asked for twice', () => {
    const folder = join(temporaryFolder(), 'not yet there');
    const lock = acquire(folder);
    lock.release();
    lock.release();
    acquire(folder);
  });

  test('does not keep readers or the record itself from working', () => {
    const folder = temporaryFolder();
    acquire(folder);
    const path = join(folder, 'chairside.db');
    openSession(opened(path));
    expect(opened(path, 'live', true).openSessions()).toEqual([SESSION]);
  });

  test('of another process holds while it lives and is taken over at once when it was killed', async () => {
    const folder = temporaryFolder();
    const child = await otherStation(folder);
    expect(thrownBy(() => acquire(folder))).toMatchObject({
      code: 'busy',
      message: expect.stringContaining(`process ${child.pid}`),
    });
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    acquire(folder);
  });

  test('left behind by a crash, with the process id of somebody alive, keeps nobody out', () => {
    const folder = temporaryFolder();
    acquire(folder, 1).release();
    acquire(folder);
  });

  test('that is no lock file is an error, not a free pass', () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'station.lock'),
      'something else entirely, long enough for a header '.repeat(20),
    );
    expect(thrownBy(() => acquire(folder))).toMatchObject({ code: 'not-a-database' });
  });
});
