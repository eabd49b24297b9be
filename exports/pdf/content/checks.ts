/** The two checklists as they were answered, with exceptions, their reasons and who agreed. */
import type { ChecklistAnswer, ChecklistEntry, ChecklistItem } from '../../../core/checklist/items.ts';
import { durationWords } from '../../../core/checklist/state.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { Authorisation } from '../../../core/visit/authorisation.ts';
import type { Block, Section } from '../report.ts';
import type { ClinicTimes } from '../times.ts';

export const checksSection = (document: SessionDocument, times: ClinicTimes): Section => {
  const { protocol } = document.session.visit;
  return {
    heading: 'Checklists',
    blocks:
      protocol === null
        ? [{ kind: 'text', text: 'The visit had no protocol, and so no checklist.' }]
        : [
            checklist('Before the start', protocol.checklist, document, times),
            checklist('Before going home', protocol.discharge, document, times),
          ],
  };
};

const checklist = (
  title: string,
  items: readonly ChecklistItem[],
  { session }: SessionDocument,
  times: ClinicTimes,
): Block => {
  const { checklist: entries } = session.visit;
  // What the data said at the time is not in the record; only an exception from it is.
  const isPlain = ({ id, kind }: ChecklistItem): boolean =>
    kind === 'computed' && (entries[id]?.exception ?? null) === null;
  const plain = items.filter(isPlain).map(({ label }) => label);
  const rows = items
    .filter((item) => !isPlain(item))
    .map((item) => {
      const entry = entries[item.id];
      return [
        item.hard ? `${item.label} (hard)` : item.label,
        answerWords(item, entry, times),
        entry === undefined || entry.exception === null
          ? ''
          : `EXCEPTION: ${entry.exception.reason}${agreedWords(entry.exception.authorisations)}`,
        entry === undefined ? '' : `${entry.by}, ${times.clock(entry.at)}`,
      ];
    });
  const readOff =
    plain.length === 0
      ? []
      : [[plain.join('; '), 'judged from the data at the time; no exception was made', '', '']];
  return {
    kind: 'table',
    columns: [
      { title, width: 8 },
      { title: 'Answer', width: 6 },
      { title: 'Exception, reason and who agreed', width: 7 },
      { title: 'By, time', width: 5 },
    ],
    rows: [...rows, ...readOff],
  };
};

/** "; agreed: Dr P (physician)": who stood for it, and whether they proved it. */
export const agreedWords = (given: readonly Authorisation[]): string =>
  given.length === 0
    ? ''
    : `; agreed: ${given.map(({ name, role, verified }) => `${name} (${role}${verified ? '' : ', name typed'})`).join(', ')}`;

const answerWords = (item: ChecklistItem, entry: ChecklistEntry | undefined, times: ClinicTimes): string => {
  if (item.kind === 'computed') return 'judged from the data at the time';
  const answer = entry?.answer ?? null;
  return entry === undefined || answer === null ? 'NOT ANSWERED' : said(item, answer, entry, times);
};

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
