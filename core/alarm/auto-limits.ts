/**
 * Limits from the patient's own baseline: worked out, shown as old and new, never set by themselves (L-4). The
 * systolic ones are capped at 180, SpO₂ and respiration are never touched, nor are the limits that alarm at
 * once. The distances are those of the rises over baseline that the rules already watch (BP-4, BP-5), because
 * the usual automatic factors of monitors sit at the mean rise that ketamine itself causes. Approve every number.
 */
import type { BloodPressureBaseline } from '../session/events.ts';
import { allLimits, isLooser, orderFault, withThresholds } from './change-limits.ts';
import type { AlarmLimit, LimitSet } from './limits.ts';

/** A limit as it is and as it could be. */
export interface ProposedLimit {
  readonly limitId: string;
  readonly metric: AlarmLimit['metric'];
  readonly side: AlarmLimit['side'];
  readonly priority: AlarmLimit['priority'];
  readonly old: number | null;
  readonly proposed: number;
  /** Looser than the preset: taking it over wants a reason. */
  readonly loosens: boolean;
  readonly why: string;
}

interface Rule {
  readonly limitId: string;
  readonly from: 'systolic' | 'diastolic' | 'heartRate';
  readonly plus?: number;
  readonly times?: number;
  readonly least: number;
  readonly most: number;
}

const RULES: readonly Rule[] = [
  { limitId: 'nibp-sys-high-high-priority', from: 'systolic', plus: 40, least: 150, most: 180 },
  { limitId: 'nibp-sys-high-medium-priority', from: 'systolic', plus: 30, least: 140, most: 175 },
  { limitId: 'nibp-dia-high-high-priority', from: 'diastolic', plus: 25, least: 95, most: 110 },
  { limitId: 'nibp-dia-high-medium-priority', from: 'diastolic', plus: 20, least: 90, most: 105 },
  { limitId: 'nibp-sys-low-medium-priority', from: 'systolic', times: 0.75, least: 85, most: 100 },
  { limitId: 'hr-high-medium-priority', from: 'heartRate', times: 1.25, least: 100, most: 130 },
  { limitId: 'hr-low-medium-priority', from: 'heartRate', times: 0.8, least: 45, most: 60 },
];

/** What is never proposed, for people. */
export const NEVER_PROPOSED =
  'SpO₂, respiration and the limits that alarm at once stay as they are; systolic limits never exceed 180.';

/**
 * The limits that the baseline suggests, only those that would change; limits that are off stay off. `fault`: the
 * suggestion does not fit limits that were edited by hand, and nothing is proposed.
 */
export const proposeLimits = (
  preset: LimitSet,
  inForce: LimitSet,
  baseline: BloodPressureBaseline,
): { readonly proposals: readonly ProposedLimit[]; readonly fault: string | null } => {
  const proposals = RULES.flatMap((rule) => {
    const limit = inForce.limits.find((entry) => entry.id === rule.limitId);
    const base = baseline[rule.from];
    if (limit === undefined || limit.threshold === null || base === null) return [];
    const proposed = suggestion(rule, base);
    if (proposed === limit.threshold) return [];
    const standard = allLimits(preset).find((entry) => entry.id === limit.id)?.threshold ?? null;
    const { id, metric, side, priority, threshold } = limit;
    const loosens = isLooser(limit, standard, proposed);
    return [
      {
        limitId: id,
        metric,
        side,
        priority,
        old: threshold,
        proposed,
        loosens,
        why: words(rule, base, proposed),
      },
    ];
  });
  const changes = proposals.map(({ limitId, proposed }) => ({ limitId, threshold: proposed }));
  const fault = orderFault(withThresholds(inForce, changes));
  return fault === null ? { proposals, fault } : { proposals: [], fault };
};

const suggestion = ({ plus = 0, times = 1, least, most }: Rule, base: number): number =>
  Math.min(most, Math.max(least, Math.round(base * times + plus)));

const words = (rule: Rule, base: number, proposed: number): string => {
  const change = rule.times === undefined ? `+ ${rule.plus ?? 0}` : `× ${rule.times}`;
  const wanted = Math.round(base * (rule.times ?? 1) + (rule.plus ?? 0));
  const kept =
    wanted === proposed ? '' : wanted > proposed ? `, at most ${proposed}` : `, at least ${proposed}`;
  return `baseline ${Math.round(base)} ${change}${kept}`;
};
