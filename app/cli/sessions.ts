/** `sessions`: what is stored. */
import { type Command, InvalidArgumentError } from 'commander';
import type { SessionSummary } from '../../core/api/views.ts';
import { EVERY_SESSION, type SessionQuery } from '../../core/finding/find.ts';
import { SESSION_FLAGS, type SessionFlag } from '../../core/finding/session-facts.ts';
import { chairId } from '../../core/ids.ts';
import { PHASE_LABELS, type Phase } from '../../core/session/phase.ts';
import { type EpochMs, epochMs } from '../../core/time.ts';
import type { ChairsideDb } from '../../db/open.ts';
import { defaultDataDir } from '../data-dir.ts';
import { type DamagedSession, type FoundStored, findStored, listStored } from './find-stored.ts';
import { CliError, type CliIo, lineWriter, say } from './io.ts';
import {
  asCliError,
  DATA_OPTION,
  readDatabase,
  type StoredDatabase,
  storedDatabases,
} from './stored-databases.ts';

const HELP = `
Lists the sessions of both databases of the data folder, newest first; a running station is not disturbed.
With --json: one JSON array of
  {"id":"…","chairId":"…","patientInitials":"A.B.","indication":"…","origin":"live","openedAt":"2026-03-01T14:00:00.000Z",
   "closedAt":null,"phase":"infusing","eventCount":12,"alarmCount":1,"peakSystolic":162}
  origin        live, or simulated, replayed, imported: not a patient in a chair now
  closedAt      null while the session is open
  alarmCount    alarms raised; peakSystolic in mmHg from complete cuff readings, null without one
Several filters must all hold; --flag may be given more than once, and is one of
  ${SESSION_FLAGS.join(', ')}
  A gap in the data is known once a running station has looked through the numbers; what is behind is said on stderr.
A session whose record is damaged is named on stderr, one line each; the others are listed all the same.
Exit status: 0 ok (also when nothing is stored), 1 a database or the record of a session cannot be read, 2 wrong usage.`;

interface Options {
  readonly json?: true;
  readonly data?: string;
  readonly limit: number;
  readonly from?: EpochMs;
  readonly to?: EpochMs;
  readonly flag?: readonly SessionFlag[];
  readonly chair?: string;
  readonly patient?: string;
}

/** Adds the verb `sessions`. */
export const registerSessions = (program: Command, io: CliIo): void => {
  program
    .command('sessions')
    .summary('list the stored sessions')
    .description('List the stored sessions.')
    .option('--json', 'one JSON array instead of a table')
    .option(...DATA_OPTION)
    .option('--limit <n>', 'at most this many sessions', wholeNumber, 200)
    .option('--from <day>', 'opened on this day or later (UTC, 2026-03-01)', (text: string) => day(text, 0))
    .option('--to <day>', 'opened on this day or before (UTC)', (text: string) => day(text, 1))
    .option('--flag <flag>', 'only with this flag', oneMoreFlag)
    .option('--chair <id>', 'only of this chair')
    .option('--patient <text>', 'words of the name, MRN, birth date, indication or course')
    .addHelpText('after', HELP)
    .action((options: Options) => listSessions(options, io));
};

const wholeNumber = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('a whole number from 1');
  return number;
};

/** Start of a UTC day, `after` days later. */
const day = (text: string, after: number): EpochMs => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('a day such as 2026-03-01');
  return epochMs(at + after * 86_400_000);
};

const oneMoreFlag = (text: string, before: readonly SessionFlag[] = []): readonly SessionFlag[] => {
  const flag = SESSION_FLAGS.find((one) => one === text);
  if (flag === undefined) throw new InvalidArgumentError(`one of ${SESSION_FLAGS.join(', ')}`);
  return [...before, flag];
};

/** Null where nothing is filtered. */
const queryOf = ({ from, to, flag, chair, patient }: Options): SessionQuery | null =>
  [from, to, flag, chair, patient].every((each) => each === undefined)
    ? null
    : {
        ...EVERY_SESSION,
        from: from ?? null,
        to: to ?? null,
        flags: flag ?? [],
        chairId: chair === undefined ? null : chairId(chair),
        text: patient ?? null,
      };

const listSessions = async (options: Options, io: CliIo): Promise<void> => {
  const databases = storedDatabases(options.data);
  const { sessions, damaged } = newest(databases, options, io);
  if (databases.length === 0) say(io, `no sessions are stored in ${options.data ?? defaultDataDir()}`);
  const out = lineWriter(io.stdout);
  if (options.json) await out.write([JSON.stringify(sessions.map(asJson))]);
  else if (databases.length > 0) await out.write(table([TITLES, ...sessions.map(asRow)]));
  await out.flush();
  if (damaged.length > 0) throw new CliError(1, damaged.map(damageWords).join('\n'));
};

const damageWords = ({ id, why }: DamagedSession): string =>
  `session ${id} cannot be read and is not in the list: ${oneLine(why)} ("chairside verify" says more)`;

const newest = (
  databases: readonly StoredDatabase[],
  options: Options,
  io: CliIo,
): Pick<FoundStored, 'sessions' | 'damaged'> => {
  const query = queryOf(options);
  const { limit } = options;
  const readOne = (db: ChairsideDb): FoundStored => {
    const found = query === null ? listStored(db, limit) : findStored(db, query);
    const { pending } = found;
    if (pending > 0) say(io, `${pending} sessions are not looked through: gaps in their data are not known`);
    return found;
  };
  try {
    const all = databases.map((database) => readDatabase(database, io, readOne));
    return {
      sessions: all
        .flatMap(({ sessions }) => sessions)
        .sort((a, b) => b.openedAt - a.openedAt)
        .slice(0, limit),
      damaged: all.flatMap(({ damaged }) => damaged),
    };
  } catch (error) {
    throw asCliError(error);
  }
};

const iso = (at: EpochMs | null): string | null => (at === null ? null : new Date(at).toISOString());

const asJson = (session: SessionSummary) => ({
  ...session,
  openedAt: iso(session.openedAt),
  closedAt: iso(session.closedAt),
});

const TITLES = [
  'SESSION',
  'OPENED (UTC)',
  'PATIENT',
  'PHASE',
  'ORIGIN',
  'ENTRIES',
  'ALARMS',
  'PEAK SYS',
  'INDICATION',
];

const asRow = (session: SessionSummary): readonly string[] => [
  session.id,
  iso(session.openedAt)?.slice(0, 16).replace('T', ' ') ?? '',
  oneLine(session.patientInitials),
  PHASE_LABELS[session.phase as Phase] ?? session.phase,
  session.origin === 'live' ? 'live' : session.origin.toUpperCase(),
  String(session.eventCount),
  String(session.alarmCount),
  session.peakSystolic === null ? '-' : String(session.peakSystolic),
  oneLine(session.indication),
];

/** What people typed, without line ends and terminal control characters. */
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ');

/** Rows as lines with columns of one width. */
const table = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = TITLES.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
