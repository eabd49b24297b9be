/**
 * Whose message it is. A gateway may send several beds on one connection: only the configured bed is read, and
 * without one only a line on which a single bed is heard.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { Location, OruMessage } from './message.ts';

export type Judgement =
  | { readonly ok: true }
  | { readonly ok: false; readonly detail: string; readonly isAmbiguous: boolean };

export interface PatientFilter {
  next(message: OruMessage, at: Instant): Judgement;
}

/** So long a bed must have been the only one, before it is read where another was heard (our choice: the longest pause of a live line). */
export const ALONE_MS = 30_000;
/** Beds remembered; a line with more of them is ambiguous anyway. */
const MAX_BEDS = 16;

const placeOf = ({ ward, room, bed }: Location): string =>
  [ward, room, bed].some((part) => part !== '') ? [ward, room, bed].join('^') : '';

/** True when `wanted` names this place: its bed, or ward^room^bed. Letter case and blanks at the ends do not count. */
const isWanted = (wanted: string, location: Location): boolean => {
  const plain = (text: string): string => text.trim().toLowerCase();
  const name = wanted.includes('^') ? placeOf(location) : location.bed;
  return plain(name) === plain(wanted);
};

/** @param bed the bed to read; empty: whatever bed is alone on the line. */
export const createPatientFilter = (bed: string): PatientFilter => {
  const heard = new Map<string, Instant>();
  return {
    next({ location, patientId }, at) {
      const place = placeOf(location);
      if (bed !== '' && !isWanted(bed, location)) {
        const detail = `for ${place === '' ? 'no bed' : `bed ${place}`}, not ${bed}`;
        return { ok: false, detail, isAmbiguous: false };
      }
      // Where no place is given, the patient is all that tells two monitors apart.
      const key = place === '' ? `patient ${patientId}` : `bed ${place}`;
      for (const [other, seen] of heard) if (elapsedMs(seen, at) > ALONE_MS) heard.delete(other);
      if (heard.size < MAX_BEDS || heard.has(key)) heard.set(key, at);
      if (heard.size > 1) {
        const detail = 'several beds or patients on one line: set the option "bed"';
        return { ok: false, detail, isAmbiguous: true };
      }
      return { ok: true };
    },
  };
};
