/** Which kind of table a file is, by its header, and what it says. */
import { RAW_COLUMNS } from '../../exports/csv/raw.ts';
import { readFlowsheetTable } from './flowsheet-table.ts';
import { ImportError, type ImportedTable } from './imported-table.ts';
import { headerLine } from './own-rows.ts';
import { readRawTable } from './raw-table.ts';
import { readVitalsTable, type VitalsTableOptions } from './vitals-table.ts';

/** More than this is no table of one session (bytes). */
export const LARGEST_FILE = 256 * 1024 * 1024;

/** @throws ImportError, one line that names the row and column. */
export const readImportedFile = (bytes: Uint8Array, options: VitalsTableOptions): ImportedTable => {
  if (bytes.length > LARGEST_FILE) throw new ImportError('the file is larger than 256 MiB');
  const text = decoded(bytes);
  const cells = headerLine(text)
    .split(/[,;\t]/)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const has = (...headings: readonly string[]) => headings.every((heading) => cells.includes(heading));
  const isRaw = has(...RAW_COLUMNS);
  if (!isRaw && !has('row', 'time', 'phase', 'NIBP age (s)', 'origin')) return readVitalsTable(text, options);
  if (options.start !== null || options.infusion !== null || (options.columns?.size ?? 0) > 0) {
    throw new ImportError(
      'this is a table of Chairside, which says all itself: leave --start, --infusion and --columns out',
    );
  }
  return isRaw ? readRawTable(text) : readFlowsheetTable(text);
};

const decoded = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    // The Encoding Standard has a TypeError for bytes that are not of the encoding.
    if (error instanceof TypeError) throw new ImportError('the file is not UTF-8 text: save it as CSV UTF-8');
    throw error;
  }
};
