import { describe, expect, it } from 'vitest';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import type { ChairView } from '../../../core/api/views.ts';
import { chairId, monitorId, sessionId } from '../../../core/ids.ts';
import { epochMs } from '../../../core/time.ts';
import { NO_VISIT } from '../../../core/visit/visit-state.ts';
import { mergeReadings } from '../../../renderer/charts/data/nibp-readings.ts';
import { POINT } from '../../../renderer/charts/data/trace.ts';
import { createTrendStore } from '../../../renderer/charts/data/trend-store.ts';
import { buildFrame, knownReadings } from '../../../renderer/charts/model/frame.ts';
import { readoutAt, summaryText } from '../../../renderer/charts/model/readout.ts';
import { trendTable } from '../../../renderer/charts/model/trend-table.ts';
import { FOLLOWING } from '../../../renderer/charts/model/view-window.ts';
import { event, HR, moment, SPO2, value } from './make.ts';

const OFFSET = 1_700_000_000_000;
const at = (second: number) => moment(second * 1_000, OFFSET);
const axis = (second: number): number => OFFSET + second * 1_000;
const id = chairId('c');
const CHAIR: ChairView = {
  id,
  name: 'Chair 1',
  origin: 'live',
  session: {
    id: sessionId('s'),
    chairId: id,
    patientInitials: 'AB',
    indication: 'depression',
    patient: null,
    course: null,
    origin: 'live',
    openedAt: epochMs(axis(0)),
    closedAt: null,
    phase: 'infusing',
    spans: [
      { phase: 'baseline', startedAt: epochMs(axis(0)), endedAt: epochMs(axis(30)) },
      { phase: 'infusing', startedAt: epochMs(axis(30)), endedAt: null },
    ],
    plannedInfusionMs: 1,
    plannedRecoveryMs: 1,
    nibpIntervalMs: 1,
    baseline: { systolic: 120, diastolic: 75, mean: null, heartRate: null, readings: 2 },
    limits: null,
    withoutVitals: [],
    visit: NO_VISIT,
    sequence: 1,
  },
  current: {},
  cuff: { last: null, measuringSince: null, nextDueAt: null, repeatReason: null },
  limits: DEFAULT_PRESET,
  approval: { state: 'not-approved' },
  alarms: {
    alarms: [],
    audio: { kind: 'on' },
    sounding: null,
    paused: [],
    off: [],
    reminder: null,
    unwatched: [],
  },
  restored: null,
  visit: null,
  sourceOrder: {},
};

const cuff = (second: number, systolic: number, diastolic: number, validity?: 'questionable') => [
  value('MDC_PRESS_BLD_NONINV_SYS', systolic, at(second), 'm1', validity),
  value('MDC_PRESS_BLD_NONINV_DIA', diastolic, at(second), 'm1', validity),
];
const filled = (seconds: readonly number[]) => {
  const store = createTrendStore();
  store.append(seconds.map((second) => value(HR, 80 + (second % 3), at(second))));
  return store;
};
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const frameAt = (
  store: ReturnType<typeof createTrendStore>,
  second: number,
  events = [] as ReturnType<typeof event>[],
) => buildFrame({ store, history: null, chair: CHAIR, events, view: FOLLOWING, now: axis(second) });
const laneOf = (frame: ReturnType<typeof frameAt>, name: string) => {
  const found = frame.lanes.find((lane) => lane.spec.id === name);
  if (found === undefined) throw new Error(`no lane ${name}`);
  return found;
};

