/** Warns before one patient is registered twice: two records of one person hide each other's history. */
import type { PatientId } from '../ids.ts';
import { foldMrn, wordsOf } from './fold-text.ts';
import type { Patient, PatientDraft } from './patient.ts';

export interface DuplicateWarning {
  readonly patient: Patient;
  readonly reason: 'same-mrn' | 'same-birth-date-similar-name';
}

/** Patients that may be the same person, the surest first. `self` is left out: a correction does not warn of itself. */
export const duplicatesOf = (
  draft: PatientDraft,
  patients: Iterable<Patient>,
  self: PatientId | null,
): readonly DuplicateWarning[] => {
  const mrn = draft.mrn === null ? null : foldMrn(draft.mrn);
  const name = nameWords(draft);
  const found: DuplicateWarning[] = [];
  for (const patient of patients) {
    if (patient.id === self) continue;
    if (mrn !== null && patient.mrn !== null && foldMrn(patient.mrn) === mrn) {
      found.push({ patient, reason: 'same-mrn' });
    } else if (patient.birthDate === draft.birthDate && isSimilar(name, nameWords(patient))) {
      found.push({ patient, reason: 'same-birth-date-similar-name' });
    }
  }
  return found.sort((a, b) => Number(b.reason === 'same-mrn') - Number(a.reason === 'same-mrn'));
};

const nameWords = (patient: Pick<PatientDraft, 'familyName' | 'givenName'>): readonly string[] => [
  ...wordsOf(patient.familyName),
  ...wordsOf(patient.givenName),
];

/**
 * Similar: every word of the shorter name has a word of the longer one that differs by no more than a slip (two
 * letters, one in short words) or that it begins. Order does not matter: names are swapped at every desk.
 */
const isSimilar = (a: readonly string[], b: readonly string[]): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length > 0 && short.every((word) => long.some((other) => isSlip(word, other)));
};

const isSlip = (a: string, b: string): boolean => {
  if (a.startsWith(b) || b.startsWith(a)) return true;
  const slips = Math.min(a.length, b.length) < 5 ? 1 : 2;
  return Math.abs(a.length - b.length) <= slips && editDistance(a, b) <= slips;
};

/** Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment). */
export const editDistance = (a: string, b: string): number => {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next: number[] = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
};
