/**
 * What the engine said to each violation: an alarm in time, a technical alarm in its place, or nothing and why.
 * A violation is *sustained* when it lasted its limit's delay; a sustained one that got nothing in time, and
 * for which none of the declared reasons holds, is `missed`: that is a fault of the engine.
 */
import { outranks } from '../alarm/catalogue.ts';
import { limitRow } from '../alarm/rows.ts';
import type { AlarmPriority } from '../alarm/types.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Observation } from '../observation/observation.ts';
import { isClosed, type Phase } from '../session/phase.ts';
import { addMs, elapsedMs, type Instant } from '../time.ts';
import type { AlarmEpisode } from './episodes.ts';
import { isFrame, type TraceInput } from './trace.ts';
import type { Violation } from './violation.ts';

/** Why a violation got no alarm of its own. */
export type NoAlarmReason =
  | 'alarm-off' // the limit is off; judged by the threshold of the standard preset
  | 'shorter-than-delay'
  | 'trace-ended' // before the alarm was due
  | 'no-session' // nothing is judged without an open session
  | 'reading-not-believed' // a cuff reading that cannot be one (F-3)
  | 'signal-doubtful' // held back, for at most 30 s, because the monitor doubts its signal (F-5)
  | 'rates-disagree' // heart rate and pulse rate were too far apart to be believed for part of the time (F-4)
  | 'better-source'; // another source of the same quantity, judged in its place, was inside

export type Answer =
  /** An alarm of at least the limit's priority. `sounded` false: it was only shown (advisory, or never confirmed). */
  | { readonly kind: 'alarm'; readonly afterMs: number; readonly sounded: boolean; readonly episode: number }
  /** A technical alarm says that the number may not be believed (F-3, F-4, F-5). */
  | { readonly kind: 'technical'; readonly conditionId: string }
  | { readonly kind: 'none'; readonly reason: NoAlarmReason }
  | { readonly kind: 'missed' };

export interface AnsweredViolation {
  readonly violation: Violation;
  readonly answer: Answer;
}

export interface AnswerOptions {
  /** The time between two looks of the engine (ms): an alarm may come so much after its delay. */
  readonly sampleMs: number;
  readonly end: Instant;
}

/** Each violation with the engine's answer; `episodes` as `episodesOf` gives them. */
export const answersTo = (
  violations: readonly Violation[],
  episodes: readonly AlarmEpisode[],
  inputs: readonly TraceInput[],
  options: AnswerOptions,
): readonly AnsweredViolation[] => {
  const context: Context = {
    phaseAt: phases(inputs),
    bestRespirationAt: bestRespiration(inputs),
    ratesApartAt: ratesApart(inputs),
  };
  return violations.map((violation) => ({
    violation,
    answer: answerTo(violation, episodes, context, options),
  }));
};

/** What a trace says besides the violations, looked up once. */
interface Context {
  readonly phaseAt: (at: Instant) => Phase | null;
  readonly bestRespirationAt: (at: Instant) => string | null;
  /** The moments at which heart rate and pulse rate were both known and too far apart. */
  readonly ratesApartAt: readonly Instant[];
}

const HEART: MetricId = 'MDC_ECG_HEART_RATE';
const PULSE: MetricId = 'MDC_PULS_OXIM_PULS_RATE';
const isRate = (metric: MetricId): boolean => metric === HEART || metric === PULSE;
const isBetween = (at: Instant, from: Instant, to: Instant): boolean =>
  elapsedMs(from, at) >= 0 && elapsedMs(at, to) >= 0;

const answerTo = (
  violation: Violation,
  episodes: readonly AlarmEpisode[],
  { phaseAt, bestRespirationAt, ratesApartAt }: Context,
  { sampleMs, end }: AnswerOptions,
): Answer => {
  const { onsetAt, provenAt, delayMs, metric, doubt } = violation;
  const deadline = addMs(provenAt ?? addMs(onsetAt, delayMs), sampleMs);
  const found = episodes.findIndex((episode) => answers(episode, violation, onsetAt, deadline));
  const episode = episodes[found];
  if (episode !== undefined) {
    const afterMs = Math.max(0, elapsedMs(onsetAt, reachedAt(episode, violation.priority) ?? onsetAt));
    return { kind: 'alarm', afterMs, sounded: episode.soundedAt !== null, episode: found };
  }
  const stand = episodes.find((entry) => standsIn(entry, violation, deadline));
  if (stand !== undefined) return { kind: 'technical', conditionId: stand.conditionId };
  const phase = phaseAt(onsetAt);
  if (phase === null || isClosed(phase)) return { kind: 'none', reason: 'no-session' };
  if (doubt !== null) return { kind: 'none', reason: 'reading-not-believed' };
  if (provenAt === null) return { kind: 'none', reason: 'shorter-than-delay' };
  if (elapsedMs(deadline, end) < 0) return { kind: 'none', reason: 'trace-ended' };
  if (violation.isDoubtful && violation.priority !== 'high')
    return { kind: 'none', reason: 'signal-doubtful' };
  if (isRate(metric) && ratesApartAt.some((at) => isBetween(at, onsetAt, deadline))) {
    return { kind: 'none', reason: 'rates-disagree' };
  }
  const better = bestRespirationAt(onsetAt);
  if (metric.endsWith('RESP_RATE') && better !== null && better !== metric) {
    return { kind: 'none', reason: 'better-source' };
  }
  return { kind: 'missed' };
};

