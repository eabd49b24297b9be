/** One simulated infusion visit through the alarm engine, second by second, with the oracle beside it. */
import { repeatRequest } from '../../core/alarm/advice.ts';
import { PRIORITY_RANK } from '../../core/alarm/catalogue.ts';
import type { LimitSet } from '../../core/alarm/limits.ts';
import { type AlarmEpisode, episodesOf } from '../../core/evaluation/episodes.ts';
import { type Acknowledging, createRunner, type EngineRun } from '../../core/evaluation/run.ts';
import type { TraceInput } from '../../core/evaluation/trace.ts';
import { monitorId } from '../../core/ids.ts';
import { proposeBaseline } from '../../core/session/baseline.ts';
import type { NibpReading } from '../../core/session/events.ts';
import { type Instant, instant } from '../../core/time.ts';
import type { PatientState } from '../../simulators/patient.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import type { Scenario } from '../../simulators/scenario.ts';
import { createOracle, type RequiredEvent } from './must-alarm.ts';
import { BEDSIDE_METRICS, createBedside } from './simulated-bedside.ts';

/** When the infusion runs in a scenario, and when the visit ends (s from the monitor's start). */
export interface VisitPlan {
  readonly scenario: Scenario;
  readonly startS: number;
  readonly stopS: number;
  readonly endS: number;
}

export interface VisitOptions {
  readonly limits: LimitSet;
  readonly seed: number;
  readonly acknowledging: Acknowledging;
  /** True: somebody takes the repeat readings that the engine asks for; false: only the interval's readings come. */
  readonly repeats: boolean;
  /** True: keep everything the engine was told (some megabytes a visit). */
  readonly keepInputs: boolean;
}

export interface Visit {
  readonly seed: number;
  readonly run: EngineRun;
  readonly episodes: readonly AlarmEpisode[];
  /** Times at which a medium or high sound began or rose (ms). */
  readonly soundOnsets: readonly number[];
  readonly required: readonly RequiredEvent[];
  /** Required events without a high-priority alarm one second later. */
  readonly missed: readonly RequiredEvent[];
  readonly inputs: readonly TraceInput[];
  readonly plan: VisitPlan;
}

const MONITOR = monitorId('bedside');
const CUFF_INTERVAL_MS = 300_000;
/** Wall time of the start, chosen freely: delays do not depend on it. */
const START_EPOCH_MS = 1_772_373_600_000;
const at = (seconds: number): Instant => instant(START_EPOCH_MS + seconds * 1_000, seconds * 1_000);

/** Runs one visit. Deterministic: the same plan, seed and options give the same visit. */
export const simulateVisit = (plan: VisitPlan, options: VisitOptions): Visit => {
  const { seed, limits, acknowledging, repeats, keepInputs } = options;
  const patient = createPatient(plan.scenario, seed);
  const bedside = createBedside(MONITOR);
  const oracle = createOracle();
  const runner = createRunner(limits, { acknowledging });
  const readings: NibpReading[] = [];
  const inputs: TraceInput[] = [];
  const required: RequiredEvent[] = [];
  const missed: RequiredEvent[] = [];
  let startedCuffAt = Number.NEGATIVE_INFINITY;

  const take = (input: TraceInput): void => {
    if (keepInputs) inputs.push(input);
    runner.take(input);
  };
  take(link(at(0)));
  take({ type: 'phase', phase: 'baseline', at: at(0) });
  for (let second = 1; second <= plan.endS; second += 1) {
    const now = at(second);
    for (const input of turningPoint(plan, second, readings)) take(input);
    const state = patient.stateAt(second * 1_000);
    for (const input of bedside(state, now)) take(input);
    noteReading(readings, state, now);
    const due = oracle(state, second >= plan.startS);
    required.push(...due);
    missed.push(...due.filter((event) => !isAnswered(runner, event)));
    const wanted = repeats ? repeatRequest(runner.state()) : null;
    if (
      wanted !== null &&
      wanted.dueAt.mono <= now.mono &&
      second - startedCuffAt > 60 &&
      !state.cuff.measuring
    ) {
      patient.command({ kind: 'start-cuff' }, second * 1_000 + 1);
      startedCuffAt = second;
    }
  }
  const run = runner.result();
  if (run === null) throw new Error('a visit without a second cannot be');
  return { seed, run, episodes: episodesOf(run), soundOnsets: onsets(run), required, missed, inputs, plan };
};

const link = (when: Instant): TraceInput => ({
  type: 'link',
  monitorId: MONITOR,
  state: 'associated',
  cause: '',
  metrics: BEDSIDE_METRICS,
  at: when,
});

/** Start and stop of the infusion as the nurse would enter them. */
const turningPoint = (
  plan: VisitPlan,
  second: number,
  readings: readonly NibpReading[],
): readonly TraceInput[] => {
  const now = at(second);
  if (second === plan.stopS) return [{ type: 'phase', phase: 'recovery', at: now }];
  if (second !== plan.startS) return [];
  return [
    { type: 'baseline', baseline: proposeBaseline(readings).baseline, at: now },
    { type: 'nibp-schedule', intervalMs: CUFF_INTERVAL_MS, at: now },
    { type: 'phase', phase: 'infusing', at: now },
  ];
};

const noteReading = (readings: NibpReading[], { cuff, elapsedMs }: PatientState, now: Instant): void => {
  const { last } = cuff;
  if (last?.kind !== 'reading' || elapsedMs - last.endedAtMs >= 1_000) return;
  const { systolic, diastolic, mean, pulseRate } = last;
  readings.push({
    systolic,
    diastolic,
    mean,
    pulseRate,
    receivedAt: now,
    ageAtReceiptMs: 0,
    monitorId: MONITOR,
  });
};

/** True when the alarm is on, of high priority, and not merely left over from before. */
const isAnswered = (runner: ReturnType<typeof createRunner>, event: RequiredEvent): boolean => {
  const alarm = runner.state().alarms[event.key]?.alarm;
  return alarm !== undefined && alarm.priority === 'high' && alarm.state === 'active';
};

const onsets = (run: EngineRun): readonly number[] =>
  run.sounds
    .filter(({ priority }, index) => {
      if (priority === null || priority === 'low') return false;
      const before = run.sounds[index - 1]?.priority ?? null;
      return before === null || PRIORITY_RANK[priority] > PRIORITY_RANK[before];
    })
    .map((change) => change.at.mono);
