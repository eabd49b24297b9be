/** How each item of a checklist stands at one instant: a pure function of the answers and what the data say. */

import type { EpochMs } from '../time.ts';
import type { Authorisation } from '../visit/authorisation.ts';
import type {
  ChecklistAnswer,
  ChecklistEntries,
  ChecklistEntry,
  ChecklistItem,
  ComputedFact,
} from './items.ts';

/** What the data say of a computed item. `text`: what is missing, or what was found. */
export interface FactState {
  readonly holds: boolean;
  readonly text: string;
}
export type Facts = Readonly<Record<ComputedFact, FactState>>;

export type ItemState = {
  readonly item: ChecklistItem;
  /** The answer as it stands, also when it does not pass; null: none, or computed. */
  readonly answer: ChecklistAnswer | null;
  /** In words: the answer, what is missing, or what the data say. */
  readonly text: string;
  readonly by: string | null;
  readonly at: EpochMs | null;
} & (
  | { readonly state: 'done' }
  /** `doneAt`: it will be done by itself then (a fasting time); null: not by itself. */
  | { readonly state: 'open'; readonly doneAt: EpochMs | null }
  | {
      readonly state: 'exception';
      readonly reason: string;
      readonly authorisations: readonly Authorisation[];
    }
);

/** Every item, in the protocol's order. */
export const checklistState = (
  items: readonly ChecklistItem[],
  entries: ChecklistEntries,
  facts: Facts,
  now: EpochMs,
): readonly ItemState[] => items.map((item) => itemState(item, entries[item.id] ?? null, facts, now));

const itemState = (
  item: ChecklistItem,
  entry: ChecklistEntry | null,
  facts: Facts,
  now: EpochMs,
): ItemState => {
  const answer = entry?.answer ?? null;
  const judged = judge(item, answer, facts, now);
  const common = { item, answer, by: entry?.by ?? null, at: entry?.at ?? null };
  // What is in order needs no exception any more: the fact counts, the reason stays in the record.
  if (judged.passes) return { ...common, state: 'done', text: judged.text };
  if (entry !== null && entry.exception !== null) {
    const { reason, authorisations } = entry.exception;
    return { ...common, state: 'exception', reason, authorisations, text: judged.text };
  }
  return { ...common, state: 'open', doneAt: judged.doneAt, text: judged.text };
};

interface Judged {
  readonly passes: boolean;
  readonly text: string;
  readonly doneAt: EpochMs | null;
}

const open = (text: string, doneAt: EpochMs | null = null): Judged => ({ passes: false, text, doneAt });
const done = (text: string): Judged => ({ passes: true, text, doneAt: null });

/** An answer of another kind than the item's counts as none (a protocol may have been changed between versions). */
const judge = (item: ChecklistItem, answer: ChecklistAnswer | null, facts: Facts, now: EpochMs): Judged => {
  switch (item.kind) {
    case 'computed': {
      const { holds, text } = facts[item.fact];
      return holds ? done(text) : open(text);
    }
    case 'confirm':
      return answer?.kind === 'confirmed' ? done('Confirmed') : open('Not confirmed');
    case 'time-since':
      return answer?.kind === 'time' ? sinceTime(answer.at, item.minimumMs, now) : open('Time not entered');
    case 'choice': {
      const option =
        answer?.kind === 'choice' ? item.options.find(({ value }) => value === answer.value) : undefined;
      if (option === undefined) return open('Not answered');
      return option.passes ? done(option.label) : open(option.label);
    }
    case 'fields': {
      const values = answer?.kind === 'fields' ? answer.values : {};
      const missing = item.fields.filter(({ id, required }) => required && (values[id] ?? '').trim() === '');
      if (missing.length > 0) return open(`Missing: ${missing.map(({ label }) => label).join(', ')}`);
      const said = item.fields.flatMap(({ id }) => values[id] ?? []).filter((value) => value.trim() !== '');
      return done(said.join(', '));
    }
    default:
      return item satisfies never;
  }
};

const sinceTime = (at: EpochMs, minimumMs: number, now: EpochMs): Judged => {
  const passed = now - at;
  if (passed < 0) return open('The time lies in the future');
  const text = `${durationWords(passed)} ago`;
  return passed >= minimumMs
    ? done(text)
    : open(`${text}, at least ${durationWords(minimumMs)} wanted`, (at + minimumMs) as EpochMs);
};

/** "6 h", "1 h 20 min", "45 min"; whole minutes, rounded down: never longer than it was. */
export const durationWords = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
};
