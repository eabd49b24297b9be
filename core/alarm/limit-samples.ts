/** What the alarms of one limit say, and the technical alarms that stand in for it when it cannot be believed. */
import { METRICS } from '../nomenclature/metrics.ts';
import type { Instant } from '../time.ts';
import type { Verdict } from './judge-limits.ts';
import type { Finding, Sample } from './judgement.ts';
import type { AlarmLimit } from './limits.ts';
import { limitRow } from './rows.ts';
import type { Judged } from './source.ts';
import type { AlarmEngineState } from './state.ts';
import { CLEAR_AFTER_MS, POOR_SIGNAL_AFTER_MS } from './timing.ts';
import type { AlarmPriority } from './types.ts';

/** True when a value is beyond a limit. */
export const violates = (limit: AlarmLimit, threshold: number, value: number): boolean => {
  if (limit.inclusive && value === threshold) return true;
  return limit.side === 'low' ? value < threshold : value > threshold;
};

/** True when a delay or an alarm of this limit, or of one that stands in its place, is running. */
export const isTracked = ({ tracks }: AlarmEngineState, limitId: string): boolean =>
  tracks[limitId] !== undefined ||
  tracks[insteadTrack('poor-signal', limitId)] !== undefined ||
  tracks[insteadTrack('hr-mismatch', limitId)] !== undefined;

type Instead = 'poor-signal' | 'hr-mismatch';
/** The track of a technical alarm in place of a limit's own. */
export const insteadTrack = (conditionId: Instead, limitId: string): string => `${conditionId}:${limitId}`;

/** The samples of one limit: its own, and those of the technical alarms that may stand in its place. */
export const samplesOf = (
  state: AlarmEngineState,
  limit: AlarmLimit,
  threshold: number,
  verdict: Verdict,
): readonly Sample[] => {
  const row = limitRow(limit.id, limit);
  const { delayMs } = limit;
  const own: Sample = {
    track: limit.id,
    truth: verdict.truth,
    since: heldBackSince(state, limit.id),
    delayMs,
    clearAfterMs: CLEAR_AFTER_MS,
    finding: (onsetAt) => ({
      ...said(state, limit, threshold, verdict.worst, row.key),
      conditionId: row.id,
      category: 'physiological',
      priority: limit.priority,
      title: row.title,
      key: row.key,
      onsetAt,
    }),
  };
  // Nothing is held back from a nurse who already has an alarm of the same thing.
  const held = state.alarms[row.key]?.alarm.state === 'active' ? null : verdict.held;
  const doubt = instead(state, limit, threshold, 'poor-signal', held, POOR_SIGNAL_AFTER_MS);
  const clash = instead(state, limit, threshold, 'hr-mismatch', verdict.disagrees, delayMs).map(
    (sample): Sample => ({
      ...sample,
      // A moment without the rate that is out of limits is a gap like any other: no new delay.
      truth: sample.truth === 'inside' && verdict.truth === 'unknown' ? 'unknown' : sample.truth,
      since: waitingSince(state, limit.id),
    }),
  );
  return [own, ...doubt, ...clash];
};

/**
 * One violation has one delay, whether its two rates agree or not (F-4): what was held back because they disagreed
 * counts for the limit when they do not any more, and the other way round. Null: it begins now.
 */
const heldBackSince = ({ tracks }: AlarmEngineState, limitId: string): Instant | null => {
  const track = tracks[insteadTrack('hr-mismatch', limitId)];
  return track === undefined || track.insideSince !== null ? null : track.since;
};

const waitingSince = ({ tracks }: AlarmEngineState, limitId: string): Instant | null => {
  const track = tracks[limitId];
  return track === undefined || track.on ? null : track.since;
};

/** A technical alarm in place of a physiological one that may not be believed (F-4, F-5). */
const instead = (
  state: AlarmEngineState,
  limit: AlarmLimit,
  threshold: number,
  conditionId: Instead,
  cause: Judged | null,
  delayMs: number,
): readonly Sample[] => {
  const track = insteadTrack(conditionId, limit.id);
  if (cause === null && state.tracks[track] === undefined) return [];
  const row = limitRow(conditionId);
  const key = conditionId === 'hr-mismatch' ? conditionId : `${conditionId}:${limit.metric}`;
  const priority: AlarmPriority = conditionId === 'hr-mismatch' ? limit.priority : row.priority;
  return [
    {
      track,
      truth: cause === null ? 'inside' : 'true',
      since: null,
      delayMs,
      clearAfterMs: CLEAR_AFTER_MS,
      finding: (onsetAt) => {
        const what = said(state, limit, threshold, cause, key);
        return {
          ...what,
          conditionId,
          category: 'technical',
          priority,
          title: row.title,
          key,
          message: cause === null ? what.message : `${what.message}, ${REASON[conditionId]}`,
          onsetAt,
        };
      },
    },
  ];
};

const REASON = {
  'poor-signal': 'signal doubtful',
  'hr-mismatch': 'heart rate and pulse disagree',
} as const;

/** Value against limit in words. Without a violating source now, the running alarm's own words stay. */
const said = (
  state: AlarmEngineState,
  limit: AlarmLimit,
  threshold: number,
  worst: Judged | null,
  key: string,
): Pick<Finding, 'message' | 'metric' | 'monitorId' | 'value' | 'limit' | 'worse' | 'confirmation'> => {
  const worse = limit.side === 'low' ? ('lower' as const) : ('higher' as const);
  const rest = { limit: threshold, worse, confirmation: 'none' as const };
  const sign = limit.side === 'low' ? (limit.inclusive ? '≤' : '<') : limit.inclusive ? '≥' : '>';
  const { decimals } = METRICS[limit.metric];
  const number = (of: number) => of.toFixed(decimals);
  // Rounding must not make a violation look like none: "SpO₂ 89.6 < 90", not "90 < 90".
  const honest = (of: number) =>
    violates(limit, threshold, Number(number(of))) ? number(of) : of.toFixed(decimals + 1);
  if (worst === null) {
    const running = state.alarms[key]?.alarm;
    const same = running?.limit === threshold ? running : undefined;
    return {
      ...rest,
      message: same?.message ?? `${METRICS[limit.metric].label} ${sign} ${number(threshold)}`,
      metric: same?.metric ?? limit.metric,
      monitorId: same?.monitorId ?? null,
      value: same?.value ?? null,
    };
  }
  const { metric, monitorId, value } = worst.source;
  return {
    ...rest,
    message: `${METRICS[metric].label} ${honest(value ?? 0)} ${sign} ${number(threshold)}`,
    metric,
    monitorId,
    value,
  };
};
