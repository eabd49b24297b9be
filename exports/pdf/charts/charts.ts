/** All charts of a visit on one time axis, and below them what their signs mean. */
import { setImmediate } from 'node:timers/promises';
import { METRIC_IDS, METRICS, metricRow } from '../../../core/nomenclature/metrics.ts';
import { STALE_AFTER_MS } from '../../../core/observation/freshness.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { Sheet } from '../sheet.ts';
import type { ClinicTimes } from '../times.ts';
import { spanText } from '../times.ts';
import { drawPhases, drawTimes, type Lane, SMALL } from './frame.ts';
import { drawDose, drawPressure, drawVital, VITAL_LANES } from './lanes.ts';
import { timeScale } from './scale.ts';
import { ALARM_LANE, drawAlarms, drawEffects, effectRows, SPAN_ROW } from './spans.ts';
import { type Trace, tracesOf } from './traces.ts';

const GUTTER = 62;
const BAND = 11;
const BETWEEN = 3;
const LEGEND_LINE = 9.2;
const AXIS = 22;
/** Points of a column of the traces; a printer shows finer, the eye does not. */
const COLUMN = 0.5;
/** Least height of the lanes that can grow (points), and their greatest share of a page: the figures stand on the same one. */
const GROWING = { least: 200, share: 0.32 } as const;
const SHARES = [0.36, 0.12, 0.2, 0.15, 0.17] as const;

/** Draws the charts as high as the page allows, lane by lane; they never break over two pages. */
export const drawCharts = async (
  sheet: Sheet,
  document: SessionDocument,
  times: ClinicTimes,
  toPaper: (text: string) => string,
): Promise<void> => {
  const scale = timeScale(document, sheet.left + GUTTER, sheet.right - 4);
  const columnMs = ((scale.to - scale.from) / (scale.right - scale.left)) * COLUMN;
  const traces: (readonly Trace[])[] = [];
  for (const { metrics } of VITAL_LANES) {
    const ids = metrics.map(({ metric }) => metric);
    traces.push(tracesOf(document, ids, columnMs));
    await setImmediate();
  }
  const legend = legendLines(sheet, document, traces);
  const effectsHeight = effectRows(document) * SPAN_ROW;
  const fixed = BAND + ALARM_LANE + effectsHeight + 6 * BETWEEN + AXIS + legend.length * LEGEND_LINE + 3;
  sheet.ensure(fixed + GROWING.least);
  const growing = Math.min(
    Math.max(GROWING.least, GROWING.share * (sheet.bottom - sheet.top)),
    sheet.bottom - sheet.y - fixed,
  );
  const start = sheet.y;
  let top = start + BAND;
  const next = (height: number): Lane => {
    const lane = { top, bottom: top + height };
    top = lane.bottom + BETWEEN;
    return lane;
  };
  const [pressure, dose, ...vitals] = SHARES.map((share) => next(share * growing));
  const alarms = next(ALARM_LANE);
  const effects = next(effectsHeight);
  const all = { top: start + BAND, bottom: effects.bottom };
  drawPhases(sheet, document, scale, { top: start, bottom: start + BAND }, all.bottom);
  drawTimes(sheet, document, times, scale, all);
  if (pressure !== undefined) drawPressure(sheet, document, scale, pressure);
  if (dose !== undefined) drawDose(sheet, document, scale, dose);
  for (const [index, look] of VITAL_LANES.entries()) {
    const lane = vitals[index];
    await setImmediate();
    if (lane !== undefined) drawVital(sheet, traces[index] ?? [], look, scale, lane);
  }
  drawAlarms(sheet, document, scale, alarms);
  drawEffects(sheet, document, scale, effects, toPaper);
  sheet.y = all.bottom + AXIS;
  for (const line of legend) {
    sheet.line(line, sheet.left, sheet.y, { ...SMALL, colour: '#444444' });
    sheet.y += LEGEND_LINE;
  }
  sheet.y += 3;
};

const legendLines = (
  sheet: Sheet,
  document: SessionDocument,
  traces: readonly (readonly Trace[])[],
): readonly string[] => {
  const drawn = traces.flat().map(({ metric }) => metric);
  // Where one line is alone in its lane, the lane's name says what it is: not so for respiration, which has three sources.
  const colours = VITAL_LANES.filter(({ metrics }) => metrics.length > 1)
    .flatMap(({ metrics }) => metrics)
    .filter(({ metric }) => drawn.includes(metric))
    .map(({ metric, colour }) => `${metricRow(metric).name}: ${COLOUR_WORDS[colour] ?? 'the only line'}`);
  const others = METRIC_IDS.filter(
    (metric) =>
      METRICS[metric].kind === 'continuous' &&
      !drawn.includes(metric) &&
      document.frames.some(({ observations }) =>
        observations.some((one) => one.metric === metric && one.value !== null),
      ),
  ).map((metric) => metricRow(metric).name);
  const gap =
    document.session.origin === 'imported'
      ? 'more than two and a half of the usual steps between its values'
      : `more than ${spanText(STALE_AFTER_MS)} without a number`;
  const text = [
    'NIBP: bar from diastolic to systolic, dot: mean, dashed: baseline; hollow: a reading that the monitor doubted or that cannot be right.',
    'Pale with ×: left out of the figures as an artefact.',
    `Lines: every value, at the width of a line its least and greatest; a break is ${gap}. ${colours.join('; ')}.`,
    'Alarms: filled: of the patient, hollow: technical, upright stroke: acknowledged. Side effects: as thick as they were at worst.',
    ...(traces.flat().some(({ doubted }) => doubted.length > 0) ? ['Dotted: doubted by the monitor.'] : []),
    ...(others.length === 0 ? [] : [`Recorded and not drawn here: ${others.join(', ')}.`]),
  ].join(' ');
  return sheet.lines(text, sheet.width, SMALL);
};

/** The colours of lines that share a lane, in words. */
const COLOUR_WORDS: Readonly<Record<string, string>> = {
  '#7a1420': 'dark red',
  '#d0782c': 'orange, thin',
  '#0b5a70': 'blue-green',
  '#20632b': 'dark green',
  '#7d8f1c': 'olive, thin',
  '#1b8a6b': 'green',
};
