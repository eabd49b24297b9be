/** The lanes with numbers: blood pressure, the dose, and the continuous vital signs. */
import { doseSteps } from '../../../core/dose/delivery.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import { figure } from '../../../core/visit/drug-words.ts';
import { FAINT, type Sheet } from '../sheet.ts';
import type { Stretch } from './columns.ts';
import { drawLane, drawValues, type Lane, SMALL } from './frame.ts';
import { type TimeScale, valueScale } from './scale.ts';
import { pressureBars, type Trace } from './traces.ts';

const PRESSURE = '#1d3b66';
const DOSE = '#4d3a78';

/** Bars from diastolic to systolic, the mean as a dot, the baseline dashed. */
export const drawPressure = (sheet: Sheet, document: SessionDocument, scale: TimeScale, lane: Lane): void => {
  const { doc } = sheet;
  const bars = pressureBars(document);
  const { baseline } = document.session;
  const values = valueScale(
    bars.flatMap(({ reading }) => [reading.systolic, reading.diastolic]),
    { low: 40, high: 200, step: 20 },
    lane.top,
    lane.bottom,
  );
  drawLane(sheet, scale, lane, ['NIBP', 'mmHg']);
  drawValues(sheet, scale, values);
  if (baseline !== null) {
    doc.lineWidth(0.7).strokeColor(PRESSURE).dash(4, { space: 2.5 });
    for (const value of [baseline.systolic, baseline.diastolic]) {
      doc.moveTo(scale.left, values.y(value)).lineTo(scale.right, values.y(value)).stroke();
    }
    doc.undash();
  }
  for (const { reading, at, look } of bars) {
    const x = scale.x(at);
    const colour = look === 'left-out' ? FAINT : PRESSURE;
    const [high, low] = [values.y(reading.systolic), values.y(reading.diastolic)];
    doc.lineWidth(look === 'kept' ? 1.1 : 0.6).strokeColor(colour);
    if (look === 'kept') doc.moveTo(x, high).lineTo(x, low).stroke();
    else doc.rect(x - 1.6, Math.min(high, low), 3.2, Math.abs(low - high)).stroke();
    for (const y of [high, low])
      doc
        .moveTo(x - 2.4, y)
        .lineTo(x + 2.4, y)
        .stroke();
    if (reading.mean !== null) doc.circle(x, values.y(reading.mean), 1.3).fill(colour);
    if (look === 'left-out') cross(sheet, x, (high + low) / 2, 3.4);
  }
};

const cross = ({ doc }: Sheet, x: number, y: number, size: number): void => {
  doc.lineWidth(0.8).strokeColor('#333333');
  doc
    .moveTo(x - size, y - size)
    .lineTo(x + size, y + size)
    .stroke();
  doc
    .moveTo(x - size, y + size)
    .lineTo(x + size, y - size)
    .stroke();
};

/** The rate as steps, single amounts as marks with their milligrams. */
export const drawDose = (sheet: Sheet, document: SessionDocument, scale: TimeScale, lane: Lane): void => {
  const { doc } = sheet;
  const { dose } = document.session.visit;
  const steps = dose === null ? [] : doseSteps(dose);
  const most = steps.reduce((sum, { mgPerKgPerH }) => Math.max(sum, mgPerKgPerH), 0);
  const step = most > 2 ? 1 : most > 1 ? 0.5 : 0.25;
  const values = valueScale([most], { low: 0, high: step, step }, lane.top + 3, lane.bottom);
  drawLane(sheet, scale, lane, ['Dose rate', 'mg/kg/h']);
  if (dose === null) {
    sheet.line('no dose was planned', scale.left + 4, lane.top + 3, SMALL);
    return;
  }
  drawValues(sheet, scale, values);
  for (const [index, { at, mgPerKgPerH }] of steps.entries()) {
    if (mgPerKgPerH === 0) continue;
    const [left, right] = [scale.x(at), scale.x(steps[index + 1]?.at ?? scale.to)];
    const y = values.y(mgPerKgPerH);
    doc
      .rect(left, y, right - left, lane.bottom - y)
      .fillOpacity(0.25)
      .fill(DOSE);
    doc.fillOpacity(1).lineWidth(0.9).strokeColor(DOSE);
    doc.moveTo(left, lane.bottom).lineTo(left, y).lineTo(right, y).lineTo(right, lane.bottom).stroke();
  }
  for (const { at, mg } of dose.boluses) {
    const x = scale.x(at);
    doc.polygon([x, lane.top + 9], [x - 2.6, lane.top + 14], [x + 2.6, lane.top + 14]).fill(DOSE);
    sheet.line(`${figure(mg)} mg`, x, lane.top + 1.5, SMALL, 'centre');
  }
};

