/**
 * Technical conditions of the line, the record, the clock and the cuff's timetable. None is silent about
 * what it means: a lost line names the numbers that are not watched.
 */
import { METRICS, type MetricId } from '../nomenclature/metrics.ts';
import { STALE_AFTER_MS } from '../observation/freshness.ts';
import { elapsedMs, type Instant } from '../time.ts';
import { measuredAt } from './cuff-reading.ts';
import type { Finding, Sample } from './judgement.ts';
import { limitRow } from './rows.ts';
import { type AlarmEngineState, before, type LinkFact, later, underTreatment } from './state.ts';
import {
  CLOCK_JUMP_SHOWN_MS,
  LINK_LOST_AFTER_MS,
  LINK_LOST_HIGH_AFTER_MS,
  OVERDUE_INTERVALS,
  SYMPTOM_COUNTS_MS,
  SYMPTOM_SYSTOLIC_MMHG,
} from './timing.ts';

type Words = Partial<Finding> & Pick<Finding, 'message'>;

/** The track of a condition that is not a limit: one for each key it can have. */
export const trackOf = (conditionId: string, key: string): string => `${conditionId}@${key}`;

/** A sample of a technical condition that is simply there or not; gone at once when its cause is gone. */
export const equipmentSample = (
  conditionId: string,
  key: string,
  holds: boolean | 'unknown',
  since: Instant | null,
  delayMs: number,
  words: (onsetAt: Instant) => Words,
): Sample => ({
  track: trackOf(conditionId, key),
  truth: holds === 'unknown' ? 'unknown' : holds ? 'true' : 'inside',
  since,
  delayMs,
  clearAfterMs: 0,
  finding: (onsetAt) => {
    const row = limitRow(conditionId);
    return {
      key,
      conditionId,
      category: row.category,
      priority: row.priority,
      title: row.title,
      metric: null,
      monitorId: null,
      value: null,
      limit: null,
      worse: 'higher',
      confirmation: 'none',
      onsetAt,
      ...words(onsetAt),
    };
  },
});

/** Samples of everything that is not a sensor. */
export const equipmentSamples = (state: AlarmEngineState, at: Instant): readonly Sample[] => [
  ...storageSample(state),
  ...Object.values(state.links)
    .filter((link) => !link.associated || state.tracks[linkTrack(link)] !== undefined)
    .map((link) => linkSample(state, link, at)),
  ...overdueSample(state, at),
  ...rejectedSample(state),
  ...clockSample(state, at),
];

const storageSample = ({ storage }: AlarmEngineState): readonly Sample[] =>
  storage === null
    ? []
    : [
        equipmentSample('storage-fault', 'storage-fault', true, storage.since, 0, () => ({
          message: `The record cannot be written: ${storage.fault}`,
        })),
      ];

const linkKey = (link: LinkFact): string => `link-lost:${link.monitorId}`;
const linkTrack = (link: LinkFact): string => trackOf('link-lost', linkKey(link));

/** True while another monitor of the chair gives fresh numbers of it. */
const isGivenByAnother = (
  { sources, links }: AlarmEngineState,
  lost: LinkFact,
  metric: MetricId,
  at: Instant,
): boolean =>
  Object.values(sources).some(
    (source) =>
      source.metric === metric &&
      source.monitorId !== lost.monitorId &&
      links[source.monitorId]?.associated !== false &&
      source.lastNumberAt !== null &&
      elapsedMs(source.lastNumberAt, at) <= STALE_AFTER_MS,
  );

/** What the lost monitor gave: nobody watches it now, or another monitor does. */
const whatItGave = (state: AlarmEngineState, link: LinkFact, at: Instant): string => {
  const labels = (isGiven: boolean): string =>
    link.metrics
      .filter((metric) => isGivenByAnother(state, link, metric, at) === isGiven)
      .map((metric) => METRICS[metric].label)
      .join(', ');
  const [unwatched, given] = [labels(false), labels(true)];
  return [
    unwatched === '' ? '' : `. Not watched: ${unwatched}`,
    given === '' ? '' : `. From another monitor now: ${given}`,
  ].join('');
};

