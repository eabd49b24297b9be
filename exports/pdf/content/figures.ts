/** The figures a physician reads first. They come from `SessionFigures`; nothing is worked out twice. */
import { durationWords } from '../../../core/checklist/state.ts';
import { METRIC_IDS, type MetricId, metricRow } from '../../../core/nomenclature/metrics.ts';
import type { Extreme, TimeAtMark, TimeBeyond } from '../../../core/review/figures.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import { SCALE_IDS, SCALES } from '../../../core/scales/scales.ts';
import { PHASE_LABELS, PHASES } from '../../../core/session/phase.ts';
import { visitSummary } from '../../../core/visit/summary.ts';
import type { Block, Plain, Section } from '../report.ts';
import { type ClinicTimes, minuteText, spanText } from '../times.ts';

const NONE = 'no value';

export const figuresSection = (document: SessionDocument, times: ClinicTimes): Section => ({
  heading: 'Figures',
  blocks: [
    {
      kind: 'fields',
      columns: 2,
      rows: [...vitalRows(document, times), ...visitRows(document), ...beyondRows(document)],
    },
    { kind: 'fields', columns: 1, rows: [worstRow(document)] },
    ...valueTables(meansTable(document), completenessTable(document, times)),
    ...doubtfulText(document),
  ],
});

type Row = readonly [string, string];
type Table = Extract<Plain, { readonly kind: 'table' }>;

const vitalRows = ({ figures }: SessionDocument, times: ClinicTimes): readonly Row[] => {
  const { baseline, peak, lowest, peakRise, returnToBaselineMs, marks } = figures;
  const extreme = (one: Extreme | null, unit: string): string =>
    one === null
      ? NONE
      : `${number(one.value)} ${unit} at ${times.clock(one.at)}${one.sinceInfusionMs === null ? '' : `, minute ${minuteText(one.sinceInfusionMs / 60_000)}`}`;
  // Which of the rates it was: heart rate and pulse rate are not the same measurement.
  const rate = (one: Extreme | null): string =>
    one === null ? NONE : `${extreme(one, '/min')} (${named(one.metric)})`;
  const baselineText =
    baseline === null
      ? 'none was frozen'
      : `${number(baseline.systolic)}/${number(baseline.diastolic)} mmHg${baseline.mean === null ? '' : ` (MAP ${number(baseline.mean)})`}${baseline.heartRate === null ? '' : `, pulse ${number(baseline.heartRate)}/min`}, from ${baseline.readings} reading${baseline.readings === 1 ? '' : 's'}`;
  return [
    ['Baseline', baselineText],
    [
      'Greatest rise, systolic',
      peakRise === null
        ? 'not known without baseline and reading'
        : `${peakRise.mmHg < 0 ? '−' : '+'}${number(Math.abs(peakRise.mmHg))} mmHg (${number(peakRise.percent)} %)`,
    ],
    ['Highest systolic', extreme(peak.systolic, 'mmHg')],
    ['Highest diastolic', extreme(peak.diastolic, 'mmHg')],
    ['Highest mean', extreme(peak.mean, 'mmHg')],
    ['Lowest systolic', extreme(lowest.systolic, 'mmHg')],
    ['Highest heart rate', rate(peak.heartRate)],
    ['Lowest heart rate', rate(lowest.heartRate)],
    ['Lowest SpO₂', extreme(lowest.spo2, '%')],
    ['Lowest respiration', rate(lowest.respiration)],
    ...marks.map(markRow),
    [
      'Back near the baseline',
      returnToBaselineMs === null
        ? 'not within the record'
        : `${spanText(returnToBaselineMs)} after the highest systolic`,
    ],
  ];
};

const worstRow = ({ session, figures }: SessionDocument): Row => {
  const summary = visitSummary(session, figures.to);
  const worst = SCALE_IDS.flatMap((scale) => {
    const score = summary.worst[scale];
    if (score === undefined) return [];
    return `${SCALES[scale].short} ${minuteText(score.value)}${score.minute === null ? '' : ` (minute ${minuteText(score.minute)})`}`;
  });
  return ['Worst scores', worst.length === 0 ? 'nothing was scored' : worst.join(', ')];
};

const visitRows = (document: SessionDocument): readonly Row[] => {
  const { session, figures } = document;
  const summary = visitSummary(session, figures.to);
  const { byPriority, medianTimeToAcknowledgeMs, burdenMs, percentConfirmed } = figures.alarms;
  const { interruptions, recovery } = figures;
  return [
    ['Dose by the entries', summary.doseText === '' ? 'no dose was planned' : summary.doseText],
    [
      'Infused',
      `${durationWords(summary.infusedMs)}, ${interruptions.count === 0 ? 'not interrupted' : `interrupted ${interruptions.count} time${interruptions.count === 1 ? '' : 's'} for ${spanText(interruptions.ms)}`}`,
    ],
    [
      'From the stop',
      `ready to go home after ${recovery.toReadyMs === null ? 'a time that is not known' : spanText(recovery.toReadyMs)}, went after ${recovery.toDischargeMs === null ? 'a time that is not known' : spanText(recovery.toDischargeMs)}`,
    ],
    [
      'Alarms',
      `${byPriority.high.raised} high, ${byPriority.medium.raised} medium, ${byPriority.low.raised} low${percentConfirmed === null ? '' : `; ${number(percentConfirmed)} % of those that waited for a repeat were confirmed`}`,
    ],
    [
      'Time with an alarm',
      `high ${spanText(burdenMs.high)}, medium ${spanText(burdenMs.medium)}, low ${spanText(burdenMs.low)}`,
    ],
    [
      'Until acknowledged',
      medianTimeToAcknowledgeMs === null
        ? 'nothing was acknowledged'
        : `median ${spanText(medianTimeToAcknowledgeMs)}`,
    ],
    [
      'Left out as artefacts',
      `${counted(figures.excluded.values, 'value')}, ${counted(figures.excluded.readings, 'cuff reading')}`,
    ],
  ];
};

