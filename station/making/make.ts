/** Makes the files of a record in this thread: gathered once, exported, hashed. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { maskedDocument } from '../../core/people/document-masking.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { EpochMs } from '../../core/time.ts';
import { type ChairsideDb, StorageError } from '../../db/open.ts';
import type { Exporter, ExportFormat, ExportOptions } from '../../exports/exporter.ts';
import { exportFileName } from '../../exports/file-name.ts';
import {
  type FileWanted,
  type Made,
  type MadeFile,
  MakingError,
  type MakingJob,
  type RecordMaker,
} from './job.ts';

/** What records are made with; given by the composition root. */
export interface RecordMakers {
  readonly exporters: Readonly<Record<ExportFormat, Exporter>>;
  /** The record as a FHIR transaction (JSON in UTF-8), computed in pieces; `pdf` is the report to put into it. */
  readonly fhirTransaction: (
    document: SessionDocument,
    options: ExportOptions & { readonly mrnSystem: string | null },
    pdf: Uint8Array | null,
  ) => Promise<Uint8Array>;
  /** Everything on record of a session. */
  readonly documentOf: (
    db: ChairsideDb,
    sessionId: MakingJob['sessionId'],
    writtenAt: EpochMs,
  ) => Promise<SessionDocument>;
}

/**
 * The files of one job. Rejects with StorageError when the record cannot be read, with `MakingError` `failed` when an
 * export fails on it.
 */
export const makeFiles = async (db: ChairsideDb, job: MakingJob, makers: RecordMakers): Promise<Made> => {
  try {
    const whole = await makers.documentOf(db, job.sessionId, job.writtenAt);
    const document = job.withNames ? whole : maskedDocument(whole);
    const files: MadeFile[] = [];
    for (const wanted of job.files) {
      await setImmediate();
      files.push(await fileOf(wanted, document, job.options, makers));
    }
    return {
      headHash: whole.headHash,
      origin: whole.session.origin,
      patientId: whole.session.patient?.patientId ?? null,
      files,
    };
  } catch (error) {
    if (error instanceof StorageError) throw error;
    throw new MakingError('failed', error instanceof Error ? error.message : String(error));
  }
};

const fileOf = async (
  wanted: FileWanted,
  document: SessionDocument,
  options: ExportOptions,
  makers: RecordMakers,
): Promise<MadeFile> => {
  if (wanted.kind === 'file') {
    const exporter = makers.exporters[wanted.format];
    return made(exporter, document, options, await exporter.write(document, options), null);
  }
  const { mrnSystem, withPdf } = wanted;
  const pdf = withPdf ? await makers.exporters.pdf.write(document, options) : null;
  await setImmediate();
  const bytes = await makers.fhirTransaction(document, { ...options, mrnSystem }, pdf);
  await setImmediate();
  return made({ ...makers.exporters.fhir, extension: 'json' }, document, options, bytes, entriesOf(bytes));
};

const transactionSchema = z.object({ entry: z.array(z.unknown()).min(1) });

/** Counted in what leaves, so that the server's answer is held against what it was sent. */
const entriesOf = (bytes: Uint8Array): number =>
  transactionSchema.parse(JSON.parse(new TextDecoder().decode(bytes))).entry.length;

const made = (
  exporter: Pick<Exporter, 'format' | 'extension' | 'mediaType'>,
  document: SessionDocument,
  options: ExportOptions,
  bytes: Uint8Array,
  entries: number | null,
): MadeFile => ({
  name: exporter.format,
  extension: exporter.extension,
  mediaType: exporter.mediaType,
  fileName: exportFileName(document, exporter, options),
  bytes,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  entries,
});

/**
 * Makes files in the thread that asks, one job after the other: for programs that watch no monitor, and for tests. A job
 * that is called off ends after the file that is being made.
 */
export const makerHere = (makers: RecordMakers, timeZone: string): RecordMaker => {
  let isStopped = false;
  let last: Promise<unknown> = Promise.resolve();
  const one = async (db: ChairsideDb, job: MakingJob, signal: AbortSignal | undefined): Promise<Made> => {
    const refuseStopped = (): void => {
      if (isStopped || signal?.aborted === true) throw new MakingError('stopped', 'Stopped.');
    };
    refuseStopped();
    const result = await makeFiles(db, job, makers);
    refuseStopped();
    return result;
  };
  return {
    timeZone,
    make: (db, job, signal) => {
      const result = last.then(() => one(db, job, signal));
      last = result.catch(() => undefined); // the one who asked hears of it
      return result;
    },
    stop: async () => {
      isStopped = true;
      await last;
    },
  };
};
