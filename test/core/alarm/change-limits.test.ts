import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeLimits } from '../../../core/alarm/auto-limits.ts';
import {
  allLimits,
  changeLimits,
  isBeyondBound,
  isLooser,
  looserIn,
  orderFault,
  withThresholds,
} from '../../../core/alarm/change-limits.ts';
import { type ClinicPreset, clinicPreset } from '../../../core/alarm/clinic-presets.ts';
import { HARD_BOUNDS, NEVER_NULL } from '../../../core/alarm/hard-bounds.ts';
import type { LimitSet } from '../../../core/alarm/limits.ts';
import { DEFAULT_PRESET, PRESETS } from '../../../core/alarm/presets.ts';

const NOTHING = { reason: null, physician: null };
const REASON = { reason: 'Known to the clinic', physician: null };
const SIGNED = { reason: 'Known to the clinic', physician: 'Dr. P' };
type Why = typeof SIGNED | typeof REASON | typeof NOTHING;

const change = (
  changes: Readonly<Record<string, number | null>>,
  why: Why = NOTHING,
  inForce: LimitSet = DEFAULT_PRESET,
  preset: LimitSet = DEFAULT_PRESET,
) =>
  changeLimits(
    preset,
    inForce,
    Object.entries(changes).map(([limitId, threshold]) => ({ limitId, threshold })),
    why,
  );
const said = (...args: Parameters<typeof change>): string => {
  const outcome = change(...args);
  return outcome.ok ? 'accepted' : `${outcome.refusal.code}: ${outcome.refusal.message}`;
};

