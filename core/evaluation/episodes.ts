/** Alarm events put together to episodes: from the moment an alarm came to the moment its condition was gone. */
import { conditionRow, outranks } from '../alarm/catalogue.ts';
import type { ActiveAlarm, AlarmCategory, AlarmPriority } from '../alarm/types.ts';
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import { elapsedMs, type Instant } from '../time.ts';
import type { EngineRun } from './run.ts';
import { type EventOfAlarm, isOfAlarm } from './trace.ts';

/** From `at` on the alarm had this degree. */
export interface Degree {
  readonly at: Instant;
  readonly conditionId: string;
  readonly priority: AlarmPriority;
}

/** One alarm from its coming to its going. Coming back within a minute is an episode of its own (it sounds again). */
export interface AlarmEpisode {
  readonly key: string;
  /** Of the highest degree reached. */
  readonly conditionId: string;
  readonly title: string;
  readonly category: AlarmCategory;
  readonly priority: AlarmPriority;
  readonly metric: MetricId | null;
  readonly monitorId: MonitorId | null;
  /** When the violation began, and when, after its delay, it became an alarm. */
  readonly onsetAt: Instant;
  readonly raisedAt: Instant;
  /** When the condition was gone; null: still on at the end of the trace. */
  readonly endAt: Instant | null;
  /** The worst value, and the limit of the highest degree. */
  readonly peak: number | null;
  readonly limit: number | null;
  readonly message: string;
  /** 1 for the first; above: came back within a minute of clearing, or while it was latched. */
  readonly occurrence: number;
  /** Whether a repeat reading was wanted, and what became of it. */
  readonly confirmation: 'not-needed' | 'pending' | 'confirmed' | 'not-confirmed';
  /** When it first sounded; null: it was only shown. */
  readonly soundedAt: Instant | null;
  readonly degrees: readonly Degree[];
}

type Draft = { -readonly [Field in keyof AlarmEpisode]: AlarmEpisode[Field] } & { degrees: Degree[] };

/** The episodes of a run, in order of their coming. */
export const episodesOf = (run: EngineRun): readonly AlarmEpisode[] => {
  const all: Draft[] = [];
  const open = new Map<string, Draft>();
  for (const entry of run.events.filter(isOfAlarm)) {
    const draft = open.get(entry.alarm.key);
    if (draft === undefined || entry.type === 'raised' || entry.type === 'reopened') {
      if (entry.type !== 'raised' && entry.type !== 'reopened') continue; // the rest of an episode that was latched
      const begun = begin(entry);
      all.push(begun);
      open.set(entry.alarm.key, begun);
      continue;
    }
    goOn(draft, entry);
    if (draft.endAt !== null) open.delete(entry.alarm.key);
  }
  for (const alarm of run.open) {
    const draft = open.get(alarm.key);
    if (draft !== undefined) takePeak(draft, alarm);
  }
  return all;
};

/** How long an episode was an alarm (ms); `to`: the end of the trace. */
export const durationMs = (episode: AlarmEpisode, to: Instant): number =>
  Math.max(0, elapsedMs(episode.raisedAt, episode.endAt ?? to));

/** When an episode first had the highest priority it reached (a low advisory may come before it). */
export const reachedAt = ({ degrees, priority, raisedAt }: AlarmEpisode): Instant =>
  degrees.find((degree) => degree.priority === priority)?.at ?? raisedAt;

const begin = ({ type: _, alarm, at }: EventOfAlarm): Draft => ({
  key: alarm.key,
  conditionId: alarm.conditionId,
  title: alarm.title,
  category: alarm.category,
  priority: alarm.priority,
  metric: alarm.metric,
  monitorId: alarm.monitorId,
  onsetAt: alarm.onsetAt,
  raisedAt: at,
  endAt: null,
  peak: alarm.peak,
  limit: alarm.limit,
  message: alarm.message,
  occurrence: alarm.occurrence,
  confirmation: needsRepeat(alarm) ? 'pending' : 'not-needed',
  soundedAt: isAudible(alarm) ? at : null,
  degrees: [{ at, conditionId: alarm.conditionId, priority: alarm.priority }],
});

const goOn = (draft: Draft, { type, alarm, at }: EventOfAlarm): void => {
  takePeak(draft, alarm);
  if (draft.soundedAt === null && type !== 'not-confirmed' && isAudible(alarm)) draft.soundedAt = at;
  switch (type) {
    case 'escalated':
    case 'deescalated':
    case 'confirmed':
      if (type === 'confirmed') draft.confirmation = 'confirmed';
      draft.degrees.push({ at, conditionId: alarm.conditionId, priority: alarm.priority });
      if (outranks(alarm.priority, draft.priority)) {
        const { conditionId, title, priority, metric, monitorId, limit, message } = alarm;
        Object.assign(draft, { conditionId, title, priority, metric, monitorId, limit, message });
        if (draft.confirmation === 'not-needed' && needsRepeat(alarm)) draft.confirmation = 'pending';
      }
      break;
    case 'cleared':
    case 'latched':
      draft.endAt = alarm.clearedAt ?? at;
      break;
    case 'not-confirmed':
      draft.endAt = at;
      draft.confirmation = 'not-confirmed';
      break;
    default:
      break;
  }
};

const takePeak = (draft: Draft, alarm: ActiveAlarm): void => {
  draft.peak = alarm.peak ?? draft.peak;
};

const needsRepeat = (alarm: ActiveAlarm): boolean => conditionRow(alarm.conditionId)?.confirm === 'repeat';

/** Would be heard if nobody acknowledged or paused it. */
const isAudible = (alarm: ActiveAlarm): boolean =>
  alarm.state === 'active' && (conditionRow(alarm.conditionId)?.sound ?? true);
