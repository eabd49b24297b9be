/** `import`: a file of vitals becomes a closed session. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { sessionId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { type EpochMs, epochMs } from '../../core/time.ts';
import { openDatabase } from '../../db/open.ts';
import { acquireStationLock } from '../../db/station-lock.ts';
import { DATABASE_FILES, defaultDataDir } from '../data-dir.ts';
import { hashOf, type ImportedSession, importedSession } from '../import/imported-session.ts';
import { ImportError } from '../import/imported-table.ts';
import { readImportedFile } from '../import/read-file.ts';
import { metricNamed } from '../vitals-columns.ts';
import type { DateOrder } from '../vitals-time.ts';
import { CliError, type CliIo, lineWriter, say } from './io.ts';
import { asCliError, DATA_OPTION } from './stored-databases.ts';

const HELP = `
Makes a closed session of a file: a table that Chairside exported (raw or flowsheet), or another program's table with a
time column and a column for each vital sign (docs/exports.md, docs/evaluate.md). It is marked IMPORTED everywhere and
lies with the simulated and replayed sessions, never among patients' visits. All of the file is stored, or nothing.
The same file is refused the second time. No station may run on the data folder meanwhile.
Prints one line of JSON:
  {"sessionId":"…","kind":"vitals-table","from":"2026-03-01T14:00:00.000Z","to":"…","rows":120,"values":480,"notes":["…"]}
Exit status: 0 ok, 1 the file cannot be read or was imported before, 2 wrong usage.`;

interface Options {
  readonly data?: string;
  readonly columns: ReadonlyMap<string, MetricId | null>;
  readonly start: EpochMs | null;
  readonly infusion: { readonly from: EpochMs; readonly to: EpochMs } | null;
  readonly patient: string;
  readonly indication: string;
  readonly zero: 'number' | 'missing';
  readonly dates: DateOrder | null;
}

/** Adds the verb `import`. */
export const registerImport = (program: Command, io: CliIo): void => {
  program
    .command('import')
    .summary('make a session of a file of vitals')
    .description('Make a closed session, marked IMPORTED, of a CSV file of vitals.')
    .argument('<file>', 'CSV file')
    .option(...DATA_OPTION)
    .option(
      '--columns <meanings>',
      'what headings mean: "Pulse 2=PR,Sat=SpO2"; "Temp 2=-" leaves a column out',
      columns,
      new Map(),
    )
    .option(
      '--start <time>',
      'when the first row was, for files that do not say: 2026-03-01T14:00Z',
      moment,
      null,
    )
    .option(
      '--infusion <from/to>',
      'when the drug ran, for files that do not say: two times with a slash',
      span,
      null,
    )
    .option('--patient <initials>', 'at most 8 characters', shortText(8), '–')
    .option('--indication <words>', 'at most 80 characters', shortText(80), 'imported recording')
    .option(
      '--zero <meaning>',
      'what 0 means for respiration, CO2 and perfusion: number or missing',
      zero,
      'number',
    )
    .option(
      '--dates <order>',
      'day-first or month-first, for files whose dates can be read both ways',
      dates,
      null,
    )
    .addHelpText('after', HELP)
    .action((file: string, options: Options) => importFile(file, options, io));
};

const ISO_WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

const moment = (text: string): EpochMs => {
  const at = ISO_WITH_ZONE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('a date and time with its zone: 2026-03-01T14:00Z');
  return epochMs(at);
};

const span = (text: string): NonNullable<Options['infusion']> => {
  const [from, to, ...rest] = text.split('/');
  if (from === undefined || to === undefined || rest.length > 0) {
    throw new InvalidArgumentError('two times with a slash: 2026-03-01T14:10Z/2026-03-01T14:50Z');
  }
  return { from: moment(from), to: moment(to) };
};

