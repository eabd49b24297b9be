/** A session as a table: a flowsheet for people, or every value for programs (docs/exports.md). */
import type { Exporter } from '../exporter.ts';
import { bytesOf } from '../pieces.ts';
import { csvPieces } from './cells.ts';
import { flowsheetRows } from './flowsheet.ts';
import { preambleRows } from './preamble.ts';
import { rawRows } from './raw.ts';

/** By this a spreadsheet knows UTF-8; programs that read CSV pass over it. */
const BYTE_ORDER_MARK = '\uFEFF';

const RAW_WORDS = [
  'Every value as it was received, a line each. time: of receipt, UTC. elapsed_s: since the session was opened.',
];
const flowsheetWords = (stepMs: number): readonly string[] => [
  `Flowsheet, a line every ${stepMs / 1_000} s with the last value within the step before it and the age of that value; cuff readings and entries have their own lines and times.`,
  'Rates and amounts of the drug are what people entered, not what the pump reports.',
];

export const csvExporter: Exporter = {
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  write: (document, { flowsheetMs, timeZone }) =>
    bytesOf(
      (function* () {
        yield BYTE_ORDER_MARK;
        const words = flowsheetMs === null ? RAW_WORDS : flowsheetWords(flowsheetMs);
        yield* csvPieces(preambleRows(document, words, timeZone));
        yield* csvPieces(
          flowsheetMs === null ? rawRows(document) : flowsheetRows(document, flowsheetMs, timeZone),
        );
      })(),
    ),
};
