/**
 * Blood pressure: one reading can meet several rules, and is still one alarm for "too high" and one for "too
 * low": the most urgent rule speaks, the others are named in its message. Confirm by repeat (F-3): a medium
 * rule is shown unconfirmed and silent, a high one sounds at once; a repeat that still meets the rule
 * confirms it, one that is inside by more than 5 mmHg takes it back, and when none comes within 3 minutes it
 * counts as confirmed.
 */
import type { NibpReading } from '../session/events.ts';
import { elapsedMs, type Instant } from '../time.ts';
import { conditionRank, outranks } from './catalogue.ts';
import { isSameMeasurement } from './cuff-reading.ts';
import { ALSO, type Finding } from './judgement.ts';
import { relativeLimitsOf } from './presets.ts';
import { lookAtReading, type RuleLook } from './pressure-rules.ts';
import { limitRow } from './rows.ts';
import type { AlarmEngineState, CuffFact, RuleStatus } from './state.ts';
import { CONFIRM_MARGIN_MMHG, CONFIRM_WITHIN_MS } from './timing.ts';

/** How many readings the engine remembers. */
export const READINGS_KEPT = 12;

/** The cuff after one more believable reading. A reading seen twice changes nothing. */
export const takeReading = (state: AlarmEngineState, reading: NibpReading): CuffFact => {
  const { cuff } = state;
  const previous = cuff.readings.at(-1) ?? null;
  if (previous !== null && isSameMeasurement(previous, reading)) return { ...cuff, inflatingSince: null };
  const looks = lookAtReading(state.limits, state.baseline, previous, reading);
  const judged = new Set(looks.map((look) => look.ruleId));
  const unjudged = cuff.rules.filter((rule) => !judged.has(rule.ruleId) && !isStep(rule.ruleId));
  const rules = looks
    .map((look) =>
      nextStatus(
        cuff.rules.find((rule) => rule.ruleId === look.ruleId),
        look,
        reading,
      ),
    )
    .filter((rule) => rule !== null);
  const next = [...rules, ...unjudged];
  return {
    readings: [...cuff.readings, reading].slice(-READINGS_KEPT),
    rejected: null,
    inflatingSince: null,
    rules: next,
    calm: next.some((rule) => !isStep(rule.ruleId)) ? 0 : cuff.calm + 1,
    sinceRise: next.some((rule) => isStep(rule.ruleId)) ? 0 : cuff.sinceRise + 1,
  };
};

const isStep = (ruleId: string): boolean => limitRow(ruleId).rule === 'BP-6';

const nextStatus = (
  before: RuleStatus | undefined,
  look: RuleLook,
  reading: NibpReading,
): RuleStatus | null => {
  const { ruleId, value, limit, text } = look;
  if (!look.met) {
    return before?.status === 'pending' && isClose(look) ? before : null;
  }
  if (before !== undefined) {
    return { ...before, status: 'confirmed', value, limit, text, hits: before.hits + 1 };
  }
  const status = limitRow(ruleId).confirm === 'repeat' ? 'pending' : 'confirmed';
  return { ruleId, status, since: reading.receivedAt, value, limit, text, hits: 1 };
};

/** Not met, but not by enough to take a waiting rule back. */
const isClose = (look: RuleLook): boolean => look.marginMmHg <= CONFIRM_MARGIN_MMHG;

/** Fail loud: rules that waited too long for a repeat count as confirmed. The same object if none did. */
export const promoteOverdue = (cuff: CuffFact, at: Instant): CuffFact => {
  const late = (rule: RuleStatus) =>
    rule.status === 'pending' && elapsedMs(rule.since, at) >= CONFIRM_WITHIN_MS;
  return cuff.rules.some(late)
    ? { ...cuff, rules: cuff.rules.map((rule) => (late(rule) ? { ...rule, status: 'confirmed' } : rule)) }
    : cuff;
};

/**
 * The cuff after a change of limits or baseline: rules the last reading does not meet any more end at once;
 * a tighter limit judges from the next reading on. A rule that did not change stays as it was: to be told the
 * same again ends nothing.
 */
