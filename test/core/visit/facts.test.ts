import { describe, expect, it } from 'vitest';
import type { ComputedFact } from '../../../core/checklist/items.ts';
import type { ScaleId } from '../../../core/scales/scales.ts';
import { autoScoreParts, type ChairFacts, computeFacts } from '../../../core/visit/facts.ts';
import { at, chair, type Entry, entry, reading, toPhase, visit } from './make.ts';

const BASELINE = entry(9, {
  type: 'baseline-frozen',
  baseline: { systolic: 120, diastolic: 80, mean: 93, heartRate: 70, readings: 2 },
});

const base: readonly Entry[] = [
  toPhase(1, 'intake', 'baseline'),
  BASELINE,
  toPhase(10, 'baseline', 'infusing'),
  toPhase(50, 'infusing', 'recovery'),
];
const score = (minute: number, scale: ScaleId, value: number): Entry =>
  entry(minute, { type: 'score-recorded', scale, value, parts: null });
const holds = (
  fact: ComputedFact,
  minute: number,
  more: readonly Entry[] = [],
  part: Partial<ChairFacts> = {},
) => computeFacts(visit([...base, ...more]), chair(part), at(minute))[fact].holds;

describe('what the data say before a patient goes', () => {
  it.each([
    [64.9, false],
    [65, true],
  ])('the minimum of 15 min is over at minute %s: %s', (minute, expected) => {
    expect(holds('recovery-minimum', minute)).toBe(expected);
  });

  it.each([
    [8, 70, false],
    [9, 70, true],
    [10, 70, true],
    [9, 91, false],
  ])(
    'an Aldrete of %s at minute %s counts: %s (scored at 60, at most 30 min old)',
    (value, minute, expected) => {
      expect(holds('aldrete', minute, [score(60, 'aldrete', value)])).toBe(expected);
    },
  );

  it.each([
    ['both near the baseline', [118, 126], 64, true],
    ['one of the two too high', [160, 126], 64, false],
    ['the last more than 20 % above the baseline', [126, 145], 64, false],
    ['the last more than 20 % below the baseline', [126, 95], 64, false],
    ['the last one older than 10 min', [118, 126], 72.1, false],
  ])('pressure: %s', (_, [first, second], minute, expected) => {
    const readings = [reading(57, first ?? 0, 80), reading(62, second ?? 0, 80)];
    expect(holds('pressure-near-baseline', minute, [], { readings })).toBe(expected);
  });

  it('pressure does not hold with one reading, or without a baseline', () => {
    expect(holds('pressure-near-baseline', 64, [], { readings: [reading(62, 120, 80)] })).toBe(false);
    const readings = [reading(57, 120, 80), reading(62, 120, 80)];
    const without = visit([toPhase(1, 'intake', 'baseline')]);
    expect(computeFacts(without, chair({ readings }), at(64))['pressure-near-baseline'].holds).toBe(false);
  });

  it('pressure does not hold on a reading that the monitor doubts', () => {
    const doubted = { ...reading(62, 120, 80), questionable: true } as const;
    expect(holds('pressure-near-baseline', 64, [], { readings: [reading(57, 120, 80), doubted] })).toBe(
      false,
    );
    const three = [reading(54, 120, 80), reading(57, 120, 80), doubted];
    expect(holds('pressure-near-baseline', 64, [], { readings: three })).toBe(false);
    const behind = [
      reading(54, 190, 110),
      { ...reading(57, 120, 80), questionable: true as const },
      reading(62, 120, 80),
    ];
    expect(holds('pressure-near-baseline', 64, [], { readings: behind })).toBe(false);
  });

  it('proposes no points of a pressure that the monitor doubts', () => {
    const doubted = { ...reading(62, 120, 80), questionable: true } as const;
    const session = visit(base);
    expect(autoScoreParts(session, 'padss', { spo2: null, readings: [reading(62, 120, 80)] })).toHaveProperty(
      'vitals',
    );
    expect(autoScoreParts(session, 'padss', { spo2: null, readings: [doubted] })).not.toHaveProperty(
      'vitals',
    );
  });

  it.each(['aldrete', 'moaa-s'] as const)(
    'a score of %s from before the drug ended says nothing',
    (scale) => {
      const short = [
        toPhase(1, 'intake', 'baseline'),
        BASELINE,
        toPhase(10, 'baseline', 'infusing'),
        ...(['dissociation', 'nausea'] as const).map((other) => ({ ...score(16, other, 0), minute: 16 })),
      ];
      const value = scale === 'aldrete' ? 10 : 5;
      const fact = scale === 'aldrete' ? 'aldrete' : 'sedation-gone';
      const early = visit([
        ...short.slice(0, 3),
        score(11, scale, value),
        toPhase(15, 'infusing', 'recovery'),
        ...short.slice(3),
      ]);
      const later = visit([
        ...short.slice(0, 3),
        toPhase(15, 'infusing', 'recovery'),
        ...short.slice(3),
        score(16, scale, value),
      ]);
      expect(computeFacts(early, chair(), at(31))[fact].holds).toBe(false);
      expect(computeFacts(later, chair(), at(31))[fact].holds).toBe(true);
    },
  );

  it('a score that the clock has not reached counts as none: it was set back meanwhile', () => {
    expect(holds('aldrete', 55, [score(60, 'aldrete', 10)])).toBe(false);
  });

  it.each([
    [92, 72, true],
    [91, 72, false],
    [98, 50, true],
    [98, 49, false],
    [98, 110, true],
    [98, 111, false],
    [null, 72, false],
    [98, null, false],
  ])('SpO₂ %s with heart rate %s: %s', (spo2, heartRate, expected) => {
    expect(holds('vitals-in-range', 64, [], { spo2, heartRate })).toBe(expected);
  });

  it.each([
    [5, 1, 3, true],
    [4, 1, 3, false],
    [5, 2, 3, false],
    [5, 1, 4, false],
  ])('MOAA/S %s, dissociation %s, nausea %s: %s', (sedation, dissociation, nausea, expected) => {
    const scores = [
      score(60, 'moaa-s', sedation),
      score(60, 'dissociation', dissociation),
      score(60, 'nausea', nausea),
    ];
    expect(holds('sedation-gone', 64, scores)).toBe(expected);
    expect(holds('sedation-gone', 91, scores)).toBe(false);
  });

  it('a severe side effect holds the patient until it ended or became less', () => {
    const noted = entry(55, {
      type: 'side-effect-noted',
      kind: 'dissociation',
      severity: 'severe',
      onsetAt: at(55).wall,
      text: null,
    });
    const [effect] = visit([...base, noted]).visit.sideEffects;
    if (effect === undefined) throw new Error('no side effect');
    expect(holds('no-severe-effect', 60, [noted])).toBe(false);
    expect(
      holds('no-severe-effect', 60, [noted, entry(58, { type: 'side-effect-ended', effect: effect.id })]),
    ).toBe(true);
    const milder = entry(58, { type: 'side-effect-changed', effect: effect.id, severity: 'mild' });
    expect(holds('no-severe-effect', 60, [noted, milder])).toBe(true);
    expect(visit([...base, noted, milder]).visit.sideEffects[0]).toMatchObject({
      severity: 'mild',
      worst: 'severe',
    });
  });
});