describe('a frame', () => {
  it('lets the gap grow while nothing arrives', () => {
    const store = filled(range(0, 60));
    expect(laneOf(frameAt(store, 69), 'rate').silentSince).toBeNull();
    const later = frameAt(store, 75);
    expect(laneOf(later, 'rate').silentSince).toBe(axis(59));
    expect(later.range.to).toBe(axis(75));
    expect(laneOf(later, 'rate').lines[0]?.trace.times.at(-1)).toBe(axis(59));
  });

  it('breaks the line where the cable was pulled, and joins it nowhere else', () => {
    const { trace } =
      laneOf(frameAt(filled([...range(0, 60), ...range(90, 120)]), 120), 'rate').lines[0] ?? {};
    const breaks = trace?.times.filter(
      (_time, index) => ((trace.flags[index] ?? 0) & POINT.breakBefore) !== 0,
    );
    expect(breaks).toEqual([axis(90)]);
  });

  it('draws two monitors that measure the same as two lines', () => {
    const store = createTrendStore();
    for (const second of range(0, 30)) {
      store.append([value(SPO2, 98, at(second), 'm1'), value(SPO2, 91, at(second), 'm2')]);
    }
    const lines = laneOf(frameAt(store, 30), 'saturation').lines;
    expect(lines.map((line) => [line.monitorId, new Set(line.trace.values)])).toEqual([
      ['m1', new Set([98])],
      ['m2', new Set([91])],
    ]);
  });

  it('neither loses nor overdraws samples when the wall clock is set back', () => {
    const store = filled(range(0, 60));
    store.append(range(60, 120).map((second) => value(HR, 100, moment(second * 1_000, OFFSET - 3_600_000))));
    const { trace } = laneOf(frameAt(store, 120), 'rate').lines[0] ?? {};
    expect([trace?.times[0], trace?.times.at(-1)]).toEqual([axis(0), axis(119)]);
    expect(new Set(trace?.values.slice(-10))).toEqual(new Set([100]));
    expect(trace?.times.filter((time) => time >= axis(60)).length).toBeGreaterThanOrEqual(20);
    expect(trace?.times).toEqual([...(trace?.times ?? [])].sort((a, b) => a - b));
    expect(trace?.flags.some((flags) => (flags & POINT.breakBefore) !== 0)).toBe(false);
  });

  it('puts a cuff reading together once, and takes the record’s copy of it for the same', () => {
    const store = createTrendStore();
    store.append(cuff(40, 162, 94));
    store.append(cuff(40, 162, 94));
    store.append(cuff(50, 150, 90, 'questionable'));
    expect(
      store.readings.map(({ systolic, diastolic, questionable }) => [systolic, diastolic, questionable]),
    ).toEqual([
      [162, 94, false],
      [150, 90, true],
    ]);
    const [first] = store.readings;
    if (first === undefined) throw new Error('no reading');
    const stored = { ...first, questionable: false };
    const earlier = { ...first, at: axis(10), systolic: 140 };
    expect(mergeReadings(store.readings, [earlier, stored]).map((reading) => reading.systolic)).toEqual([
      140, 162, 150,
    ]);
  });

  it('knows the last reading of the chair although it came before the trend was opened, and knows it once', () => {
    const last = {
      systolic: 128,
      diastolic: 75,
      mean: 94,
      pulseRate: null,
      receivedAt: at(10),
      ageAtReceiptMs: 0,
      monitorId: monitorId('m1'),
    };
    const chair = { ...CHAIR, cuff: { ...CHAIR.cuff, last } };
    const known = (store: ReturnType<typeof createTrendStore>) =>
      knownReadings({ store, history: null, chair }).map((reading) => [reading.at, reading.systolic]);
    const store = createTrendStore();
    expect(known(store)).toEqual([[axis(10), 128]]);
    store.append(cuff(10, 128, 75));
    expect(known(store)).toEqual([[axis(10), 128]]);
  });

  it('makes room for a pressure above the scale', () => {
    const store = createTrendStore();
    store.append(cuff(40, 231, 130));
    expect(laneOf(frameAt(store, 60), 'pressure').domain).toEqual({ low: 40, high: 240 });
  });

  it('counts minutes from the start of the infusion and draws the baseline from where it was frozen', () => {
    const baseline = { systolic: 120, diastolic: 75, mean: null, heartRate: null, readings: 2 };
    const frozen = event(1, at(29), { type: 'baseline-frozen', baseline });
    const frame = frameAt(filled(range(0, 60)), 60, [frozen]);
    expect(frame.zero).toBe(axis(30));
    expect(frame.baseline).toEqual({ systolic: 120, diastolic: 75, from: axis(29) });
    expect(frame.bands.map((band) => [band.label, band.to])).toEqual([
      ['Baseline', axis(30)],
      ['Infusing', axis(60)],
    ]);
  });
});

describe('the readout', () => {
  const store = createTrendStore();
  store.append(range(0, 60).map((second) => value(HR, 80, at(second))));
  store.append([value(SPO2, 97, at(10)), value(SPO2, null, at(20))]);
  store.append(cuff(40, 162, 94));
  const rowsAt = (second: number) =>
    readoutAt(store, null, store.readings, axis(second)).map((row) => [row.label, row.text, row.age]);

  it('gives the value of every lane at that time, with its age', () => {
    expect(rowsAt(45)).toEqual([
      ['NIBP', '162/94', '5 s'],
      ['HR', '80', '0 s'],
      ['SpO₂', '--', ''],
    ]);
  });

  it('does not know a cuff reading before it was taken', () => {
    expect(rowsAt(15)).toEqual([
      ['NIBP', '--', ''],
      ['HR', '80', '0 s'],
      ['SpO₂', '97', '5 s'],
    ]);
  });

  it('keeps a value for 30 s and not longer; a cuff reading stays, with its age', () => {
    expect(rowsAt(89)[1]).toEqual(['HR', '80', '30 s']);
    expect(rowsAt(90)).toEqual([
      ['NIBP', '162/94', '50 s'],
      ['HR', '--', ''],
      ['SpO₂', '--', ''],
    ]);
  });

  it('says the latest values in words', () => {
    expect(summaryText(readoutAt(store, null, store.readings, axis(62)), '15 min', false)).toBe(
      'Trend, 15 min. Now: Blood pressure (cuff) 162/94 mmHg, 22 s old; Heart rate (ECG) 80 /min, 3 s old; ' +
        'Oxygen saturation (pulse oximetry) no value.',
    );
  });
});

describe('the table', () => {
  it('gives lowest and highest per minute, newest first, and -- where nothing came', () => {
    const store = filled([...range(600, 660), ...range(780, 840)]);
    store.append(cuff(800, 150, 90));
    const table = trendTable(frameAt(store, 900));
    expect(table.columns).toEqual(['NIBP mmHg', 'HR /min']);
    expect(table.rows.slice(0, 5).map((row) => row.cells)).toEqual([
      ['--', '--'],
      ['150/90', '80–82'],
      ['--', '80'],
      ['--', '--'],
      ['--', '80–82'],
    ]);
  });
});
