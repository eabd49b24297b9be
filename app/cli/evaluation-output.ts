/** An evaluation as lines of JSON for programs, and as words for people. */
import type { AnsweredViolation } from '../../core/evaluation/answers.ts';
import type { Comparison, Difference } from '../../core/evaluation/compare.ts';
import { type AlarmEpisode, durationMs, reachedAt } from '../../core/evaluation/episodes.ts';
import type { Evaluation } from '../../core/evaluation/evaluate.ts';
import type { EvaluationSummary } from '../../core/evaluation/summary.ts';
import type { Instant } from '../../core/time.ts';
import type { VitalsTable } from '../vitals-csv.ts';

export interface OutputLine {
  readonly type: 'alarm' | 'no-alarm' | 'difference' | 'summary';
  readonly [field: string]: unknown;
}

type Table = Pick<VitalsTable, 'hasWallTime' | 'counts'>;

/** Everything an evaluation found, one object a line, the summary last. */
export const evaluationLines = (
  evaluation: Evaluation,
  comparison: Comparison | null,
  table: Table,
): readonly OutputLine[] => {
  const { hasWallTime } = table;
  const { to } = evaluation;
  return [
    ...evaluation.episodes.map(
      (episode): OutputLine => ({ type: 'alarm', ...alarm(episode, to, hasWallTime) }),
    ),
    ...evaluation.answered.flatMap((entry) => noAlarm(entry, hasWallTime)),
    ...(comparison?.differences ?? []).map((entry) => difference(entry, to, hasWallTime)),
    {
      type: 'summary',
      ...summary(evaluation),
      ...(comparison === null ? {} : { compared: { ...summary(comparison.after), ...comparison.counts } }),
      table: table.counts,
    },
  ];
};

const seconds = (at: Instant): number => Math.round(at.mono) / 1_000;

const time = (name: string, at: Instant | null, hasWallTime: boolean): object => ({
  [name]: at === null ? null : seconds(at),
  ...(hasWallTime && at !== null ? { [`${name}Time`]: new Date(at.wall).toISOString() } : {}),
});

const alarm = (episode: AlarmEpisode, to: Instant, hasWallTime: boolean) => ({
  condition: episode.conditionId,
  title: episode.title,
  category: episode.category,
  priority: episode.priority,
  code: episode.metric,
  ...time('onset', episode.onsetAt, hasWallTime),
  ...time('raised', episode.raisedAt, hasWallTime),
  ...time('reached', reachedAt(episode), hasWallTime),
  ...time('end', episode.endAt, hasWallTime),
  durationSeconds: durationMs(episode, to) / 1_000,
  peak: episode.peak,
  limit: episode.limit,
  confirmation: episode.confirmation,
  ...time('sounded', episode.soundedAt, hasWallTime),
  occurrence: episode.occurrence,
  message: episode.message,
});

/** Violations without an alarm of their own. */
const noAlarm = ({ violation, answer }: AnsweredViolation, hasWallTime: boolean): readonly OutputLine[] => {
  if (answer.kind === 'alarm') return [];
  const reason =
    answer.kind === 'none'
      ? answer.reason
      : answer.kind === 'technical'
        ? `technical:${answer.conditionId}`
        : 'missed';
  return [
    {
      type: 'no-alarm',
      limit: violation.limitId,
      priority: violation.priority,
      code: violation.metric,
      ...time('onset', violation.onsetAt, hasWallTime),
      ...time('last', violation.lastAt, hasWallTime),
      peak: violation.peak,
      threshold: violation.threshold,
      reason,
    },
  ];
};

const difference = (entry: Difference, to: Instant, hasWallTime: boolean): OutputLine => {
  const shown = (episode: AlarmEpisode) => alarm(episode, to, hasWallTime);
  switch (entry.kind) {
    case 'came':
      return { type: 'difference', kind: entry.kind, after: shown(entry.after) };
    case 'gone':
      return { type: 'difference', kind: entry.kind, before: shown(entry.before) };
    case 'same':
      return { type: 'difference', kind: entry.kind, before: shown(entry.before) };
    case 'moved':
      return {
        type: 'difference',
        kind: entry.kind,
        reachedBySeconds: entry.reachedByMs / 1_000,
        durationBySeconds: entry.durationByMs / 1_000,
        before: shown(entry.before),
        after: shown(entry.after),
      };
    default:
      return entry satisfies never;
  }
};

const summary = ({ limits, summary: figures }: Evaluation) => ({
  preset: limits.presetId,
  presetName: limits.presetName,
  presetVersion: limits.presetVersion,
  ...rounded(figures),
});

/** Figures to three decimals: more would pretend. */
const rounded = (figures: EvaluationSummary): EvaluationSummary =>
  JSON.parse(JSON.stringify(figures), (_, value: unknown) =>
    typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value,
  ) as EvaluationSummary; // the same shape with rounder numbers

/** The summary for people. */
export const evaluationWords = (
  { limits, summary: figures }: Evaluation,
  comparison: Comparison | null,
  { counts }: Table,
): readonly string[] => {
  const { all, byPriority, plain, violations } = figures;
  const rows = figures.byCondition.map((entry) => [
    entry.conditionId,
    entry.priority,
    String(entry.alarms),
    entry.perHour.toFixed(2),
    String(Math.round(entry.burdenSeconds)),
  ]);
  const silent = violations.reduce(
    (sum, entry) => sum + entry.violations - entry.alarmed - entry.technical,
    0,
  );
  return [
    `${limits.presetName} over ${figures.hours.toFixed(2)} h of ${counts.rows} rows (${counts.zeros} zeros are no readings)`,
    ...aligned([['CONDITION', 'PRIORITY', 'ALARMS', 'PER HOUR', 'SECONDS ON'], ...rows]),
    `${all.alarms} alarms (${byPriority.high.alarms} high, ${byPriority.medium.alarms} medium, ${byPriority.low.alarms} low), ` +
      `${all.soundedPerHour.toFixed(2)} an hour sounded; plain thresholds: ${plain.soundedPerHour.toFixed(2)} an hour`,
    `${silent} violations got no alarm (see "no-alarm"), ${figures.missed} of them without a reason`,
    ...(comparison === null
      ? []
      : [
          `compared with ${comparison.after.limits.presetName}: ${comparison.counts.same} the same, ` +
            `${comparison.counts.moved} moved, ${comparison.counts.gone} gone, ${comparison.counts.came} new`,
        ]),
  ];
};

const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
