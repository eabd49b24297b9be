/** A recorded trace under given limits: which alarms there would have been, and what each violation got. */
import type { LimitSet } from '../alarm/limits.ts';
import { DEFAULT_PRESET, relativeLimitsOf } from '../alarm/presets.ts';
import { addMs, type Instant } from '../time.ts';
import { type AnsweredViolation, answersTo } from './answers.ts';
import { type AlarmEpisode, episodesOf } from './episodes.ts';
import { type PlainAlarm, plainAlarms } from './plain.ts';
import { type RunOptions, runTrace, type SoundChange } from './run.ts';
import { type EvaluationSummary, summarise } from './summary.ts';
import type { TraceInput } from './trace.ts';
import { violationsOf } from './violations.ts';

export interface EvaluationOptions extends RunOptions {
  /** How long the run goes on after the last input, so that delays can end (ms). */
  readonly tailMs: number;
}

export interface Evaluation {
  readonly limits: LimitSet;
  readonly from: Instant;
  readonly to: Instant;
  readonly episodes: readonly AlarmEpisode[];
  readonly answered: readonly AnsweredViolation[];
  readonly plain: readonly PlainAlarm[];
  readonly sounds: readonly SoundChange[];
  readonly summary: EvaluationSummary;
}

const DEFAULTS: EvaluationOptions = { tickMs: 1_000, tailMs: 0, acknowledging: { kind: 'nobody' } };
/** Frames come about once a second, held values every five: an alarm may come one look after its delay. */
const LOOK_MS = 5_000;

/** Evaluates a trace, in order of time; null when it is empty. */
export const evaluateTrace = (
  inputs: readonly TraceInput[],
  limits: LimitSet,
  options: Partial<EvaluationOptions> = {},
): Evaluation | null => {
  const { tailMs, ...running } = { ...DEFAULTS, ...options };
  const last = inputs.at(-1);
  if (last === undefined) return null;
  const run = runTrace(limits, inputs, running, addMs(last.at, tailMs));
  if (run === null) return null;
  const episodes = episodesOf(run);
  const violations = violationsOf(inputs, limits);
  const sampleMs = Math.max(running.tickMs, LOOK_MS);
  const answered = [
    ...answersTo(violations, episodes, inputs, { sampleMs, end: run.to }),
    ...violationsOf(inputs, limitsThatAreOff(limits)).map(
      (violation): AnsweredViolation => ({ violation, answer: { kind: 'none', reason: 'alarm-off' } }),
    ),
  ];
  const plain = plainAlarms(violations);
  const { from, to, sounds } = run;
  const summary = summarise({ run, inputs, limits, episodes, answered, plain });
  return { limits, from, to, episodes, answered, plain, sounds, summary };
};

/** The limits that are off, with the thresholds that the standard preset has for them. */
const limitsThatAreOff = (limits: LimitSet): LimitSet => {
  const off = [...limits.limits, ...relativeLimitsOf(limits)]
    .filter((limit) => limit.threshold === null)
    .map((limit) => limit.id);
  return {
    ...DEFAULT_PRESET,
    limits: DEFAULT_PRESET.limits.filter((limit) => off.includes(limit.id)),
    relative: relativeLimitsOf(DEFAULT_PRESET).filter((limit) => off.includes(limit.id)),
  };
};
