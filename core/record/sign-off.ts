/**
 * Who signed a session's record, and what was added since: a fold over its events. Meanings and order after 21 CFR
 * Part 11 (11.50, 11.70) as our rules E-1 to E-4 have it: the nurse closes, the physician reviews and signs, and from
 * then on there are addenda only.
 */
import type { PersonId } from '../ids.ts';
import type { Role } from '../people/person.ts';
import type { SessionEvent } from '../session/events.ts';
import { isClosed } from '../session/phase.ts';
import type { EpochMs } from '../time.ts';

/** E-1; the other two meanings, "Override authorised" and "Addendum", are entries of their own. */
export const SIGNATURE_MEANINGS = ['infusion-nurse', 'reviewed-by-physician'] as const;
export type SignatureMeaning = (typeof SIGNATURE_MEANINGS)[number];

/** The meaning as it is printed. */
export const MEANING_LABELS: Readonly<Record<SignatureMeaning, string>> = {
  'infusion-nurse': 'Infusion nurse',
  'reviewed-by-physician': 'Reviewed by physician',
};

/** Who put their name to something, as it was at that moment. */
export interface Signer {
  readonly personId: PersonId;
  readonly name: string;
  readonly role: Role;
}

/** What a signature is tied to: all entries before it and every stored vital sign of the session. */
export interface SignedRecord {
  /** Last entry that is signed, and its hash in the session's chain. */
  readonly sequence: number;
  readonly headHash: string;
  /** Frames of numerics, cuff readings and stretches of waves, and the SHA-256 over them. */
  readonly frames: number;
  readonly readings: number;
  readonly waves: number;
  readonly dataHash: string;
  /** SHA-256 over the canonical JSON of all this: the record's hash, printed with the signature. */
  readonly hash: string;
}

export type SignOffBody =
  | {
      readonly type: 'record-signed';
      readonly meaning: SignatureMeaning;
      readonly signer: Signer;
      readonly record: SignedRecord;
      /** Why it was signed without the nurse's signature; null: it was there, or this is it. */
      readonly remark: string | null;
    }
  /** Something said later. `afterSignature` false: a late entry to a record nobody has signed yet. */
  | {
      readonly type: 'addendum-added';
      readonly text: string;
      readonly signer: Signer;
      readonly afterSignature: boolean;
    };

export interface Signature {
  readonly at: EpochMs;
  readonly meaning: SignatureMeaning;
  readonly signer: Signer;
  readonly record: SignedRecord;
  readonly remark: string | null;
}

export interface SignOff {
  /** `open`: the visit is not over; then whom it waits for; `signed`: addenda only. */
  readonly state: 'open' | 'waits-for-nurse' | 'waits-for-physician' | 'signed';
  readonly signatures: readonly Signature[];
  readonly addenda: number;
}

/** The state of a record's signatures. An empty list is an open record. */
export const foldSignOff = (events: readonly SessionEvent[]): SignOff => {
  const signatures = events.flatMap(({ at, body }): Signature[] => {
    if (body.type !== 'record-signed') return [];
    const { meaning, signer, record, remark } = body;
    return [{ at: at.wall, meaning, signer, record, remark }];
  });
  const isOver = events.some(({ body }) => body.type === 'phase-changed' && isClosed(body.to));
  const has = (meaning: SignatureMeaning) => signatures.some((signature) => signature.meaning === meaning);
  const state = !isOver
    ? 'open'
    : has('reviewed-by-physician')
      ? 'signed'
      : has('infusion-nurse')
        ? 'waits-for-physician'
        : 'waits-for-nurse';
  return {
    state,
    signatures,
    addenda: events.filter(({ body }) => body.type === 'addendum-added').length,
  };
};

/** Why this signature cannot be given now, in words; null: it can. */
export const signatureObjection = (
  signOff: SignOff,
  meaning: SignatureMeaning,
  remark: string | null,
): string | null => {
  if (signOff.state === 'open') return 'The visit is not over yet: a record is signed after its end.';
  if (signOff.state === 'signed') return 'This record is signed already. Only addenda are possible.';
  if (meaning === 'infusion-nurse' && signOff.state === 'waits-for-physician') {
    return 'The nurse has closed this record already.';
  }
  if (meaning === 'reviewed-by-physician' && signOff.state === 'waits-for-nurse' && remark === null) {
    return 'The nurse has not closed this record yet. Give a reason to sign without.';
  }
  return null;
};
