/** `backup` and `restore`: the record in one file, and back. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { makeBackup } from '../../db/backup/make.ts';
import type { BackupManifest } from '../../db/backup/manifest.ts';
import { restoreBackup } from '../../db/backup/restore.ts';
import { CONFIG_NAME } from '../config-file.ts';
import { defaultDataDir } from '../data-dir.ts';
import { VERSION } from '../version.ts';
import { CliError, type CliIo, lineWriter, say } from './io.ts';
import { asCliError, DATA_OPTION, storedDatabases } from './stored-databases.ts';

const BACKUP_HELP = `
Copies both databases and the configuration of the data folder into one file, while a station runs or not; the station
is not disturbed. The copies are checked as by verify, and the file is read back. FILE is complete or not there.
It holds patients' data and is not encrypted: keep it where only those can read it who may. A configuration that
lies elsewhere (serve --config) is not in it. It is a tar file; its manifest names sizes, SHA-256, counts and the head
of every chain, and is printed as one JSON object.
Exit status: 0 made, 1 not made (one line says why), 2 wrong usage.`;

const RESTORE_HELP = `
Checks every byte and every record of the backup first. Refuses while a station uses the data folder, and when the
folder holds sessions, patients or accounts that the backup does not (--replace: restores all the same). What was in
the folder stays beside, as NAME.before-restore-TIME; delete it yourself when it is not needed any more.
Prints one JSON object: {"restored":["chairside.db",…],"kept":["…"],"madeAt":"…"}.
Exit status: 0 restored, 1 nothing was changed (one line says why), 2 wrong usage.`;

/** Adds the verb `backup`. */
export const registerBackup = (program: Command, io: CliIo): void => {
  program
    .command('backup')
    .summary('copy the whole record into one file, also while a station runs')
    .description('Copy the whole record into one verified file (JSON).')
    .requiredOption('--out <file>', 'the file to be made; it must not exist')
    .option(...DATA_OPTION)
    .addHelpText('after', BACKUP_HELP)
    .action((options: { readonly out: string; readonly data?: string }) => backup(options, io));
};

/** Adds the verb `restore`. */
export const registerRestore = (program: Command, io: CliIo): void => {
  program
    .command('restore')
    .summary('put a backup back into a data folder')
    .description('Put a backup back into a data folder (JSON).')
    .requiredOption('--in <file>', 'a file that backup made')
    .option(...DATA_OPTION)
    .option('--replace', 'also when the folder holds what the backup does not')
    .addHelpText('after', RESTORE_HELP)
    .action((options: { readonly in: string; readonly data?: string; readonly replace?: true }) =>
      restore(options, io),
    );
};

const backup = async (
  { out, data }: { readonly out: string; readonly data?: string },
  io: CliIo,
): Promise<void> => {
  const databases = storedDatabases(data);
  if (databases.length === 0) {
    throw new CliError(1, `there is no database in ${data ?? defaultDataDir()}; no backup was made`);
  }
  const config = join(data ?? defaultDataDir(), CONFIG_NAME);
  const source = { databases, config: existsSync(config) ? config : null };
  const manifest = await failing(() =>
    makeBackup(source, out, { version: VERSION, now: io.clock.now().wall }),
  );
  await printed(io, manifest);
  say(io, `${out}: ${inWords(manifest)}`);
};

const restore = async (
  options: { readonly in: string; readonly data?: string; readonly replace?: true },
  io: CliIo,
): Promise<void> => {
  const folder = options.data ?? defaultDataDir();
  const { manifest, kept } = await failing(async () =>
    restoreBackup(options.in, folder, {
      replace: options.replace === true,
      processId: process.pid,
      now: io.clock.now().wall,
    }),
  );
  await printed(io, { restored: manifest.parts.map(({ name }) => name), kept, madeAt: manifest.madeAt });
  say(io, `${folder}: restored from ${options.in}, ${inWords(manifest)}`);
  for (const path of kept) say(io, `kept: ${path}`);
};

const failing = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw asCliError(error);
  }
};

const printed = async (io: CliIo, value: unknown): Promise<void> => {
  const out = lineWriter(io.stdout);
  await out.write([JSON.stringify(value)]);
  await out.flush();
};

/** "a backup of 2026-03-01T14:00:00.000Z with 12 sessions": what is in it. */
export const inWords = ({ madeAt, parts }: BackupManifest): string => {
  const sessions = parts.reduce((sum, part) => sum + (part.kind === 'config' ? 0 : part.counts.sessions), 0);
  return `a backup of ${madeAt} with ${sessions} session${sessions === 1 ? '' : 's'} (${parts.map(({ name }) => name).join(', ')})`;
};
