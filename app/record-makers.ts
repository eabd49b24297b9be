/** What records are made with that the station hands on: the exporters of the product and the document they are made from. */
import { fhirTransactionBytes } from '../exports/fhir/index.ts';
import { EXPORTERS } from '../exports/index.ts';
import type { Clock } from '../station/clock.ts';
import type { RecordMaker } from '../station/making/job.ts';
import { makerHere, type RecordMakers } from '../station/making/make.ts';
import { makerInWorker } from '../station/making/worker-maker.ts';
import type { Log } from '../station/ports.ts';
import { readDocument } from '../station/session-document.ts';
import type { RecordWorkerData } from './record-worker-data.ts';

/** @param version the program's, which every export names. */
export const recordMakers = (version: string): RecordMakers => ({
  exporters: EXPORTERS,
  fhirTransaction: fhirTransactionBytes,
  documentOf: (db, sessionId, writtenAt) => readDocument(db, sessionId, { now: writtenAt, version }),
});

const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Makes records in the thread that asks: for what watches no monitor, and for databases that are in memory only. */
export const recordMakerHere = (version: string): RecordMaker =>
  makerHere(recordMakers(version), localZone());

/**
 * Makes records in a thread of its own.
 * @param program the built `record-worker`; the file of that name beside this one where the program runs from source.
 */
export const recordMakerInWorker = (
  version: string,
  program: URL,
  deps: { readonly clock: Pick<Clock, 'after'>; readonly log: Log },
): RecordMaker =>
  makerInWorker({
    ...deps,
    program,
    data: { version } satisfies RecordWorkerData,
    timeZone: localZone(),
  });
