/** Puts a report on paper, section by section: a station that prints goes on listening to its monitors. */
import { setImmediate } from 'node:timers/promises';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { Paper } from '../exporter.ts';
import { drawCharts } from './charts/charts.ts';
import { drawBeside, drawFlowing } from './flow.ts';
import type { Report, Section } from './report.ts';
import { INK, newSheet, RULE, type Sheet, SMALLEST } from './sheet.ts';
import { drawFields, drawTable, drawText } from './tables.ts';
import type { ClinicTimes } from './times.ts';

/** More pages than these are a long record, and are called so. */
const USUAL_PAGES = 3;
const HEADING = { size: 9.5, face: 'bold' } as const;
const RUNNING = { size: SMALLEST, face: 'bold' } as const;
const STATE = { size: SMALLEST } as const;
const FOOT = { size: SMALLEST, colour: '#444444' } as const;

/** The file's bytes. `report` must be printable; the charts take their numbers from `document`. */
export const drawReport = async (
  report: Report,
  document: SessionDocument,
  times: ClinicTimes,
  paper: Paper,
  toPaper: (text: string) => string,
): Promise<Uint8Array> => {
  const title = toPaper(`Infusion record, session ${document.session.id}`);
  const sheet = newSheet(paper, report.banner !== null, new Date(document.writtenAt), title);
  const bytes = bytesOf(sheet);
  for (const section of report.sections) {
    await setImmediate();
    await drawSection(sheet, section, document, times, toPaper);
  }
  await setImmediate();
  drawEveryPage(sheet, report);
  sheet.doc.end();
  return bytes;
};

const bytesOf = ({ doc }: Sheet): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    doc.on('error', reject);
  });

const drawSection = async (
  sheet: Sheet,
  { heading, blocks }: Section,
  document: SessionDocument,
  times: ClinicTimes,
  toPaper: (text: string) => string,
): Promise<void> => {
  if (heading !== '' && blocks[0]?.kind !== 'charts') {
    sheet.ensure(64); // never a heading alone at the foot of a page
    sheet.line(heading, sheet.left, sheet.y, HEADING);
    sheet.y += 12;
  }
  for (const block of blocks) {
    switch (block.kind) {
      case 'text':
        drawText(sheet, block);
        break;
      case 'fields':
        drawFields(sheet, block);
        break;
      case 'table':
        if (block.flows === true) drawFlowing(sheet, block);
        else drawTable(sheet, block);
        break;
      case 'beside':
        drawBeside(sheet, block);
        break;
      case 'charts':
        await drawCharts(sheet, document, times, toPaper);
        break;
      default:
        block satisfies never;
    }
  }
  sheet.y += 2;
};

/** Banner, whose record it is, hash and page number: on every page, when it is known how many there are. */
const drawEveryPage = (sheet: Sheet, report: Report): void => {
  const { doc, left, right, top, bottom } = sheet;
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    if (report.banner !== null) {
      doc.rect(left, top - 34, right - left, 15).fill(INK);
      sheet.line(
        report.banner,
        (left + right) / 2,
        top - 32,
        { size: 10, face: 'bold', colour: '#ffffff' },
        'centre',
      );
    }
    const state = sheet.measure(report.running.right, STATE);
    const [who = '', rest] = sheet.lines(report.running.left, right - left - state - 20, RUNNING);
    sheet.line(rest === undefined ? who : `${who} …`, left, top - 15, RUNNING);
    sheet.line(report.running.right, right, top - 15, STATE, 'right');
    doc.lineWidth(0.6).strokeColor(INK);
    doc
      .moveTo(left, top - 4)
      .lineTo(right, top - 4)
      .stroke();
    doc.lineWidth(0.4).strokeColor(RULE);
    doc
      .moveTo(left, bottom + 3)
      .lineTo(right, bottom + 3)
      .stroke();
    const long = count > USUAL_PAGES ? ` · a long record: ${count} pages, nothing is left out` : '';
    sheet.line(`${report.foot}${long}`, left, bottom + 5, FOOT);
    sheet.line(`Record hash ${report.headHash}`, left, bottom + 14, FOOT);
    sheet.line(
      `Page ${page - start + 1} of ${count}`,
      right,
      bottom + 14,
      { ...FOOT, face: 'bold' },
      'right',
    );
  }
};
