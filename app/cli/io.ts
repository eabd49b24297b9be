/**
 * What a verb of the command line may use of its process: three streams, a clock, and the wish to stop. Given to
 * it, so that tests can give others. Machine output goes to `stdout`, human words and counts to `stderr`.
 */
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../../station/clock.ts';

export interface CliIo {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly clock: Clock;
  /** Aborted when the person (Ctrl-C) or the system asks the program to end. */
  readonly stopped: AbortSignal;
}

/** A failure with its exit code (1 failed, 2 wrong usage) and one clear line; an empty message prints nothing. */
export class CliError extends Error {
  readonly exitCode: 1 | 2;
  constructor(exitCode: 1 | 2, message: string) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
  }
}

/**
 * One Ctrl-C arrives more than once: from the terminal, from npm, and from the script that started us. What
 * comes within this time of the first is the same wish (ms).
 */
const SAME_WISH_MS = 2000;

/** The streams and signals of this process. A second Ctrl-C, a while after the first, ends it at once. */
export const processIo = (clock: Clock): CliIo => {
  const stop = new AbortController();
  let askedAtMs: number | null = null;
  const onSignal = (): void => {
    const nowMs = clock.now().mono;
    askedAtMs ??= nowMs;
    stop.abort();
    if (nowMs - askedAtMs > SAME_WISH_MS) process.exit(130);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    clock,
    stopped: stop.signal,
  };
};

/** Writes lines with back-pressure and knows when nobody reads any more. */
export interface LineWriter {
  /** Writes the lines, each with a line end. Rejects when the stream fails, other than by its reader leaving. */
  write(lines: readonly string[]): Promise<void>;
  /** Resolves when everything was handed on. */
  flush(): Promise<void>;
  /** True when the reader has left (`… | head`): there is no point in going on, and it is no failure. */
  readonly isReaderGone: () => boolean;
}

export const lineWriter = (stream: Writable): LineWriter => {
  let isGone = false;
  let failure: Error | null = null;
  let wake: () => void = () => undefined;
  const fail = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') isGone = true;
    else failure = error;
    wake();
  };
  stream.on('error', fail);
  stream.on('drain', () => wake());
  stream.on('close', () => wake());
  const settled = () => {
    if (failure !== null) throw new CliError(1, `writing the output failed: ${failure.message}`);
  };
  return {
    isReaderGone: () => isGone,
    async write(lines) {
      settled();
      if (isGone || lines.length === 0) return;
      if (!stream.write(`${lines.join('\n')}\n`) && !isGone && !stream.destroyed)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      settled();
    },
    async flush() {
      if (!isGone && !stream.destroyed)
        await new Promise<void>((resolve) => {
          wake = resolve;
          stream.write('', () => resolve());
        });
      settled();
    },
  };
};

/** Writes one line for people to stderr. */
export const say = (io: Pick<CliIo, 'stderr'>, message: string): void => {
  io.stderr.write(`${message}\n`);
};

/** Resolves after `ms` milliseconds, or at once when the program is asked to stop. */
export const pause = (io: Pick<CliIo, 'clock' | 'stopped'>, ms: number): Promise<void> =>
  new Promise((resolve) => {
    if (io.stopped.aborted) {
      resolve();
      return;
    }
    const finish = () => {
      cancel();
      io.stopped.removeEventListener('abort', finish);
      resolve();
    };
    const cancel = io.clock.after(ms, finish);
    io.stopped.addEventListener('abort', finish);
  });
