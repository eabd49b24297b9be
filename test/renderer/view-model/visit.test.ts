import { describe, expect, it } from 'vitest';
import type { DoseState } from '../../../core/dose/dose-state.ts';
import { planOf } from '../../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl, mlPerHour } from '../../../core/dose/units.ts';
import { epochMs, instant } from '../../../core/time.ts';
import { positiveNumber } from '../../../renderer/parts/number-field.tsx';
import {
  doseLine,
  dueLines,
  figureText,
  lastTimeOfDay,
  planFigures,
  usualCentre,
} from '../../../renderer/view-model/visit.ts';
import { chair } from '../support.ts';

const MINUTE = 60_000;
const START = 1_772_373_600_000;
const at = (minutes: number) => instant(START + minutes * MINUTE, minutes * MINUTE);
const wall = (minutes: number) => epochMs(START + minutes * MINUTE);

const plan = planOf({
  kind: 'infusion',
  drug: 'Ketamine',
  weightKg: kilograms(75),
  dose: { unit: 'mg/kg', value: mgPerKg(0.5) },
  concentrationMgPerMl: mgPerMl(1),
  durationMs: 40 * MINUTE,
});

const dose = (part: Partial<DoseState> = {}): DoseState => ({
  plan,
  ordered: { unit: 'mg/kg', value: mgPerKg(0.5) },
  plannedAt: wall(-10),
  plannedBy: 'Nurse A',
  verified: null,
  plannedMg: plan.doseMg,
  rateMlPerH: mlPerHour(56.3),
  concentrationMgPerMl: mgPerMl(1),
  segments: [],
  boluses: [],
  changes: [],
  stopped: null,
  unwatched: [],
  isPartial: false,
  ...part,
});
const running = {
  startedAt: wall(0),
  endedAt: null,
  rateMlPerH: mlPerHour(56.3),
  concentrationMgPerMl: mgPerMl(1),
};

describe('the line of a dose', () => {
  it('before the start says what is planned, and that nobody checked it', () => {
    expect(doseLine(dose(), at(-1))).toEqual({
      delivered: '0 of 37.5 mg',
      share: 0,
      percent: '0 %',
      rate: '56.3 mL/h · 0.751 mg/kg/h',
      left: null,
      state: 'planned',
      note: 'Not yet checked by a second person',
    });
  });

  it('counts while it runs, rounds the share down, and says how long it takes', () => {
    const line = doseLine(dose({ segments: [running] }), at(20));
    expect(line).toMatchObject({
      delivered: '18.8 of 37.5 mg',
      percent: '50 %',
      state: 'running',
      note: null,
    });
    expect(line?.left).toMatch(/^19:\d\d left$/);
  });

  it('never shows more than a full bar, and tells the nurse to look at the pump', () => {
    const line = doseLine(dose({ segments: [running] }), at(45));
    expect(line?.share).toBe(1);
    expect(line?.note).toMatch(/more than planned.*look at the pump/);
    expect(line?.left).toBeNull();
  });

  it('held is not stopped', () => {
    const held = { ...running, endedAt: wall(10) };
    expect(doseLine(dose({ segments: [held] }), at(20))).toMatchObject({ state: 'held', left: null });
    const stopped = { at: wall(10), cause: 'complete', reason: null, pumpVolumeMl: null } as const;
    expect(doseLine(dose({ segments: [held], stopped }), at(20))?.state).toBe('stopped');
  });

  it('says what it does not know', () => {
    expect(doseLine(dose({ segments: [running], isPartial: true }), at(1))?.note).toMatch(/before its plan/);
    const unwatched = [{ startedAt: wall(2), endedAt: wall(4) }];
    expect(doseLine(dose({ segments: [running], unwatched }), at(10))?.note).toMatch(
      /while Chairside was down/,
    );
    expect(doseLine(null, at(0))).toBeNull();
    expect(doseLine(dose(), null)).toBeNull();
  });
});

