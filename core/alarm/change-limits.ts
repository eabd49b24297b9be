/**
 * The rules for limits of one patient (L-3): tighter is free, looser than the preset wants a reason, beyond the
 * hard bounds also a physician; a low limit stays below its high one, and a more urgent degree stays further out
 * than a less urgent one. What is refused is refused in words.
 */
import { METRICS } from '../nomenclature/metrics.ts';
import { outranks } from './catalogue.ts';
import { HARD_BOUNDS } from './hard-bounds.ts';
import type { AlarmLimit, LimitSet, RelativeLimit } from './limits.ts';
import { relativeLimitsOf } from './presets.ts';
import { limitRow } from './rows.ts';

export interface LimitChange {
  readonly limitId: string;
  /** Null only where the preset has null. */
  readonly threshold: number | null;
}

export interface LimitRefusal {
  readonly code: 'not-found' | 'not-allowed' | 'invalid-params';
  readonly message: string;
}

export type LimitOutcome =
  | { readonly ok: true; readonly after: LimitSet; readonly beyond: readonly string[] }
  | { readonly ok: false; readonly refusal: LimitRefusal };

type AnyLimit = AlarmLimit | RelativeLimit;

/** All limits of a set, absolute and relative. */
export const allLimits = (set: LimitSet): readonly AnyLimit[] => [...set.limits, ...relativeLimitsOf(set)];

const thresholdOf = (set: LimitSet, id: string): number | null | undefined =>
  allLimits(set).find((limit) => limit.id === id)?.threshold;

const isLowSide = (limit: AnyLimit): boolean => 'side' in limit && limit.side === 'low';

/** True when `to` lets more pass than `from`; null lets everything pass. */
export const isLooser = (limit: AnyLimit, from: number | null, to: number | null): boolean => {
  if (from === null || from === to) return false;
  return to === null || (isLowSide(limit) ? to < from : to > from);
};

/** True beyond the hard bound of the limit; a limit without one has none to cross. */
export const isBeyondBound = (limit: AnyLimit, threshold: number | null): boolean => {
  const bound = Object.hasOwn(HARD_BOUNDS, limit.id) ? HARD_BOUNDS[limit.id] : undefined;
  return bound !== undefined && isLooser(limit, bound, threshold);
};

const BASIS_WORDS = { rise: 'rise', 'rise-ratio': 'rise', 'fall-ratio': 'fall', step: 'step' } as const;

/** "SpO₂ low, high priority": a limit in words. */
export const limitName = (limit: AnyLimit): string =>
  `${METRICS[limit.metric].label} ${'side' in limit ? limit.side : BASIS_WORDS[limit.basis]}, ${limit.priority} priority`;

/** The set with other thresholds. Judges nothing. */
export const withThresholds = (set: LimitSet, changes: readonly LimitChange[]): LimitSet => {
  const changed = <T extends AnyLimit>(limit: T): T => {
    const change = changes.find((entry) => entry.limitId === limit.id);
    return change === undefined ? limit : { ...limit, threshold: change.threshold };
  };
  return { ...set, limits: set.limits.map(changed), relative: relativeLimitsOf(set).map(changed) };
};

/**
 * Holds a change against the rules.
 * @param preset the limits that the set in force was made from, unedited.
 */
