/** Runs a verb of the command line in a test, with streams that are kept and a clock that the test turns. */
import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { CliError, type CliIo } from '../../app/cli/io.ts';
import { instant } from '../../core/time.ts';
import type { Clock } from '../../station/clock.ts';
import { systemClock } from '../../station/clock.ts';

export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Each line of stdout as JSON. */
  readonly json: readonly unknown[];
  /** The last line of stderr as JSON; null when it is none. */
  readonly counts: unknown;
  /** The one line of a failure; empty when there was none. */
  readonly failure: string;
}

export interface CliBench {
  readonly io: CliIo;
  readonly stdin: PassThrough;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly stop: () => void;
  run(...args: readonly string[]): Promise<CliResult>;
}

/** A bench for one run of one verb. */
export const cliBench = (
  register: (program: Command, io: CliIo) => void,
  clock: Clock = systemClock(),
): CliBench => {
  const stdin = new PassThrough();
  const kept = { stdout: '', stderr: '' };
  const collect = (name: 'stdout' | 'stderr') => {
    const stream = new PassThrough();
    stream.on('data', (bytes: Buffer) => {
      kept[name] += bytes.toString();
    });
    return stream;
  };
  const stopper = new AbortController();
  const io: CliIo = {
    stdin,
    stdout: collect('stdout'),
    stderr: collect('stderr'),
    clock,
    stopped: stopper.signal,
  };
  return {
    io,
    stdin,
    stdout: () => kept.stdout,
    stderr: () => kept.stderr,
    stop: () => stopper.abort(),
    async run(...args) {
      const program = new Command().exitOverride().configureOutput({
        writeOut: (text) => io.stdout.write(text),
        writeErr: (text) => io.stderr.write(text),
      });
      register(program, io);
      for (const command of program.commands) command.copyInheritedSettings(program);
      let exitCode = 0;
      let failure = '';
      try {
        await program.parseAsync([...args], { from: 'user' });
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        ({ exitCode, message: failure } = error);
      }
      await new Promise((resolve) => setImmediate(resolve));
      const lines = kept.stdout.split('\n').filter((line) => line !== '');
      const lastWords = kept.stderr.trimEnd().split('\n').at(-1) ?? '';
      return {
        exitCode,
        failure,
        ...kept,
        json: lines.every((line) => line.startsWith('{'))
          ? lines.map((line): unknown => JSON.parse(line))
          : [],
        counts: lastWords.startsWith('{') ? (JSON.parse(lastWords) as unknown) : null,
      };
    },
  };
};

export interface TurnedClock extends Clock {
  /** Moves both clocks on and runs what is due, in order. */
  advance(ms: number): Promise<void>;
}

/** A clock that stands at 2026-03-01T14:00:00Z until a test turns it. */
export const turnedClock = (): TurnedClock => {
  let now = 0;
  let timers: { at: number; act: () => void; everyMs: number | null }[] = [];
  const add = (ms: number, act: () => void, everyMs: number | null) => {
    const timer = { at: now + ms, act, everyMs };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };
  const breathe = () => new Promise((resolve) => setTimeout(resolve, 1));
  return {
    now: () => instant(Date.UTC(2026, 2, 1, 14) + now, now),
    wallDriftMs: () => 0,
    renewAnchor: () => undefined,
    every: (ms, act) => add(ms, act, ms),
    after: (ms, act) => add(ms, act, null),
    async advance(ms) {
      const until = now + ms;
      await breathe();
      for (;;) {
        const [next] = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        now = Math.max(now, next.at);
        if (next.everyMs === null) timers = timers.filter((other) => other !== next);
        else next.at += next.everyMs;
        next.act();
        await breathe();
      }
      now = until;
    },
  };
};
