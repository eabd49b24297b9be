import { describe, expect, it } from 'vitest';
import { sessionFacts } from '../../../core/finding/session-facts.ts';
import {
  askedOf,
  dayStart,
  EMPTY_FORM,
  foundLine,
  isEmptyForm,
  pageText,
  toggled,
} from '../../../renderer/view-model/finding.ts';
import { event, moved, openedBody } from '../../db/samples.ts';

const closed = sessionFacts(
  [openedBody('simulated'), moved('intake', 'cancelled')].map((body, index) => event(index + 1, body)),
  null,
);
const NUMBERS = {
  peakSystolic: 151,
  peakRise: 27,
  hasGap: true,
  burdenMs: { high: 0, medium: 0, low: 0 },
  lastedMs: 1000,
};

describe('what is asked for', () => {
  it('is nothing in an empty form', () => {
    expect(isEmptyForm(EMPTY_FORM)).toBe(true);
    expect(askedOf({ ...EMPTY_FORM, text: '  ' })).toEqual({
      text: null,
      from: null,
      to: null,
      chairId: null,
      origin: null,
      flags: [],
    });
  });

  it('includes the whole of the last day', () => {
    const { from, to } = askedOf({ ...EMPTY_FORM, from: '2026-03-01', to: '2026-03-01' });
    expect(from).toBe(new Date(2026, 2, 1).getTime());
    expect(to).toBe(new Date(2026, 2, 2).getTime());
    expect(dayStart('2026-3')).toBeNull();
  });

  it('takes a flag and gives it back', () => {
    const once = toggled(EMPTY_FORM, 'override');
    expect(once.flags).toEqual(['override']);
    expect(toggled(once, 'override')).toEqual(EMPTY_FORM);
  });
});

describe('a line of what was found', () => {
  it('shows dashes, never a zero, for what is not known yet, and says so', () => {
    const line = foundLine(closed);
    expect(line).toMatchObject({ peak: '--', rise: '--', dose: '–', course: '–', isPending: true });
    expect(line).toMatchObject({ patient: 'A.B.', identifiers: '', origin: 'simulated' });
  });

  it('says of a dose of which only a part is known that it was more', () => {
    const dose = { drug: 'Ketamine', mg: 21, mgPerKg: 0.3, isPartial: true };
    expect(foundLine({ ...closed, dose }).dose).toBe('> 0.30');
    expect(foundLine({ ...closed, dose: { ...dose, isPartial: false } }).dose).toBe('0.30');
  });

  it('shows what the numbers told, in words too', () => {
    const line = foundLine({ ...closed, numbers: NUMBERS });
    expect(line).toMatchObject({ peak: '151', rise: '+27', isPending: false });
    expect(line.flags.map(({ word }) => word)).toEqual(['Gap in the data', 'Not signed']);
    expect(foundLine({ ...closed, numbers: { ...NUMBERS, peakRise: -3 } }).rise).toBe('−3');
  });

  it('says which of how many are shown', () => {
    expect(pageText(50, 50, 123)).toBe('51–100 of 123');
    expect(pageText(0, 0, 0)).toBe('0 of 0');
  });
});
