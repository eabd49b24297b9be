import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkBackup } from '../../db/backup/check.ts';
import { makeBackup } from '../../db/backup/make.ts';
import { type BackupManifest, manifestText, sealOf } from '../../db/backup/manifest.ts';
import { restoreBackup } from '../../db/backup/restore.ts';
import { connect } from '../../db/native.ts';
import {
  backedUp,
  backupOf,
  CONFIG,
  contents,
  dataFolder,
  LIVE,
  notesOf,
  OPTIONS,
  SIMULATED,
  STAMP,
} from './backup-folder.ts';
import { opened, readClockWall, SESSION, temporaryFolder } from './samples.ts';

describe('a backup', () => {
  test('tells what is in it, with the head of every chain, and can be checked from end to end', async () => {
    const { file, manifest } = await backedUp();
    expect(manifest).toMatchObject({
      format: 'chairside-backup',
      version: 1,
      product: { name: 'Chairside', version: '0.1.0' },
      madeAt: '2026-03-01T14:00:00.000Z',
      parts: [
        { name: LIVE, kind: 'live', counts: { sessions: 1, sessionEvents: 3 } },
        { name: SIMULATED, kind: 'simulated', counts: { sessions: 1, sessionEvents: 1 } },
        { name: CONFIG, kind: 'config' },
      ],
    });
    const [live] = manifest.parts;
    expect(live?.kind === 'live' && live.heads.sessions.map(({ id, sequence }) => [id, sequence])).toEqual([
      ['s-1', 3],
    ]);
    const { manifest: read, databases } = checkBackup(file, readClockWall());
    expect(read).toEqual(manifest);
    expect(databases.map(({ ok, sessions }) => [ok, sessions])).toEqual([
      [true, 1],
      [true, 1],
    ]);
  });

  test('can be unpacked by any tar, and its databases opened', async () => {
    const { file } = await backedUp();
    const folder = temporaryFolder();
    execFileSync('tar', ['-xf', file, '-C', folder]);
    expect(readdirSync(folder).sort()).toEqual(
      [LIVE, SIMULATED, CONFIG, 'manifest.json', 'manifest.sha256'].sort(),
    );
    expect(notesOf(folder)).toEqual(['slept badly']);
  });

  test('leaves nothing beside it, and nothing changed in the folder', async () => {
    const folder = dataFolder();
    const before = contents(folder);
    const target = temporaryFolder();
    await backupOf(folder, join(target, 'a.backup'));
    expect(contents(folder).filter((line) => !/-(wal|shm) /.test(line))).toEqual(before);
    expect(readdirSync(target)).toEqual(['a.backup']);
  });

  test('is never written over another file', async () => {
    const { folder, file } = await backedUp();
    const before = readFileSync(file);
    await expect(backupOf(folder, file)).rejects.toMatchObject({ code: 'exists' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('of a record that is not whole is not made: it would take the place of a good one', async () => {
    const folder = dataFolder();
    const raw = connect(join(folder, LIVE));
    raw.exec('DROP TRIGGER session_event_no_update');
    raw.exec("UPDATE session_event SET body = replace(body, 'badly', 'well')");
    raw.close();
    const target = temporaryFolder();
    await expect(backupOf(folder, join(target, 'a.backup'))).rejects.toMatchObject({ code: 'corrupt' });
    expect(readdirSync(target)).toEqual([]);
  });

  test('that is made while another process writes is of one moment, and the writer goes on', async () => {
    const folder = temporaryFolder();
    const path = join(folder, LIVE);
    const child = spawn(process.execPath, [new URL('./busy-writer.ts', import.meta.url).pathname, path]);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const closed = once(child, 'close');
    let lines = 0;
    const wrote = async (more: number): Promise<void> => {
      for (const wanted = lines + more; lines < wanted; ) {
        const [text] = (await once(child.stdout, 'data')) as [Buffer];
        lines += text.toString().split('\n').length - 1;
      }
    };
    await wrote(5);
    const file = join(temporaryFolder(), 'busy.backup');
    const source = { databases: [{ kind: 'live' as const, path }], config: null };
    const manifest = await makeBackup(source, file, STAMP);
    await wrote(5);
    child.kill('SIGKILL');
    await closed;
    const [live] = manifest.parts;
    const saved = live?.kind === 'live' ? (live.heads.sessions[0]?.sequence ?? 0) : 0;
    expect(saved).toBeGreaterThan(1);
    expect(opened(path).eventsOf(SESSION).length).toBeGreaterThan(saved);
    expect(checkBackup(file, readClockWall()).databases[0]).toMatchObject({ ok: true });
  });
});

describe('a backup that is not as it was written', () => {
  const refused = (file: string, folder: string): unknown => {
    try {
      restoreBackup(file, folder, { ...OPTIONS, replace: true });
    } catch (error) {
      return error;
    }
    return null;
  };

  test('is refused whichever byte of it was changed, and the folder stays as it was', async () => {
    const { folder, file } = await backedUp();
    const good = readFileSync(file);
    const before = contents(folder);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
        const bad = Buffer.from(good);
        bad[position] = (bad[position] ?? 0) ^ change;
        const broken = `${file}.broken`;
        writeFileSync(broken, bad);
        expect(refused(broken, folder)).toMatchObject({ code: 'bad-backup' });
      }),
      { numRuns: 150 },
    );
    expect(contents(folder)).toEqual(before);
  });

  test('is refused wherever it was cut off', async () => {
    const { folder, file } = await backedUp();
    const good = readFileSync(file);
    const before = contents(folder);
    for (const length of [
      0,
      1,
      511,
      512,
      700,
      5000,
      good.length - 1024,
      good.length - 512,
      good.length - 1,
    ]) {
      writeFileSync(file, good);
      truncateSync(file, length);
      expect(refused(file, folder), String(length)).toMatchObject({ code: 'bad-backup' });
    }
    writeFileSync(file, Buffer.concat([good, Buffer.from('x')]));
    expect(refused(file, folder)).toMatchObject({ code: 'bad-backup' });
    expect(contents(folder)).toEqual(before);
  });

  test.each([
    ['a newer format', (manifest: BackupManifest) => ({ ...manifest, version: 2 })],
    [
      'a database of a newer schema',
      (manifest: BackupManifest) => ({
        ...manifest,
        parts: manifest.parts.map((part) => (part.kind === 'live' ? { ...part, schemaVersion: 9 } : part)),
      }),
    ],
  ])('is refused, in words, when it has %s', async (_, renewed) => {
    const { folder, file, manifest } = await backedUp();
    const good = readFileSync(file).toString('latin1');
    const [text, newer] = [manifestText(manifest), manifestText(renewed(manifest))];
    expect(newer).toHaveLength(text.length);
    writeFileSync(file, good.replace(text, newer).replace(sealOf(text), sealOf(newer)), 'latin1');
    expect(refused(file, folder)).toMatchObject({
      code: 'newer-version',
      message: expect.stringContaining('update Chairside, nothing was changed'),
    });
  });

  test('is refused when it is something else', () => {
    const folder = dataFolder();
    const file = join(temporaryFolder(), 'letter.txt');
    writeFileSync(file, 'Dear colleague,\n'.repeat(100));
    expect(refused(file, folder)).toMatchObject({
      code: 'bad-backup',
      message: expect.stringContaining('this is not a backup of Chairside'),
    });
    expect(refused(join(folder, 'none'), folder)).toMatchObject({ code: 'io' });
  });
});
