import { describe, expect, test } from 'vitest';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { ExportOptions } from '../../../exports/exporter.ts';
import { pdfExporter } from '../../../exports/pdf/index.ts';
import { poorDocument, richDocument } from '../../support/example-document.ts';
import { noted, SIGNED } from './example-entries.ts';
import { exampleVisit } from './example-visit.ts';
import { flat, leastSize, textLayer } from './text-layer.ts';

const OPTIONS: ExportOptions = { flowsheetMs: null, timeZone: 'America/New_York' };
const fixture = (name: string): string =>
  new URL(`../../fixtures/exports/pdf/${name}`, import.meta.url).pathname;

/** The plain example on A4, made once. */
const example = pdfExporter.write(exampleVisit(), OPTIONS);

describe('the report of a record that was really kept', () => {
  test('has the figures, the signatures and the hash of the record', async () => {
    const document = richDocument();
    const pages = await textLayer(await pdfExporter.write(document, OPTIONS));
    const text = flat(pages.flat());
    expect(text).toContain('Дмитриева, Ольга');
    expect(text).toContain(`${document.figures.peak.systolic?.value} mmHg at`);
    expect(text).toContain(`Record hash ${document.headHash}`);
    for (const { record } of document.signOff.signatures) {
      expect(text.replaceAll(' ', '')).toContain(record.hash);
    }
    for (const line of document.missing) expect(text).toContain(line);
  });

  test('says in words what a poor one does not have', async () => {
    const pages = await textLayer(await pdfExporter.write(poorDocument(), { ...OPTIONS, paper: 'letter' }));
    const text = flat(pages.flat());
    for (const words of [
      'initials only',
      'NOT SIGNED',
      'none was frozen',
      'no dose was planned',
      'nothing was recorded',
    ]) {
      expect(text).toContain(words);
    }
  });
});

describe('the report of a visit', () => {
  test.each(['a4', 'letter'] as const)(
    'has on %s two pages for a usual visit, three for a rich one, and no letter under 8 points',
    async (paper) => {
      const count = async (document: SessionDocument): Promise<number> => {
        const bytes = await pdfExporter.write(document, { ...OPTIONS, paper });
        expect(await leastSize(bytes)).toBeGreaterThanOrEqual(8);
        return (await textLayer(bytes)).length;
      };
      expect(await count(exampleVisit({ extra: SIGNED }))).toBe(2);
      expect(await count(richDocument())).toBe(3);
    },
  );

  test.each(['a4', 'letter'] as const)('says on %s, page by page, what it has always said', async (paper) => {
    const pages = await textLayer(await pdfExporter.write(exampleVisit(), { ...OPTIONS, paper }));
    expect(pages).toHaveLength(2);
    for (const [index, page] of pages.entries()) {
      await expect(`${page.join('\n')}\n`).toMatchFileSnapshot(fixture(`example-${paper}-${index + 1}.txt`));
    }
  });

  test('names patient, banner, hash, version, zone and its own number on every page', async () => {
    const pages = await textLayer(await example);
    for (const [index, page] of pages.entries()) {
      const text = flat(page);
      expect(text).toContain('SIMULATED: made-up numbers, not a patient');
      expect(text).toContain(
        'Żebrowska, Quintessa · born 1961-07-09 · MRN MX-774310 · 2026-03-01 · visit 3 of 6',
      );
      expect(text).toContain('NOT SIGNED: waits for the nurse');
      expect(text).toContain(`Record hash ${'3b7e'.repeat(16)}`);
      expect(text).toContain('Chairside 0.1.0');
      expect(text).toContain('times in America/New_York (UTC−05:00)');
      expect(text).toContain(`Page ${index + 1} of ${pages.length}`);
    }
  });

  test('is the same bytes for the same record, and other bytes for another', async () => {
    const [first, second, other] = await Promise.all([
      example,
      pdfExporter.write(exampleVisit(), OPTIONS),
      pdfExporter.write(exampleVisit({ extra: noted('one more') }), OPTIONS),
    ]);
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    expect(Buffer.from(first).equals(Buffer.from(other))).toBe(false);
  });

  test.each([
    ['live', null],
    ['simulated', 'SIMULATED: made-up numbers, not a patient'],
    ['replayed', 'SIMULATED: a recording played back, not a patient in a chair'],
    ['imported', 'IMPORTED: recorded elsewhere, not by this station'],
  ] as const)('of a %s visit carries the banner %s', async (origin, banner) => {
    const [page = []] = await textLayer(await pdfExporter.write(exampleVisit({ origin }), OPTIONS));
    const found = page.find((text) => /^(SIMULATED|IMPORTED)/.test(text)) ?? null;
    expect(found).toBe(banner);
  });

  test('that is signed names who signed, with the hash, and the addendum', async () => {
    const pages = await textLayer(await pdfExporter.write(exampleVisit({ extra: SIGNED }), OPTIONS));
    const text = flat(pages.flat());
    expect(text).not.toContain('NOT SIGNED');
    expect(text).toContain('Signed by Nora Nkemelu and Dr Paul Pereira');
    expect(text.replaceAll(' ', '')).toContain('ef'.repeat(32));
    expect(text).toContain('Patient called: slept well.');
  });

  test('gives a note of ten thousand letters all the pages it needs', async () => {
    const words = Array.from({ length: 1800 }, (_, index) => `w${index}`);
    const pages = await textLayer(
      await pdfExporter.write(exampleVisit({ extra: noted(words.join(' ')) }), OPTIONS),
    );
    const found = new Set(flat(pages.flat()).split(' '));
    expect(words.filter((word) => !found.has(word))).toEqual([]);
    expect(pages.length).toBeGreaterThan(3);
    expect(flat(pages[0] ?? [])).toContain(`a long record: ${pages.length} pages`);
  });

  test('has every entry of a long record once, in its order, over as many pages as it takes', async () => {
    const words = Array.from({ length: 150 }, (_, index) => `note${index}${'x'.repeat(index % 40)}`);
    const extra = words.flatMap((word, index) =>
      noted(word).map(([, by, body]) => [34 + index / 20, by, body] as const),
    );
    const pages = await textLayer(await pdfExporter.write(exampleVisit({ extra }), OPTIONS));
    const found = flat(pages.flat()).match(/Note: note\d+/g) ?? [];
    expect(found).toEqual(words.map((word) => `Note: ${/note\d+/.exec(word)?.[0]}`));
  });

  test('reads its times in the zone it was asked for', async () => {
    const [page = []] = await textLayer(
      await pdfExporter.write(exampleVisit(), { ...OPTIONS, timeZone: 'Europe/Warsaw' }),
    );
    expect(flat(page)).toContain('168 mmHg at 15:57, minute 27');
    expect(flat(page)).toContain('Europe/Warsaw (UTC+01:00)');
  });
});
