/** `lab`: simulated monitors to drive by hand, from a page, from a script, or from another program. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { labCommandJsonSchema } from '../../core/lab/commands.ts';
import type { LabCatalogue } from '../../core/lab/views.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { startWebHost, type WebHost } from '../../server/web-host.ts';
import { SIMULATOR_PROFILES } from '../../simulators/index.ts';
import { builtInScenarios } from '../../simulators/scenarios/index.ts';
import { createLab, type Lab, LabError } from '../lab/lab.ts';
import { runScript } from '../lab/lab-script.ts';
import { attachLabWindow } from '../lab/lab-window.ts';
import { CliError, type CliIo, type LineWriter, lineWriter, pause, say } from './io.ts';
import { listenFailure, portNumber } from './listen-port.ts';

interface LabTexts {
  readonly port: number;
  readonly page: boolean;
  readonly device: readonly string[];
  readonly scenario: string;
  readonly seed: string;
  readonly script?: string;
  readonly watch?: 'state' | 'bytes' | 'all';
  readonly schema?: boolean;
}

const PAGE_DIR = fileURLToPath(new URL('../../out/lab', import.meta.url));
const STATE_EVERY_MS = 1000;
const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];

const HELP = `
Without --script, commands are read from stdin, one JSON object a line, for example
  {"do":"add","device":"ge-s5-dri","outlet":{"kind":"tcp","port":4001}}
  {"monitor":"m1","do":"ramp","parameter":"nibp-sys","by":40,"over":"3 min"}
  {"monitor":"m1","do":"cable","state":"out","for":"20 s"}
Each is answered on stdout by a line of kind "done" or "refused". Everything that can be said: docs/lab.md, --schema.`;

/** Adds the verb to the program. */
export const registerLab = (program: Command, io: CliIo): void => {
  program
    .command('lab')
    .summary('simulated monitors to drive by hand: a page, a script, or stdin')
    .description(
      'Runs any number of simulated monitors that are driven by hand while they run. For engineers; no patient is near.\nPrints one line of JSON {"kind":"ready","url","token","pid","monitors"} when ready.',
    )
    .option('--port <n>', 'port of the page on 127.0.0.1; 0 lets the system choose', portNumber, 7381)
    .option('--no-page', 'no page: commands only')
    .option('--device <id>', 'a monitor of this family on a free TCP port; can be given again', collect, [])
    .option('--scenario <name|file>', 'scenario of those monitors', 'steady')
    .option('--seed <n>', 'seed of the first of them; the next has the next', '1')
    .option('--script <file>', 'carry out the commands of a file (NDJSON), then end')
    .addOption(
      new Option('--watch <what>', 'print it as NDJSON while it runs').choices(['state', 'bytes', 'all']),
    )
    .option('--schema', 'print the JSON schema of a command and end')
    .addHelpText('after', HELP)
    .action((texts: LabTexts) => labCommand(texts, io));
};

/**
 * Runs the verb to its end: the wish to stop, the end of the script, or without a page the end of stdin.
 * @throws CliError 1 when the page cannot be served or the script has a command that is refused; 2 for wrong usage.
 */
export const labCommand = async (texts: LabTexts, io: CliIo): Promise<void> => {
  const out = lineWriter(io.stdout);
  if (texts.schema === true) {
    await out.write([JSON.stringify(labCommandJsonSchema(), null, 2)]);
    return out.flush();
  }
  const lab = createLab({
    profiles: DEVICE_PROFILES,
    simulators: SIMULATOR_PROFILES,
    clock: io.clock,
    pause: (ms) => pause(io, ms),
  });
  let host: WebHost | null = null;
  const stops: (() => void)[] = [];
  try {
    const monitors = await addMonitors(lab, texts);
    if (texts.page) host = await servePage(lab, texts.port, io);
    const link = host === null ? {} : { url: host.url, token: host.token };
    await out.write([JSON.stringify({ kind: 'ready', ...link, pid: process.pid, monitors })]);
    if (host !== null)
      say(io, 'The simulator lab is running. Open the url above in a browser; Ctrl-C stops it.');
    stops.push(...watching(lab, texts.watch, io, out));
    await perform(lab, texts, io, out);
  } finally {
    for (const stop of stops) stop();
    await host?.close();
    await lab.stop();
    await out.flush();
  }
};

