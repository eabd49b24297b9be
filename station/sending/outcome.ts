/** How one attempt to hand a record on ended, the same for every kind of destination. */
import type { SessionId } from '../../core/ids.ts';
import type { PayloadHashes } from '../../db/open.ts';

/**
 * `problem` is for people; it may hold words of the receiver's, so it never goes into the log.
 *
 * Nothing but `sent` says that the record is there. After `unanswered` it may be: the next attempt goes out under the
 * same identifiers.
 */
export type Outcome =
  /** The receiver said that it has the record. */
  | { readonly kind: 'sent'; readonly acknowledgement: string }
  /** Nobody is there: everything for this destination waits, for as long as it takes. */
  | {
      readonly kind: 'unreachable';
      readonly problem: string;
      /** How long it asks to be left alone (ms); left out: our own waits. */
      readonly restMs?: number;
    }
  /** It went out and no answer came. This record waits, others go on; for as long as it takes. */
  | { readonly kind: 'unanswered'; readonly problem: string }
  /** The receiver could not take it now. This record waits, others go on; given up after `MOST_REFUSALS`. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** It will not be different next time: a person has to look. */
  | { readonly kind: 'gave-up'; readonly problem: string };

/** One file or message of a record. */
export interface Part {
  /** The format: `csv`, `fhir` … */
  readonly name: string;
  readonly extension: string;
  readonly bytes: Uint8Array;
  /** How many entries a FHIR transaction has: its answer must have as many. Null: it is none. */
  readonly entries: number | null;
}

/** A record made ready for one destination. */
export interface Parcel {
  readonly sessionId: SessionId;
  readonly headHash: string;
  /** False: simulated, replayed or imported; whatever leaves says so. */
  readonly isLive: boolean;
  readonly parts: readonly Part[];
  /** Hashes of what was sent of this session to this destination before, this attempt's included. */
  readonly sentBefore: readonly PayloadHashes[];
}

/** Carries parcels to one destination. */
export interface Carrier {
  /**
   * One attempt. Ends soon after `stop` is aborted; what it then says does not count.
   * Never rejects for anything that the world outside does.
   */
  deliver(parcel: Parcel, stop: AbortSignal): Promise<Outcome>;
}

/** The error's code where it has one (`ECONNREFUSED`), its cause's for `fetch`; else null. */
export const errorCode = (error: unknown): string | null => {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error instanceof AggregateError) {
    const [first] = error.errors;
    return errorCode(first);
  }
  return error.cause === undefined ? null : errorCode(error.cause);
};

/** True for the codes with which Node refuses a certificate or an encrypted connection: waiting does not mend them. */
export const isTlsCode = (code: string): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ERR_TLS|ERR_SSL|^EPROTO$|HOSTNAME_MISMATCH/.test(code);

/** Somebody else's words, short enough for a line and without anything that a screen or a terminal would act on. */
export const theirWords = (text: string, most = 300): string => {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
};