describe('figures', () => {
  it.each([
    [37.5, '37.5'],
    [0.7506, '0.751'],
    [1050.4, '1050'],
    [0, '0'],
    [12_345, '12300'],
  ])('%d reads %s', (value, text) => expect(figureText(value)).toBe(text));

  it('of a plan stand in the order in which a pump is set', () => {
    expect(planFigures(plan).map(({ label, value }) => `${label} ${value}`)).toEqual([
      'Dose 37.5 mg',
      'By weight 0.5 mg/kg',
      'Volume 37.5 mL',
      'Pump rate 56.3 mL/h',
      'Drug rate 0.751 mg/kg/h',
      'Over 40 min',
    ]);
  });

  it.each([
    ['75', 75],
    [' 0,5 ', 0.5],
    ['.5', null],
    ['0', null],
    ['-3', null],
    ['1e3', null],
    ['7 5', null],
    ['', null],
  ])('typed as “%s” is %s', (text, value) => expect(positiveNumber(text)).toBe(value));
});

describe('what is due', () => {
  const item = (kind: 'scale' | 'cuff', minutes: number) => ({
    kind,
    scale: kind === 'scale' ? ('moaa-s' as const) : null,
    label: kind,
    dueAt: wall(minutes),
  });
  const visit = {
    checklist: [],
    discharge: [],
    startObjections: [],
    dischargeObjections: [],
    baseline: { baseline: null, agreed: false, advice: '' },
    gate: { level: 'green', reasons: [] },
    remeasureAt: null,
    cuff: { intervalMs: 5 * MINUTE, why: '' },
    next: [item('cuff', 0), item('scale', 1), item('scale', 60)],
  } as const;

  it('is told a quarter of an hour ahead, without the cuff, which has its own place', () => {
    expect(dueLines(chair({ visit }), at(0)).map(({ when, isDue }) => [when, isDue])).toEqual([
      ['in 1:00', false],
    ]);
    expect(dueLines(chair({ visit }), at(2)).map(({ when, isDue }) => [when, isDue])).toEqual([
      ['now', true],
    ]);
  });

  it('is nothing without a visit or a time', () => {
    expect(dueLines(chair({ visit: null }), at(0))).toEqual([]);
    expect(dueLines(chair({ visit }), null)).toEqual([]);
  });
});

it('a time of day is the last one that was', () => {
  const noon = epochMs(new Date(2026, 2, 1, 12, 0).getTime());
  expect(lastTimeOfDay('11:30', noon)).toBe(new Date(2026, 2, 1, 11, 30).getTime());
  expect(lastTimeOfDay('20:00', noon)).toBe(new Date(2026, 1, 28, 20, 0).getTime());
  expect(lastTimeOfDay('', noon)).toBeNull();
});

it('a time of day a little ahead of the clock is now, not a day ago', () => {
  const noon = epochMs(new Date(2026, 2, 1, 12, 0).getTime());
  expect(lastTimeOfDay('12:15', noon)).toBe(noon);
  expect(lastTimeOfDay('12:16', noon)).toBe(new Date(2026, 1, 28, 12, 16).getTime());
  expect(lastTimeOfDay('24:10', noon)).toBeNull();
  const late = epochMs(new Date(2026, 2, 1, 23, 55).getTime());
  expect(lastTimeOfDay('00:05', late)).toBe(late);
});

it.each([
  // Berlin, 25 October 2026: 02:00 to 03:00 comes twice, first in summer time.
  [
    'the hour that comes twice is the later one',
    '02:30',
    Date.UTC(2026, 9, 25, 7, 0),
    Date.UTC(2026, 9, 25, 1, 30),
  ],
  [
    'in the first of the two it is the first',
    '02:30',
    Date.UTC(2026, 9, 25, 0, 40),
    Date.UTC(2026, 9, 25, 0, 30),
  ],
  [
    'the evening before is an hour longer ago',
    '22:00',
    Date.UTC(2026, 9, 25, 7, 0),
    Date.UTC(2026, 9, 24, 20, 0),
  ],
  // 29 March 2026: 02:00 to 03:00 does not come.
  [
    'the evening before the short night is an hour less ago',
    '22:00',
    Date.UTC(2026, 2, 29, 7, 0),
    Date.UTC(2026, 2, 28, 21, 0),
  ],
])('where the clocks change, %s', (_, text, now, expected) => {
  const before = process.env.TZ;
  process.env.TZ = 'Europe/Berlin';
  try {
    expect(lastTimeOfDay(text, epochMs(now))).toBe(expected);
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
});

it('the middle shows the list before the drug and the trend from then on', () => {
  expect(usualCentre('intake', true)).toBe('checklist');
  expect(usualCentre('baseline', true)).toBe('checklist');
  expect(usualCentre('infusing', true)).toBe('trend');
  expect(usualCentre('intake', false)).toBe('trend');
  expect(usualCentre(null, false)).toBe('trend');
});