/** How a lane of continuous metrics looks. One line for each metric: sources are never merged. */
export interface VitalLane {
  readonly name: readonly string[];
  readonly metrics: readonly { readonly metric: MetricId; readonly colour: string; readonly width: number }[];
  readonly usual: { readonly low: number; readonly high: number; readonly step: number };
}

export const VITAL_LANES: readonly VitalLane[] = [
  {
    name: ['HR, pulse', '/min'],
    metrics: [
      { metric: 'MDC_ECG_HEART_RATE', colour: '#7a1420', width: 0.9 },
      { metric: 'MDC_PULS_OXIM_PULS_RATE', colour: '#d0782c', width: 0.6 },
    ],
    usual: { low: 40, high: 120, step: 20 },
  },
  {
    name: ['SpO₂', '%'],
    metrics: [{ metric: 'MDC_PULS_OXIM_SAT_O2', colour: '#0b5a70', width: 0.9 }],
    usual: { low: 80, high: 100, step: 5 },
  },
  {
    name: ['Respiration', '/min'],
    metrics: [
      { metric: 'MDC_CO2_RESP_RATE', colour: '#20632b', width: 0.9 },
      { metric: 'MDC_TTHOR_RESP_RATE', colour: '#7d8f1c', width: 0.7 },
      { metric: 'MDC_RESP_RATE', colour: '#1b8a6b', width: 0.9 },
    ],
    usual: { low: 0, high: 30, step: 10 },
  },
];

export const drawVital = (
  sheet: Sheet,
  traces: readonly Trace[],
  { name, metrics, usual }: VitalLane,
  scale: TimeScale,
  lane: Lane,
): void => {
  const all = traces.flatMap(({ kept, leftOut, doubted }) => [...kept, ...leftOut, ...doubted].flat());
  const values = valueScale(
    all.map(({ value }) => value),
    usual,
    lane.top,
    lane.bottom,
  );
  drawLane(sheet, scale, lane, name);
  drawValues(sheet, scale, values);
  if (traces.length === 0) sheet.line('nothing was recorded', scale.left + 4, lane.top + 3, SMALL);
  // The best source last, so that no other one covers it.
  for (const { metric, kept, leftOut, doubted } of traces.toReversed()) {
    const look = metrics.find((one) => one.metric === metric);
    for (const stretch of leftOut) {
      drawStretch(sheet, stretch, scale, values.y, FAINT, 0.6);
      for (const x of endsOf(stretch, scale)) cross(sheet, x, lane.bottom - 4, 2);
    }
    for (const stretch of doubted) drawDoubted(sheet, stretch, scale, values.y, look?.colour ?? FAINT);
    for (const stretch of kept) {
      drawStretch(sheet, stretch, scale, values.y, look?.colour ?? FAINT, look?.width ?? 0.6);
    }
  }
};

const endsOf = (stretch: Stretch, scale: TimeScale): readonly number[] => {
  const ends = [stretch[0], stretch.at(-1)].flatMap((one) => (one === undefined ? [] : [scale.x(one.at)]));
  return [...new Set(ends)];
};

const drawStretch = (
  { doc }: Sheet,
  stretch: Stretch,
  scale: TimeScale,
  y: (value: number) => number,
  colour: string,
  width: number,
): void => {
  const [first, ...rest] = stretch;
  if (first === undefined) return;
  if (rest.length === 0) {
    doc.circle(scale.x(first.at), y(first.value), Math.max(0.6, width * 0.7)).fill(colour);
    return;
  }
  doc.lineWidth(width).strokeColor(colour).lineJoin('round');
  doc.moveTo(scale.x(first.at), y(first.value));
  for (const { at, value } of rest) doc.lineTo(scale.x(at), y(value));
  doc.stroke();
};

/** Dotted, a value alone as a ring: never like what counts. */
const drawDoubted = (
  sheet: Sheet,
  stretch: Stretch,
  scale: TimeScale,
  y: (value: number) => number,
  colour: string,
): void => {
  const { doc } = sheet;
  const [first] = stretch;
  if (stretch.length === 1 && first !== undefined) {
    doc.lineWidth(0.4).strokeColor(colour).circle(scale.x(first.at), y(first.value), 1.1).stroke();
    return;
  }
  doc.dash(0.8, { space: 1.2 });
  drawStretch(sheet, stretch, scale, y, colour, 0.5);
  doc.undash();
};
