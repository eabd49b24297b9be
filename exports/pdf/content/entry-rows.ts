/** Entries of the record as rows of a table: time, minute, words and person. */
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import type { Plain } from '../report.ts';
import type { ClinicTimes } from '../times.ts';
import { entryWords } from './entry-words.ts';

/** In two columns; what the same person entered in the same second stands in one row. */
export const entryTable = (
  document: SessionDocument,
  events: readonly SessionEvent[],
  times: ClinicTimes,
): Plain => {
  const rows: { readonly at: string; readonly minute: string; readonly by: string; words: string }[] = [];
  for (const event of events) {
    const [at, minute] = [times.second(event.at.wall), times.minute(event.at.wall)];
    const words = entryWords(document, event, times);
    const last = rows.at(-1);
    // What somebody typed must not look like an entry of its own.
    const isPlain = last !== undefined && !/[|\n\r]/.test(last.words + words);
    if (isPlain && last.at === at && last.by === event.by) last.words = `${last.words} | ${words}`;
    else rows.push({ at, minute, by: event.by, words });
  }
  return {
    kind: 'table',
    columns: [
      { title: 'Time', width: 2.1 },
      { title: 'Min', width: 1.15, isNumber: true },
      { title: 'Entry · by whom', width: 10 },
    ],
    rows: rows.map(({ at, minute, words, by }) => [at, minute, `${words} · ${by}`]),
    flows: true,
  };
};