const columns = (text: string): Options['columns'] =>
  new Map(
    text.split(',').map((part): [string, MetricId | null] => {
      const at = part.lastIndexOf('=');
      const [heading, name] = [part.slice(0, at).trim(), part.slice(at + 1).trim()];
      const metric = name === '-' ? null : metricNamed(name);
      if (at < 1 || (metric === null && name !== '-')) {
        throw new InvalidArgumentError(`"${part}" is not HEADING=VITAL SIGN (or HEADING=-)`);
      }
      return [heading, metric];
    }),
  );

const shortText = (most: number) => (text: string) => {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > most) throw new InvalidArgumentError(`1 to ${most} characters`);
  return trimmed;
};

const zero = (text: string): Options['zero'] => {
  if (text !== 'number' && text !== 'missing') throw new InvalidArgumentError('number or missing');
  return text;
};

const dates = (text: string): DateOrder => {
  if (text !== 'day-first' && text !== 'month-first') {
    throw new InvalidArgumentError('day-first or month-first');
  }
  return text;
};

const importFile = async (path: string, options: Options, io: CliIo): Promise<void> => {
  const bytes = await bytesOf(path);
  const sha256 = hashOf(bytes);
  const session = understood(bytes, path, sha256, options, io);
  store(session, path, options.data ?? defaultDataDir(), io);
  const { source, events } = session;
  const [first] = events;
  const { kind, rows, values, notes, fileOrigin } = source;
  const times = session.events.map(({ at }) => new Date(at.wall).toISOString());
  const out = lineWriter(io.stdout);
  await out.write([
    JSON.stringify({
      sessionId: first?.sessionId,
      kind,
      fileOrigin,
      from: times[0],
      to: times.at(-1),
      rows,
      values,
      sha256,
      notes,
    }),
  ]);
  await out.flush();
  for (const note of notes) say(io, note);
  say(io, `imported as session ${first?.sessionId ?? ''}: IMPORTED, ${rows} rows, ${values} values`);
};

const understood = (
  bytes: Uint8Array,
  path: string,
  sha256: string,
  options: Options,
  io: CliIo,
): ImportedSession => {
  try {
    const { start, infusion, zero: meaning, columns: meanings, dates: order, patient, indication } = options;
    const given = { start, infusion, zero: meaning, columns: meanings, dates: order };
    const table = readImportedFile(bytes, given);
    return importedSession(table, {
      sessionId: sessionId(randomUUID()),
      fileName: basename(path),
      sha256,
      importedAt: io.clock.now().wall,
      patientInitials: patient,
      indication,
      by: `${userInfo().username} (command line, not verified)`,
      newId: randomUUID,
    });
  } catch (error) {
    if (error instanceof ImportError)
      throw new CliError(1, `${path}: ${error.message}; nothing was imported`);
    throw error;
  }
};

/** A station that runs would wait for the whole import with its alarms: the folder must be free. */
const store = (session: ImportedSession, path: string, dataDir: string, io: CliIo): void => {
  const readClockWall = () => io.clock.now().wall;
  try {
    const lock = acquireStationLock(dataDir, { processId: process.pid, readClockWall });
    try {
      const db = openDatabase(join(dataDir, DATABASE_FILES.simulated), { kind: 'simulated', readClockWall });
      try {
        const [before] = db.importedFrom(session.source.sha256);
        if (before !== undefined) {
          throw new CliError(
            1,
            `${path}: this file was imported before, as session ${before}; nothing was imported`,
          );
        }
        db.importSession(session.events, session.rows);
      } finally {
        db.close();
      }
    } finally {
      lock.release();
    }
  } catch (error) {
    throw asCliError(error);
  }
};

const bytesOf = async (path: string): Promise<Uint8Array> => {
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') throw new CliError(1, `${path} is not there`);
    if (code === 'EISDIR') throw new CliError(1, `${path} is a folder, not a file`);
    if (code === null) throw error;
    throw new CliError(1, `${path} cannot be read (${String(code)})`);
  }
};