/** True when the episode is an alarm of the violation's kind and at least its priority, in time. */
const answers = (
  episode: AlarmEpisode,
  { limitId, priority, doubt }: Violation,
  onsetAt: Instant,
  deadline: Instant,
): boolean => {
  if (doubt !== null || episode.key !== limitRow(limitId).key) return false;
  const reached = reachedAt(episode, priority);
  if (reached === null || elapsedMs(reached, deadline) < 0) return false;
  return episode.endAt === null || elapsedMs(onsetAt, episode.endAt) > 0;
};

/** When the episode first had this priority or a higher one; null: never. */
const reachedAt = (episode: AlarmEpisode, priority: AlarmPriority): Instant | null =>
  episode.degrees.find((degree) => !outranks(priority, degree.priority))?.at ?? null;

/** A technical alarm that was on when the violation's own was due, and is about the same number. */
const standsIn = (episode: AlarmEpisode, violation: Violation, deadline: Instant): boolean => {
  const { metric, onsetAt, overAt, doubt } = violation;
  const concerns =
    (episode.conditionId === 'poor-signal' && episode.limit === violation.threshold) ||
    (episode.conditionId === 'hr-mismatch' && isRate(metric)) ||
    (episode.conditionId === 'nibp-rejected' && doubt !== null);
  if (!concerns) return false;
  const latest = overAt !== null && elapsedMs(deadline, overAt) > 0 ? overAt : deadline;
  return (
    elapsedMs(episode.raisedAt, latest) >= 0 &&
    (episode.endAt === null || elapsedMs(onsetAt, episode.endAt) > 0)
  );
};

const phases = (inputs: readonly TraceInput[]): ((at: Instant) => Phase | null) => {
  const told = inputs.filter((input) => input.type === 'phase');
  return (at) => told.findLast((entry) => entry.at.mono <= at.mono)?.phase ?? null;
};

/** The best respiration source heard within the ten seconds before a moment. */
const bestRespiration = (inputs: readonly TraceInput[]): ((at: Instant) => string | null) => {
  const heard = inputs
    .filter(isFrame)
    .flatMap((frame) => frame.observations)
    .filter(
      ({ metric, value }) => metric !== 'MDC_RESP_RATE' && metric.endsWith('RESP_RATE') && value !== null,
    );
  return (at) => {
    const recent = heard.filter(
      ({ receivedAt }) => elapsedMs(receivedAt, at) >= 0 && elapsedMs(receivedAt, at) <= 10_000,
    );
    if (recent.some(({ metric }) => metric === 'MDC_CO2_RESP_RATE')) return 'MDC_CO2_RESP_RATE';
    return recent.length > 0 ? 'MDC_TTHOR_RESP_RATE' : null;
  };
};

/** Further apart (1/min), heart rate and pulse rate are not of one heart; each counts for ten seconds. */
const RATES_APART = 15;
const FRESH_MS = 10_000;

const ratesApart = (inputs: readonly TraceInput[]): readonly Instant[] => {
  const newest = new Map<MetricId, Observation>();
  const apart: Instant[] = [];
  for (const observation of inputs.filter(isFrame).flatMap((frame) => frame.observations)) {
    if (!isRate(observation.metric) || observation.value === null) continue;
    newest.set(observation.metric, observation);
    const other = newest.get(observation.metric === HEART ? PULSE : HEART);
    if (other === undefined || elapsedMs(other.receivedAt, observation.receivedAt) > FRESH_MS) continue;
    if (Math.abs((other.value ?? 0) - observation.value) > RATES_APART) apart.push(observation.receivedAt);
  }
  return apart;
};
