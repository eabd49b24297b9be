import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSessionFinder, EVERY_SESSION, type SessionQuery } from '../../../core/finding/find.ts';
import { flagsOf, SESSION_FLAGS, type SessionFacts } from '../../../core/finding/session-facts.ts';
import { chairId, courseId, patientId, sessionId } from '../../../core/ids.ts';
import { foldMrn, foldText } from '../../../core/patient/fold-text.ts';
import { epochMs } from '../../../core/time.ts';

/** Few values of each, so that queries find some and not all. */
const CHAIRS = ['chair-1', 'chair-2'].map(chairId);
const NAMES = ['Żebrowska, Quintessa', 'Müller, Łukasz', "O'Neill, Ann-Marie"];
const MRNS = ['MX-774310', '0042', null];
const PEOPLE = NAMES.map((name, index) => ({
  id: patientId(`p-${index}`),
  name,
  birthDate: `196${index}-07-09`,
  mrn: MRNS[index] ?? null,
}));
const COURSES = ['Depression, series', 'CRPS'].map((title, index) => ({
  id: courseId(`c-${index}`),
  title,
  number: index + 1,
  planned: 6,
}));
const ORIGINS = ['live', 'simulated', 'replayed', 'imported'] as const;

const numbers = (hasGap: boolean) => ({
  peakSystolic: 140,
  peakRise: 18,
  hasGap,
  burdenMs: { high: 0, medium: 0, low: 0 },
  lastedMs: 3_600_000,
});

const facts = (part: Partial<SessionFacts> = {}): SessionFacts => ({
  version: 1,
  id: sessionId('s-1'),
  sequence: 4,
  openedAt: epochMs(1000),
  closedAt: null,
  infusionStartedAt: null,
  phase: 'baseline',
  chairId: chairId('chair-1'),
  origin: 'live',
  initials: 'Q.Z.',
  patient: null,
  indication: 'depression',
  course: null,
  dose: null,
  alarms: { high: 0, medium: 0, low: 0 },
  overrides: 0,
  flags: [],
  numbers: null,
  ...part,
});

const aSession: fc.Arbitrary<Partial<SessionFacts>> = fc.record({
  openedAt: fc.nat(20).map((at) => epochMs(at)),
  chairId: fc.constantFrom(...CHAIRS),
  origin: fc.constantFrom(...ORIGINS),
  patient: fc.option(fc.constantFrom(...PEOPLE), { nil: null }),
  course: fc.option(fc.constantFrom(...COURSES), { nil: null }),
  indication: fc.constantFrom('depression', 'chronic pain'),
  flags: fc.subarray(SESSION_FLAGS.filter((flag) => flag !== 'data-gap')),
  numbers: fc.option(fc.boolean().map(numbers), { nil: null }),
});
const sessions = fc
  .array(aSession, { maxLength: 30 })
  .map((parts) => parts.map((part, index) => facts({ ...part, id: sessionId(`s-${index}`) })));
const aQuery: fc.Arbitrary<SessionQuery> = fc.record({
  text: fc.option(
    fc.constantFrom('zebr', 'MULLER', 'lukasz mul', 'mx774310', '0042', '1961', 'pain', 'ann', '–'),
  ),
  patientId: fc.option(fc.constantFrom(...PEOPLE.map(({ id }) => id))),
  courseId: fc.option(fc.constantFrom(...COURSES.map(({ id }) => id))),
  chairId: fc.option(fc.constantFrom(...CHAIRS)),
  from: fc.option(fc.nat(20).map((at) => epochMs(at))),
  to: fc.option(fc.nat(20).map((at) => epochMs(at))),
  origin: fc.option(fc.constantFrom(...ORIGINS)),
  flags: fc.subarray([...SESSION_FLAGS], { maxLength: 2 }),
});

