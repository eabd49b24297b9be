/** HL7 v2.6: a session as one ORU^R01 message. The mapping: docs/exports.md. */
import type { Exporter } from '../exporter.ts';
import { bytesOf } from '../pieces.ts';
import { DEFAULT_STEP_MS } from '../step-values.ts';
import { messagePieces } from './message.ts';

/** The message as a file, in UTF-8, without an MLLP frame. Without a step of its own it has the values of each minute. */
export const hl7Exporter: Exporter = {
  format: 'hl7',
  mediaType: 'x-application/hl7-v2+er7',
  extension: 'hl7',
  write(document, { flowsheetMs }) {
    return bytesOf(messagePieces(document, flowsheetMs ?? DEFAULT_STEP_MS));
  },
};
