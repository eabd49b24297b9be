/** Reads a table of ours as a stranger would: with a CSV parser, and `#` for comments. */
import { parse } from 'csv-parse/sync';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { csvExporter } from '../../exports/csv/index.ts';
import type { ExportOptions } from '../../exports/exporter.ts';

export const tableText = async (
  document: SessionDocument,
  options: Partial<ExportOptions> = {},
): Promise<string> =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    await csvExporter.write(document, { flowsheetMs: null, timeZone: 'UTC', ...options }),
  );

/** The rows by the names of their columns. */
export const readRows = (text: string): readonly Readonly<Record<string, string>>[] =>
  parse(text, { bom: true, comment: '#', comment_no_infix: true, columns: true });

/** What the lines above the table say, by name. */
export const readPreamble = (text: string): ReadonlyMap<string, readonly string[]> => {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .filter((line) => line.startsWith('#'));
  const said = new Map<string, string[]>();
  for (const line of lines) {
    const [name = '', words = ''] = parse(line)[0] ?? [];
    said.set(name, [...(said.get(name) ?? []), words]);
  }
  return said;
};
