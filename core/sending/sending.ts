/**
 * Handing a session's record on to somebody else's system: one sending for each destination and each state of the
 * record (the hash of its last entry). The same record is never handed on twice; one that gained an addendum is
 * handed on again, as an update under the same identifiers.
 */
import type { SessionId } from '../ids.ts';
import type { Brand, EpochMs } from '../time.ts';

/** One sending, in either of the station's databases. */
export type SendingId = Brand<string, 'SendingId'>;
export const sendingId = (value: string): SendingId => value as SendingId;

/**
 * `queued`: waits for its turn or for the next attempt. `sending`: on its way; if the station stops now, nobody knows
 * whether it arrived, and it is sent again under the same identifiers. `sent`: the receiver said that it has it; final.
 * `failed`: given up until a person says again. `cancelled`: a person stopped it, or a newer state of the record took its place.
 */
export const SENDING_STATES = ['queued', 'sending', 'sent', 'failed', 'cancelled'] as const;
export type SendingState = (typeof SENDING_STATES)[number];

/** What happened to a sending: the steps that the station's record keeps. */
export const SENDING_STEPS = [
  'queued',
  'put-off', // an attempt that did not arrive; it is made again by itself
  'sent',
  'failed',
  'cancelled',
  'superseded', // a newer state of the same record is sent instead
  'interrupted', // the station stopped in the middle of an attempt
  'asked-again', // a person, after it had failed or been cancelled
] as const;
export type SendingStep = (typeof SENDING_STEPS)[number];

/** The steps as people read them. */
export const STEP_LABELS: Readonly<Record<SendingStep, string>> = {
  queued: 'Queued',
  'put-off': 'Did not arrive, will be tried again',
  sent: 'Handed on',
  failed: 'Given up',
  cancelled: 'Stopped',
  superseded: 'Replaced by a newer state of the record',
  interrupted: 'Interrupted: the station stopped',
  'asked-again': 'Asked for again',
};

export interface Sending {
  readonly id: SendingId;
  /** The destination's id in the configuration. */
  readonly destination: string;
  readonly sessionId: SessionId;
  /** The last entry of the record that is sent. */
  readonly headSequence: number;
  readonly headHash: string;
  /** What it is sent as: `csv`, `json`, `fhir`, `hl7`, `pdf`. */
  readonly formats: readonly string[];
  readonly state: SendingState;
  /** Attempts that were begun. */
  readonly attempts: number;
  readonly queuedAt: EpochMs;
  /** A person's name, or `station` for what goes by itself. */
  readonly queuedBy: string;
  readonly changedAt: EpochMs;
  /** For people: the station itself counts on its monotonic clock. Null: none is planned. */
  readonly nextAttemptAt: EpochMs | null;
  /** What went wrong last, in words; may hold words of the receiver's. Null: nothing. */
  readonly problem: string | null;
  /** What the receiver said when it took the record. */
  readonly acknowledgement: string | null;
}

/** Which records go to a destination by themselves. */
export const SENDING_RULES = ['when-signed', 'when-closed', 'by-hand'] as const;
export type SendingRule = (typeof SENDING_RULES)[number];

/** Wait after the first attempt that did not arrive (ms); doubled with each further one. Our choice. */
export const FIRST_WAIT_MS = 5_000;
/** The longest wait between attempts (ms): a system that was down for a night gets the records soon after it is up. */
export const LONGEST_WAIT_MS = 15 * 60_000;

/** How long to wait after so many attempts in a row that did not arrive (ms). */
export const waitAfter = (attempts: number): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(Math.max(0, attempts - 1), 20));

/** Attempts in a row after which a record that the receiver could not take, though it was reached, is given up. */
export const MOST_REFUSALS = 6;

/** Attempts in a row after which what still waits is told to people like a failure: somebody should look. */
export const LATE_AFTER_ATTEMPTS = 4;

/** True for what somebody should look at: given up, or tried in vain for about a minute and more. */
export const wantsAttention = (sending: Pick<Sending, 'state' | 'attempts'>): boolean =>
  sending.state === 'failed' ||
  ((sending.state === 'queued' || sending.state === 'sending') && sending.attempts >= LATE_AFTER_ATTEMPTS);
