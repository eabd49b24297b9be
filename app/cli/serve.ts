/**
 * `chairside serve`: the station with the web user interface, without the desktop. Prints one line of JSON
 * when the link can be opened.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { StorageError } from '../../db/storage-error.ts';
import { startWebHost, type WebHost } from '../../server/web-host.ts';
import { ConfigError } from '../../station/config.ts';
import { runStation } from '../compose.ts';
import { defaultDataDir } from '../data-dir.ts';
import { createLog } from '../logging.ts';
import { RECORD_WORKER_SOURCE } from '../record-worker-place.ts';
import { VERSION } from '../version.ts';
import { CliError, type CliIo, say } from './io.ts';
import { startLastResort } from './last-resort.ts';
import { listenFailure, portNumber } from './listen-port.ts';

interface ServeOptions {
  readonly port: number;
  readonly data: string;
  readonly config?: string;
  readonly demo: boolean;
  readonly provision: boolean;
}

const RENDERER_DIR = fileURLToPath(new URL('../../out/renderer', import.meta.url));

export const registerServe = (program: Command, io: CliIo): void => {
  program
    .command('serve')
    .summary('the station with the web user interface, no desktop')
    .description(
      'Runs the station and serves its user interface on 127.0.0.1. Prints one line of JSON\n{"url","token","data","pid"} when ready. The url lets a browser on this computer in.',
    )
    .option('--port <n>', 'port to listen on; 0 lets the system choose', portNumber, 7380)
    .option('--data <dir>', 'data folder', defaultDataDir())
    .option('--config <file>', 'configuration file (JSON; see docs/config.example.json)')
    .option('--demo', 'one chair with simulated monitors, whatever the configuration says', false)
    .option(
      '--provision',
      'write that demonstration chair as the configuration when there is none yet',
      false,
    )
    .action((options: ServeOptions) => serve(options, io));
};

const serve = async (options: ServeOptions, io: CliIo): Promise<void> => {
  const log = createLog('warn');
  const running = await runStation({
    dataDir: options.data,
    configFile: options.config ?? null,
    demo: options.demo,
    provision: options.provision,
    version: VERSION,
    recordWorker: RECORD_WORKER_SOURCE,
    clock: io.clock,
    log,
  }).catch((error: unknown) => {
    if (error instanceof ConfigError || error instanceof StorageError) throw new CliError(1, error.message);
    throw error;
  });
  let host: WebHost;
  try {
    host = await startWebHost({
      port: options.port,
      dataDir: options.data,
      rendererDir: RENDERER_DIR,
      now: () => Date.now(),
      onWindow: running.station.attach,
    });
  } catch (error) {
    await running.stop();
    throw new CliError(1, listenFailure(error, options.port));
  }
  const { url, token } = host;
  io.stdout.write(`${JSON.stringify({ url, token, data: join(options.data), pid: process.pid })}\n`);
  say(io, 'Chairside is running. Open the url above in a browser on this computer; Ctrl-C stops it.');
  const stopLastResort = startLastResort({
    clock: io.clock,
    chairs: () => running.station.view().chairs,
    write: (text) => io.stderr.write(text),
  });
  await new Promise<void>((resolve) => {
    if (io.stopped.aborted) resolve();
    else io.stopped.addEventListener('abort', () => resolve(), { once: true });
  });
  stopLastResort();
  await host.close();
  await running.stop();
};
