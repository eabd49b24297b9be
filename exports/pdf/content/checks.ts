/** The two checklists as they were answered, with exceptions, their reasons and who agreed. */
import type { ChecklistAnswer, ChecklistEntry, ChecklistItem } from '../../../core/checklist/items.ts';
import { durationWords } from '../../../core/checklist/state.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { Authorisation } from '../../../core/visit/authorisation.ts';
import type { Block, Section } from '../report.ts';
import type { ClinicTimes } from '../times.ts';

export const checkSections = (document: SessionDocument, times: ClinicTimes): readonly Section[] => {
  const { protocol } = document.session.visit;
  if (protocol === null) {
    const text = 'The visit had no protocol, and so no checklist.';
    return [{ heading: 'Checklists', blocks: [{ kind: 'text', text }] }];
  }
  return [
    { heading: 'Checklist before the start', items: protocol.checklist },
    { heading: 'Checklist before going home', items: protocol.discharge },
  ].map(({ heading, items }) => ({ heading, blocks: [checklist(items, document, times)] }));
};

/** How an item stands, what stands out first. */
const STATES = [
  'EXCEPTION',
  'NOT ANSWERED',
  'NOT IN ORDER',
  'Confirmed',
  'Answered',
  'From the data',
] as const;
type State = (typeof STATES)[number];

interface Line {
  readonly state: State;
  readonly text: string;
  readonly by: string;
}

/**
 * What stands out has a row of its own; what was answered by the same person in the same minute shares one. What the data
 * said of an item that nobody answers is not on record, only an exception from it is: it is not called judged or passed.
 */
const checklist = (
  items: readonly ChecklistItem[],
  { session }: SessionDocument,
  times: ClinicTimes,
): Block => {
  const lines = items.map((item) => lineOf(item, session.visit.checklist[item.id], times));
  return {
    kind: 'table',
    columns: [
      { title: '', width: 3.4 },
      { title: '', width: 22 },
    ],
    rows: STATES.flatMap((state) => {
      const own = lines.filter((line) => line.state === state);
      if (state === 'EXCEPTION' || state === 'NOT IN ORDER') {
        return own.map(({ text, by }) => [state, `${text} · ${by}`]);
      }
      return [...new Set(own.map(({ by }) => by))].map((by) => {
        const texts = own.filter((line) => line.by === by).map(({ text }) => text);
        const items = state === 'From the data' ? readOff(texts.length) : texts.join('; ');
        return [state, `${items}${by === '' ? '' : ` · ${by}`}`];
      });
    }),
  };
};

const readOff = (count: number): string =>
  `${count} item${count === 1 ? '' : 's'} of the protocol read off the data: what the data said is not on record, only that no exception was entered.`;

const lineOf = (item: ChecklistItem, entry: ChecklistEntry | undefined, times: ClinicTimes): Line => {
  const label = item.hard ? `${item.label} (hard)` : item.label;
  const by = entry === undefined ? '' : `${entry.by}, ${times.clock(entry.at)}`;
  const answer = entry?.answer ?? null;
  const exception = entry?.exception ?? null;
  if (exception !== null) {
    const words =
      entry === undefined || answer === null ? unanswered(item) : said(item, answer, entry, times);
    return {
      state: 'EXCEPTION',
      text: `${label}: ${words}. Reason: ${exception.reason}${agreedWords(exception.authorisations)}`,
      by,
    };
  }
  if (item.kind === 'computed') return { state: 'From the data', text: item.label, by: '' };
  if (entry === undefined || answer === null || answer.kind === 'cleared')
    return { state: 'NOT ANSWERED', text: label, by };
  if (answer.kind === 'confirmed') return { state: 'Confirmed', text: label, by };
  const text = `${label}: ${said(item, answer, entry, times)}`;
  return { state: isInOrder(item, answer) ? 'Answered' : 'NOT IN ORDER', text, by };
};

const unanswered = (item: ChecklistItem): string =>
  item.kind === 'computed' ? 'read off the data on the screen' : 'NOT ANSWERED';

const isInOrder = (item: ChecklistItem, answer: ChecklistAnswer): boolean =>
  item.kind !== 'choice' ||
  answer.kind !== 'choice' ||
  (item.options.find(({ value }) => value === answer.value)?.passes ?? true);

/** "; agreed: Dr P (physician)": who stood for it, and whether they proved it. */
export const agreedWords = (given: readonly Authorisation[]): string =>
  given.length === 0
    ? ''
    : `; agreed: ${given.map(({ name, role, verified }) => `${name} (${role}${verified ? '' : ', name typed'})`).join(', ')}`;

const said = (
  item: ChecklistItem,
  answer: ChecklistAnswer,
  entry: ChecklistEntry,
  times: ClinicTimes,
): string => {
  switch (answer.kind) {
    case 'confirmed':
      return 'Confirmed';
    case 'time':
      return `${times.clock(answer.at)}, ${durationWords(Math.max(0, entry.at - answer.at))} before the answer`;
    case 'choice': {
      const option =
        item.kind === 'choice' ? item.options.find(({ value }) => value === answer.value) : undefined;
      return option === undefined ? answer.value : `${option.label}${option.passes ? '' : ' (NOT in order)'}`;
    }
    case 'fields':
      return fieldsSaid(item, answer.values);
    case 'cleared':
      return 'NOT ANSWERED';
    default:
      return answer satisfies never;
  }
};

const fieldsSaid = (item: ChecklistItem, values: Readonly<Record<string, string>>): string => {
  const labels = new Map(item.kind === 'fields' ? item.fields.map(({ id, label }) => [id, label]) : []);
  return Object.entries(values)
    .filter(([, value]) => value.trim() !== '')
    .map(([id, value]) => `${labels.get(id) ?? id}: ${value}`)
    .join(', ');
};
