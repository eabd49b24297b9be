/**
 * What must be in order before a step: items as data of a protocol. A person answers most of them, a few are read
 * off the data. Nothing blocks: an item that is not in order yields to an exception with a reason; a hard one
 * wants a physician's name with it.
 */

import type { EpochMs } from '../time.ts';
import type { Authorisation } from '../visit/authorisation.ts';

/** What is computed and never ticked. */
export const COMPUTED_FACTS = [
  'vital-heartRate',
  'vital-spo2',
  'vital-respiration',
  'vital-bloodPressure',
  'baseline-agreed',
  'dose-planned',
  'dose-verified',
  'recovery-minimum',
  'aldrete',
  'padss',
  'pressure-near-baseline',
  'vitals-in-range',
  'sedation-gone',
  'no-severe-effect',
  'alarms-acknowledged',
] as const;
export type ComputedFact = (typeof COMPUTED_FACTS)[number];

/** One field of text; `phone` only tells the window which keyboard to offer. */
export interface ChecklistField {
  readonly id: string;
  readonly label: string;
  readonly required: boolean;
  readonly input: 'text' | 'phone' | 'number';
}

export type ChecklistItem = {
  /** Unique within the protocol. */
  readonly id: string;
  readonly label: string;
  /** For the nurse: what exactly is asked. */
  readonly hint: string | null;
  readonly hard: boolean;
} & (
  | { readonly kind: 'confirm' }
  /** A time is entered; it must lie at least `minimumMs` back. */
  | { readonly kind: 'time-since'; readonly minimumMs: number }
  | {
      readonly kind: 'choice';
      readonly options: readonly {
        readonly value: string;
        readonly label: string;
        /** False: this answer is written down but keeps the item open. */
        readonly passes: boolean;
      }[];
    }
  | { readonly kind: 'fields'; readonly fields: readonly ChecklistField[] }
  | { readonly kind: 'computed'; readonly fact: ComputedFact }
);

export type ChecklistAnswer =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'time'; readonly at: EpochMs }
  | { readonly kind: 'choice'; readonly value: string }
  | { readonly kind: 'fields'; readonly values: Readonly<Record<string, string>> }
  /** Takes the answer, or the exception, back. */
  | { readonly kind: 'cleared' };

/** The last word on one item. */
export interface ChecklistEntry {
  readonly at: EpochMs;
  readonly by: string;
  readonly answer: ChecklistAnswer | null;
  readonly exception: { readonly reason: string; readonly authorisations: readonly Authorisation[] } | null;
}

/** The last word on each item, by its id; an item without one was never touched. */
export type ChecklistEntries = Readonly<Record<string, ChecklistEntry>>;
