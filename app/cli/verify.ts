/** `verify`: is the record whole? */
import { type Command, Option } from 'commander';
import { checkBackup } from '../../db/backup/check.ts';
import { StorageError } from '../../db/open.ts';
import type { BrokenEntry, VerifyReport } from '../../db/verify.ts';
import { defaultDataDir } from '../data-dir.ts';
import { inWords as backupInWords } from './backup.ts';
import { CliError, type CliIo, lineWriter, say } from './io.ts';
import {
  asCliError,
  DATA_OPTION,
  readDatabase,
  type StoredDatabase,
  storedDatabases,
} from './stored-databases.ts';

const HELP = `
Checks both databases of the data folder: the file itself, its schema and append-only rules, and the hash chain of
every session, of the station and of the register; each signature against the entries and vital signs it is tied to. A running station is not disturbed. Prints one JSON object:
  {"ok":true,"databases":[{"ok":true,"path":"…","kind":"live","schemaVersion":3,"sessions":3,"sessionEvents":120,
   "stationEvents":9,"registryEvents":40,"signatures":4,"problems":[],"broken":[]}]}
  problems      damage to the file or its schema, in words
  broken        the first entry of each record that does not fit: record, sessionId, sequence, id, reason
With --in FILE: the same for a backup: every byte against its SHA-256, then every record in it; prints
  {"ok":true,"backup":{…the manifest…},"databases":[…]}
Exit status: 0 all whole, 1 something is broken or there is nothing to check, 2 wrong usage.`;

/** Adds the verb `verify`. */
export const registerVerify = (program: Command, io: CliIo): void => {
  program
    .command('verify')
    .summary('check that the record is whole')
    .description('Check the integrity of the databases and of every hash chain (JSON).')
    .addOption(new Option(...DATA_OPTION).conflicts('in'))
    .option('--in <file>', 'check a backup instead of a data folder')
    .addHelpText('after', HELP)
    .action((options: { readonly data?: string; readonly in?: string }) =>
      options.in === undefined ? verify(options.data, io) : verifyBackup(options.in, io),
    );
};

const verifyBackup = async (file: string, io: CliIo): Promise<void> => {
  const { manifest, databases } = checked(file, io);
  const out = lineWriter(io.stdout);
  await out.write([JSON.stringify({ ok: true, backup: manifest, databases })]);
  await out.flush();
  say(io, `${file}: whole, ${backupInWords(manifest)}`);
};

const checked = (file: string, io: CliIo): ReturnType<typeof checkBackup> => {
  try {
    return checkBackup(file, io.clock.now().wall);
  } catch (error) {
    throw asCliError(error);
  }
};

const verify = async (dataDir: string | undefined, io: CliIo): Promise<void> => {
  const databases = storedDatabases(dataDir).map((database) => reportOn(database, io));
  if (databases.length === 0) {
    throw new CliError(1, `there is no database in ${dataDir ?? defaultDataDir()}; nothing was checked`);
  }
  const ok = databases.every((report) => report.ok);
  const out = lineWriter(io.stdout);
  await out.write([JSON.stringify({ ok, databases })]);
  await out.flush();
  for (const report of databases) say(io, inWords(report));
  if (!ok) throw new CliError(1, '');
};

/** A database that is too damaged to be opened is a report of its own; one that is merely busy is not. */
const reportOn = (database: StoredDatabase, io: CliIo): VerifyReport => {
  try {
    return readDatabase(database, io, (db) => db.verify());
  } catch (error) {
    const isDamaged = error instanceof StorageError && DAMAGED.includes(error.code);
    if (!isDamaged) throw asCliError(error);
    return { ...database, ...NOTHING_READ, problems: [error.message] };
  }
};

const DAMAGED: readonly string[] = ['corrupt', 'not-a-database', 'wrong-kind'];
const NOTHING_READ = {
  ok: false,
  schemaVersion: 0,
  sessions: 0,
  sessionEvents: 0,
  stationEvents: 0,
  registryEvents: 0,
  signatures: 0,
  broken: [],
};

const inWords = (report: VerifyReport): string => {
  if (report.ok) {
    const entries = report.sessionEvents + report.stationEvents + report.registryEvents;
    return `${report.path}: whole (${report.sessions} sessions, ${entries} chained entries, ${report.signatures} signatures)`;
  }
  const found = [...report.problems, ...report.broken.map(brokenInWords)];
  return `${report.path}: BROKEN: ${found.join('; ')}`;
};

const brokenInWords = ({ record, sessionId, sequence, reason }: BrokenEntry): string =>
  `${RECORD_WORDS[record] ?? `session ${sessionId}`}, entry ${sequence}: ${reason}`;

const RECORD_WORDS: Readonly<Partial<Record<BrokenEntry['record'], string>>> = {
  station: "the station's record",
  registry: 'the register of people and patients',
};
