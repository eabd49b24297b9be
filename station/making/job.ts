/** Making files of a record: what is wanted, and what came of it. Plain values, which can cross to another thread. */
import type { PatientId, SessionId } from '../../core/ids.ts';
import type { DataOrigin } from '../../core/session/events.ts';
import type { EpochMs } from '../../core/time.ts';
import type { ChairsideDb } from '../../db/open.ts';
import type { ExportFormat, ExportOptions } from '../../exports/exporter.ts';

/** One file that is wanted of a record. */
export type FileWanted =
  | { readonly kind: 'file'; readonly format: ExportFormat }
  /** What a FHIR server is sent; `withPdf`: the report is put into it. */
  | { readonly kind: 'fhir-transaction'; readonly mrnSystem: string | null; readonly withPdf: boolean };

export interface MakingJob {
  readonly sessionId: SessionId;
  /** Stands in the files. The same moment gives the same bytes. */
  readonly writtenAt: EpochMs;
  /** False: without names and without what people wrote. */
  readonly withNames: boolean;
  readonly options: ExportOptions;
  readonly files: readonly FileWanted[];
}

export interface MadeFile {
  /** The format: `csv`, `fhir` … */
  readonly name: string;
  /** Without the dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** Under which a person keeps it. */
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Hexadecimal. */
  readonly sha256: string;
  /** How many entries a FHIR transaction has; null: it is none. */
  readonly entries: number | null;
}

/** All files of one job are made from one state of the record. */
export interface Made {
  /** The hash of the last entry that is in the files. */
  readonly headHash: string;
  readonly origin: DataOrigin;
  readonly patientId: PatientId | null;
  /** As wanted, in that order. */
  readonly files: readonly MadeFile[];
}

export type MakingErrorCode =
  /** More waits already than is made in a reasonable time. */
  | 'busy'
  /** Whoever was making it ended in the middle. */
  | 'crashed'
  | 'timed-out'
  /** Nobody wants it any more: called off, or the station stops. */
  | 'stopped'
  /** The export itself failed on this record: it will not be different next time. Its words may hold a patient's. */
  | 'failed';

/** `message` is one line for people. */
export class MakingError extends Error {
  override readonly name = 'MakingError';
  readonly code: MakingErrorCode;
  constructor(code: MakingErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Makes files of records. */
export interface RecordMaker {
  /** IANA name of the zone in which people read the times of what is sent. */
  readonly timeZone: string;
  /**
   * The files of a session that is on record in `db`. Rejects with `MakingError`, and with `StorageError` when the record
   * cannot be read. Ends soon after `signal` is aborted, as `stopped`.
   */
  make(db: ChairsideDb, job: MakingJob, signal?: AbortSignal): Promise<Made>;
  /** Everything that is being made or waits is given up as `stopped`; nothing is made any more. */
  stop(): Promise<void>;
}
