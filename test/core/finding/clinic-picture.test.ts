import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clinicPicture, LEAST_TOLD, spread } from '../../../core/finding/clinic-picture.ts';
import type { SessionFacts } from '../../../core/finding/session-facts.ts';
import { chairId, sessionId } from '../../../core/ids.ts';
import { type EpochMs, epochMs } from '../../../core/time.ts';

const T0 = Date.UTC(2026, 2, 2, 10);
const DAY = 86_400_000;
const monthOf = (at: EpochMs): string => new Date(at).toISOString().slice(0, 7);

const facts = (part: Partial<SessionFacts> = {}): SessionFacts => ({
  version: 1,
  id: sessionId('s'),
  sequence: 1,
  openedAt: epochMs(T0),
  closedAt: epochMs(T0 + 7_200_000),
  infusionStartedAt: epochMs(T0 + 600_000),
  phase: 'discharged',
  chairId: chairId('chair-1'),
  origin: 'live',
  initials: 'QZ',
  patient: null,
  indication: 'Depression',
  course: null,
  dose: { drug: 'Ketamine', mg: 36, mgPerKg: 0.5, isPartial: false },
  alarms: { high: 0, medium: 0, low: 0 },
  overrides: 0,
  flags: [],
  numbers: numbers(20),
  ...part,
});
const numbers = (peakRise: number | null, burdenHigh = 0): NonNullable<SessionFacts['numbers']> => ({
  peakSystolic: peakRise === null ? null : 120 + peakRise,
  peakRise,
  hasGap: false,
  burdenMs: { high: burdenHigh, medium: 0, low: 0 },
  lastedMs: 3_600_000,
});
const picture = (all: readonly SessionFacts[], origin: SessionFacts['origin'] = 'live') =>
  clinicPicture(all, { origin, from: epochMs(T0 - 400 * DAY), to: epochMs(T0 + 400 * DAY), monthOf });

const anyFacts: fc.Arbitrary<SessionFacts> = fc
  .record({
    origin: fc.constantFrom('live', 'simulated', 'imported', 'replayed'),
    day: fc.integer({ min: -90, max: 90 }),
    chair: fc.constantFrom('chair-1', 'chair-2'),
    drug: fc.constantFrom('Ketamine', 'Esketamine'),
    mgPerKg: fc.option(fc.double({ min: 0, max: 1.2, noNaN: true })),
    rise: fc.option(fc.integer({ min: -40, max: 120 })),
    isRead: fc.boolean(),
    overrides: fc.integer({ min: 0, max: 2 }),
    hasRun: fc.boolean(),
    isOver: fc.boolean(),
  })
  .map(({ origin, day, chair, drug, mgPerKg, rise, isRead, overrides, hasRun, isOver }) =>
    facts({
      origin,
      openedAt: epochMs(T0 + day * DAY),
      chairId: chairId(chair),
      dose: mgPerKg === null ? null : { drug, mg: 1, mgPerKg, isPartial: false },
      numbers: isRead ? numbers(rise, 60_000) : null,
      overrides,
      infusionStartedAt: hasRun ? epochMs(T0) : null,
      closedAt: isOver ? epochMs(T0) : null,
    }),
  );
const many = fc.array(anyFacts, { maxLength: 80 });

