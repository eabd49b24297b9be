/** What the end-to-end tests share: real processes of the product, each on a folder or a port of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../app/cli/main.ts', import.meta.url));

/** Programs started here keep what Node made of their sources: each starts in half the time. */
const ENVIRONMENT = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'chairside-e2e-compile-cache') };

/** A station in a process of its own. */
export interface Serving {
  readonly url: string;
  readonly token: string;
  readonly data: string;
  readonly pid: number;
  readonly child: ChildProcess;
  /** From the start of the process to its line of JSON (ms). */
  readonly readyAfterMs: number;
  /** Everything on stderr so far. */
  words(): string;
  /** Asks it to stop and waits for its exit code. */
  stop(): Promise<number | null>;
  /** The power cut: SIGKILL. */
  kill(): Promise<void>;
}

/** A simulated monitor in a process of its own. */
export interface Simulating {
  readonly child: ChildProcess;
  /** What it printed when it was ready. */
  readonly ready: Readonly<Record<string, unknown>>;
  kill(): Promise<void>;
}

/** A folder of its own for one test. */
export const freshFolder = (): string => mkdtempSync(join(tmpdir(), 'chairside-e2e-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** What a verb said, and its exit code. */
export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export const run = (
  command: string,
  args: readonly string[],
  options: { readonly input?: Uint8Array; readonly uid?: number } = {},
): Promise<Said> =>
  new Promise((resolve, reject) => {
    const { uid } = options;
    const child = spawn(command, args, uid === undefined ? { env: ENVIRONMENT } : { env: ENVIRONMENT, uid });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(options.input);
  });

/** Runs a verb of the command line to its end. */
export const verb = (...args: readonly string[]): Promise<Said> => run(process.execPath, [MAIN, ...args]);

/** How a program that prints one line when it is ready is started. */
export interface StartOptions {
  /** A program and its arguments that start the verb, e.g. `['prlimit', '--fsize=…']`. */
  readonly through?: readonly string[];
}

/** Starts `serve` (on any free port unless `--port` is given) and resolves when it printed its line of JSON. */
export const serve = async (args: readonly string[], options: StartOptions = {}): Promise<Serving> => {
  const startedAt = performance.now();
  const port = args.includes('--port') ? [] : ['--port', '0'];
  const { child, line, words } = await start(['serve', ...port, ...args], options);
  const ready: Pick<Serving, 'url' | 'token' | 'data' | 'pid'> = JSON.parse(line);
  return {
    ...ready,
    child,
    readyAfterMs: performance.now() - startedAt,
    words,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
  };
};

/** Starts `simulate` and resolves when it is ready. */
export const simulate = async (args: readonly string[]): Promise<Simulating> => {
  const { child, line } = await start(['simulate', ...args], {});
  return {
    child,
    ready: JSON.parse(line),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
  };
};

/** Starts the simulator lab with its page on a free port, and resolves when it is ready. */
export const startLab = async (args: readonly string[]): Promise<Simulating> => {
  const { child, line } = await start(['lab', '--port', '0', ...args], {});
  return {
    child,
    ready: JSON.parse(line),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
  };
};

const start = async (
  args: readonly string[],
  { through = [] }: StartOptions,
): Promise<{ child: ChildProcess; line: string; words: () => string }> => {
  const [command = process.execPath, ...rest] = [...through, process.execPath, MAIN, ...args];
  const child = spawn(command, rest, { env: ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ended with code ${code} before it was ready: ${stderr}`)));
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  return { child, line, words: () => stderr };
};

/** Sends a signal to our own child and resolves with its exit code; at once when it has already ended. */
const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) {
      resolve(child.exitCode);
      return;
    }
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
    // A stopped process does not hear SIGTERM before it goes on.
    child.kill('SIGCONT');
  });

/** A TCP port of the loopback interface that is free now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  });

/** The recordings of real monitors beside the repository; not part of it. */
export const DATA_FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
export const HAS_DATA = existsSync(DATA_FOLDER);
/** A file among them. */
export const dataFile = (...parts: readonly string[]): string => join(DATA_FOLDER, ...parts);

/** Bytes of all files of a folder, by name. */
export const folderContents = (folder: string): ReadonlyMap<string, Buffer> =>
  new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [basename(name), readFileSync(join(folder, name))]),
  );
