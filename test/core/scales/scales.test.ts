import { describe, expect, it } from 'vitest';
import { isAlarmingSymptom } from '../../../core/alarm/symptoms.ts';
import { SCALE_IDS, SCALES, scoreOf } from '../../../core/scales/scales.ts';
import { SIDE_EFFECT_KINDS, SIDE_EFFECTS } from '../../../core/scales/side-effects.ts';
import { autoScoreParts } from '../../../core/visit/facts.ts';
import { entry, reading, visit } from '../visit/make.ts';

describe('a scale', () => {
  it.each(SCALE_IDS)('%s has anchors and parts inside its range', (id) => {
    const { lowest, highest, anchors, parts } = SCALES[id];
    for (const { value } of anchors) expect(value >= lowest && value <= highest).toBe(true);
    for (const part of parts) expect(part.anchors.map(({ value }) => value)).toEqual([0, 1, 2]);
    if (parts.length > 0) expect(highest).toBe(2 * parts.length);
  });

  it.each([
    ['moaa-s', 5, true],
    ['moaa-s', 6, false],
    ['nausea', 10, true],
    ['nausea', 11, false],
    ['rass', -5, true],
    ['rass', -6, false],
    ['pain', 3.5, false],
  ] as const)('%s takes %s: %s', (id, value, ok) => {
    expect(scoreOf(id, { kind: 'value', value }).ok).toBe(ok);
  });

  it('with parts is their sum, and takes neither a missing nor an unknown part nor one number', () => {
    const parts = { activity: 2, respiration: 2, circulation: 1, consciousness: 2, oxygen: 2 };
    expect(scoreOf('aldrete', { kind: 'parts', parts })).toEqual({ ok: true, value: 9 });
    const { oxygen: _oxygen, ...four } = parts;
    expect(scoreOf('aldrete', { kind: 'parts', parts: four }).ok).toBe(false);
    expect(scoreOf('aldrete', { kind: 'parts', parts: { ...parts, pain: 2 } }).ok).toBe(false);
    expect(scoreOf('aldrete', { kind: 'parts', parts: { ...parts, oxygen: 3 } }).ok).toBe(false);
    expect(scoreOf('aldrete', { kind: 'value', value: 9 }).ok).toBe(false);
  });
});

describe('the parts of a discharge score that the data give', () => {
  const session = visit([
    entry(5, {
      type: 'baseline-frozen',
      baseline: { systolic: 120, diastolic: 80, mean: 93, heartRate: 70, readings: 2 },
    }),
  ]);
  const parts = (systolic: number, spo2: number | null) => ({
    aldrete: autoScoreParts(session, 'aldrete', { spo2, readings: [reading(6, systolic, 80)] }),
    padss: autoScoreParts(session, 'padss', { spo2, readings: [reading(6, systolic, 80)] }),
  });

  it.each([
    [144, 2, 2],
    [145, 1, 1],
    [96, 2, 2],
    [168, 1, 1],
    [169, 1, 0],
    [180, 0, 0],
  ])('with a systolic of %s against 120: Aldrete %s, PADSS %s', (systolic, circulation, vitals) => {
    expect(parts(systolic, 98)).toEqual({
      aldrete: { circulation, oxygen: 2 },
      padss: { vitals, bleeding: 2 },
    });
  });

  it('leave oxygen to a person where the number is low or missing: whether it is given nobody measures', () => {
    expect(parts(120, 92).aldrete).toEqual({ circulation: 2 });
    expect(parts(120, null).aldrete).toEqual({ circulation: 2 });
  });

  it('leave pressure to a person without a reading or a baseline', () => {
    expect(autoScoreParts(session, 'padss', { spo2: 98, readings: [] })).toEqual({ bleeding: 2 });
    expect(autoScoreParts(visit([]), 'aldrete', { spo2: 98, readings: [reading(1, 120, 80)] })).toEqual({
      oxygen: 2,
    });
  });
});

describe('side effects', () => {
  it('offer the six of the patient information with a tile or behind "more"', () => {
    const six = ['nausea', 'drowsiness', 'vivid-dreams', 'mood-swing', 'agitation'] as const;
    for (const kind of six) expect(SIDE_EFFECT_KINDS).toContain(kind);
    expect(SIDE_EFFECTS.nausea.common && SIDE_EFFECTS.drowsiness.common).toBe(true);
  });
  it.each(['headache', 'chest-pain', 'blurred-vision', 'shortness-of-breath', 'neurological'] as const)(
    '%s makes a high pressure an emergency, as the same word in a note does',
    (kind) => {
      expect(SIDE_EFFECTS[kind].alarming).toBe(true);
      expect(isAlarmingSymptom(SIDE_EFFECTS[kind].label)).toBe(true);
    },
  );
  it('do not make an emergency of nausea, drowsiness or dizziness', () => {
    expect(
      [SIDE_EFFECTS.nausea, SIDE_EFFECTS.drowsiness, SIDE_EFFECTS.dizziness].some((row) => row.alarming),
    ).toBe(false);
  });
});
