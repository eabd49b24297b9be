import { describe, expect, it } from 'vitest';
import type { VisitView } from '../../../core/api/people-views.ts';
import { sessionId } from '../../../core/ids.ts';
import { epochMs } from '../../../core/time.ts';
import { ageYears, dueText, roomName, visitLine } from '../../../renderer/view-model/patients.ts';

const noon = (day: string) => epochMs(new Date(`${day}T12:00:00`).getTime());
const visit: VisitView = {
  sessionId: sessionId('s'),
  openedAt: noon('2026-03-02'),
  phase: 'discharged',
  infusionStartedAt: noon('2026-03-02'),
  dose: [],
  baseline: null,
  peak: null,
  sideEffects: [],
  isSigned: false,
  position: null,
  response: null,
};

describe('a visit', () => {
  it('has a dash where a figure is missing, never a zero', () => {
    const { number, dose, peak, effects, response } = visitLine(visit);
    expect([number, dose, peak, effects, response]).toEqual(['–', '–', '–', '–', '–']);
  });

  it('says the peak with its minute and the rise over the baseline', () => {
    const line = visitLine({
      ...visit,
      position: { number: 3, planned: 6 },
      baseline: { systolic: 128.5, diastolic: 80 },
      peak: { systolic: 168, diastolic: 96, atMinute: 41 },
      isSigned: true,
    });
    expect(line).toMatchObject({
      number: '3 of 6',
      peak: '168/96 at 41 min, +40 over baseline',
      state: 'Discharged, signed',
    });
  });
});

describe('what is due', () => {
  const due = {
    kind: 'visit',
    position: { number: 2, planned: 6 },
    from: noon('2026-03-04'),
    to: noon('2026-03-06'),
  } as const;

  it.each([
    ['2026-03-03', 'Visit 2 of 6 due from 2026-03-04 to 2026-03-06', false],
    ['2026-03-06', 'Visit 2 of 6 due from 2026-03-04 to 2026-03-06', false],
    ['2026-03-07', 'Visit 2 of 6 due from 2026-03-04 to 2026-03-06, overdue', true],
  ])('on %s reads “%s”', (day, text, isOver) => {
    expect(dueText(due, noon(day))).toEqual({ text, isOver });
  });

  it('on one day is one day, and is overdue for nobody while the time is not known', () => {
    const one = { ...due, to: due.from };
    expect(dueText(one, null)).toEqual({ text: 'Visit 2 of 6 due on 2026-03-04', isOver: false });
  });
});

describe('a patient', () => {
  it.each([
    ['1961-07-09', '2026-07-08', 64],
    ['1961-07-09', '2026-07-09', 65],
    ['2000-02-29', '2026-02-28', 25],
    ['2000-02-29', '2026-03-01', 26],
  ])('born on %s is on %s %i years old', (born, day, years) => {
    expect(ageYears(born, noon(day))).toBe(years);
  });

  it('is told apart in the room by the end of the MRN', () => {
    expect(roomName('A.B.', 'MX-774310')).toBe('A.B. ·4310');
    expect(roomName('A.B.', null)).toBe('A.B.');
  });
});
