/** The figures of an evaluation: how often, how long, how loud, and what got no alarm. */
import type { LimitSet } from '../alarm/limits.ts';
import { relativeLimitsOf } from '../alarm/presets.ts';
import type { AlarmCategory, AlarmPriority } from '../alarm/types.ts';
import { elapsedMs, type Instant } from '../time.ts';
import type { AnsweredViolation, NoAlarmReason } from './answers.ts';
import { type AlarmEpisode, durationMs } from './episodes.ts';
import { numbersOf } from './numbers.ts';
import type { PlainAlarm } from './plain.ts';
import type { EngineRun } from './run.ts';
import type { TraceInput } from './trace.ts';

export interface ConditionFigures {
  readonly conditionId: string;
  readonly category: AlarmCategory;
  readonly priority: AlarmPriority;
  readonly alarms: number;
  readonly perHour: number;
  /** How long these alarms were on, added up (s). */
  readonly burdenSeconds: number;
  /** Of them, those that sounded (or would have, had nobody paused the sound). */
  readonly sounded: number;
}

export interface AlarmFigures {
  readonly alarms: number;
  readonly perHour: number;
  readonly sounded: number;
  readonly soundedPerHour: number;
  readonly burdenSeconds: number;
  /** Share of the alarms that were on for less than 15 s; null without alarms. */
  readonly shorterThan15s: number | null;
}

/** Violations of one limit and what became of them. `missed` must be 0. */
export interface ViolationFigures {
  readonly limitId: string;
  readonly priority: AlarmPriority;
  readonly violations: number;
  readonly alarmed: number;
  /** Of the alarmed: only shown, without a sound. */
  readonly onlyShown: number;
  readonly technical: number;
  readonly missed: number;
  readonly noAlarm: Readonly<Partial<Record<NoAlarmReason, number>>>;
}

export interface EvaluationSummary {
  readonly hours: number;
  readonly all: AlarmFigures;
  readonly byPriority: Readonly<Record<AlarmPriority, AlarmFigures>>;
  readonly physiological: AlarmFigures;
  readonly technical: AlarmFigures;
  readonly byCondition: readonly ConditionFigures[];
  /** How long any sound was on, if nobody acknowledged anything the run did not (s). */
  readonly soundingSeconds: number;
  readonly violations: readonly ViolationFigures[];
  readonly missed: number;
  /** Limits that could not be judged: off, without numbers, or without a baseline. */
  readonly notJudged: readonly {
    readonly limitId: string;
    readonly why: 'off' | 'no-numbers' | 'no-baseline';
  }[];
  /** The same limits as plain thresholds: medium and high alarms, no delay, no hysteresis. */
  readonly plain: AlarmFigures;
}

interface Parts {
  readonly run: EngineRun;
  readonly inputs: readonly TraceInput[];
  readonly limits: LimitSet;
  readonly episodes: readonly AlarmEpisode[];
  readonly answered: readonly AnsweredViolation[];
  readonly plain: readonly PlainAlarm[];
}

/** Adds an evaluation up. */
export const summarise = (parts: Parts): EvaluationSummary => {
  const { run, episodes, answered, plain } = parts;
  const hours = elapsedMs(run.from, run.to) / 3_600_000;
  const figures = (chosen: readonly AlarmEpisode[]) => alarmFigures(chosen, hours, run.to);
  const violations = violationFigures(answered);
  return {
    hours,
    all: figures(episodes),
    byPriority: {
      high: figures(episodes.filter((entry) => entry.priority === 'high')),
      medium: figures(episodes.filter((entry) => entry.priority === 'medium')),
      low: figures(episodes.filter((entry) => entry.priority === 'low')),
    },
    physiological: figures(episodes.filter((entry) => entry.category === 'physiological')),
    technical: figures(episodes.filter((entry) => entry.category === 'technical')),
    byCondition: conditionFigures(episodes, hours, run.to),
    soundingSeconds: soundingMs(run) / 1_000,
    violations,
    missed: violations.reduce((sum, entry) => sum + entry.missed, 0),
    notJudged: notJudged(parts),
    plain: plainFigures(plain, hours, run.to),
  };
};

const perHour = (count: number, hours: number): number => (hours === 0 ? 0 : count / hours);
const SHORT_MS = 15_000;

const shareShort = (durations: readonly number[]): number | null =>
  durations.length === 0 ? null : durations.filter((ms) => ms < SHORT_MS).length / durations.length;

const alarmFigures = (chosen: readonly AlarmEpisode[], hours: number, to: Instant): AlarmFigures => {
  const durations = chosen.map((episode) => durationMs(episode, to));
  const sounded = chosen.filter((episode) => episode.soundedAt !== null).length;
  return {
    alarms: chosen.length,
    perHour: perHour(chosen.length, hours),
    sounded,
    soundedPerHour: perHour(sounded, hours),
    burdenSeconds: durations.reduce((sum, ms) => sum + ms, 0) / 1_000,
    shorterThan15s: shareShort(durations),
  };
};

