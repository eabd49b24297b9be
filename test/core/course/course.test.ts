import { describe, expect, it } from 'vitest';
import { type Course, nextDue, nextPosition, type VisitFigures } from '../../../core/course/course.ts';
import { COURSE_TEMPLATES } from '../../../core/course/template.ts';
import { visitFigures } from '../../../core/course/visit-figures.ts';
import { courseId, eventId, monitorId, patientId, sessionId } from '../../../core/ids.ts';
import type { NibpReading, SessionEvent, SessionEventBody } from '../../../core/session/events.ts';
import { epochMs, instant } from '../../../core/time.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 2, 2, 9);

const course = (templateId: string, part: Partial<Course> = {}): Course => {
  const template = COURSE_TEMPLATES.find(({ id }) => id === templateId);
  if (template === undefined) throw new Error('no such template');
  return {
    id: courseId('c'),
    patientId: patientId('p'),
    template,
    plannedVisits: template.visits.planned,
    note: null,
    openedAt: epochMs(START),
    closed: null,
    responses: {},
    ...part,
  };
};
const visit = (day: number | null): VisitFigures => ({
  sessionId: sessionId(`s-${day}`),
  openedAt: epochMs(START),
  phase: day === null ? 'cancelled' : 'discharged',
  infusionStartedAt: day === null ? null : epochMs(START + day * DAY_MS),
  dose: [],
  baseline: null,
  peak: null,
  sideEffects: [],
  isSigned: false,
});
const days = (due: ReturnType<typeof nextDue>) =>
  'from' in due ? [due.kind, (due.from - START) / DAY_MS, (due.to - START) / DAY_MS] : [due.kind];

describe('the series that ship', () => {
  it('are those of the clinic’s patient information', () => {
    expect(COURSE_TEMPLATES.map(({ id, visits, infusionMin }) => [id, visits.planned, infusionMin])).toEqual([
      ['depression', 6, 60],
      ['migraine', 1, 60],
      ['ptsd', 2, 60],
      ['pain', 4, 240],
      ['booster', 1, 60],
    ]);
  });

  it('can each be done in the time they are to be done in', () => {
    for (const { visits, nextAfterDays, withinDays } of COURSE_TEMPLATES) {
      expect(visits.planned).toBeGreaterThanOrEqual(visits.least);
      expect(visits.planned).toBeLessThanOrEqual(visits.most);
      if (withinDays !== null)
        expect((visits.planned - 1) * nextAfterDays.from).toBeLessThanOrEqual(withinDays);
    }
  });
});

describe('what is due next', () => {
  it('is the first visit of a course that has none, also after one that was cancelled', () => {
    expect(nextDue(course('depression'), []).kind).toBe('first');
    expect(nextDue(course('depression'), [visit(null)]).kind).toBe('first');
    expect(nextPosition(course('depression'), [visit(null)])).toEqual({ number: 1, planned: 6 });
  });

  it.each([
    ['depression', [0], ['visit', 2, 4]],
    ['depression', [0, 3, 6, 9], ['visit', 11, 13]],
    ['depression', [0, 4, 8, 12, 18], ['visit', 20, 21]], // within 3 weeks of the first
    ['depression', [0, 4, 8, 12, 20.5], ['visit', 22.5, 22.5]], // late: as soon as it may be
    ['pain', [0, 1], ['visit', 2, 2]],
    ['migraine', [0], ['booster', 91.3125, 182.625]],
  ] as const)('in a course of %s after visits on days %j is %j', (id, done, due) => {
    expect(days(nextDue(course(id), done.map(visit)))).toEqual([...due]);
  });

  it('is a booster also after a course that was closed early, and nothing after one that never began', () => {
    const closed = { at: epochMs(START), reason: 'moved' };
    expect(nextDue(course('depression', { closed }), [visit(0)]).kind).toBe('booster');
    expect(nextDue(course('depression', { closed }), []).kind).toBe('nothing');
  });
});

describe('the figures of a visit', () => {
  const bodies: readonly SessionEventBody[] = [
    {
      type: 'session-opened',
      chairId: 'c' as never,
      patientInitials: 'AB',
      indication: 'x',
      plannedInfusionMs: 1,
      plannedRecoveryMs: 1,
      origin: 'live',
    },
    { type: 'phase-changed', from: 'intake', to: 'baseline', reason: null },
    { type: 'phase-changed', from: 'baseline', to: 'infusing', reason: null },
    { type: 'note-added', kind: 'dose-change', text: '35 mg', corrects: null },
    { type: 'note-added', kind: 'side-effect', text: 'Nausea', corrects: null },
    { type: 'note-added', kind: 'side-effect', text: 'Nausea', corrects: null },
    { type: 'note-added', kind: 'dose-change', text: '30 mg', corrects: eventId('e-4') },
  ];
  const events = bodies.map(
    (body, index): SessionEvent => ({
      id: eventId(`e-${index + 1}`),
      sessionId: sessionId('s'),
      sequence: index + 1,
      at: instant(START + index * 60_000, index * 60_000),
      by: 'N',
      body,
    }),
  );
  const reading = (minute: number, systolic: number): NibpReading => ({
    systolic,
    diastolic: 80,
    mean: null,
    pulseRate: null,
    receivedAt: instant(START + minute * 60_000, 0),
    ageAtReceiptMs: 0,
    monitorId: monitorId('m'),
  });

  it('have the highest reading from the start of the infusion, with its minute; what was corrected does not count', () => {
    const readings = [reading(1, 190), reading(12, 150), reading(42, 168), reading(50, 168)];
    expect(visitFigures(events, readings)).toMatchObject({
      dose: ['30 mg'],
      sideEffects: ['Nausea'],
      peak: { systolic: 168, atMinute: 40 },
      infusionStartedAt: START + 2 * 60_000,
    });
  });

  it('have no peak before the drug ran', () => {
    expect(visitFigures(events.slice(0, 2), [reading(1, 190)])).toMatchObject({
      peak: null,
      infusionStartedAt: null,
    });
  });
});
