import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sessionId } from '../../core/ids.ts';
import { finishMoves, MOVES_FILE, type Move } from '../../db/backup/moves.ts';
import { restoreBackup } from '../../db/backup/restore.ts';
import { acquireStationLock } from '../../db/station-lock.ts';
import { backedUp, CONFIG, contents, LIVE, notesOf, OPTIONS, SIMULATED } from './backup-folder.ts';
import { event, frame, note, opened, openSession, readClockWall, temporaryFolder, value } from './samples.ts';

describe('a restore', () => {
  test('into an empty folder gives back every entry, every number and the configuration', async () => {
    const { file } = await backedUp();
    const folder = join(temporaryFolder(), 'new');
    expect(restoreBackup(file, folder, OPTIONS).kept).toEqual([]);
    expect(notesOf(folder)).toEqual(['slept badly']);
    expect(opened(join(folder, LIVE)).verify()).toMatchObject({ ok: true, sessions: 1 });
    expect(opened(join(folder, SIMULATED), 'simulated').verify()).toMatchObject({ ok: true, sessions: 1 });
    expect(readFileSync(join(folder, CONFIG), 'utf8')).toBe('{"chairs":[]}\n');
  });

  test('over the same record keeps the old files beside', async () => {
    const { folder, file } = await backedUp();
    const { kept } = restoreBackup(file, folder, OPTIONS);
    expect(kept).toHaveLength(3);
    for (const path of kept) expect(existsSync(path)).toBe(true);
    expect(opened(kept[0]).verify()).toMatchObject({ ok: true, sessions: 1 });
    expect(notesOf(folder)).toEqual(['slept badly']);
  });

  test.each([
    ['a session', (folder: string) => openSession(opened(join(folder, LIVE)), sessionId('s-3'), [])],
    ['an entry', (folder: string) => opened(join(folder, LIVE)).appendEvents([event(4, note('later'))])],
    [
      'a number',
      (folder: string) =>
        opened(join(folder, LIVE)).writeNumerics([frame(5000, [value('MDC_PULS_OXIM_SAT_O2', 96, 5000)])]),
    ],
  ])(
    'never takes away %s that the backup does not have, unless it is told to; then it stays beside',
    async (_, add) => {
      const { folder, file } = await backedUp();
      add(folder);
      const before = opened(join(folder, LIVE)).verify();
      expect(() => restoreBackup(file, folder, OPTIONS)).toThrow(/nothing was changed\. With --replace/);
      expect(opened(join(folder, LIVE)).verify()).toEqual(before);
      const { kept } = restoreBackup(file, folder, { ...OPTIONS, replace: true });
      expect(opened(join(folder, LIVE)).verify()).toMatchObject({ ok: true, sessionEvents: 3 });
      expect(opened(kept[0]).verify()).toMatchObject({ ok: true, sessionEvents: before.sessionEvents });
    },
  );

  test('says that a damaged database in the folder cannot be compared', async () => {
    const { folder, file } = await backedUp();
    writeFileSync(join(folder, LIVE), 'ruined');
    expect(() => restoreBackup(file, folder, OPTIONS)).toThrow(/cannot be read/);
    expect(readFileSync(join(folder, LIVE), 'utf8')).toBe('ruined');
    restoreBackup(file, folder, { ...OPTIONS, replace: true });
    expect(notesOf(folder)).toEqual(['slept badly']);
  });

  test('is refused while a station holds the folder', async () => {
    const { folder, file } = await backedUp();
    const lock = acquireStationLock(folder, { processId: 77, readClockWall });
    onTestFinished(lock.release);
    const before = contents(folder);
    expect(() => restoreBackup(file, folder, { ...OPTIONS, replace: true })).toThrow(
      /another station \(process 77\) uses this data folder/,
    );
    expect(contents(folder)).toEqual(before);
  });
});

describe('a restore that was killed while files changed places', () => {
  const moves: readonly Move[] = [LIVE, SIMULATED].map((name) => ({
    name,
    fresh: `${name}.restoring`,
    beside: `${name}.old`,
  }));
  /** What the last step does, in its order. */
  const steps = moves.flatMap(({ name, fresh, beside }): readonly (readonly [string, string])[] => [
    [`${name}-wal`, `${beside}-wal`],
    [name, beside],
    [fresh, name],
  ]);

  test.each(steps.map((_, index) => index).concat(steps.length))(
    'after %i steps is finished by whoever comes next, and nothing is lost',
    (done) => {
      const folder = temporaryFolder();
      const path = (name: string) => join(folder, name);
      for (const { name, fresh } of moves) {
        writeFileSync(path(name), `old ${name}`);
        writeFileSync(path(`${name}-wal`), `old log of ${name}`);
        writeFileSync(path(fresh), `new ${name}`);
      }
      writeFileSync(path(MOVES_FILE), JSON.stringify(moves));
      for (const [from, to] of steps.slice(0, done)) renameSync(path(from), path(to));
      expect(finishMoves(folder)).toBe(true);
      const read = (name: string) => readFileSync(path(name), 'utf8');
      for (const { name, beside } of moves) {
        expect([read(name), read(beside), read(`${beside}-wal`)]).toEqual([
          `new ${name}`,
          `old ${name}`,
          `old log of ${name}`,
        ]);
      }
      expect(readdirSync(folder)).toHaveLength(6);
      expect(finishMoves(folder)).toBe(false);
    },
  );
});
