/** `export`: one session as a file, read beside a station that may be running. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, open, rename, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type SessionId, sessionId } from '../../core/ids.ts';
import { recordSubject } from '../../core/registry/events.ts';
import {
  EXPORT_FORMATS,
  type ExportFormat,
  FLOWSHEET_STEP_MS,
  PAPERS,
  type Paper,
} from '../../core/review/export-formats.ts';
import { ORIGIN_WORDS } from '../../core/session/origin.ts';
import { openDatabase } from '../../db/open.ts';
import { isTimeZone } from '../../exports/zone-time.ts';
import type { Made, MakingJob } from '../../station/making/job.ts';
import { makeFiles } from '../../station/making/make.ts';
import { defaultDataDir } from '../data-dir.ts';
import { recordMakers } from '../record-makers.ts';
import { VERSION } from '../version.ts';
import { CliError, type CliIo, say } from './io.ts';
import { asCliError, DATA_OPTION, type StoredDatabase, storedDatabases } from './stored-databases.ts';

const HELP = `
Hands one session on as a file (docs/exports.md); "sessions" lists them. A running station is not disturbed. The file
appears whole or not at all, and one that is there already is not touched without --force. That it was handed on, and
by which user of this computer, is an entry in the record of access, on disk before the file is.
Exit status: 0 ok, 1 there is no such session, or it cannot be read or written, 2 wrong usage.`;

interface Options {
  readonly session: string;
  readonly format: ExportFormat;
  readonly out: string;
  readonly interval: number;
  readonly raw?: true;
  readonly timeZone: string;
  readonly paper: Paper;
  readonly force?: true;
  readonly data?: string;
}

/** Adds the verb `export`. */
export const registerExport = (program: Command, io: CliIo): void => {
  program
    .command('export')
    .summary('hand a session on as a file')
    .description('Write one session as CSV, JSON, FHIR, HL7 or PDF.')
    .requiredOption('--session <id>', 'the session')
    .addOption(new Option('--format <format>', 'of the file').choices(EXPORT_FORMATS).makeOptionMandatory())
    .requiredOption('--out <file>', 'where to; - is stdout')
    .option('--interval <seconds>', 'CSV: time between two lines', seconds, FLOWSHEET_STEP_MS.usual / 1_000)
    .addOption(new Option('--raw', 'CSV: every value as it was received').conflicts('interval'))
    .option('--time-zone <zone>', 'in which people read the times', zone, localZone())
    .addOption(new Option('--paper <paper>', 'PDF').choices(PAPERS).default('a4'))
    .option('--force', 'overwrite a file that is there')
    .option(...DATA_OPTION)
    .addHelpText('after', HELP)
    .action((options: Options) => exportSession(options, io));
};

const localZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const seconds = (text: string): number => {
  const value = Number(text);
  const { least, most } = FLOWSHEET_STEP_MS;
  if (!Number.isFinite(value) || value < least / 1_000 || value > most / 1_000) {
    throw new InvalidArgumentError(`${least / 1_000} to ${most / 1_000} seconds`);
  }
  return value;
};

const zone = (text: string): string => {
  if (!isTimeZone(text)) throw new InvalidArgumentError('a time zone like Europe/Berlin or UTC');
  return text;
};

const exportSession = async (options: Options, io: CliIo): Promise<void> => {
  const { format, out, timeZone, paper } = options;
  if (out !== '-' && options.force === undefined && existsSync(out)) {
    throw new CliError(1, `${out} is there already; --force overwrites it`);
  }
  const id = sessionId(options.session);
  const flowsheetMs = options.raw ? null : Math.round(options.interval * 1_000);
  const job: MakingJob = {
    sessionId: id,
    writtenAt: io.clock.now().wall,
    withNames: true,
    options: { flowsheetMs, timeZone, paper },
    files: [{ kind: 'file', format }],
  };
  const { database, made } = await madeFrom(job, options.data);
  const [file] = made.files;
  if (file === undefined) throw new Error('no file came of an export');
  const { bytes } = file;
  recordHandedOn(database, made, id, format, io);
  if (out === '-') await toStdout(bytes, io);
  else await toFile(bytes, out, options.force === true);
  const word = ORIGIN_WORDS[made.origin];
  say(
    io,
    `${out === '-' ? 'stdout' : out}: session ${id} as ${format}, ${bytes.length} bytes${word === null ? '' : `, ${word}`}`,
  );
};

/** Makes the file from whichever database has the session, as of one moment. */
const madeFrom = async (
  job: MakingJob,
  dataDir: string | undefined,
): Promise<{ readonly database: StoredDatabase; readonly made: Made }> => {
  const readClockWall = () => job.writtenAt;
  try {
    for (const database of storedDatabases(dataDir)) {
      const db = openDatabase(database.path, { kind: database.kind, readonly: true, readClockWall });
      try {
        const endReading = db.beginReading();
        if (db.headOf(job.sessionId) === null) continue;
        const made = await makeFiles(db, job, recordMakers(VERSION));
        endReading();
        return { database, made };
      } finally {
        db.close();
      }
    }
  } catch (error) {
    throw asCliError(error);
  }
  throw new CliError(1, `there is no session ${job.sessionId} in ${dataDir ?? defaultDataDir()}`);
};

/** One short entry beside whatever the station writes. Who sits at a command line is known to the computer only. */
const recordHandedOn = (
  { kind, path }: StoredDatabase,
  { patientId }: Made,
  sessionId: SessionId,
  format: ExportFormat,
  io: CliIo,
): void => {
  const at = io.clock.now();
  try {
    const db = openDatabase(path, { kind, readClockWall: () => at.wall });
    try {
      db.registry.append([
        {
          at,
          by: `${userInfo().username} (command line, not verified)`,
          subject: recordSubject(sessionId, patientId),
          body: { type: 'record-exported', sessionId, patientId, format, withNames: true },
        },
      ]);
    } finally {
      db.close();
    }
  } catch (error) {
    throw asCliError(error);
  }
};

const toStdout = (bytes: Uint8Array, io: CliIo): Promise<void> =>
  new Promise((resolve, reject) => {
    io.stdout.write(bytes, (error) => {
      if (error === null || error === undefined) resolve();
      else reject(new CliError(1, `writing the output failed: ${error.message}`));
    });
  });

/** Beside its place first, on disk, then renamed: nobody ever reads half a file. Readable for its owner only. */
const toFile = async (bytes: Uint8Array, path: string, overwrite: boolean): Promise<void> => {
  const temporary = join(dirname(path), `.${randomUUID()}.part`);
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (overwrite) await rename(temporary, path);
    // A link, unlike a rename, refuses a file that has come meanwhile.
    else await link(temporary, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    const why = code === 'EEXIST' ? 'is there already; --force overwrites it' : `cannot be written (${code})`;
    throw new CliError(1, `${path} ${why}`);
  } finally {
    await rm(temporary, { force: true });
  }
};
