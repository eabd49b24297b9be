/**
 * Whole files of two example sessions, as they are handed on. Who changes a format looks at what changes in them
 * (`-u` writes them anew) and at `FORMAT_VERSION`.
 */
import { describe, expect, test } from 'vitest';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { ExportOptions } from '../../exports/exporter.ts';
import { jsonExporter } from '../../exports/json/index.ts';
import { poorDocument, richDocument } from '../support/example-document.ts';
import { complaints } from './export-schema.ts';
import { readRows, tableText } from './read-table.ts';

const FIXTURES = new URL('../fixtures/exports/', import.meta.url);
const BERLIN: ExportOptions = { flowsheetMs: 60_000, timeZone: 'Europe/Berlin' };
const file = (name: string): string => new URL(name, FIXTURES).pathname;

const jsonText = async (document: SessionDocument): Promise<string> =>
  new TextDecoder().decode(await jsonExporter.write(document, BERLIN));

describe('the files of the example sessions', () => {
  test('as a flowsheet of the rich one are what they were', async () => {
    await expect(await tableText(richDocument(), BERLIN)).toMatchFileSnapshot(file('rich.flowsheet.csv'));
  });

  test('as a flowsheet of the poor one are what they were', async () => {
    await expect(await tableText(poorDocument(), BERLIN)).toMatchFileSnapshot(file('poor.flowsheet.csv'));
  });

  test('as every value of the poor one are what they were', async () => {
    await expect(await tableText(poorDocument(), { ...BERLIN, flowsheetMs: null })).toMatchFileSnapshot(
      file('poor.raw.csv'),
    );
  });

  test('as JSON of the poor one are what they were', async () => {
    await expect(await jsonText(poorDocument())).toMatchFileSnapshot(file('poor.json'));
  });

  test.each([
    ['rich', richDocument],
    ['poor', poorDocument],
  ])('as JSON of the %s one are by the published schema', async (_name, document) => {
    expect(complaints(JSON.parse(await jsonText(document())))).toEqual([]);
  });

  test('have every stored value of the rich one in the raw table and in JSON, once', async () => {
    const document = richDocument(1000);
    const stored = document.frames.flatMap(({ observations }) => observations).length;
    expect(stored).toBeGreaterThan(10_000);
    expect(readRows(await tableText(document, { ...BERLIN, flowsheetMs: null }))).toHaveLength(stored);
    const { frames, events } = JSON.parse(await jsonText(document));
    expect(frames.flatMap(({ values }: { values: unknown[] }) => values)).toHaveLength(stored);
    expect(events).toHaveLength(document.events.length);
  });
});
