import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sessionId } from '../../core/ids.ts';
import { makeBackup } from '../../db/backup/make.ts';
import type { BackupManifest } from '../../db/backup/manifest.ts';
import {
  event,
  frame,
  moved,
  note,
  opened,
  openedBody,
  openSession,
  readClockWall,
  SESSION,
  temporaryFolder,
  value,
} from './samples.ts';

export const STAMP = { version: '0.1.0', now: readClockWall() };
export const OPTIONS = { replace: false, processId: 1, now: readClockWall() };
export const LIVE = 'chairside.db';
export const SIMULATED = 'chairside-simulated.db';
export const CONFIG = 'chairside.json';

/** A data folder with one closed live session, one open simulated one, and a configuration. */
export const dataFolder = (): string => {
  const folder = temporaryFolder();
  const live = opened(join(folder, LIVE));
  openSession(live, SESSION, [moved('intake', 'cancelled'), note('slept badly')]);
  live.writeNumerics([frame(0, [value('MDC_PULS_OXIM_SAT_O2', 97, 0)])]);
  live.close();
  const simulated = opened(join(folder, SIMULATED), 'simulated');
  simulated.appendEvents([event(1, openedBody('simulated'), sessionId('s-2'))]);
  simulated.close();
  writeFileSync(join(folder, CONFIG), '{"chairs":[]}\n');
  return folder;
};

export const backupOf = (folder: string, out: string): Promise<BackupManifest> =>
  makeBackup(
    {
      databases: [
        { kind: 'live', path: join(folder, LIVE) },
        { kind: 'simulated', path: join(folder, SIMULATED) },
      ],
      config: join(folder, CONFIG),
    },
    out,
    STAMP,
  );

/** A folder, and a backup of it elsewhere. */
export const backedUp = async () => {
  const folder = dataFolder();
  const file = join(temporaryFolder(), 'clinic.backup');
  return { folder, file, manifest: await backupOf(folder, file) };
};

/** Every file of a folder with its hash; the lock's file tells nothing. */
export const contents = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith('station.lock'))
    .sort()
    .map(
      (name) =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    );

export const notesOf = (folder: string, id = SESSION): readonly string[] =>
  opened(join(folder, LIVE))
    .eventsOf(id)
    .flatMap(({ body }) => (body.type === 'note-added' ? [body.text] : []));
