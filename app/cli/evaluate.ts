/** `evaluate`: the alarm engine over recorded vitals. */
import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { LimitSet } from '../../core/alarm/limits.ts';
import { DEFAULT_PRESET } from '../../core/alarm/presets.ts';
import { type Comparison, compareEvaluations } from '../../core/evaluation/compare.ts';
import { type Evaluation, evaluateTrace } from '../../core/evaluation/evaluate.ts';
import { sampledTrace } from '../../core/evaluation/sampled-trace.ts';
import type { TraceInput } from '../../core/evaluation/trace.ts';
import type { BloodPressureBaseline } from '../../core/session/events.ts';
import type { Phase } from '../../core/session/phase.ts';
import { parseLimits } from '../limits-file.ts';
import { parseVitalsCsv, VitalsCsvError, type VitalsTable } from '../vitals-csv.ts';
import type { DateOrder } from '../vitals-time.ts';
import { evaluationLines, evaluationWords } from './evaluation-output.ts';
import { CliError, type CliIo, lineWriter, say } from './io.ts';

const HELP = `
Runs the alarm engine over a CSV file of recorded vitals (docs/evaluate.md describes it) and prints one JSON object
a line:
  {"type":"alarm","condition":"spo2-low-medium-priority","priority":"medium","onset":65,"raised":80,"end":140,"peak":86,…}
  {"type":"no-alarm","limit":"spo2-low-high-priority","onset":90,"last":92,"peak":84,"reason":"shorter-than-delay",…}
  {"type":"difference","kind":"gone","before":{…}}   only with --compare
  {"type":"summary",…}                               last
Times are seconds from the first row; where the file says when it was, "…Time" is there as well. The same in words
comes on stderr. A limits file is JSON: {"preset":"adult-standard","overrides":[{"id":"spo2-low-medium-priority",
"threshold":88,"delayMs":20000}]}; "threshold": null is ALARM OFF.
Exit status: 0 ok, 1 the file cannot be read, 2 wrong usage.`;

interface Options {
  readonly in: string;
  readonly limits?: string;
  readonly compare?: string;
  readonly json?: true;
  readonly phase: Phase;
  readonly baseline: BloodPressureBaseline | { readonly fromReadings: number } | null;
  readonly sampleInterval?: number;
  readonly zero: 'number' | 'missing';
  readonly dates?: DateOrder;
}

/** Time between two looks (ms): held values come every 5 s, and ticks between them let delays end on time. */
const TICK_MS = 1_000;

/** Adds the verb `evaluate`. */
export const registerEvaluate = (program: Command, io: CliIo): void => {
  program
    .command('evaluate')
    .summary('run the alarm engine over recorded vitals')
    .description('Run the alarm engine over recorded vitals (CSV).')
    .option('--in <file>', 'CSV file; - is stdin', '-')
    .option('--limits <file>', 'limits in force (JSON); the preset "Adult standard" when not given')
    .option('--compare <file>', 'what if: other limits, side by side')
    .option('--json', 'one JSON document instead of a line for each alarm')
    .addOption(
      new Option('--phase <phase>', 'of the session')
        .choices(['baseline', 'infusing', 'recovery'])
        .default('infusing'),
    )
    .option(
      '--baseline <pressures>',
      'SYS/DIA[/MEAN][@HR], or the number of first readings to take it from',
      baseline,
      null,
    )
    .option(
      '--sample-interval <seconds>',
      'time between two rows; by default of each column its own median',
      seconds,
    )
    .addOption(
      new Option('--zero <meaning>', 'what 0 means for respiration, CO2 and perfusion')
        .choices(['number', 'missing'])
        .default('number'),
    )
    .addOption(
      new Option('--dates <order>', 'for files whose dates can be read both ways').choices([
        'day-first',
        'month-first',
      ]),
    )
    .addHelpText('after', HELP)
    .action((options: Options) => evaluate(options, io));
};

