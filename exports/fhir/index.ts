/** FHIR R4: a session as a document Bundle to keep, or as a transaction to send. The mapping: docs/exports.md. */
import type { Bundle } from '@medplum/fhirtypes';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { Exporter, ExportOptions } from '../exporter.ts';
import { bytesOf } from '../pieces.ts';
import { DEFAULT_STEP_MS } from '../step-values.ts';
import { type BundleOptions, bundleOf, bundlePieces } from './bundle.ts';

/** What a receiver of transactions wants besides. */
export interface FhirSendOptions extends Pick<ExportOptions, 'flowsheetMs'> {
  /**
   * The URI under which the server knows the clinic's record numbers: the patient is then found by it. Null: not known;
   * the patient is found by Chairside's own identity, and made where there is none.
   */
  readonly mrnSystem: string | null;
}

/** The document as a file. Without a step of its own it has the values of each minute: all of them stand in the series. */
export const fhirExporter: Exporter = {
  format: 'fhir',
  mediaType: 'application/fhir+json',
  extension: 'fhir.json',
  write(document, { flowsheetMs }) {
    const options = { stepMs: flowsheetMs ?? DEFAULT_STEP_MS, mrnSystem: null, pdf: null };
    return bytesOf(bundlePieces('document', document, options));
  },
};

const sendOptions = ({ flowsheetMs, mrnSystem }: FhirSendOptions, pdf: Uint8Array | null): BundleOptions => ({
  stepMs: flowsheetMs ?? DEFAULT_STEP_MS,
  mrnSystem,
  pdf,
});

/**
 * What a FHIR server is sent (POST to its base). The same record gives the same identities: send it with the same step
 * each time. `pdf` null: without the report. Computed in one piece: for tests; a program uses `fhirTransactionBytes`.
 */
export const fhirTransaction = (
  document: SessionDocument,
  options: FhirSendOptions,
  pdf: Uint8Array | null,
): Bundle => bundleOf('transaction', document, sendOptions(options, pdf));

/** The same as JSON in UTF-8, computed in pieces between which a station does its other work. */
export const fhirTransactionBytes = (
  document: SessionDocument,
  options: FhirSendOptions,
  pdf: Uint8Array | null,
): Promise<Uint8Array> => bytesOf(bundlePieces('transaction', document, sendOptions(options, pdf)));
