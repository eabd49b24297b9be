/** What records are made with that the station hands on: the exporters of the product and the document they are made from. */
import { fhirTransactionBytes } from '../exports/fhir/index.ts';
import { EXPORTERS } from '../exports/index.ts';
import type { RecordMakers } from '../station/sending/parcel.ts';
import { readDocument } from '../station/session-document.ts';

/** @param version the program's, which every export names. */
export const recordMakers = (version: string): RecordMakers => ({
  exporters: EXPORTERS,
  fhirTransaction: fhirTransactionBytes,
  documentOf: (db, sessionId, writtenAt) => readDocument(db, sessionId, { now: writtenAt, version }),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