/** "SYS at or above 160": for how long, of the time that had values at all. */
const markRow = ({ metric, side, threshold, ms, coveredMs }: TimeAtMark): Row => [
  `${named(metric)} ${side === 'high' ? 'at or above' : 'below'} ${threshold}`,
  coveredMs === 0 ? NONE : `${spanText(ms)} of ${spanText(coveredMs)} with values`,
];

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** At most one decimal; none where it is a whole number. */
const number = (value: number): string => minus(String(Number(value.toFixed(1))));
const minus = (text: string): string => text.replace('-', '−');
const named = (metric: MetricId): string => metricRow(metric).label;

/** A row for each limit that was passed: its priority, and for how long in each phase. */
const beyondRows = ({ session, figures }: SessionDocument): readonly Row[] => {
  const signOf = ({ limitId, side }: TimeBeyond): string => {
    const inclusive = session.limits?.limits.find(({ id }) => id === limitId)?.inclusive ?? false;
    return side === 'high' ? (inclusive ? '≥' : '>') : inclusive ? '≤' : '<';
  };
  const byLimit = new Map<string, string[]>();
  for (const row of figures.beyond.filter(({ ms }) => ms > 0)) {
    const limit = `${named(row.metric)} ${signOf(row)} ${row.threshold} ${metricRow(row.metric).unitLabel} (${row.priority})`;
    byLimit.set(limit, [...(byLimit.get(limit) ?? []), `${PHASE_LABELS[row.phase]} ${spanText(row.ms)}`]);
  }
  return [...byLimit].map(([limit, phases]) => ['Beyond a limit', `${limit}: ${phases.join(', ')}`]);
};

/** Few phases leave room for how complete the values are beside their means. */
const MOST_PHASES_BESIDE = 2;

const valueTables = (means: readonly Table[], complete: readonly Table[]): readonly Block[] =>
  means.length > 0 &&
  complete.length > 0 &&
  means.every(({ columns }) => columns.length <= 1 + MOST_PHASES_BESIDE)
    ? [{ kind: 'beside', left: complete, right: means }]
    : [...means, ...complete];

const meansTable = ({ figures: { means } }: SessionDocument): readonly Table[] => {
  const phases = PHASES.filter((phase) => means.some((one) => one.phase === phase));
  const metrics = METRIC_IDS.filter((metric) => means.some((one) => one.metric === metric));
  if (metrics.length === 0) return [];
  const cell = (metric: MetricId, phase: (typeof phases)[number]): string => {
    const one = means.find((mean) => mean.metric === metric && mean.phase === phase);
    return one === undefined ? '' : `${number(one.mean)} over ${spanText(one.coveredMs)}`;
  };
  return [
    {
      kind: 'table',
      columns: [
        { title: 'Time-weighted mean', width: 3 },
        ...phases.map((phase) => ({ title: PHASE_LABELS[phase], width: 2 })),
      ],
      rows: metrics.map((metric) => [
        `${named(metric)} ${metricRow(metric).unitLabel}`,
        ...phases.map((phase) => cell(metric, phase)),
      ]),
    },
  ];
};

const completenessTable = ({ figures }: SessionDocument, times: ClinicTimes): readonly Table[] =>
  figures.completeness.length === 0
    ? []
    : [
        {
          kind: 'table',
          columns: [
            { title: 'Values', width: 1.7 },
            { title: 'Had numbers', width: 5.8 },
            { title: 'Gaps, the longest', width: 4.6 },
          ],
          rows: figures.completeness.map(
            ({ metric, percent, coveredMs, expectedMs, gaps, longestGap: gap }) => [
              named(metric),
              // Never rounded up to a hundred: 99.96 % is not all.
              `${Math.floor(percent * 10) / 10} %: ${spanText(coveredMs)} of ${spanText(expectedMs)}`,
              gap === null
                ? 'none'
                : `${gaps}, ${spanText(gap.to - gap.from)} from ${times.second(gap.from)}`,
            ],
          ),
        },
      ];

const doubtfulText = ({ figures: { doubtful } }: SessionDocument): readonly Block[] =>
  doubtful.length === 0
    ? []
    : [
        {
          kind: 'text',
          text: `Doubted by the monitor, or no possible pressure; on record, in no figure: ${doubtful.map(({ metric, values, lowest, highest }) => `${named(metric)} ${values} (${number(lowest)} to ${number(highest)})`).join(', ')}.`,
        },
      ];