const plainFigures = (plain: readonly PlainAlarm[], hours: number, to: Instant): AlarmFigures => {
  const durations = plain.map((alarm) => elapsedMs(alarm.onsetAt, alarm.endAt ?? to));
  return {
    alarms: plain.length,
    perHour: perHour(plain.length, hours),
    sounded: plain.length,
    soundedPerHour: perHour(plain.length, hours),
    burdenSeconds: durations.reduce((sum, ms) => sum + ms, 0) / 1_000,
    shorterThan15s: shareShort(durations),
  };
};

const conditionFigures = (
  episodes: readonly AlarmEpisode[],
  hours: number,
  to: Instant,
): readonly ConditionFigures[] =>
  [...grouped(episodes, (entry) => `${entry.conditionId}/${entry.priority}`)]
    .map(([, group]) => {
      const { alarms, burdenSeconds, sounded } = alarmFigures(group, hours, to);
      const { conditionId, category, priority } = group[0];
      return {
        conditionId,
        category,
        priority,
        alarms,
        perHour: perHour(alarms, hours),
        burdenSeconds,
        sounded,
      };
    })
    .toSorted((a, b) => b.alarms - a.alarms || (a.conditionId < b.conditionId ? -1 : 1));

const violationFigures = (answered: readonly AnsweredViolation[]): readonly ViolationFigures[] =>
  [...grouped(answered, (entry) => entry.violation.limitId)].map(([limitId, group]) => {
    const count = (test: (entry: AnsweredViolation) => boolean) => group.filter(test).length;
    const noAlarm: Partial<Record<NoAlarmReason, number>> = {};
    for (const { answer } of group) {
      if (answer.kind === 'none') noAlarm[answer.reason] = (noAlarm[answer.reason] ?? 0) + 1;
    }
    return {
      limitId,
      priority: group[0].violation.priority,
      violations: group.length,
      alarmed: count(({ answer }) => answer.kind === 'alarm'),
      onlyShown: count(({ answer }) => answer.kind === 'alarm' && !answer.sounded),
      technical: count(({ answer }) => answer.kind === 'technical'),
      missed: count(({ answer }) => answer.kind === 'missed'),
      noAlarm,
    };
  });

const grouped = <T>(all: readonly T[], keyOf: (entry: T) => string): Map<string, readonly [T, ...T[]]> => {
  const groups = new Map<string, [T, ...T[]]>();
  for (const entry of all) {
    const group = groups.get(keyOf(entry));
    if (group === undefined) groups.set(keyOf(entry), [entry]);
    else group.push(entry);
  }
  return groups;
};

const soundingMs = (run: EngineRun): number =>
  run.sounds.reduce((sum, change, index) => {
    if (change.priority === null) return sum;
    return sum + elapsedMs(change.at, run.sounds[index + 1]?.at ?? run.to);
  }, 0);

const notJudged = ({ inputs, limits }: Parts): EvaluationSummary['notJudged'] => {
  const { series, cuff } = numbersOf(inputs);
  const seen = new Set<string>(series.map((entry) => entry.metric));
  const baseline = inputs.findLast((input) => input.type === 'baseline')?.baseline ?? null;
  const hasNumbers = (metric: string): boolean => {
    if (metric.startsWith('MDC_PRESS_BLD_NONINV')) return cuff.length > 0;
    if (metric === 'MDC_ECG_HEART_RATE') return seen.has(metric) || seen.has('MDC_PULS_OXIM_PULS_RATE');
    if (metric === 'MDC_RESP_RATE') return [...seen].some((entry) => entry.endsWith('RESP_RATE'));
    return seen.has(metric);
  };
  const absolute = limits.limits.map(({ id, metric, threshold }) => ({
    limitId: id,
    why: threshold === null ? ('off' as const) : hasNumbers(metric) ? null : ('no-numbers' as const),
  }));
  const relative = relativeLimitsOf(limits).map(({ id, metric, threshold, basis }) => {
    if (threshold === null) return { limitId: id, why: 'off' as const };
    if (!hasNumbers(metric)) return { limitId: id, why: 'no-numbers' as const };
    const base = metric === 'MDC_ECG_HEART_RATE' ? (baseline?.heartRate ?? null) : baseline;
    return { limitId: id, why: basis !== 'step' && base === null ? ('no-baseline' as const) : null };
  });
  return [...absolute, ...relative].flatMap(({ limitId, why }) => (why === null ? [] : [{ limitId, why }]));
};
