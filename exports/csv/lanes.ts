/**
 * One column of a flowsheet: a metric as one monitor gave it. Monitors are never mixed in a column; where several gave
 * the same metric each has its own, with its name in the heading.
 */
import type { MonitorId } from '../../core/ids.ts';
import { METRIC_IDS, METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import type { AbsentValidity, PresentValidity } from '../../core/observation/observation.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { EpochMs } from '../../core/time.ts';
import { type Cell, secondsCell, textCell } from './cells.ts';

export interface Lane {
  readonly metric: MetricId;
  readonly monitorId: MonitorId;
  /** `SpO2`, or `SpO2 of bed-2` where more than one monitor gave it. */
  readonly title: string;
}

/** The lanes of a session: every continuous metric of which anything was heard, in the order of the nomenclature. */
export const lanesOf = ({ frames }: SessionDocument): readonly Lane[] => {
  const heard = new Map<MetricId, Set<MonitorId>>();
  for (const { monitorId, observations } of frames) {
    for (const { metric } of observations) {
      const monitors = heard.get(metric);
      if (monitors === undefined) heard.set(metric, new Set([monitorId]));
      else monitors.add(monitorId);
    }
  }
  return METRIC_IDS.filter((metric) => METRICS[metric].kind === 'continuous').flatMap((metric) => {
    const monitors = [...(heard.get(metric) ?? [])].sort();
    const label = plainLabel(metric);
    return monitors.map((monitorId) => ({
      metric,
      monitorId,
      title: monitors.length === 1 ? label : textCell(`${label} of ${monitorId}`),
    }));
  });
};

/** The label without letters that old spreadsheets cannot show. */
const plainLabel = (metric: MetricId): string => METRICS[metric].label.replaceAll('₂', '2');

/** Value, age and mark. The unit stands as UCUM has it, so that the table can be read alone. */
export const laneHeadings = ({ metric, title }: Lane): readonly string[] => [
  `${title} (${METRICS[metric].unit})`,
  `${title} age (s)`,
  `${title} mark`,
];

/** A number as it was received. */
interface Seen {
  readonly value: number;
  readonly validity: PresentValidity;
  /** When it was measured, at the earliest. */
  readonly from: EpochMs;
}

/** What one lane heard within a step. */
export interface Heard {
  readonly last: Seen | null;
  /** The last one of those that a person left out. */
  readonly lastExcluded: Seen | null;
  /** The monitor said after the last number that it has none. */
  readonly since: AbsentValidity | null;
}

export const NOTHING_HEARD: Heard = { last: null, lastExcluded: null, since: null };

/** The cells of a lane at the end of a step. Nothing heard: three empty cells. */
export const laneCells = ({ last, lastExcluded, since }: Heard, end: EpochMs): readonly Cell[] => {
  const shown = last ?? lastExcluded;
  if (shown === null) return [null, null, since];
  const marks = [
    ...(shown.validity === 'valid' ? [] : [shown.validity]),
    ...(last === null ? ['excluded'] : lastExcluded === null ? [] : ['others excluded']),
    ...(since === null ? [] : [`then ${since}`]),
  ];
  return [shown.value, secondsCell(end - shown.from), marks.length === 0 ? null : marks.join('; ')];
};