describe('the clinic’s own picture', () => {
  it('tells the spread of peak rises by tenths of a mg/kg, each drug apart', () => {
    const rises = [10, 20, 30, 40, 100];
    const all = [
      ...rises.map((rise) => facts({ numbers: numbers(rise) })),
      ...rises.map((rise) =>
        facts({
          numbers: numbers(rise + 1),
          dose: { drug: 'Ketamine', mg: 1, mgPerKg: 0.49, isPartial: false },
        }),
      ),
      facts({ dose: { drug: 'Esketamine', mg: 1, mgPerKg: 0.5, isPartial: false } }),
    ];
    const at = (least: number) => ({
      kind: 'told',
      sessions: 5,
      figures: {
        least,
        lowerQuartile: least + 10,
        median: least + 20,
        upperQuartile: least + 30,
        greatest: least + 90,
      },
    });
    expect(picture(all).doseBands).toEqual([
      { drug: 'Esketamine', from: 0.5, to: 0.6, rise: { kind: 'few' } },
      { drug: 'Ketamine', from: 0.4, to: 0.5, rise: at(11) },
      { drug: 'Ketamine', from: 0.5, to: 0.6, rise: at(10) },
    ]);
  });

  it('puts 0.3 mg/kg into the band that begins there, however it was worked out', () => {
    const [band] = picture([
      facts({ dose: { drug: 'Ketamine', mg: 1, mgPerKg: 0.1 * 3 - 1e-16, isPartial: false } }),
    ]).doseBands;
    expect(band?.from).toBe(0.3);
  });

  it('tells time under alarm by chair and month as minutes of an hour', () => {
    const all = [1, 2, 3, 4, 5].map((minutes) => facts({ numbers: numbers(20, minutes * 60_000) }));
    expect(picture(all).chairMonths).toEqual([
      {
        chairId: 'chair-1',
        month: '2026-03',
        burden: { kind: 'told', sessions: 5, figures: { high: 3, medium: 0, low: 0 } },
      },
    ]);
  });

  it('tells how complete its base is: what was not looked through counts as neither with nor without a gap', () => {
    const all = [...Array.from({ length: 6 }, () => facts()), facts({ numbers: null, overrides: 1 })];
    expect(picture(all).whole).toMatchObject({
      kind: 'told',
      sessions: 7,
      figures: {
        overridden: { sessions: 1 },
        base: {
          lookedThrough: { sessions: 6 },
          withoutGap: { kind: 'told', sessions: 6, figures: { sessions: 6, percent: 100 } },
        },
      },
    });
  });

  it('tells nothing of four sessions, not even that they are four', () => {
    const four = Array.from({ length: LEAST_TOLD - 1 }, () => facts());
    expect(picture(four)).toMatchObject({
      whole: { kind: 'few' },
      doseBands: [{ rise: { kind: 'few' } }],
      chairMonths: [{ burden: { kind: 'few' } }],
    });
    expect(Object.keys(picture(four).whole)).toEqual(['kind']);
  });

  it('never tells a group of fewer than five, whatever there is', () => {
    fc.assert(
      fc.property(many, (all) => {
        const { whole, doseBands, chairMonths } = picture(all);
        const groups = [
          whole,
          ...doseBands.map(({ rise }) => rise),
          ...chairMonths.map(({ burden }) => burden),
        ];
        for (const group of groups)
          if (group.kind === 'told') expect(group.sessions).toBeGreaterThanOrEqual(5);
      }),
    );
  });

  it('is the same without the sessions of other origins, open ones and those without the drug, and in any order', () => {
    fc.assert(
      fc.property(many, (all) => {
        const own = all.filter(
          ({ origin, closedAt, infusionStartedAt }) =>
            origin === 'live' && closedAt !== null && infusionStartedAt !== null,
        );
        expect(picture(own)).toEqual(picture(all));
        const { doseBands, chairMonths } = picture(all.toReversed());
        expect({ doseBands: doseBands.map(({ from, rise }) => [from, rise]) }).toEqual({
          doseBands: picture(all).doseBands.map(({ from, rise }) => [from, rise]),
        });
        expect(chairMonths.map(({ month }) => month)).toEqual(
          picture(all).chairMonths.map(({ month }) => month),
        );
      }),
    );
  });

  it('has quartiles in order, between values that were there', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -200, max: 200 }), { minLength: 1 }), (values) => {
        const { least, lowerQuartile, median, upperQuartile, greatest } = spread(values);
        const inOrder = [least, lowerQuartile, median, upperQuartile, greatest];
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
        expect([least, greatest]).toEqual([Math.min(...values), Math.max(...values)]);
        const atMost = values.filter((value) => value <= median).length;
        expect(2 * atMost).toBeGreaterThanOrEqual(values.length);
      }),
    );
  });
});

it('a dose of which only a part is known stands in no band and does not count as one in figures', () => {
  const some = Array.from({ length: 20 }, () => facts({}));
  const partial = facts({ dose: { drug: 'Ketamine', mg: 1, mgPerKg: 0.01, isPartial: true } });
  const { doseBands, whole } = picture([...some, ...Array.from({ length: 20 }, () => partial)]);
  expect(doseBands.map(({ from }) => from)).toEqual([0.5]);
  expect(whole).toMatchObject({ kind: 'told', figures: { base: { withDose: { sessions: 20 } } } });
});