describe('a limit of one patient', () => {
  it.each([
    [{ 'spo2-low-high-priority': 87 }],
    [{ 'nibp-sys-high-high-priority': 170 }],
    [{ 'nibp-sys-rise-medium-priority': 20 }],
    [{ 'hr-high-medium-priority': 110, 'hr-high-high-priority': 140 }],
  ])('is tightened freely: %o', (changes) => {
    expect(said(changes)).toBe('accepted');
  });

  it.each([
    [{ 'spo2-low-high-priority': 82 }, 'SpO₂ low, high priority'],
    [{ 'nibp-sys-high-high-priority': 185 }, 'SYS high, high priority'],
    [{ 'nibp-sys-rise-high-priority': 45 }, 'SYS rise, high priority'],
    [{ 'hr-low-medium-priority': 45 }, 'HR low, medium priority'],
  ])('is loosened beyond the preset with a reason only: %o', (changes, words) => {
    expect(said(changes)).toContain(`not-allowed: Looser than the preset Adult standard: ${words}`);
    expect(said(changes, REASON)).toBe('accepted');
  });

  it.each([
    [{ 'spo2-low-high-priority': 79 }, 'beyond 80'],
    [{ 'nibp-sys-high-immediate': 210 }, 'beyond 200'],
    [{ 'nibp-sys-fall-medium-priority': 0.4 }, 'beyond 0.35'],
  ])('goes beyond the hard bounds with a physician only, who is named: %o', (changes, words) => {
    expect(said(changes, REASON)).toContain(words);
    expect(change(changes, SIGNED)).toMatchObject({ ok: true, beyond: Object.keys(changes) });
  });

  it('a physician without a reason is not enough', () => {
    expect(said({ 'spo2-low-high-priority': 79 }, { ...SIGNED, reason: null } as never)).toContain('reason');
  });

  it('comes back towards the preset freely, from wherever it was', () => {
    const loose = withThresholds(DEFAULT_PRESET, [{ limitId: 'spo2-low-high-priority', threshold: 75 }]);
    expect(said({ 'spo2-low-high-priority': 78 }, NOTHING, loose)).toBe('accepted');
    expect(said({ 'spo2-low-high-priority': 85 }, NOTHING, loose)).toBe('accepted');
  });

  it('is not switched off as a limit, but may be given back the silence of its preset', () => {
    expect(said({ 'hr-low-medium-priority': null }, SIGNED)).toContain('Use ALARM OFF');
    const hypertensive = PRESETS.find((preset) => preset.presetId === 'adult-hypertensive');
    if (hypertensive === undefined) throw new Error('no such preset');
    const id = 'nibp-sys-high-medium-priority';
    expect(said({ [id]: 165 }, NOTHING, hypertensive, hypertensive)).toBe('accepted');
    const tight = withThresholds(hypertensive, [{ limitId: id, threshold: 165 }]);
    expect(said({ [id]: null }, NOTHING, tight, hypertensive)).toBe('accepted');
  });

  it.each([
    ['low over high', { 'hr-low-medium-priority': 121 }],
    ['medium beyond high', { 'nibp-sys-high-medium-priority': 180 }],
    ['high inside medium', { 'spo2-low-high-priority': 90 }],
    ['the advisory beyond the medium one', { 'spo2-low-advisory': 89 }],
    ['the immediate one inside the high one', { 'nibp-sys-high-immediate': 175 }],
    ['a medium rise beyond a high one', { 'nibp-sys-rise-medium-priority': 40 }],
  ])('keeps its place among the others: %s', (_, changes) => {
    expect(said(changes, SIGNED)).toMatch(/not-allowed: .* must /);
  });

  it.each([
    [{ 'no-such-limit': 3 }, 'not-found'],
    [{ 'hr-high-high-priority': 900 }, 'invalid-params'],
    [{ 'nibp-sys-rise-medium-priority': -5 }, 'invalid-params'],
    [{ 'hr-high-high-priority': Number.NaN }, 'invalid-params'],
  ])('that makes no sense is refused: %o', (changes, code) => {
    expect(said(changes, SIGNED)).toMatch(code);
  });
  it('is named once in a change', () => {
    const twice = [
      { limitId: 'hr-high-high-priority', threshold: 145 },
      { limitId: 'hr-high-high-priority', threshold: 149 },
    ];
    expect(changeLimits(DEFAULT_PRESET, DEFAULT_PRESET, twice, SIGNED)).toMatchObject({
      ok: false,
      refusal: { code: 'invalid-params' },
    });
  });

  it('whatever is asked for, what is accepted is in order, and what is looser was justified', () => {
    const ids = allLimits(DEFAULT_PRESET).map((limit) => limit.id);
    const wish = fc.dictionary(fc.constantFrom(...ids), fc.integer({ min: 1, max: 250 }), { maxKeys: 4 });
    const whys: fc.Arbitrary<Why> = fc.constantFrom(NOTHING, REASON, SIGNED);
    let accepted = 0;
    fc.assert(
      fc.property(wish, whys, (wanted, why) => {
        const outcome = change(wanted, why);
        if (!outcome.ok) return;
        accepted += 1;
        expect(orderFault(outcome.after)).toBeNull();
        for (const limit of allLimits(outcome.after)) {
          const standard = allLimits(DEFAULT_PRESET).find((row) => row.id === limit.id)?.threshold ?? null;
          const loose = isLooser(limit, standard, limit.threshold);
          if (loose) expect(why.reason).not.toBeNull();
          if (loose && isBeyondBound(limit, limit.threshold)) expect(why.physician).not.toBeNull();
        }
      }),
      { numRuns: 500, seed: 3 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});

describe('the presets of the product', () => {
  it.each(PRESETS.map((preset) => [preset.presetName, preset] as const))(
    '%s is in order and within the bounds',
    (_, preset) => {
      expect(orderFault(preset)).toBeNull();
      const judged = allLimits(preset).filter((limit) => limit.threshold !== null);
      expect(judged.filter((limit) => isBeyondBound(limit, limit.threshold))).toEqual([]);
      expect(allLimits(preset).filter((limit) => HARD_BOUNDS[limit.id] === undefined)).toEqual([]);
      for (const id of NEVER_NULL) {
        expect(preset.limits.find((limit) => limit.id === id)?.threshold).toEqual(expect.any(Number));
      }
    },
  );
  it('the hypertensive one is looser in words than the standard one, not the other way round', () => {
    const hypertensive = PRESETS.find((preset) => preset.presetId === 'adult-hypertensive') ?? DEFAULT_PRESET;
    expect(looserIn(DEFAULT_PRESET, hypertensive)).toContain('SYS high, medium priority');
    expect(looserIn(hypertensive, DEFAULT_PRESET)).toEqual([]);
  });
});

describe("a clinic's own preset", () => {
  const own = (draft: Partial<ClinicPreset>) =>
    clinicPreset({
      id: 'young',
      name: 'Young adults',
      version: 2,
      basedOn: 'adult-standard',
      limits: {},
      ...draft,
    });
  it('is a preset of the product with other numbers under its own name', () => {
    const made = own({ limits: { 'hr-low-medium-priority': 45, 'nibp-sys-rise-high-priority': 35 } });
    expect(made).toMatchObject({ ok: true, preset: { presetId: 'young', presetVersion: 2 } });
    if (!made.ok) return;
    const changed = allLimits(made.preset).filter(
      (limit) => allLimits(DEFAULT_PRESET).find((row) => row.id === limit.id)?.threshold !== limit.threshold,
    );
    expect(changed.map((limit) => [limit.id, limit.threshold])).toEqual([
      ['hr-low-medium-priority', 45],
      ['nibp-sys-rise-high-priority', 35],
    ]);
  });
  it.each<[Partial<ClinicPreset>, string]>([
    [{ basedOn: 'nothing' }, 'basedOn'],
    [{ id: 'esketamine' }, 'id'],
    [{ limits: { 'no-limit': 3 } }, 'limits.no-limit'],
    [{ limits: { 'spo2-low-high-priority': 70 } }, 'limits.spo2-low-high-priority'],
    [{ limits: { 'spo2-low-high-priority': null } }, 'limits.spo2-low-high-priority'],
    [{ limits: { 'hr-low-medium-priority': 125 } }, 'limits'],
  ])('is refused by the name of its field: %o', (draft, path) => {
    const made = own(draft);
    expect(made.ok ? 'accepted' : made.path.join('.')).toBe(path);
  });
});

describe('limits from the baseline', () => {
  const baseline = (systolic: number, diastolic: number, heartRate: number | null) => ({
    systolic,
    diastolic,
    mean: null,
    heartRate,
    readings: 2,
  });
  it('are told as old and new with their reason', () => {
    const { proposals } = proposeLimits(DEFAULT_PRESET, DEFAULT_PRESET, baseline(118, 76, 64));
    expect(
      proposals.map(({ limitId, old, proposed, why, loosens }) => [limitId, old, proposed, why, loosens]),
    ).toEqual([
      ['nibp-sys-high-high-priority', 180, 158, 'baseline 118 + 40', false],
      ['nibp-sys-high-medium-priority', 160, 148, 'baseline 118 + 30', false],
      ['nibp-dia-high-high-priority', 110, 101, 'baseline 76 + 25', false],
      ['nibp-dia-high-medium-priority', 100, 96, 'baseline 76 + 20', false],
      ['nibp-sys-low-medium-priority', 90, 89, 'baseline 118 × 0.75', true],
      ['hr-high-medium-priority', 120, 100, 'baseline 64 × 1.25, at least 100', false],
      ['hr-low-medium-priority', 50, 51, 'baseline 64 × 0.8', false],
    ]);
  });
  it('never raise the systolic limits above 180, never touch SpO₂, and always can be taken over with a reason', () => {
    const any = fc.tuple(
      fc.integer({ min: 60, max: 260 }),
      fc.integer({ min: 30, max: 160 }),
      fc.option(fc.integer({ min: 25, max: 220 })),
    );
    fc.assert(
      fc.property(any, fc.constantFrom(...PRESETS), ([systolic, diastolic, rate], preset) => {
        const { proposals, fault } = proposeLimits(preset, preset, baseline(systolic, diastolic, rate));
        expect(fault).toBeNull();
        for (const { limitId, proposed, old } of proposals) {
          expect(limitId).not.toMatch(/spo2|rr-|immediate/);
          expect(old).not.toBeNull();
          if (limitId.startsWith('nibp-sys-high')) expect(proposed).toBeLessThanOrEqual(180);
        }
        const taken = Object.fromEntries(proposals.map((entry) => [entry.limitId, entry.proposed]));
        expect(said(taken, REASON, preset, preset)).toBe('accepted');
      }),
      { numRuns: 200, seed: 5 },
    );
  });
  it('are not proposed where they would not fit limits changed by hand', () => {
    const edited = withThresholds(DEFAULT_PRESET, [
      { limitId: 'nibp-sys-low-medium-priority', threshold: 150 },
    ]);
    const low = proposeLimits(DEFAULT_PRESET, edited, { ...baseline(100, 60, 70) });
    expect(low).toMatchObject({ fault: null });
    const capped = withThresholds(DEFAULT_PRESET, [{ limitId: 'nibp-sys-high-immediate', threshold: 155 }]);
    expect(proposeLimits(DEFAULT_PRESET, capped, baseline(150, 90, 70))).toMatchObject({
      proposals: [],
      fault: expect.stringContaining('SYS'),
    });
  });
});