/** The rule in its plainest form. */
const isFound = (one: SessionFacts, query: SessionQuery): boolean => {
  const known = ` ${foldText(
    `${one.patient?.name ?? ''} ${one.patient?.birthDate ?? ''} ${one.patient?.mrn ?? ''} ${one.initials} ${one.indication} ${one.course?.title ?? ''}`,
  ).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`;
  const typed = query.text === null ? [] : foldText(query.text).match(/[\p{L}\p{N}]+/gu);
  const isNamed =
    query.text === null ||
    (typed !== null &&
      (typed.every((word) => known.includes(` ${word}`)) ||
        foldMrn(query.text) === foldMrn(one.patient?.mrn ?? '')));
  return (
    isNamed &&
    one.openedAt >= (query.from ?? Number.NEGATIVE_INFINITY) &&
    one.openedAt < (query.to ?? Number.POSITIVE_INFINITY) &&
    [null, one.chairId].includes(query.chairId) &&
    [null, one.origin].includes(query.origin) &&
    [null, one.patient?.id].includes(query.patientId) &&
    [null, one.course?.id].includes(query.courseId) &&
    query.flags.every((flag) =>
      flag === 'data-gap' ? one.numbers?.hasGap === true : one.flags.includes(flag),
    )
  );
};

const filled = (all: readonly SessionFacts[]) => {
  const finder = createSessionFinder();
  for (const one of all) finder.put(one);
  return finder;
};
const ids = (found: readonly SessionFacts[]) => found.map(({ id }) => id);

describe('finding sessions', () => {
  it('finds exactly those that fit everything asked, whatever is asked', () => {
    fc.assert(
      fc.property(sessions, aQuery, (all, query) => {
        const expected = all.filter((one) => isFound(one, query));
        const { found, total } = filled(all).find(query, 1000, 0);
        expect(ids(found).toSorted()).toEqual(ids(expected).toSorted());
        expect(total).toBe(expected.length);
      }),
    );
  });

  it('gives the newest first, and pages that neither overlap nor leave one out', () => {
    fc.assert(
      fc.property(sessions, fc.integer({ min: 1, max: 7 }), (all, size) => {
        const finder = filled(all);
        const whole = finder.find(EVERY_SESSION, 1000, 0).found;
        const times = whole.map(({ openedAt }) => openedAt);
        expect(times).toEqual(times.toSorted((a, b) => b - a));
        const pages = Array.from(
          { length: Math.ceil(all.length / size) },
          (_, page) => finder.find(EVERY_SESSION, size, page * size).found,
        );
        expect(ids(pages.flat())).toEqual(ids(whole));
      }),
    );
  });

  it('forgets what a session was once it is put again', () => {
    const finder = filled([facts({ flags: ['override'] })]);
    finder.put(facts({ flags: ['unsigned'] }));
    expect(finder.size).toBe(1);
    expect(finder.find({ ...EVERY_SESSION, flags: ['override'] }, 10, 0).total).toBe(0);
    expect(finder.find({ ...EVERY_SESSION, flags: ['unsigned'] }, 10, 0).total).toBe(1);
  });

  it.each([
    ['zebrowska', 1],
    ['Żebr quint', 1],
    ['browska', 0],
    ['MX 774310', 1],
    ['mx774310', 1],
    ['774310', 1],
    ['1960-07', 1],
    ['zebrowska 1961', 0],
    ['q.z.', 1],
    ['–', 0],
  ])('finds “%s” %i times in the record of one patient', (text, count) => {
    const finder = filled([facts({ patient: PEOPLE[0] ?? null })]);
    expect(finder.find({ ...EVERY_SESSION, text }, 10, 0).total).toBe(count);
  });

  it('knows a gap only once the numbers were looked through', () => {
    expect(flagsOf(facts())).toEqual([]);
    expect(flagsOf(facts({ numbers: numbers(false) }))).toEqual([]);
    expect(flagsOf(facts({ flags: ['unsigned'], numbers: numbers(true) }))).toEqual(['data-gap', 'unsigned']);
  });
});
