/** A record made ready for a destination: gathered, exported, hashed. Computes in pieces; other work goes first. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { SessionId } from '../../core/ids.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { EpochMs } from '../../core/time.ts';
import type { ChairsideDb, PayloadHashes } from '../../db/open.ts';
import type { Exporter, ExportFormat, ExportOptions } from '../../exports/exporter.ts';
import type { Destination } from './config.ts';
import type { Part } from './outcome.ts';

/** What records are made with; given to the station by the composition root. */
export interface RecordMakers {
  readonly exporters: Readonly<Partial<Record<ExportFormat, Exporter>>>;
  /** The record as a FHIR transaction (JSON in UTF-8), computed in pieces; `pdf` is the report to put into it. Null: not built. */
  readonly fhirTransaction:
    | ((
        document: SessionDocument,
        options: ExportOptions & { readonly mrnSystem: string | null },
        pdf: Uint8Array | null,
      ) => Promise<Uint8Array>)
    | null;
  /**
   * Everything on record of a session. `writtenAt` is that of the sending and not of the attempt: each attempt of a
   * sending carries the same bytes.
   */
  readonly documentOf: (
    db: ChairsideDb,
    sessionId: SessionId,
    writtenAt: EpochMs,
  ) => Promise<SessionDocument>;
  /** IANA name of the zone in which people read the times. */
  readonly timeZone: string;
}

/** Rows of a flowsheet that is handed on (ms): one a minute, as charts are kept. */
const FLOWSHEET_MS = 60_000;

/** A destination wants what this installation does not make. */
export class CannotMakeError extends Error {
  override readonly name = 'CannotMakeError';
}

/**
 * The parts that this destination gets.
 * @throws CannotMakeError for a format that there is no exporter for.
 */
export const partsFor = async (
  destination: Destination,
  document: SessionDocument,
  makers: RecordMakers,
): Promise<readonly Part[]> => {
  const options: ExportOptions = { flowsheetMs: FLOWSHEET_MS, timeZone: makers.timeZone };
  const made = async (format: ExportFormat): Promise<Part> => {
    const exporter = makers.exporters[format];
    if (exporter === undefined) throw new CannotMakeError(`Records cannot be written as ${format} here.`);
    await setImmediate();
    return { name: format, extension: exporter.extension, bytes: await exporter.write(document, options) };
  };
  switch (destination.kind) {
    case 'folder': {
      const parts: Part[] = [];
      for (const format of destination.formats) parts.push(await made(format));
      return parts;
    }
    case 'fhir': {
      if (makers.fhirTransaction === null)
        throw new CannotMakeError('Records cannot be written as FHIR transactions here.');
      const pdf = destination.withPdf ? (await made('pdf')).bytes : null;
      await setImmediate();
      const { mrnSystem } = destination;
      const bytes = await makers.fhirTransaction(document, { ...options, mrnSystem }, pdf);
      return [{ name: 'fhir', extension: 'json', bytes }];
    }
    case 'mllp':
      return [await made('hl7')];
    default:
      return destination satisfies never;
  }
};

/** SHA-256 of each part. */
export const hashesOf = (parts: readonly Part[]): PayloadHashes =>
  Object.fromEntries(
    parts.map(({ name, bytes }) => [name, createHash('sha256').update(bytes).digest('hex')]),
  );

/** A station that makes nothing: no destination is served by it. */
export const NO_MAKERS: RecordMakers = {
  exporters: {},
  fhirTransaction: null,
  documentOf: () => Promise.reject(new CannotMakeError('Records cannot be handed on here.')),
  timeZone: 'UTC',
};
