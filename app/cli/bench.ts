/** `chairside bench [NAME]`: the benchmarks, as JSON, with the machine they ran on. */
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Argument, type Command } from 'commander';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { findSimulator } from '../../simulators/index.ts';
import { benchAlarms } from '../bench/alarms.ts';
import { benchCodec } from '../bench/codec.ts';
import { benchIngest } from '../bench/ingest.ts';
import { benchLatency } from '../bench/latency.ts';
import { benchReviewWindow } from '../bench/review-window.ts';
import { benchChart } from './bench-chart.ts';
import { benchReview } from './bench-review.ts';
import { benchWaves } from './bench-waves.ts';
import { type CliIo, say } from './io.ts';

const BENCHES = [
  'codec',
  'ingest',
  'chart',
  'waves',
  'alarms',
  'review',
  'latency',
  'review-screen',
] as const;
/** Where the real recordings lie: beside the project, never in it. */
const RECORDINGS = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
/** Few chairs give enough readings in a few minutes only when their patients' time runs faster. */
const LATENCY = [
  { chairs: 1, speed: 12 },
  { chairs: 8, speed: 4 },
  { chairs: 64, speed: 1 },
] as const;
const QUICK_LATENCY = [{ chairs: 8, speed: 4 }] as const;
type BenchName = (typeof BENCHES)[number];

interface BenchOptions {
  readonly quick: boolean;
  readonly recordings: string;
}

const machine = (): object => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
});

export const registerBench = (program: Command, io: CliIo): void => {
  program
    .command('bench')
    .summary('the benchmarks, as JSON')
    .description('Runs the benchmarks (all of them without a name) and prints one JSON document.')
    .addArgument(new Argument('[name]', 'which one').choices(BENCHES))
    .option('--quick', 'fewer sizes and shorter runs: a look, not a figure to quote', false)
    .option(
      '--recordings <folder>',
      'real recordings for "alarms"; left out when it is not there',
      RECORDINGS,
    )
    .action(async (name: BenchName | undefined, options: BenchOptions) => {
      const results: object[] = [];
      for (const bench of name === undefined ? BENCHES : [name]) {
        say(io, `bench ${bench} …`);
        results.push(await run(bench, options, io));
      }
      io.stdout.write(`${JSON.stringify({ machine: machine(), results }, null, 2)}\n`);
    });
};

const run = async (name: BenchName, { quick, recordings }: BenchOptions, io: CliIo): Promise<object> => {
  switch (name) {
    case 'codec':
      return benchCodec({
        pairs: DEVICE_PROFILES.flatMap((profile) => {
          const simulator = findSimulator(profile.id);
          return simulator === null ? [] : [{ profile, simulator }];
        }),
        simulatedS: quick ? 300 : 3600,
        leastCpuMs: quick ? 200 : 2_000,
        cpuMs: () => {
          const { user, system } = process.cpuUsage();
          return (user + system) / 1000;
        },
      });
    case 'ingest':
      return benchIngest({
        clock: io.clock,
        chairCounts: quick ? [1, 8] : [1, 8, 32, 64],
        seconds: quick ? 10 : 100,
      });
    case 'chart':
      return benchChart(io);
    case 'waves':
      return benchWaves(io, quick ? 5 : 20);
    case 'alarms':
      return benchAlarms({ visits: quick ? 50 : 500, recordings, say: (line) => say(io, line) });
    case 'review':
      return benchReview({
        clock: io.clock,
        hours: quick ? 1 : 8,
        runs: quick ? 3 : 10,
        sessions: quick ? 1_000 : 10_000,
      });
    case 'latency':
      return benchLatency({
        clock: io.clock,
        runs: quick ? QUICK_LATENCY : LATENCY,
        samples: quick ? 10 : 60,
        longestS: quick ? 60 : 600,
        say: (line) => say(io, line),
      });
    case 'review-screen':
      return benchReviewWindow({
        clock: io.clock,
        rounds: quick ? 5 : 20,
        coldRounds: quick ? 2 : 5,
        say: (line) => say(io, line),
      });
    default:
      return name satisfies never;
  }
};
