/** A course laid over itself, for drawing: one line per visit, broken where there was no number. */
import type { CourseOverlay, OverlayVisit, ScorePair } from '../../core/course/overlay.ts';
import { ORIGIN_WORDS } from './origin.ts';
import { dateTimeText } from './time-text.ts';

export const OVERLAY_METRICS = ['systolic', 'diastolic', 'heartRate', 'spo2'] as const;
export type OverlayMetric = (typeof OVERLAY_METRICS)[number];

export interface OverlayPoint {
  /** Minutes since the infusion started. */
  readonly minute: number;
  /** What is drawn: the reading, the minute's highest heart rate, the minute's lowest SpO₂. */
  readonly value: number;
}

/** The unbroken stretches of a visit's values, in order. */
export const stretches = (
  visit: OverlayVisit,
  metric: OverlayMetric,
): readonly (readonly OverlayPoint[])[] => {
  const found: OverlayPoint[][] = [];
  const put = (point: OverlayPoint, isAfterGap: boolean): void => {
    const last = found.at(-1);
    if (last === undefined || isAfterGap) found.push([point]);
    else last.push(point);
  };
  if (metric === 'systolic' || metric === 'diastolic') {
    for (const reading of visit.pressures) {
      put({ minute: reading.minute, value: reading[metric] }, reading.isAfterGap);
    }
    return found;
  }
  let before: number | null = null;
  for (const { minute, lowest, highest } of visit[metric]?.minutes ?? []) {
    put({ minute, value: metric === 'spo2' ? lowest : highest }, before !== null && minute > before + 1);
    before = minute;
  }
  return found;
};

export interface OverlayLine {
  readonly key: string;
  /** Of the visit within the course: its colour and its dashes. */
  readonly place: number;
  readonly number: number;
  /** The number stands at the end of the visit's last stretch. */
  readonly isLast: boolean;
  /** Where the stretch ends. */
  readonly end: number;
  readonly endValue: number;
}

export interface OverlayChartRow {
  readonly minute: number;
  readonly [line: string]: number;
}

export interface OverlayChart {
  /** One row for each minute that has a value: `minute` and one field for each line. */
  readonly rows: readonly OverlayChartRow[];
  readonly lines: readonly OverlayLine[];
}

/** Every stretch is a line of its own, so that nothing is drawn across a gap. */
export const overlayChart = (visits: readonly OverlayVisit[], metric: OverlayMetric): OverlayChart => {
  const rows = new Map<number, { minute: number; [line: string]: number }>();
  const lines: OverlayLine[] = [];
  for (const { visit, number, place } of numbered(visits)) {
    const own = stretches(visit, metric);
    own.forEach((points, index) => {
      const key = `v${number}s${index}`;
      for (const { minute, value } of points) {
        const row = rows.get(minute) ?? { minute };
        row[key] = value;
        rows.set(minute, row);
      }
      const last = points.at(-1);
      if (last === undefined) return;
      const isLast = index === own.length - 1;
      lines.push({ key, place, number, isLast, end: last.minute, endValue: last.value });
    });
  }
  return { rows: [...rows.values()].sort((a, b) => a.minute - b.minute), lines };
};

/** Visits that have a number: the drug ran. */
export const numbered = (visits: readonly OverlayVisit[]) =>
  visits
    .flatMap((visit) => (visit.number === null ? [] : [{ visit, number: visit.number }]))
    .map((one, place) => ({ ...one, place }));

export interface OverlayRow {
  readonly number: string;
  readonly day: string;
  readonly dose: string;
  readonly baseline: string;
  readonly peak: string;
  readonly lowestSpo2: string;
  readonly effects: string;
  readonly mood: string;
  readonly pain: string;
  readonly response: string;
  readonly state: string;
}

const figure = (value: number, digits: number): string => String(Number(value.toFixed(digits)));

const pair = ({ before, after }: ScorePair): string =>
  before === null && after === null ? '–' : `${before ?? '–'} → ${after ?? '–'}`;

/** One visit as a line of the table; a missing figure is a dash, never a guess. */
export const overlayRow = (visit: OverlayVisit, course: CourseOverlay['course']): OverlayRow => {
  const { dose, baseline, peak, rise, lowestSpo2 } = visit;
  const doses =
    dose === null
      ? []
      : [
          `${dose.drug} ${dose.isPartial ? 'more than ' : ''}${figure(dose.mg, 1)} mg (${figure(dose.mgPerKg, 2)} mg/kg)`,
        ];
  const risen = rise === null ? '' : ` (${rise < 0 ? '−' : '+'}${Math.abs(Math.round(rise))})`;
  const origin = ORIGIN_WORDS[visit.origin];
  const states = [
    visit.isOver ? null : 'still open',
    visit.isSigned ? 'signed' : 'not signed',
    origin,
  ].filter((word) => word !== null);
  return {
    number: visit.number === null ? '–' : `${visit.number} of ${course.planned}`,
    day: dateTimeText(visit.openedAt),
    dose: [...doses, ...visit.doseNotes].join('; ') || '–',
    baseline: baseline === null ? '–' : `${baseline.systolic}/${baseline.diastolic}`,
    peak: peak === null ? '–' : `${peak.value}${risen} at ${peak.minute} min`,
    lowestSpo2: lowestSpo2 === null ? '–' : `${lowestSpo2.value} % at ${lowestSpo2.minute} min`,
    effects: visit.sideEffects.join(', ') || '–',
    mood: pair(visit.mood),
    pain: pair(visit.pain),
    response: visit.response ?? '–',
    state: states.join(', '),
  };
};
