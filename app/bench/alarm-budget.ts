/**
 * The budget of audible alarms, on simulated visits: at most two medium or high sounds an hour at the default
 * limits, and not one missed event that must have a high alarm.
 */
import type { LimitSet } from '../../core/alarm/limits.ts';
import { DEFAULT_PRESET } from '../../core/alarm/presets.ts';
import { evaluateTrace } from '../../core/evaluation/evaluate.ts';
import type { Acknowledging } from '../../core/evaluation/run.ts';
import { type Comparison, comparisonOf, round } from './alarm-comparison.ts';
import type { RequiredKind } from './must-alarm.ts';
import { simulateVisit, type Visit, type VisitPlan } from './simulated-session.ts';

export interface PopulationOptions {
  readonly planOf: (seed: number) => VisitPlan;
  /** Seeds 1 to so many. */
  readonly visits: number;
  readonly acknowledging: Acknowledging;
  readonly repeats: boolean;
  readonly limits?: LimitSet;
}

export interface PopulationFigures {
  readonly visits: number;
  readonly hours: number;
  /** Sounds that began or rose, medium or high, per 60 min of the whole visit: mean, median, 90 %, most. */
  readonly soundsPer60Min: {
    readonly mean: number;
    readonly p50: number;
    readonly p90: number;
    readonly max: number;
  };
  /** The same, of the infusion alone. */
  readonly soundsPer60MinInfusing: number;
  readonly visitsWithoutSound: number;
  readonly visitsAbove2Per60Min: number;
  /** Sounds that began because an acknowledged alarm was still true after its re-alarm time. */
  readonly realarms: number;
  /** Alarms that sounded, by condition. */
  readonly soundedByCondition: Readonly<Record<string, number>>;
  readonly required: Readonly<Record<RequiredKind, number>>;
  readonly missed: readonly string[];
}

/** Runs a population. */
export const populationFigures = (options: PopulationOptions): PopulationFigures => {
  const { planOf, visits, acknowledging, repeats, limits = DEFAULT_PRESET } = options;
  const rates: number[] = [];
  const byCondition: Record<string, number> = {};
  const required: Record<RequiredKind, number> = { 'BP-2': 0, 'BP-3': 0, 'BP-5': 0, 'SpO2-high': 0 };
  const missed: string[] = [];
  const infusing = { sounds: 0, hours: 0 };
  let hours = 0;
  let realarms = 0;
  for (let seed = 1; seed <= visits; seed += 1) {
    const visit = simulateVisit(planOf(seed), { limits, seed, acknowledging, repeats, keepInputs: false });
    const { plan, soundOnsets } = visit;
    hours += plan.endS / 3_600;
    rates.push((soundOnsets.length * 3_600) / plan.endS);
    infusing.hours += (plan.stopS - plan.startS) / 3_600;
    infusing.sounds += soundOnsets.filter(
      (ms) => ms >= plan.startS * 1_000 && ms < plan.stopS * 1_000,
    ).length;
    realarms += visit.run.events.filter((event) => event.type === 'realarmed').length;
    for (const { soundedAt, priority, conditionId } of visit.episodes) {
      if (soundedAt === null || priority === 'low') continue;
      byCondition[conditionId] = (byCondition[conditionId] ?? 0) + 1;
    }
    for (const { kind } of visit.required) required[kind] += 1;
    missed.push(
      ...visit.missed.map(
        (event) => `seed ${seed}, ${event.elapsedMs / 1_000} s: ${event.kind} ${event.what}`,
      ),
    );
  }
  const sorted = rates.toSorted((a, b) => a - b);
  const share = (part: number) => round(sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0);
  return {
    visits,
    hours: round(hours),
    soundsPer60Min: {
      mean: round(rates.reduce((sum, rate) => sum + rate, 0) / Math.max(1, visits)),
      p50: share(0.5),
      p90: share(0.9),
      max: share(1),
    },
    soundsPer60MinInfusing: round(infusing.hours === 0 ? 0 : infusing.sounds / infusing.hours),
    visitsWithoutSound: rates.filter((rate) => rate === 0).length,
    visitsAbove2Per60Min: rates.filter((rate) => rate > 2).length,
    realarms,
    soundedByCondition: Object.fromEntries(Object.entries(byCondition).sort(([, a], [, b]) => b - a)),
    required,
    missed,
  };
};

/** Our engine and plain thresholds on the same simulated visits (one value a second). */
export const populationComparison = (planOf: (seed: number) => VisitPlan, visits: number): Comparison =>
  comparisonOf(comparedVisits(planOf, visits));

function* comparedVisits(planOf: (seed: number) => VisitPlan, visits: number) {
  for (let seed = 1; seed <= visits; seed += 1) {
    const visit: Visit = simulateVisit(planOf(seed), {
      limits: DEFAULT_PRESET,
      seed,
      acknowledging: { kind: 'nobody' },
      repeats: false,
      keepInputs: true,
    });
    const evaluation = evaluateTrace(visit.inputs, DEFAULT_PRESET, { acknowledging: { kind: 'when-over' } });
    if (evaluation !== null) yield { name: `seed ${seed}`, evaluation };
  }
}
