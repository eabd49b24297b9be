import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patientId } from '../../../core/ids.ts';
import { duplicatesOf, editDistance } from '../../../core/patient/duplicates.ts';
import { foldText } from '../../../core/patient/fold-text.ts';
import { initialsOf, isBirthDate, mrnTail, type Patient } from '../../../core/patient/patient.ts';
import { createPatientIndex } from '../../../core/patient/search.ts';

const patient = (id: string, part: Partial<Patient> = {}): Patient => ({
  id: patientId(id),
  familyName: 'Müller',
  givenName: 'Łucja Anne',
  birthDate: '1980-03-01',
  mrn: 'KC-00123',
  weightKg: 70,
  allergies: [],
  medications: [],
  driver: null,
  treatingProvider: null,
  ...part,
});

describe('searching', () => {
  const index = createPatientIndex();
  index.put(patient('a'));
  index.put(
    patient('b', { familyName: 'Øster-Strauß', givenName: 'Zoë', birthDate: '1975-12-31', mrn: 'KC-00124' }),
  );
  index.put(
    patient('c', { familyName: 'Nguyễn', givenName: 'Thị Hồng', birthDate: '1980-03-02', mrn: null }),
  );
  const found = (query: string) => index.search(query, 10).map(({ id }) => id);

  it.each([
    ['muller', ['a']],
    ['MÜLLER lucja', ['a']],
    ['lucja mul', ['a']],
    ['anne', ['a']],
    ['oster', ['b']],
    ['strauss', ['b']],
    ['nguyen hong', ['c']],
    ['kc-00123', ['a']],
    ['KC 00123', ['a']],
    ['kc00', ['a', 'b']],
    ['1980-03', ['a', 'c']],
    ['1980-03-01', ['a']],
    ['19751231', ['b']],
    ['muller 1980-03-01', ['a']],
    ['muller 1975', []],
    ['uller', []],
    ['', []],
    ['  -  ', []],
  ] as const)('for “%s” finds %j', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('finds a patient as corrected, no more as they were', () => {
    const own = createPatientIndex();
    own.put(patient('a'));
    own.put(patient('a', { familyName: 'Schmidt' }));
    expect(own.search('muller', 10)).toEqual([]);
    expect(own.search('schmidt', 10)).toHaveLength(1);
  });

  it('finds every patient by their own name, MRN and birth date, whatever letters they have', () => {
    const name = fc.string({ unit: fc.constantFrom(...'abzÀéñöşŁøß ’-'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(name, name, (familyName, givenName) => {
        fc.pre(/\p{L}/u.test(familyName) && /\p{L}/u.test(givenName));
        const own = createPatientIndex();
        const one = patient('x', { familyName, givenName });
        own.put(one);
        expect(own.search(`${familyName} ${givenName}`, 10)).toEqual([one]);
        expect(own.search(`${givenName.toUpperCase()} ${one.birthDate}`, 10)).toEqual([one]);
      }),
    );
  });

  it('looks through 10,000 patients', () => {
    const many = createPatientIndex();
    for (let n = 0; n < 10_000; n += 1) {
      const digits = String(n).padStart(5, '0');
      many.put(patient(digits, { familyName: `Family${digits}`, mrn: `KC-${digits}` }));
    }
    expect(many.search('family0999', 100)).toHaveLength(10);
    expect(many.search('kc-04711', 10).map(({ id }) => id)).toEqual(['04711']);
    expect(many.search('lucja', 30)).toHaveLength(30);
  });
});

describe('a warning of a duplicate', () => {
  const one = patient('a');
  const warned = (part: Partial<Patient>) =>
    duplicatesOf(patient('new', { mrn: null, ...part }), [one], null).map(({ reason }) => reason);

  it.each([
    [
      'the same MRN written otherwise',
      { mrn: 'kc 00123', familyName: 'Other', birthDate: '1990-01-01' },
      ['same-mrn'],
    ],
    ['the same name and birth date', {}, ['same-birth-date-similar-name']],
    ['swapped names', { familyName: 'Lucja', givenName: 'Muller' }, ['same-birth-date-similar-name']],
    ['a slip', { familyName: 'Muelller', givenName: 'Lucia' }, ['same-birth-date-similar-name']],
    ['letters swapped', { familyName: 'Mulelr', givenName: 'Lucja' }, ['same-birth-date-similar-name']],
    ['one of two given names', { givenName: 'Anne' }, ['same-birth-date-similar-name']],
    ['another birth date', { birthDate: '1980-03-02' }, []],
    ['a twin with another given name', { givenName: 'Roberto' }, []],
    ['another name', { familyName: 'Kowalski', givenName: 'Jan' }, []],
  ] as const)('%s', (_, part, reasons) => {
    expect(warned(part)).toEqual(reasons);
  });

  it('is not given to a patient about themselves', () => {
    expect(duplicatesOf(one, [one], one.id)).toEqual([]);
  });

  it('measures slips: 0 for the same word, the same in both directions, at most the longer word', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcd'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('a patient', () => {
  it.each([
    ['1980-02-29', true],
    ['1981-02-29', false],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['1980-13-01', false],
    ['1980-00-10', false],
    ['80-01-01', false],
    ['1980-1-1', false],
  ])('is born on %s: %s', (text, is) => {
    expect(isBirthDate(text)).toBe(is);
  });

  it('is shown in the room by initials and the end of the MRN', () => {
    expect(initialsOf(patient('a'))).toBe('Ł.M.');
    expect(initialsOf({ familyName: '’t Hooft', givenName: '-' })).toBe('?.T.');
    expect(mrnTail('KC-00123')).toBe('0123');
    expect(mrnTail(null)).toBeNull();
  });

  it('is folded the same way twice as once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});
