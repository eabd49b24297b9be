/** What is asked for on the Sessions screen, and what a line of its answer says. */
import {
  FLAG_LABELS,
  flagsOf,
  type SessionFacts,
  type SessionFlag,
} from '../../core/finding/session-facts.ts';
import type { ChairId, SessionId } from '../../core/ids.ts';
import type { DataOrigin } from '../../core/session/events.ts';
import { PHASE_LABELS } from '../../core/session/phase.ts';
import { type EpochMs, epochMs } from '../../core/time.ts';
import { dateTimeText } from './time-text.ts';

/** The fields as a person fills them in; empty: it does not matter. */
export interface FindForm {
  readonly text: string;
  /** Days of this computer's zone, "2026-03-01"; both count. */
  readonly from: string;
  readonly to: string;
  readonly chairId: ChairId | '';
  readonly origin: DataOrigin | '';
  readonly flags: readonly SessionFlag[];
}

export const EMPTY_FORM: FindForm = { text: '', from: '', to: '', chairId: '', origin: '', flags: [] };

export const isEmptyForm = ({ text, from, to, chairId, origin, flags }: FindForm): boolean =>
  text.trim() === '' && from === '' && to === '' && chairId === '' && origin === '' && flags.length === 0;

/** The same without the flag, or with it. */
export const toggled = (form: FindForm, flag: SessionFlag): FindForm => ({
  ...form,
  flags: form.flags.includes(flag) ? form.flags.filter((one) => one !== flag) : [...form.flags, flag],
});

/** The start of a day of this computer's zone, `after` days later; null for what is no whole date. */
export const dayStart = (date: string, after = 0): EpochMs | null => {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  if (match === null) return null;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  // By the calendar: a day on which the clocks are set has not 24 h.
  return epochMs(new Date(year, month - 1, day + after).getTime());
};

/** What the station is asked. `text` goes only where names may be looked for. */
export const askedOf = ({ text, from, to, chairId, origin, flags }: FindForm) => ({
  text: text.trim() === '' ? null : text.trim(),
  from: dayStart(from),
  to: dayStart(to, 1),
  chairId: chairId === '' ? null : chairId,
  origin: origin === '' ? null : origin,
  flags: [...flags],
});

export interface FoundLine {
  readonly id: SessionId;
  readonly opened: string;
  readonly patient: string;
  /** Birth date and MRN; empty where only initials are known or shown. */
  readonly identifiers: string;
  readonly indication: string;
  /** "2/6"; "–". */
  readonly course: string;
  readonly phase: string;
  /** mmHg; "--" while the numbers were not looked through, or without a reading. */
  readonly peak: string;
  /** "+27"; "--". */
  readonly rise: string;
  /** "0.48"; "> 0.48" where more was given than the entries say; "–" without a dose. */
  readonly dose: string;
  readonly alarms: string;
  readonly flags: readonly { readonly flag: SessionFlag; readonly word: string }[];
  /** The visit is over and its numbers were not looked through: a gap or a peak is not known yet. */
  readonly isPending: boolean;
  readonly origin: DataOrigin;
}

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value).replace('-', '−'));

export const foundLine = (facts: SessionFacts): FoundLine => {
  const { patient, course, numbers, dose, alarms } = facts;
  return {
    id: facts.id,
    opened: dateTimeText(facts.openedAt),
    patient: patient?.name ?? facts.initials,
    identifiers: patient === null ? '' : `${patient.birthDate}, MRN ${patient.mrn ?? '–'}`,
    indication: facts.indication,
    course: course === null ? '–' : `${course.number}/${course.planned}`,
    phase: PHASE_LABELS[facts.phase],
    peak: numbers?.peakSystolic == null ? '--' : String(numbers.peakSystolic),
    rise: numbers?.peakRise == null ? '--' : signed(numbers.peakRise),
    dose: dose === null ? '–' : `${dose.isPartial ? '> ' : ''}${dose.mgPerKg.toFixed(2)}`,
    alarms: `${alarms.high}/${alarms.medium}/${alarms.low}`,
    flags: flagsOf(facts).map((flag) => ({ flag, word: FLAG_LABELS[flag] })),
    isPending: facts.closedAt !== null && numbers === null,
    origin: facts.origin,
  };
};

/** "51–100 of 123". */
export const pageText = (offset: number, shown: number, total: number): string =>
  shown === 0 ? `0 of ${total}` : `${offset + 1}–${offset + shown} of ${total}`;
