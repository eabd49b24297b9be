/** A session as one ORU^R01 in the manner of IHE PCD-01 (HL7 v2.6). */
import { createHash } from 'node:crypto';
import { Hl7Message } from '@medplum/core';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { originLines } from '../origin-lines.ts';
import { MONITORING, PROCEDURE_NOTE } from './nomenclature.ts';
import { groupSegments, groupsOf } from './observations.ts';
import { recordSegments } from './record.ts';
import { components, day, formatted, line, segment, stamp } from './text.ts';

/**
 * MSH-10: the same record at the same step has the same one, so that a receiver knows a message that it was sent before.
 * 20 characters, which every version of HL7 v2 takes.
 */
export const controlIdOf = ({ session, headHash }: SessionDocument, stepMs: number): string =>
  createHash('sha256')
    .update(JSON.stringify([session.id, headHash, stepMs]))
    .digest('hex')
    .slice(0, 20)
    .toUpperCase();

/**
 * The message in pieces, each computed when it is asked for: segments that end with a carriage return, without an MLLP
 * frame. Who sends to whom (MSH-3 to MSH-6) is left to whoever sends it.
 */
export function* messagePieces(document: SessionDocument, stepMs: number): Generator<string, undefined> {
  const groups = groupsOf(document, stepMs);
  yield written([header(document, stepMs), patient(document), ...notes(document, stepMs), visit(document)]);
  for (const [index, group] of groups.entries()) {
    const until = group.to === null ? '' : stamp(group.to);
    yield written([
      order(document, index + 1, MONITORING, stamp(group.from), until),
      ...groupSegments(document, group),
    ]);
  }
  const { openedAt } = document.session;
  yield written([
    order(document, groups.length + 1, PROCEDURE_NOTE, stamp(openedAt), endOf(document)),
    ...recordSegments(document),
  ]);
}

const written = (segments: readonly string[]): string => `${new Hl7Message([...segments]).toString()}\r`;

const endOf = ({ session: { closedAt } }: SessionDocument): string =>
  closedAt === null ? '' : stamp(closedAt);

const header = (document: SessionDocument, stepMs: number): string =>
  segment(
    'MSH',
    '^~\\&',
    'CHAIRSIDE',
    '',
    '',
    '',
    stamp(document.writtenAt),
    '',
    components('ORU', 'R01', 'ORU_R01'),
    controlIdOf(document, stepMs),
    // What was not measured live on a patient must not enter a chart: processing mode "training".
    document.session.origin === 'live' ? 'P' : 'T',
    '2.6',
    '',
    '',
    'AL',
    'NE',
    '',
    'UNICODE UTF-8',
    '',
    '',
    components('IHE_PCD_001', 'IHE PCD', '1.3.6.1.4.1.19376.1.6.1.1.1', 'ISO'),
  );

/**
 * PID: MRN and our own number; initials alone go as a name that is none (type S, pseudonym). What was not measured live
 * has no MRN and a number of its own: a receiver that overlooks MSH-11 still cannot put it into a patient's chart.
 */
const patient = ({ session }: SessionDocument): string => {
  const { patient: known } = session;
  const isLive = session.origin === 'live';
  const own = (id: string): string => components(`${isLive ? '' : 'TEST-'}${line(id)}`, '', '', '', 'PI');
  if (known === null) {
    const name = components(line(session.patientInitials), '', '', '', '', '', 'S');
    return segment('PID', '1', '', own(session.id), '', name);
  }
  const ids = [
    ...(known.mrn === null || !isLive ? [] : [components(line(known.mrn), '', '', '', 'MR')]),
    own(known.patientId),
  ];
  const comma = known.name.indexOf(', ');
  const [family, given] =
    comma > 0 ? [known.name.slice(0, comma), known.name.slice(comma + 2)] : [known.name, ''];
  const name = components(line(family), given === '' ? '' : line(given), '', '', '', '', 'L');
  return segment('PID', '1', '', ids.join('~'), '', name, '', day(known.birthDate));
};

/** Where the values come from and what is missing: notes to the patient's results, before the first of them. */
const notes = (document: SessionDocument, stepMs: number): readonly string[] => {
  const { missing, headHash, product } = document;
  const said = [
    ...originLines(document),
    ...missing,
    `Continuous values every ${stepMs / 1000} s: the last one received within each step, at its own time; nothing is averaged. Every cuff reading. OBX-11 W: left out of the figures as an artefact.`,
    `Written by ${product.name} ${product.version}, a secondary display and record. Last entry of the record: ${headHash}`,
  ];
  return said.map((text, index) => segment('NTE', String(index + 1), 'L', formatted(text)));
};

const visit = (document: SessionDocument): string => {
  const { session } = document;
  const fields = Array.from({ length: 45 }, () => '');
  fields[0] = '1';
  fields[1] = 'O';
  fields[2] = components('', '', line(session.chairId));
  fields[18] = line(session.id);
  fields[43] = stamp(session.openedAt);
  fields[44] = endOf(document);
  return segment('PV1', ...fields);
};

/** OBR: its filler number names the session and the group. */
const order = (
  { session }: SessionDocument,
  set: number,
  service: string,
  from: string,
  to: string,
): string =>
  segment('OBR', String(set), '', components(`${session.id}-${set}`, 'CHAIRSIDE'), service, '', '', from, to);
