/**
 * What stands above a table: lines that begin with `#`, a name and what it says. A reader that takes `#` for a comment
 * passes over them; a person sees them first.
 */
import type { SessionDocument } from '../../core/review/session-document.ts';
import { ORIGIN_SENTENCES } from '../../core/session/origin.ts';
import { infusionStartedAt } from '../../core/session/session.ts';
import type { EpochMs } from '../../core/time.ts';
import { isoUtc, zoneReader } from '../zone-time.ts';
import { type Cell, textCell } from './cells.ts';

/** First cell of the first line, by which a table of ours is known again. */
export const TITLE_CELL = '# Chairside';

/** The lines above a table; `what` says what kind of table it is and how it is read. */
export const preambleRows = (
  document: SessionDocument,
  what: readonly string[],
  timeZone: string,
): readonly (readonly Cell[])[] => {
  const { session, product, writtenAt, headHash, signOff, figures } = document;
  const read = zoneReader(timeZone);
  const moment = (at: EpochMs | null): string => {
    if (at === null) return 'not yet';
    const { date, time } = read(at);
    return `${isoUtc(at)} = ${date} ${time} ${timeZone}`;
  };
  const infusion = infusionStartedAt(session);
  const { excluded } = figures;
  const lines: readonly (readonly [name: string, text: string])[] = [
    ...what.map((text) => ['table', text] as const),
    ['origin', ORIGIN_SENTENCES[session.origin]],
    ...importLines(document),
    ['session', session.id],
    ['patient', patientText(document)],
    ['indication', session.indication],
    ['opened', moment(session.openedAt)],
    ['infusion started', infusion === null ? 'never' : moment(infusion)],
    ['closed', moment(session.closedAt)],
    ['written', moment(writtenAt)],
    ['product', `${product.name} ${product.version}`],
    ['record hash', headHash],
    ['signatures', signatureText(signOff)],
    [
      'excluded',
      `${excluded.values} values and ${excluded.readings} cuff readings are left out of figures as artefacts; they are in the table and marked`,
    ],
    ...(document.missing.length === 0 ? ['nothing'] : document.missing).map(
      (text) => ['missing', text] as const,
    ),
  ];
  return [
    [TITLE_CELL, textCell(`${product.name} export, CSV`)],
    ...lines.map(([name, text]) => [`# ${name}`, textCell(text)]),
  ];
};

/** For a session that came from a file itself: which one, and what it said of its numbers. */
const importLines = ({ events: [first] }: SessionDocument): readonly (readonly [string, string])[] => {
  const source = first?.body.type === 'session-opened' ? first.body.imported : undefined;
  if (source === undefined) return [];
  const said = source.fileOrigin === null ? [] : [ORIGIN_SENTENCES[source.fileOrigin]];
  const lines = [`${source.fileName}, SHA-256 ${source.sha256}`, ...said, ...source.notes];
  return lines.map((line) => ['imported from', line] as const);
};

const patientText = ({ session: { patient, patientInitials } }: SessionDocument): string =>
  patient === null
    ? patientInitials
    : `${patientInitials} = ${patient.name}, born ${patient.birthDate}, MRN ${patient.mrn ?? 'none'}`;

const signatureText = ({ state, signatures }: SessionDocument['signOff']): string => {
  const names = signatures.map(
    ({ signer, meaning, record }) => `${signer.name} (${meaning}), record ${record.hash}`,
  );
  return state === 'signed' ? names.join('; ') : [...names, 'NOT SIGNED by a physician'].join('; ');
};
