/** What a session can be handed on as. One folder a format; each turns a document into bytes and reads nothing else. */
import { EXPORT_FORMATS, type ExportFormat, type Paper } from '../core/review/export-formats.ts';
import type { SessionDocument } from '../core/review/session-document.ts';

export { EXPORT_FORMATS, type ExportFormat, type Paper };

export interface ExportOptions {
  /** CSV: rows at this step (ms), each with the last value of it; null: every value as it was received. */
  readonly flowsheetMs: number | null;
  /** IANA name of the zone in which people read the times. Machines get UTC in every format. */
  readonly timeZone: string;
  /** PDF: the paper; left out: A4. */
  readonly paper?: Paper;
}

export interface Exporter {
  readonly format: ExportFormat;
  readonly mediaType: string;
  /** Without the dot. */
  readonly extension: string;
  /**
   * The same document and options give the same bytes. Where the data come from, and what is missing, is said in the
   * file in words.
   */
  write(document: SessionDocument, options: ExportOptions): Promise<Uint8Array>;
}
