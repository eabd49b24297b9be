/** The paper report as a document of its own. */
import { createHash } from 'node:crypto';
import type { DocumentReference } from '@medplum/fhirtypes';
import { isoUtc } from '../zone-time.ts';
import { LOINC } from './codes.ts';
import { productReference } from './people.ts';
import { type Entry, identifiedBy, type Scope } from './scope.ts';

/** The PDF of the session, whole. R4 wants the attachment's hash as SHA-1. */
export const reportEntry = (scope: Scope, pdf: Uint8Array): Entry<DocumentReference> => {
  const { document } = scope;
  const uuid = scope.uuid('report');
  return {
    uuid,
    resource: {
      resourceType: 'DocumentReference',
      ...scope.meta(),
      ...identifiedBy(uuid),
      status: 'current',
      docStatus: document.signOff.state === 'signed' ? 'final' : 'preliminary',
      type: { coding: [{ system: LOINC, code: '28570-0', display: 'Procedure note' }] },
      subject: scope.patient,
      date: isoUtc(document.writtenAt),
      author: [productReference(scope)],
      description: 'Report of the infusion visit, as it is printed',
      content: [
        {
          attachment: {
            contentType: 'application/pdf',
            data: Buffer.from(pdf).toString('base64'),
            size: pdf.length,
            hash: createHash('sha1').update(pdf).digest('base64'),
            title: 'Infusion visit',
            creation: isoUtc(document.writtenAt),
          },
        },
      ],
      context: { encounter: [scope.encounter] },
    },
  };
};