export const changeLimits = (
  preset: LimitSet,
  inForce: LimitSet,
  changes: readonly LimitChange[],
  why: { readonly reason: string | null; readonly physician: string | null },
): LimitOutcome => {
  const refuse = (code: LimitRefusal['code'], message: string): LimitOutcome => ({
    ok: false,
    refusal: { code, message },
  });
  const known = allLimits(inForce);
  const unknown = changes.find(({ limitId }) => !known.some((limit) => limit.id === limitId));
  if (unknown !== undefined) return refuse('not-found', `There is no limit "${unknown.limitId}".`);
  if (new Set(changes.map((entry) => entry.limitId)).size < changes.length) {
    return refuse('invalid-params', 'One limit is named twice.');
  }
  const after = withThresholds(inForce, changes);
  const looser: AnyLimit[] = [];
  for (const limit of allLimits(after)) {
    const { threshold } = limit;
    const was = thresholdOf(inForce, limit.id) ?? null;
    if (threshold === was) continue;
    const standard = thresholdOf(preset, limit.id) ?? null;
    if (threshold === null && standard !== null) {
      return refuse(
        'not-allowed',
        `${limitName(limit)}: a limit is not switched off here. Use ALARM OFF, which shows and reminds.`,
      );
    }
    const fault = threshold === null ? null : implausible(limit, threshold);
    if (fault !== null) return refuse('invalid-params', fault);
    if (isLooser(limit, was, threshold) && isLooser(limit, standard, threshold)) looser.push(limit);
  }
  const order = orderFault(after);
  if (order !== null) return refuse('not-allowed', order);
  if (looser.length > 0 && why.reason === null) {
    return refuse(
      'not-allowed',
      `Looser than the preset ${preset.presetName}: ${looser.map(limitName).join('; ')}. Give a reason.`,
    );
  }
  const beyond = looser.filter((limit) => isBeyondBound(limit, limit.threshold));
  if (beyond.length > 0 && why.physician === null) {
    const words = beyond.map((limit) => `${limitName(limit)} beyond ${HARD_BOUNDS[limit.id]}`);
    return refuse(
      'not-allowed',
      `Only a physician may decide this: ${words.join('; ')}. Name the physician.`,
    );
  }
  return { ok: true, after, beyond: beyond.map((limit) => limit.id) };
};

/** Numbers that no patient can have, or that would mean nothing. */
const implausible = (limit: AnyLimit, threshold: number): string | null => {
  if (!Number.isFinite(threshold)) return `${limitName(limit)}: not a number.`;
  if (!('side' in limit)) {
    const isRatio = limit.basis === 'rise-ratio' || limit.basis === 'fall-ratio';
    const most = isRatio ? 1 : 150;
    return threshold > 0 && threshold <= most
      ? null
      : `${limitName(limit)}: must be above 0 and at most ${most}.`;
  }
  const { low, high } = METRICS[limit.metric].plausible;
  return threshold >= low && threshold <= high
    ? null
    : `${limitName(limit)}: must lie between ${low} and ${high}.`;
};

/** What stands in the wrong order in a set, in words; null: nothing. */
export const orderFault = (set: LimitSet): string | null => {
  const limits = allLimits(set).filter((limit) => limit.threshold !== null);
  for (const a of limits) {
    for (const b of limits) {
      if (a.metric !== b.metric) continue;
      const fault = sameDirection(a, b) ? degreeFault(a, b) : crossingFault(a, b);
      if (fault !== null) return fault;
    }
  }
  return null;
};

const sameDirection = (a: AnyLimit, b: AnyLimit): boolean =>
  'side' in a ? 'side' in b && a.side === b.side : !('side' in b) && a.basis === b.basis;

const crossingFault = (a: AnyLimit, b: AnyLimit): string | null => {
  if (!('side' in a && 'side' in b) || a.side !== 'low') return null;
  return (a.threshold ?? 0) < (b.threshold ?? 0)
    ? null
    : `${limitName(a)} (${a.threshold}) must stay below ${limitName(b)} (${b.threshold}).`;
};

/** `a` is the more urgent one: it must lie further out, so that the lesser degree comes first. */
const degreeFault = (a: AnyLimit, b: AnyLimit): string | null => {
  const [outer, inner] = [a.threshold ?? 0, b.threshold ?? 0];
  if (outranks(a.priority, b.priority)) {
    return isLooser(a, inner, outer)
      ? null
      : `${limitName(a)} (${outer}) must lie beyond ${limitName(b)} (${inner}).`;
  }
  const further =
    a.priority === b.priority &&
    a.delayMs === b.delayMs &&
    limitRow(a.id, a).degree > limitRow(b.id, b).degree;
  return further && isLooser(a, outer, inner)
    ? `${limitName(a)} at once (${outer}) must not lie inside ${limitName(b)} (${inner}).`
    : null;
};

/** The limits that another set makes looser than they are now. */
export const looserIn = (inForce: LimitSet, next: LimitSet): readonly string[] =>
  allLimits(next)
    .filter((limit) => isLooser(limit, thresholdOf(inForce, limit.id) ?? null, limit.threshold))
    .map(limitName);
