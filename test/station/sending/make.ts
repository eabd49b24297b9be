/** Destinations, parcels and the least that a record can be, for tests of handing records on. */

import { sessionId } from '../../../core/ids.ts';
import { foldSignOff } from '../../../core/record/sign-off.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import { foldSession } from '../../../core/session/session.ts';
import type { Exporter, ExportFormat } from '../../../exports/exporter.ts';
import type { RecordMaker } from '../../../station/making/job.ts';
import { makerHere, type RecordMakers } from '../../../station/making/make.ts';
import {
  type Destination,
  destinationsSchema,
  type FhirDestination,
  type FolderDestination,
  type MllpDestination,
} from '../../../station/sending/config.ts';
import type { Parcel, Part } from '../../../station/sending/outcome.ts';

export const destination = (part: object): Destination => {
  const [made] = destinationsSchema.parse([{ name: 'There', ...part }]);
  if (made === undefined) throw new Error('no destination');
  return made;
};
export const folder = (path: string, part: object = {}): FolderDestination => {
  const made = destination({ id: 'folder', kind: 'folder', path, formats: ['csv'], ...part });
  if (made.kind !== 'folder') throw new Error('not a folder');
  return made;
};
export const fhir = (baseUrl: string, part: object = {}): FhirDestination => {
  const made = destination({ id: 'fhir', kind: 'fhir', baseUrl, withPdf: false, ...part });
  if (made.kind !== 'fhir') throw new Error('not FHIR');
  return made;
};
export const mllp = (port: number, part: object = {}): MllpDestination => {
  const made = destination({ id: 'mllp', kind: 'mllp', host: '127.0.0.1', port, ...part });
  if (made.kind !== 'mllp') throw new Error('not MLLP');
  return made;
};

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const parcel = (parts: readonly Part[], part: Partial<Parcel> = {}): Parcel => ({
  sessionId: sessionId('s-1'),
  headHash: 'a'.repeat(64),
  isLive: true,
  parts,
  sentBefore: [],
  ...part,
});

/** A transaction that can be sent twice without harm. */
const transaction = (id: string, text: string): object => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: ['Encounter', 'Observation'].map((resourceType) => ({
    resource: { resourceType, id, text },
    request: { method: 'PUT', url: `${resourceType}/${id}` },
  })),
});
export const bundle = (id: string, text: string): Uint8Array => bytes(JSON.stringify(transaction(id, text)));

/** Two messages about a session. */
export const messages = (id: string, text: string): Uint8Array =>
  bytes(
    [1, 2]
      .map(
        (number) =>
          `MSH|^~\\&|CHAIRSIDE|||| 20260301||ORU^R01^ORU_R01|X${number}|P|2.6\rPID|||${id}\rOBX|1|TX|||${text}\r`,
      )
      .join(''),
  );

const exporter = (format: ExportFormat, extension: string): Exporter => ({
  format,
  extension,
  mediaType: 'text/plain',
  write: async (document) =>
    format === 'hl7'
      ? messages(document.session.id, `entries ${document.events.length}`)
      : bytes(
          `${format} of ${document.session.id}, ${document.session.origin}, entries ${document.events.length}\n`,
        ),
});

/** Exports that say which record and how much of it; not what is exported, which other tests hold. */
export const plainMakers: RecordMakers = {
  exporters: {
    csv: exporter('csv', 'csv'),
    json: exporter('json', 'json'),
    fhir: exporter('fhir', 'fhir.json'),
    hl7: exporter('hl7', 'hl7'),
    pdf: exporter('pdf', 'pdf'),
  },
  fhirTransaction: async ({ session, events }) => bundle(session.id, `entries ${events.length}`),
  documentOf: async (db, id, writtenAt) => {
    const events = db.eventsOf(id);
    const document: Partial<SessionDocument> = {
      session: foldSession(events),
      events,
      signOff: foldSignOff(events),
      headHash: db.headOf(id)?.hash ?? '',
      writtenAt,
    };
    // The rest of a record is nothing to these exports.
    return document as SessionDocument;
  },
};

export const plainMaker = (makers: RecordMakers = plainMakers): RecordMaker => makerHere(makers, 'UTC');