const seconds = (text: string): number => {
  const number = Number(text);
  if (!Number.isFinite(number) || number <= 0 || number > 86_400) {
    throw new InvalidArgumentError('a number of seconds up to 86400');
  }
  return number;
};

const baseline = (text: string): NonNullable<Options['baseline']> => {
  if (/^[1-9]$/.test(text)) return { fromReadings: Number(text) };
  const match = /^(\d{2,3})\/(\d{2,3})(?:\/(\d{2,3}))?(?:@(\d{2,3}))?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('SYS/DIA, SYS/DIA/MEAN, SYS/DIA@HR, or 1 to 9 readings');
  const optional = (part: string | undefined) => (part === undefined ? null : Number(part));
  const [systolic, diastolic] = [Number(match[1]), Number(match[2])];
  if (systolic <= diastolic) throw new InvalidArgumentError('systolic must be above diastolic');
  return { systolic, diastolic, mean: optional(match[3]), heartRate: optional(match[4]), readings: 0 };
};

const evaluate = async (options: Options, io: CliIo): Promise<void> => {
  const limits = await limitsFrom(options.limits);
  const other = options.compare === undefined ? null : await limitsFrom(options.compare);
  const table = await tableFrom(options, io);
  for (const note of table.notes) say(io, note);
  const inputs = sampledTrace(table.samples, {
    phase: options.phase,
    baseline: options.baseline,
    sampleIntervalMs: options.sampleInterval === undefined ? null : options.sampleInterval * 1_000,
  });
  const evaluation = evaluated(inputs, limits);
  const comparison: Comparison | null =
    other === null ? null : compareEvaluations(evaluation, evaluated(inputs, other));
  const lines = evaluationLines(evaluation, comparison, table);
  const out = lineWriter(io.stdout);
  if (options.json) await out.write([JSON.stringify(asDocument(lines))]);
  else await out.write(lines.map((line) => JSON.stringify(line)));
  await out.flush();
  for (const line of evaluationWords(evaluation, comparison, table)) say(io, line);
};

const evaluated = (inputs: readonly TraceInput[], limits: LimitSet): Evaluation => {
  const evaluation = evaluateTrace(inputs, limits, { tickMs: TICK_MS });
  if (evaluation === null) throw new CliError(1, 'the table has no rows');
  return evaluation;
};

const asDocument = (lines: ReturnType<typeof evaluationLines>): object => {
  const of = (type: string) => lines.filter((line) => line.type === type).map(({ type: _, ...rest }) => rest);
  const differences = of('difference');
  return {
    alarms: of('alarm'),
    noAlarm: of('no-alarm'),
    ...(differences.length > 0 ? { differences } : {}),
    summary: of('summary')[0],
  };
};

const limitsFrom = async (path: string | undefined): Promise<LimitSet> => {
  if (path === undefined) return DEFAULT_PRESET;
  const parsed = parseLimits(await textOf(path));
  if (!parsed.ok) throw new CliError(1, `${path}: ${parsed.problem}`);
  return parsed.limits;
};

const tableFrom = async (options: Options, io: CliIo): Promise<VitalsTable> => {
  const text = options.in === '-' ? await stdinText(io) : await textOf(options.in);
  try {
    return parseVitalsCsv(text, { zero: options.zero, dates: options.dates ?? null });
  } catch (error) {
    const name = options.in === '-' ? 'stdin' : options.in;
    if (error instanceof VitalsCsvError) throw new CliError(1, `${name}: ${error.message}`);
    throw error;
  }
};

const textOf = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') throw new CliError(1, `${path} is not there`);
    if (code === 'EISDIR') throw new CliError(1, `${path} is a folder, not a file`);
    if (code === null) throw error;
    throw new CliError(1, `${path} cannot be read (${String(code)})`);
  }
};

const stdinText = async (io: CliIo): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk as Uint8Array)); // a byte stream
  return Buffer.concat(chunks).toString('utf8');
};
