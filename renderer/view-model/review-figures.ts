/** The figures of a visit as people read them. What each one is, and how it is worked out: `SessionFigures`, docs/review.md. */
import type { LimitSet } from '../../core/alarm/limits.ts';
import { DEFAULT_PRESET } from '../../core/alarm/presets.ts';
import type { AlarmPriority } from '../../core/alarm/types.ts';
import { type MetricId, metricRow } from '../../core/nomenclature/metrics.ts';
import type {
  Completeness,
  Extreme,
  SessionFigures,
  TimeAtMark,
  TimeBeyond,
} from '../../core/review/figures.ts';
import { PHASE_LABELS, PHASES, type Phase } from '../../core/session/phase.ts';
import { epochMs } from '../../core/time.ts';
import { PRIORITY_MARKS, PRIORITY_RANK } from './limits.ts';
import { ageText, clockText } from './time-text.ts';

/** One figure; `value` "--": there is none, and `note` may say why. */
export interface FigureRow {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

export interface FigureGroup {
  readonly id: 'pressure' | 'vitals' | 'course' | 'alarms';
  readonly title: string;
  readonly rows: readonly FigureRow[];
}

const NONE = '--';

/** "+34 min, 14:03"; negative before the infusion. */
const whenText = ({ at, sinceInfusionMs }: Pick<Extreme, 'at' | 'sinceInfusionMs'>): string => {
  if (sinceInfusionMs === null) return clockText(at);
  const minutes = Math.trunc(sinceInfusionMs / 60_000);
  return `${minutes < 0 ? '−' : '+'}${Math.abs(minutes)} min, ${clockText(at)}`;
};

const numberText = (metric: MetricId, value: number): string => value.toFixed(metricRow(metric).decimals);

const extremeRow = (id: string, label: string, extreme: Extreme | null): FigureRow => {
  if (extreme === null) return { id, label, value: NONE, note: 'no value' };
  const { unitLabel, label: source } = metricRow(extreme.metric);
  const named = label.includes(source) ? '' : `, ${source}`;
  return {
    id,
    label,
    value: `${numberText(extreme.metric, extreme.value)} ${unitLabel}`,
    note: `${whenText(extreme)}${named}`,
  };
};

const durationRow = (id: string, label: string, ms: number | null, note: string): FigureRow => ({
  id,
  label,
  value: ms === null ? NONE : ageText(ms),
  note: ms === null ? note : '',
});

const baselineRow = ({ baseline }: SessionFigures): FigureRow => {
  if (baseline === null) return { id: 'baseline', label: 'Baseline', value: NONE, note: 'none was frozen' };
  const { systolic, diastolic, mean, heartRate, readings } = baseline;
  const map = mean === null ? '' : ` (${Math.round(mean)})`;
  const rate = heartRate === null ? '' : `HR ${Math.round(heartRate)}, `;
  return {
    id: 'baseline',
    label: 'Baseline',
    value: `${Math.round(systolic)}/${Math.round(diastolic)}${map} mmHg`,
    note: `${rate}${readings} reading${readings === 1 ? '' : 's'}`,
  };
};

const markRow = ({ metric, side, threshold, ms, coveredMs }: TimeAtMark): FigureRow => {
  const { label, unitLabel } = metricRow(metric);
  return {
    id: `mark ${metric} ${threshold}`,
    label: `${label} ${side === 'high' ? '≥' : '<'} ${threshold} ${unitLabel}`,
    value: coveredMs === 0 ? NONE : ageText(ms),
    note: coveredMs === 0 ? 'no value' : `of ${ageText(coveredMs)} with values`,
  };
};

const priorityRow =
  ({ alarms }: SessionFigures) =>
  (priority: AlarmPriority): FigureRow => {
    const { raised, percentWithin60s } = alarms.byPriority[priority];
    const quick = percentWithin60s === null ? '' : `, ${Math.round(percentWithin60s)} % acknowledged in 60 s`;
    return {
      id: `alarms-${priority}`,
      label: `${PRIORITY_MARKS[priority]} ${priority}`,
      value: String(raised),
      note: `${ageText(alarms.burdenMs[priority])} in alarm${quick}`,
    };
  };

/** The figures that are one number each, in the order in which a physician asks for them. */
export const figureGroups = (figures: SessionFigures): readonly FigureGroup[] => {
  const { peak, lowest, peakRise, marks, alarms, interruptions, recovery, excluded } = figures;
  return [
    {
      id: 'pressure',
      title: 'Blood pressure',
      rows: [
        baselineRow(figures),
        extremeRow('peak-systolic', 'Peak SYS', peak.systolic),
        extremeRow('peak-diastolic', 'Peak DIA', peak.diastolic),
        extremeRow('peak-mean', 'Peak MAP', peak.mean),
        {
          id: 'rise',
          label: 'Peak rise of SYS',
          value: peakRise === null ? NONE : `${signed(peakRise.mmHg)} mmHg`,
          note: peakRise === null ? '' : `${signed(peakRise.percent)} %`,
        },
        durationRow(
          'return',
          'Back to baseline',
          figures.returnToBaselineMs,
          'not on record, or nothing to return from',
        ),
        extremeRow('lowest-systolic', 'Lowest SYS', lowest.systolic),
        ...marks.filter(({ metric }) => metric === 'MDC_PRESS_BLD_NONINV_SYS').map(markRow),
      ],
    },
    {
      id: 'vitals',
      title: 'Heart and breathing',
      rows: [
        extremeRow('peak-rate', 'Highest HR', peak.heartRate),
        extremeRow('lowest-rate', 'Lowest HR', lowest.heartRate),
        extremeRow('lowest-spo2', 'Lowest SpO₂', lowest.spo2),
        ...marks.filter(({ metric }) => metric !== 'MDC_PRESS_BLD_NONINV_SYS').map(markRow),
        extremeRow('lowest-respiration', 'Lowest RR', lowest.respiration),
      ],
    },
    {
      id: 'course',
      title: 'Course',
      rows: [
        {
          id: 'interruptions',
          label: 'Interruptions',
          value: String(interruptions.count),
          note: interruptions.count === 0 ? '' : ageText(interruptions.ms),
        },
        durationRow('ready', 'Stop to ready', recovery.toReadyMs, 'no protocol, or not on record'),
        durationRow('discharge', 'Stop to discharge', recovery.toDischargeMs, 'not discharged'),
        {
          id: 'excluded',
          label: 'Left out',
          value: `${excluded.values} values, ${excluded.readings} readings`,
          note: '',
        },
      ],
    },
    {
      id: 'alarms',
      title: 'Alarms',
      rows: [
        {
          id: 'alarm-count',
          label: 'All',
          value: String(alarms.count),
          note: `in ${ageText(alarms.hours * 3_600_000)}`,
        },
        ...PRIORITY_ORDER.map(priorityRow(figures)),
        durationRow(
          'median-acknowledge',
          'Median time to acknowledge',
          alarms.medianTimeToAcknowledgeMs,
          'none was acknowledged',
        ),
        {
          id: 'confirmed',
          label: 'Confirmed by a repeat',
          value: alarms.percentConfirmed === null ? NONE : `${Math.round(alarms.percentConfirmed)} %`,
          note: alarms.percentConfirmed === null ? 'none waited for one' : '',
        },
      ],
    },
  ];
};

/** The few that are looked at first, with their names: those stand there before the figures do. */
export const KEY_FIGURES: readonly { readonly id: string; readonly label: string }[] = [
  { id: 'baseline', label: 'Baseline' },
  { id: 'peak-systolic', label: 'Peak SYS' },
  { id: 'peak-diastolic', label: 'Peak DIA' },
  { id: 'rise', label: 'Peak rise of SYS' },
  { id: 'peak-rate', label: 'Highest HR' },
  { id: 'lowest-spo2', label: 'Lowest SpO₂' },
  { id: 'lowest-respiration', label: 'Lowest RR' },
  { id: 'alarm-count', label: 'Alarms' },
];

export const keyFigures = (figures: SessionFigures): readonly FigureRow[] => {
  const rows = figureGroups(figures).flatMap((group) => group.rows);
  return KEY_FIGURES.flatMap(({ id, label }) =>
    rows.filter((row) => row.id === id).map((row) => ({ ...row, label })),
  );
};

const PRIORITY_ORDER: readonly AlarmPriority[] = ['high', 'medium', 'low'];

const signed = (value: number): string =>
  value < 0 ? `−${Math.abs(Math.round(value))}` : `+${Math.round(value)}`;

/** A table with a column for each phase. */
export interface PhaseTable {
  readonly phases: readonly Phase[];
  readonly heads: readonly string[];
  readonly rows: readonly {
    readonly id: string;
    readonly label: string;
    readonly cells: readonly string[];
  }[];
}

const phasesOf = (all: readonly { readonly phase: Phase }[]): readonly Phase[] =>
  PHASES.filter((phase) => all.some((each) => each.phase === phase));

/**
 * "*** SpO₂ < 85", "** SYS ≥ 160"; limits that were changed within the visit have a row for each value. Whether reaching the
 * threshold violates is the limit's own, and no threshold changes it.
 */
const limitLabel = ({ limitId, metric, side, priority, threshold }: TimeBeyond, limits: LimitSet): string => {
  const known = [...limits.limits, ...DEFAULT_PRESET.limits].find(({ id }) => id === limitId);
  const inclusive = known?.inclusive ?? false;
  const sign = side === 'high' ? (inclusive ? '≥' : '>') : inclusive ? '≤' : '<';
  return `${PRIORITY_MARKS[priority]} ${metricRow(metric).label} ${sign} ${threshold}`;
};

/** Time beyond each limit in each phase; limits that nothing went beyond are not there. */
export const beyondTable = ({ beyond }: SessionFigures, limits: LimitSet | null): PhaseTable => {
  const phases = phasesOf(beyond);
  const keyOf = (row: TimeBeyond) => `${row.limitId} ${row.threshold}`;
  const rows = [...new Map(beyond.map((row) => [keyOf(row), row])).values()].sort(
    (a, b) => PRIORITY_RANK[a.priority] - PRIORITY_RANK[b.priority],
  );
  return {
    phases,
    heads: phases.map((phase) => PHASE_LABELS[phase]),
    rows: rows.map((limit) => ({
      id: keyOf(limit),
      label: limitLabel(limit, limits ?? DEFAULT_PRESET),
      cells: phases.map((phase) => {
        const ms = beyond
          .filter((row) => row.phase === phase && keyOf(row) === keyOf(limit))
          .reduce((sum, row) => sum + row.ms, 0);
        return ms === 0 ? '' : ageText(ms);
      }),
    })),
  };
};

/** Time-weighted means in each phase, with the time that had values. */
export const meanTable = ({ means }: SessionFigures): PhaseTable => {
  const phases = phasesOf(means);
  const metrics = [...new Set(means.map(({ metric }) => metric))];
  return {
    phases,
    heads: phases.map((phase) => PHASE_LABELS[phase]),
    rows: metrics.map((metric) => ({
      id: metric,
      label: `${metricRow(metric).label} ${metricRow(metric).unitLabel}`,
      cells: phases.map((phase) => {
        const found = means.find((row) => row.phase === phase && row.metric === metric);
        return found === undefined
          ? NONE
          : `${found.mean.toFixed(Math.max(1, metricRow(metric).decimals))} over ${ageText(found.coveredMs)}`;
      }),
    })),
  };
};

export interface CompletenessRow {
  readonly metric: MetricId;
  readonly label: string;
  /** "98 %"; rounded down, so that 100 % means all of it. */
  readonly percent: string;
  readonly gaps: string;
  /** "3 min 05 s, 14:03–14:06"; empty: none. */
  readonly longest: string;
}

export const completenessRows = ({ completeness }: SessionFigures): readonly CompletenessRow[] =>
  completeness.map((row: Completeness) => ({
    metric: row.metric,
    label: metricRow(row.metric).label,
    percent: row.expectedMs === 0 ? NONE : `${Math.floor(row.percent)} %`,
    gaps: String(row.gaps),
    longest:
      row.longestGap === null
        ? ''
        : `${ageText(row.longestGap.to - row.longestGap.from)}, ${clockText(epochMs(row.longestGap.from))}–${clockText(epochMs(row.longestGap.to))}`,
  }));

/** "SYS: 2 values (48 to 260) that the monitor itself doubted". */
export const doubtfulLines = ({ doubtful }: SessionFigures): readonly string[] =>
  doubtful.map(
    ({ metric, values, lowest, highest }) =>
      `${metricRow(metric).label}: ${values} value${values === 1 ? '' : 's'} (${numberText(metric, lowest)} to ${numberText(metric, highest)}) that the monitor itself doubted, or that cannot be`,
  );
