/** A patient of the clinic: no more than the visit needs. */
import type { PatientId } from '../ids.ts';

/** Name and telephone of somebody who is called about the patient. */
export interface Contact {
  readonly name: string;
  readonly phone: string;
}

/** What is written down about a patient. */
export interface PatientDraft {
  readonly familyName: string;
  readonly givenName: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  /** The clinic's number for the patient; null: none yet. */
  readonly mrn: string | null;
  /** kg; null: not known. The dose rests on the weight of the day, not on this. */
  readonly weightKg: number | null;
  readonly allergies: readonly string[];
  readonly medications: readonly string[];
  /** Who usually takes the patient home. */
  readonly driver: Contact | null;
  readonly treatingProvider: Contact | null;
}

export interface Patient extends PatientDraft {
  readonly id: PatientId;
}

/** What a session's record keeps of its patient, so that it stands alone whatever the register says later. */
export interface PatientSnapshot {
  readonly patientId: PatientId;
  readonly name: string;
  readonly mrn: string | null;
  readonly birthDate: string;
  readonly weightKg: number | null;
  readonly allergies: readonly string[];
  readonly medications: readonly string[];
}

export const fullName = (patient: Pick<PatientDraft, 'familyName' | 'givenName'>): string =>
  `${patient.familyName}, ${patient.givenName}`;

/** First letters of given and family name: all that the room may read. */
export const initialsOf = (patient: Pick<PatientDraft, 'familyName' | 'givenName'>): string =>
  [patient.givenName, patient.familyName].map((name) => `${firstLetter(name)}.`).join('');

const firstLetter = (name: string): string => {
  const [letter = '?'] = name.trim().match(/\p{L}/u) ?? [];
  return letter.toUpperCase();
};

/** The last four of the MRN, which tell equal initials apart; null without an MRN. */
export const mrnTail = (mrn: string | null): string | null => (mrn === null ? null : mrn.slice(-4));

export const snapshotOf = (patient: Patient): PatientSnapshot => ({
  patientId: patient.id,
  name: fullName(patient),
  mrn: patient.mrn,
  birthDate: patient.birthDate,
  weightKg: patient.weightKg,
  allergies: patient.allergies,
  medications: patient.medications,
});

const DAYS_IN = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for a day of the calendar between 1900 and 2199, as YYYY-MM-DD. */
export const isBirthDate = (text: string): boolean => {
  const [, y, m, d] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (y === undefined || m === undefined || d === undefined) return false;
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (DAYS_IN[month - 1] ?? 0);
  return year >= 1900 && year < 2200 && day >= 1 && day <= days;
};
