/** Our engine against plain thresholds on the same traces: figures of several evaluations added up. */
import { durationMs } from '../../core/evaluation/episodes.ts';
import type { Evaluation } from '../../core/evaluation/evaluate.ts';
import { elapsedMs } from '../../core/time.ts';

/** Alarms of one kind: how many, how often, how long, and which share was over within 15 s. */
export interface AlarmTotals {
  readonly alarms: number;
  readonly perHour: number;
  readonly minutesOn: number;
  readonly shorterThan15s: number | null;
}

export interface Comparison {
  readonly hours: number;
  /** Medium and high alarms of the patient that sounded. */
  readonly ours: AlarmTotals;
  /** Shown, and taken back before they sounded (a cuff reading that a second one did not confirm). */
  readonly onlyShown: number;
  /** Alarms of the equipment that sounded: plain thresholds have none and are silent where numbers are missing. */
  readonly technical: AlarmTotals;
  readonly plain: AlarmTotals;
  readonly violations: number;
  /** Violations that lasted at least the delay of their limit, and what they got. */
  readonly sustained: {
    readonly all: number;
    readonly alarmed: number;
    readonly technical: number;
    readonly reasons: Readonly<Record<string, number>>;
    readonly missed: number;
    /** Named, so that a fault can be found. */
    readonly missedExamples: readonly string[];
  };
  /** Violations that were over before their delay was. */
  readonly shorterThanDelay: number;
}

const SHORT_MS = 15_000;

/** Adds evaluations up; `hours` of their traces. */
export const comparisonOf = (
  evaluations: Iterable<{ readonly name: string; readonly evaluation: Evaluation }>,
): Comparison => {
  let hours = 0;
  let onlyShown = 0;
  let violations = 0;
  let shorterThanDelay = 0;
  const durations = { ours: [] as number[], technical: [] as number[], plain: [] as number[] };
  const sustained = { all: 0, alarmed: 0, technical: 0, missed: 0 };
  const reasons: Record<string, number> = {};
  const missedExamples: string[] = [];
  for (const { name, evaluation } of evaluations) {
    const { episodes, answered, plain, from, to } = evaluation;
    hours += elapsedMs(from, to) / 3_600_000;
    for (const episode of episodes) {
      if (episode.priority === 'low') continue;
      const kind = episode.category === 'technical' ? 'technical' : 'ours';
      if (episode.soundedAt === null) onlyShown += 1;
      else durations[kind].push(durationMs(episode, to));
    }
    for (const alarm of plain) durations.plain.push(elapsedMs(alarm.onsetAt, alarm.endAt ?? to));
    for (const { violation, answer } of answered) {
      violations += 1;
      if (violation.provenAt === null) {
        shorterThanDelay += 1;
        continue;
      }
      sustained.all += 1;
      if (answer.kind === 'alarm') sustained.alarmed += 1;
      else if (answer.kind === 'technical') sustained.technical += 1;
      else if (answer.kind === 'none') reasons[answer.reason] = (reasons[answer.reason] ?? 0) + 1;
      else {
        sustained.missed += 1;
        if (missedExamples.length < 10) {
          missedExamples.push(`${name} ${violation.limitId} at ${violation.onsetAt.mono / 1_000} s`);
        }
      }
    }
  }
  const totals = (list: readonly number[]): AlarmTotals => ({
    alarms: list.length,
    perHour: hours === 0 ? 0 : round(list.length / hours),
    minutesOn: round(list.reduce((sum, ms) => sum + ms, 0) / 60_000),
    shorterThan15s: list.length === 0 ? null : round(list.filter((ms) => ms < SHORT_MS).length / list.length),
  });
  return {
    hours: round(hours),
    ours: totals(durations.ours),
    onlyShown,
    technical: totals(durations.technical),
    plain: totals(durations.plain),
    violations,
    sustained: { ...sustained, reasons, missedExamples },
    shorterThanDelay,
  };
};

/** To a hundredth. */
export const round = (value: number): number => Math.round(value * 100) / 100;