const addMonitors = async (lab: Lab, { device, scenario, seed }: LabTexts): Promise<readonly unknown[]> => {
  const first = Number(seed);
  if (!Number.isSafeInteger(first) || first < 0) {
    throw new CliError(2, `--seed ${JSON.stringify(seed)} is not a whole number from 0`);
  }
  const added: unknown[] = [];
  for (const [index, id] of device.entries()) {
    try {
      added.push(
        await lab.perform({
          do: 'add',
          device: id,
          scenario,
          seed: first + index,
          speed: 1,
          outlet: { kind: 'tcp', host: '127.0.0.1', port: 0 },
        }),
      );
    } catch (error) {
      if (error instanceof LabError) throw new CliError(2, `--device ${id}: ${error.message}`);
      throw error;
    }
  }
  return added;
};

const servePage = async (lab: Lab, port: number, io: CliIo): Promise<WebHost> => {
  const catalogue: LabCatalogue = {
    devices: DEVICE_PROFILES.filter(({ id }) =>
      SIMULATOR_PROFILES.some(({ profileId }) => profileId === id),
    ).map(({ id, title, callsIn }) => ({ id, title, callsIn: callsIn === true })),
    scenarios: builtInScenarios().map(({ name, title }) => ({ name, title })),
  };
  const onBug = (error: unknown): void =>
    say(io, error instanceof Error ? (error.stack ?? error.message) : String(error));
  try {
    return await startWebHost({
      port,
      dataDir: null,
      cookieName: 'chairside-lab',
      rendererDir: PAGE_DIR,
      now: () => io.clock.now().wall,
      onWindow: (channel) => attachLabWindow(channel, { lab, catalogue, clock: io.clock, onBug }),
    });
  } catch (error) {
    throw new CliError(1, listenFailure(error, port));
  }
};

const watching = (lab: Lab, what: LabTexts['watch'], io: CliIo, out: LineWriter): readonly (() => void)[] => {
  const tell = (line: object): void => {
    out.write([JSON.stringify(line)]).catch((error: unknown) => say(io, String(error)));
  };
  const stops: (() => void)[] = [];
  if (what === 'state' || what === 'all') {
    stops.push(io.clock.every(STATE_EVERY_MS, () => tell({ kind: 'state', ...lab.view() })));
  }
  if (what === 'bytes' || what === 'all') {
    stops.push(lab.onBytes((monitor, row) => tell({ kind: 'bytes', monitor, ...row })));
  }
  return stops;
};

const perform = async (lab: Lab, texts: LabTexts, io: CliIo, out: LineWriter): Promise<void> => {
  const input: Readable = texts.script === undefined ? io.stdin : createReadStream(texts.script);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const close = (): void => lines.close();
  io.stopped.addEventListener('abort', close);
  if (io.stopped.aborted) close();
  // The reader of lines throws this same error, with its stack; people are told in one line.
  let unreadable: Error | null = null;
  input.once('error', (error: Error) => {
    unreadable = error;
    close();
  });
  try {
    for await (const result of runScript(lab, lines)) {
      await out.write([JSON.stringify(result)]);
      if (result.kind === 'refused' && texts.script !== undefined) {
        throw new CliError(1, `${texts.script}, line ${result.line}: ${result.problem}`);
      }
      if (io.stopped.aborted) return;
    }
  } catch (error) {
    if (error !== unreadable) throw error;
  } finally {
    io.stopped.removeEventListener('abort', close);
  }
  if (unreadable !== null) throw cannotRead(texts.script, unreadable);
  if (texts.script === undefined && texts.page) await untilStopped(io);
};

const cannotRead = (script: string | undefined, { message }: Error): CliError =>
  new CliError(1, script === undefined ? `stdin: ${message}` : `--script: ${message}`);

const untilStopped = (io: CliIo): Promise<void> =>
  new Promise((resolve) => {
    if (io.stopped.aborted) resolve();
    else io.stopped.addEventListener('abort', () => resolve(), { once: true });
  });
