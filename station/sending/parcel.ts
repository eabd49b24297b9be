/** What of a record a destination gets. */
import type { EpochMs } from '../../core/time.ts';
import type { PayloadHashes } from '../../db/open.ts';
import type { FileWanted, Made, MakingJob } from '../making/job.ts';
import type { Destination } from './config.ts';
import type { Part } from './outcome.ts';

/** Rows of a flowsheet that is handed on (ms): one a minute, as charts are kept. */
const FLOWSHEET_MS = 60_000;

const filesFor = (destination: Destination): readonly FileWanted[] => {
  switch (destination.kind) {
    case 'folder':
      return destination.formats.map((format) => ({ kind: 'file', format }));
    case 'fhir': {
      const { mrnSystem, withPdf } = destination;
      return [{ kind: 'fhir-transaction', mrnSystem, withPdf }];
    }
    case 'mllp':
      return [{ kind: 'file', format: 'hl7' }];
    default:
      return destination satisfies never;
  }
};

/**
 * What is made for a destination. `writtenAt` is that of the sending and not of the attempt: each attempt of a sending
 * carries the same bytes.
 */
export const jobFor = (
  destination: Destination,
  sessionId: MakingJob['sessionId'],
  writtenAt: EpochMs,
  timeZone: string,
): MakingJob => ({
  sessionId,
  writtenAt,
  withNames: true,
  options: { flowsheetMs: FLOWSHEET_MS, timeZone },
  files: filesFor(destination),
});

export const partsOf = ({ files }: Made): readonly Part[] =>
  files.map(({ name, extension, bytes, entries }) => ({ name, extension, bytes, entries }));

/** SHA-256 of each part. */
export const hashesOf = ({ files }: Made): PayloadHashes =>
  Object.fromEntries(files.map(({ name, sha256 }) => [name, sha256]));