const linkSample = (state: AlarmEngineState, link: LinkFact, at: Instant): Sample => {
  const running = state.phase === 'infusing' || state.phase === 'paused';
  return equipmentSample(
    'link-lost',
    linkKey(link),
    !link.associated,
    onsetOf(link),
    LINK_LOST_AFTER_MS,
    (onsetAt) => ({
      message: `${link.cause.replace(/\.$/, '')}${whatItGave(state, link, at)}`,
      monitorId: link.monitorId,
      priority: running && elapsedMs(onsetAt, at) > LINK_LOST_HIGH_AFTER_MS ? 'high' : 'medium',
    }),
  );
};

/** When the monitor was last heard; at most 10 s before the loss was noticed (a cuff alone is heard rarely). */
const onsetOf = ({ since, heardAt }: LinkFact): Instant =>
  heardAt === null || heardAt.mono > since.mono ? since : later(heardAt, before(since, STALE_AFTER_MS));

const overdueSample = (state: AlarmEngineState, at: Instant): readonly Sample[] => {
  const { schedule, treatedSince } = state;
  if (schedule === null || treatedSince === null || !underTreatment(state)) return [];
  const last = state.cuff.readings.at(-1);
  const from = last === undefined ? later(schedule.since, treatedSince) : measuredAt(last);
  const intervals = elapsedMs(from, at) / schedule.intervalMs;
  const { tightenedAt } = schedule;
  // A timetable that was just made closer gives the nurse half an interval to measure.
  const hadTime =
    tightenedAt === null || elapsedMs(tightenedAt, at) > (OVERDUE_INTERVALS.medium - 1) * schedule.intervalMs;
  const overdue = intervals > OVERDUE_INTERVALS.medium && hadTime;
  if (!overdue && state.tracks[trackOf('nibp-overdue', 'nibp-overdue')] === undefined) return [];
  const minutes = Number((schedule.intervalMs / 60_000).toFixed(1));
  const high = intervals > OVERDUE_INTERVALS.high;
  const times = high ? OVERDUE_INTERVALS.high : OVERDUE_INTERVALS.medium;
  return [
    equipmentSample('nibp-overdue', 'nibp-overdue', overdue, from, 0, () => ({
      message: `No valid cuff reading within ${times} × the interval of ${minutes} min`,
      metric: 'MDC_PRESS_BLD_NONINV_SYS',
      priority: high ? 'high' : 'medium',
    })),
  ];
};

const rejectedSample = ({ cuff: { rejected } }: AlarmEngineState): readonly Sample[] =>
  rejected === null
    ? []
    : [
        equipmentSample('nibp-rejected', 'nibp-rejected', true, rejected.at, 0, () => ({
          message: rejected.text,
          metric: 'MDC_PRESS_BLD_NONINV_SYS',
          monitorId: rejected.monitorId,
        })),
      ];

/** A symptom while the pressure is high or alarming: symptoms, not numbers, make the emergency (BP-10). */
export const symptomSample = (state: AlarmEngineState, at: Instant): readonly Sample[] => {
  const { symptom, cuff } = state;
  const tracked = state.tracks[trackOf('bp-symptom', 'bp-symptom')] !== undefined;
  if (symptom === null) return [];
  const systolic = cuff.readings.at(-1)?.systolic ?? null;
  const alarming = cuff.rules.length > 0 || (systolic !== null && systolic >= SYMPTOM_SYSTOLIC_MMHG);
  const holds = alarming && elapsedMs(symptom.at, at) < SYMPTOM_COUNTS_MS;
  if (!holds && !tracked) return [];
  const pressure = systolic === null ? '' : ` with SYS ${Math.round(systolic)}`;
  return [
    equipmentSample('bp-symptom', 'bp-symptom', holds, symptom.at, 0, () => ({
      message: `${symptom.symptom}${pressure}`,
      metric: 'MDC_PRESS_BLD_NONINV_SYS',
      value: systolic,
    })),
  ];
};

const clockSample = ({ clockJump }: AlarmEngineState, at: Instant): readonly Sample[] =>
  clockJump === null || elapsedMs(clockJump.at, at) >= CLOCK_JUMP_SHOWN_MS
    ? []
    : [
        equipmentSample('clock-jump', 'clock-jump', true, clockJump.at, 0, () => ({
          message: `The computer's clock was moved by ${clockJump.byMs / 1000} s; durations are not affected`,
        })),
      ];
