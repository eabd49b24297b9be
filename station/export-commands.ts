/** Hands a session on as a file to the window that asks for it. */
import type { Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { PatientId, SessionId } from '../core/ids.ts';
import type { ExportFormat } from '../core/review/export-formats.ts';
import type { Instant } from '../core/time.ts';
import { isTimeZone } from '../exports/zone-time.ts';
import { databaseOf } from './history-commands.ts';
import { type Made, MakingError, type RecordMaker } from './making/job.ts';
import type { Desk } from './people/desk.ts';
import type { Databases } from './ports.ts';

/** Bytes in one answer: between two of them heartbeats and alarms get through. */
export const PART_BYTES = 256 * 1024;

/** What is written down about a file that was handed on. */
export interface HandedOn {
  readonly sessionId: SessionId;
  readonly patientId: PatientId | null;
  readonly format: ExportFormat;
  readonly withNames: boolean;
  readonly by: string;
}

export interface ExportDeps {
  readonly databases: Databases;
  /** Writes what waits for the next batch: it belongs to the file. */
  readonly flush: () => void;
  readonly now: () => Instant;
  readonly newId: () => string;
  readonly maker: RecordMaker;
  /** On disk when it returns. @throws StorageError: then nothing is handed on. */
  readonly recordHandedOn: (facts: HandedOn) => void;
}

interface Ready {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** Who asked for it: nobody else at this window gets it. */
  readonly who: string | null;
}

export const exportCommands = (
  deps: ExportDeps,
  desk: Desk,
): Pick<Handlers, 'session.export' | 'session.exportPart'> => {
  let ready: Ready | null = null;
  const whoIsHere = (): string | null => desk.person()?.id ?? null;

  return {
    'session.export': async ({ sessionId, format, flowsheetMs, timeZone, paper, by }) => {
      if (!isTimeZone(timeZone)) {
        throw new RefusedError('invalid-params', `session.export: timeZone: there is no zone ${timeZone}`);
      }
      const who = whoIsHere();
      const withNames = !desk.isMasked();
      ready = null;
      deps.flush();
      const db = databaseOf(deps.databases, sessionId);
      const { patientId, files } = await deps.maker
        .make(db, {
          sessionId,
          writtenAt: deps.now().wall,
          withNames,
          options: { flowsheetMs, timeZone, paper },
          files: [{ kind: 'file', format }],
        })
        .catch(refused);
      const [file] = files;
      if (file === undefined) throw new Error('no file came of an export');
      const { bytes, fileName, mediaType } = file;
      // Somebody else may have come to this window meanwhile.
      if (whoIsHere() !== who || desk.isMasked() === withNames) {
        throw new RefusedError(
          'sign-in-needed',
          'Somebody else is at this window now: ask for the file again.',
        );
      }
      deps.recordHandedOn({
        sessionId,
        patientId,
        format,
        withNames,
        by,
      });
      ready = { id: deps.newId(), bytes, who };
      return {
        exportId: ready.id,
        fileName,
        mediaType,
        bytes: bytes.length,
        parts: Math.max(1, Math.ceil(bytes.length / PART_BYTES)),
        withNames,
      };
    },

    'session.exportPart': ({ exportId, part }) => {
      const file = ready;
      if (file === null || file.id !== exportId || file.who !== whoIsHere()) {
        throw new RefusedError('not-found', 'This file is not kept any more: ask for it again.');
      }
      const from = part * PART_BYTES;
      if (part > 0 && from >= file.bytes.length) {
        throw new RefusedError('invalid-params', `session.exportPart: part: there is no part ${part}`);
      }
      const to = Math.min(from + PART_BYTES, file.bytes.length);
      if (to === file.bytes.length) ready = null;
      return { base64: Buffer.from(file.bytes.subarray(from, to)).toString('base64') };
    },
  };
};

/** What a person is told when there is no file. A fault of the export itself is a bug and stays one. */
const refused = (error: unknown): Made => {
  if (error instanceof MakingError && error.code !== 'failed') {
    throw new RefusedError('conflict', error.message);
  }
  throw error;
};