export const reviewRules = (before: AlarmEngineState, state: AlarmEngineState): CuffFact => {
  const { cuff } = state;
  const reading = cuff.readings.at(-1);
  if (reading === undefined || cuff.rules.length === 0) return cuff;
  const looks = lookAtReading(state.limits, state.baseline, cuff.readings.at(-2) ?? null, reading);
  const stands = (rule: RuleStatus) => {
    if (termsOf(before, rule.ruleId) === termsOf(state, rule.ruleId)) return true;
    const look = looks.find((entry) => entry.ruleId === rule.ruleId);
    return look !== undefined && (look.met || (rule.status === 'pending' && isClose(look)));
  };
  return { ...cuff, rules: cuff.rules.filter(stands) };
};

/** Everything a rule judges by, as text to compare. */
const termsOf = ({ limits, baseline }: AlarmEngineState, ruleId: string): string => {
  const relative = relativeLimitsOf(limits).find((rule) => rule.id === ruleId);
  if (relative === undefined)
    return JSON.stringify(limits.limits.find((limit) => limit.id === ruleId) ?? null);
  return JSON.stringify([relative, relative.basis === 'step' ? null : baseline]);
};

/** The findings of the pressure rules: at most one for each key. */
export const pressureFindings = (state: AlarmEngineState): readonly Finding[] => {
  const reading = state.cuff.readings.at(-1) ?? null;
  const candidates = state.cuff.rules.map((rule) => findingOf(state, rule, reading));
  const best = new Map<string, Finding>();
  for (const candidate of candidates) {
    const other = best.get(candidate.key);
    if (other === undefined || precedes(candidate, other)) best.set(candidate.key, candidate);
  }
  return [...best.values()].map((finding) => ({
    ...finding,
    message: withOthers(state, finding, candidates),
  }));
};

const findingOf = (state: AlarmEngineState, rule: RuleStatus, reading: NibpReading | null): Finding => {
  const definition =
    state.limits.limits.find((limit) => limit.id === rule.ruleId) ??
    relativeLimitsOf(state.limits).find((limit) => limit.id === rule.ruleId);
  const base = limitRow(rule.ruleId, definition);
  const again = base.rule === 'BP-6' && rule.hits > 1;
  const row = again ? limitRow(`${rule.ruleId}-again`) : base;
  return {
    key: row.key,
    conditionId: row.id,
    category: 'physiological',
    priority: again ? row.priority : (definition?.priority ?? row.priority),
    title: row.title,
    message: rule.text,
    metric: definition?.metric ?? null,
    monitorId: reading?.monitorId ?? null,
    value: rule.value,
    limit: rule.limit,
    worse: row.key === 'bp-low' ? 'lower' : 'higher',
    confirmation: base.confirm === 'none' ? 'none' : rule.status,
    onsetAt: rule.since,
  };
};

/** More urgent first; of equals the confirmed one; of equals the one the catalogue names first. */
const precedes = (a: Finding, b: Finding): boolean => {
  if (a.priority !== b.priority) return outranks(a.priority, b.priority);
  const settled = (finding: Finding) => finding.confirmation !== 'pending';
  if (settled(a) !== settled(b)) return settled(a);
  return conditionRank(a.conditionId) < conditionRank(b.conditionId);
};

/** Names up to three other rules the reading meets: of each pressure and basis only the most urgent one. */
const withOthers = (state: AlarmEngineState, finding: Finding, all: readonly Finding[]): string => {
  const seen = new Set([kindOf(state, finding)]);
  const others = all
    .filter((other) => other.key === finding.key)
    .sort((a, b) => (precedes(a, b) ? -1 : 1))
    .filter((other) => {
      const kind = kindOf(state, other);
      return seen.has(kind) ? false : seen.add(kind);
    })
    .map((other) => other.message);
  return others.length === 0 ? finding.message : `${finding.message}${ALSO}${others.slice(0, 3).join(', ')}`;
};

/** Which pressure, measured against what: "SYS 184 ≥ 160" adds nothing to "SYS 184 ≥ 180". */
const kindOf = (state: AlarmEngineState, finding: Finding): string => {
  const ruleId = finding.conditionId.replace(/-again$/, '');
  const relative = relativeLimitsOf(state.limits).find((rule) => rule.id === ruleId);
  return `${finding.metric} ${relative?.basis ?? 'absolute'}`;
};
