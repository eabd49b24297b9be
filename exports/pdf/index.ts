/**
 * The report of a visit for the patient's file: PDF, in vectors, with its fonts inside. The same document and options
 * give the same bytes.
 */
import { setImmediate } from 'node:timers/promises';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { Exporter, ExportOptions } from '../exporter.ts';
import { alarmsSection } from './content/alarms.ts';
import { checkSections } from './content/checks.ts';
import { entriesSection, missingSection, signaturesSection } from './content/closing.ts';
import { doseSection } from './content/dose.ts';
import { figuresSection } from './content/figures.ts';
import { everyPage, headSection } from './content/head.ts';
import { observationsSection } from './content/observations.ts';
import { drawReport } from './draw.ts';
import { numbered, printable } from './letters.ts';
import { mapTexts, type Report } from './report.ts';
import { lettersOfFonts } from './sheet.ts';
import { type ClinicTimes, clinicTimes } from './times.ts';

/** What the report says. `unprintable`: letters that the font lacks, as they stand in it. */
export const reportOf = (
  document: SessionDocument,
  times: ClinicTimes,
  unprintable: readonly string[] = [],
): Report => ({
  ...everyPage(document, times),
  sections: [
    headSection(document, times),
    missingSection(document, unprintable),
    { heading: 'Course of the visit', blocks: [{ kind: 'charts' }] },
    figuresSection(document, times),
    doseSection(document, times),
    observationsSection(document, times),
    alarmsSection(document, times),
    ...checkSections(document, times),
    entriesSection(document, times),
    signaturesSection(document, times),
  ],
});

const write = async (document: SessionDocument, options: ExportOptions): Promise<Uint8Array> => {
  const times = clinicTimes(document, options.timeZone);
  const hasGlyph = lettersOfFonts();
  const missing = new Set<string>();
  const toPaper = (text: string): string =>
    printable(text, (codePoint) => {
      const has = hasGlyph(codePoint);
      if (!has) missing.add(numbered(codePoint));
      return has;
    });
  await setImmediate();
  mapTexts(reportOf(document, times), toPaper);
  await setImmediate();
  const report = mapTexts(reportOf(document, times, [...missing]), toPaper);
  return drawReport(report, document, times, options.paper ?? 'a4', toPaper);
};

export const pdfExporter: Exporter = {
  format: 'pdf',
  mediaType: 'application/pdf',
  extension: 'pdf',
  write,
};
