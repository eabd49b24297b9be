/** `send` and `sending`: handing a record on, and what is and was handed on. */
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { sessionId } from '../../core/ids.ts';
import type { Sending } from '../../core/sending/sending.ts';
import type { EpochMs } from '../../core/time.ts';
import { type ChairsideDb, openDatabase } from '../../db/open.ts';
import { ConfigError } from '../../station/config.ts';
import { doubtsAbout, objectionTo } from '../../station/sending/commands.ts';
import { type Destination, formatsOf } from '../../station/sending/config.ts';
import { CONFIG_NAME, loadConfig } from '../config-file.ts';
import { defaultDataDir } from '../data-dir.ts';
import { CliError, type CliIo, lineWriter, say } from './io.ts';
import { asCliError, DATA_OPTION, readDatabase, storedDatabases } from './stored-databases.ts';

const SEND_HELP = `
Queues the record as it is now for a destination of the configuration; the station that runs on this data folder hands
it on within seconds, or after its next start. The same state of a record is never handed on twice. Prints one JSON
object: the sending, as in sending --json, with "isNew" false when it was queued or handed on before.
A record that is SIMULATED, REPLAYED or IMPORTED, or that no physician has signed, wants --yes as well.
Exit status: 0 queued, or handed on already; 1 it cannot be; 2 wrong usage.`;

const SENDING_HELP = `
Lists what was and is to be handed on, open and failed first; a running station is not disturbed. With --json: one JSON
array of
  {"id":"live-3","destination":"archive","sessionId":"…","headSequence":120,"headHash":"…","formats":["pdf"],
   "state":"queued","attempts":2,"queuedAt":"2026-03-01T14:00:00.000Z","queuedBy":"station","changedAt":"…",
   "nextAttemptAt":"…","problem":"…","acknowledgement":null}
  state          queued, sending, sent, failed (given up) or cancelled
  headSequence   the last entry of the record that it carries
Exit status: 0 ok, 1 a database cannot be read or something was given up, 2 wrong usage.`;

interface SendOptions {
  readonly session: string;
  readonly to: string;
  readonly yes?: true;
  readonly data?: string;
  readonly config?: string;
}

interface ListOptions {
  readonly json?: true;
  readonly data?: string;
}

/** Adds the verbs `send` and `sending`. */
export const registerSending = (program: Command, io: CliIo): void => {
  program
    .command('send')
    .summary('hand the record of a session on to a destination')
    .description('Hand the record of a session on to a destination of the configuration.')
    .requiredOption('--session <id>', 'the session; `chairside sessions` lists them')
    .requiredOption('--to <name>', 'id or name of the destination')
    .option('--yes', 'also if it is no patient’s record, or not signed')
    .option(...DATA_OPTION)
    .option('--config <file>', 'configuration file; the one of the data folder when not given')
    .addHelpText('after', SEND_HELP)
    .action((options: SendOptions) => send(options, io));
  program
    .command('sending')
    .summary('what is and was handed on')
    .description('List what is and was handed on to other systems.')
    .option('--json', 'one JSON array instead of lines for people')
    .option(...DATA_OPTION)
    .addHelpText('after', SENDING_HELP)
    .action((options: ListOptions) => list(options, io));
};

const send = async (options: SendOptions, io: CliIo): Promise<void> => {
  const destination = await destinationOf(options);
  const id = sessionId(options.session);
  const at = io.clock.now();
  const readClockWall = (): EpochMs => io.clock.now().wall;
  try {
    const stored = storedDatabases(options.data).find((each) =>
      readDatabase(each, io, (db) => db.headOf(id) !== null),
    );
    if (stored === undefined) throw new CliError(1, `there is no session ${options.session}`);
    const db = openDatabase(stored.path, { kind: stored.kind, readClockWall });
    try {
      refuse(db, options);
      const by = `command line (${userInfo().username})`.slice(0, 60);
      const formats = formatsOf(destination);
      const { sending, isNew } = db.sending.queue({
        destination: destination.id,
        sessionId: id,
        formats,
        by,
        at,
      });
      const isAgain = !isNew && db.sending.change(sending.id, { step: 'asked-again' }, by, at);
      const now = db.sending.get(sending.id) ?? sending;
      io.stdout.write(`${JSON.stringify({ ...asJson(now), isNew })}\n`);
      say(io, isNew || isAgain ? `queued for ${destination.name}` : `not queued again: it is ${now.state}`);
    } finally {
      db.close();
    }
  } catch (error) {
    throw asCliError(error);
  }
};

/** @throws CliError when the record cannot leave, or not without `--yes`. */
const refuse = (db: ChairsideDb, { session, yes }: SendOptions): void => {
  const events = db.eventsOf(sessionId(session));
  const objection = objectionTo(events);
  if (objection !== null) throw new CliError(1, objection);
  const doubts = doubtsAbout(events);
  if (doubts.length > 0 && yes !== true) {
    throw new CliError(1, `${doubts.join(' ')} Add --yes if it is to leave all the same.`);
  }
};

const destinationOf = async ({ data, config, to }: SendOptions): Promise<Destination> => {
  const dataDir = data ?? defaultDataDir();
  try {
    const source = await loadConfig({ dataDir, file: config ?? null, demo: false, provision: false });
    const all = source.config.destinations ?? [];
    const found = all.find(({ id, name }) => id === to || name === to);
    if (found !== undefined) return found;
    const known = all.map(({ id }) => id).join(', ') || 'none';
    throw new CliError(
      1,
      `${config ?? join(dataDir, CONFIG_NAME)}: there is no destination "${to}"; known: ${known}`,
    );
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError(1, error.message);
    throw error;
  }
};

const list = async (options: ListOptions, io: CliIo): Promise<void> => {
  const sendings = (() => {
    try {
      return storedDatabases(options.data).flatMap((each) =>
        readDatabase(each, io, (db) => db.sending.newest(10_000)),
      );
    } catch (error) {
      throw asCliError(error);
    }
  })();
  const out = lineWriter(io.stdout);
  if (options.json) await out.write([JSON.stringify(sendings.map(asJson))]);
  else await out.write(sendings.map(asLine));
  await out.flush();
  const failed = sendings.filter(({ state }) => state === 'failed').length;
  if (failed > 0)
    throw new CliError(1, `${failed} given up: hand them on again, or stop them, under Sessions`);
};

const iso = (at: EpochMs | null): string | null => (at === null ? null : new Date(at).toISOString());

const asJson = (sending: Sending) => ({
  ...sending,
  queuedAt: iso(sending.queuedAt),
  changedAt: iso(sending.changedAt),
  nextAttemptAt: iso(sending.nextAttemptAt),
});

const asLine = (sending: Sending): string =>
  [
    iso(sending.changedAt)?.slice(0, 16).replace('T', ' '),
    sending.state.toUpperCase(),
    sending.sessionId,
    `→ ${sending.destination}`,
    sending.problem ?? sending.acknowledgement ?? '',
  ]
    .join('  ')
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trimEnd();
