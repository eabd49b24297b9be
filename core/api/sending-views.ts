/** What windows are shown of records that are handed on. */
import type { Sending, SendingRule } from '../sending/sending.ts';
import type { DataOrigin } from '../session/events.ts';
import type { EpochMs } from '../time.ts';

/** A destination of the configuration, without its secrets. */
export interface DestinationView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'folder' | 'fhir' | 'mllp';
  /** Folder, address or host, for people. */
  readonly place: string;
  readonly rule: SendingRule;
  readonly formats: readonly string[];
  /** Not null: nothing leaves for it now, and why. `until` is when it is tried again, for people. */
  readonly held: { readonly problem: string; readonly until: EpochMs } | null;
}

export interface SendingView extends Sending {
  readonly patientInitials: string;
  readonly origin: DataOrigin;
  /** False: the record has gained an entry since. */
  readonly isNewest: boolean;
}

export interface SendingListView {
  readonly destinations: readonly DestinationView[];
  readonly sendings: readonly SendingView[];
  /**
   * For one session: why a person is asked a second time before it leaves, in words ("SIMULATED …"). Empty: no
   * reason, or no session was named.
   */
  readonly doubts: readonly string[];
  /** For one session: why it cannot be handed on at all now; null: it can. */
  readonly objection: string | null;
}

/** How handing on stands, in numbers: part of the whole state and pushed with every change. No names. */
export interface SendingOverview {
  /** False: the configuration names no destination. */
  readonly isConfigured: boolean;
  /** Queued or on their way. */
  readonly waiting: number;
  /** Given up: they wait for a person. */
  readonly failed: number;
  /** Among those that wait: tried in vain often enough that somebody should look. */
  readonly late: number;
  /** Counts changes: whoever shows a list reads it anew. */
  readonly changes: number;
}

export const NOTHING_SENT: SendingOverview = {
  isConfigured: false,
  waiting: 0,
  failed: 0,
  late: 0,
  changes: 0,
};
