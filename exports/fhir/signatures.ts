/**
 * Who signed, and what was added: Provenance for each. They are no digital signatures in the sense of a certificate: the
 * station checked the person and chained the record by hash; the record's hash goes along and is named as what it is.
 */
import type { Coding, Provenance } from '@medplum/fhirtypes';
import type { EventId } from '../../core/ids.ts';
import { ROLE_LABELS } from '../../core/people/person.ts';
import { MEANING_LABELS, type SignatureMeaning, type Signer } from '../../core/record/sign-off.ts';
import type { EpochMs } from '../../core/time.ts';
import { plainText } from '../plain-text.ts';
import { isoUtc } from '../zone-time.ts';
import { urnOf } from './identity.ts';
import { signerReference } from './people.ts';
import { type Entry, type Scope, taggedWith } from './scope.ts';

/** Purposes of signatures (ASTM E1762-95, as FHIR's value set signature-type lists them). */
const ASTM = 'urn:iso-astm:E1762-95:2013';
const PURPOSES: Readonly<Record<SignatureMeaning | 'addendum', Coding>> = {
  'infusion-nurse': { system: ASTM, code: '1.2.840.10065.1.12.1.1', display: "Author's Signature" },
  'reviewed-by-physician': { system: ASTM, code: '1.2.840.10065.1.12.1.13', display: 'Review Signature' },
  addendum: { system: ASTM, code: '1.2.840.10065.1.12.1.15', display: 'Addendum Signature' },
};

interface Signed {
  readonly id: EventId;
  readonly at: EpochMs;
  readonly signer: Signer;
  readonly purpose: Coding;
  readonly said: string;
  /** The hash of the record that was signed; null for an addendum. */
  readonly hash: string | null;
}

/** The signatures and addenda, in their order. */
export const provenanceEntries = (scope: Scope): readonly Entry<Provenance>[] =>
  scope.document.events.flatMap(({ id, at, body }): readonly Entry<Provenance>[] => {
    if (body.type === 'record-signed') {
      const { meaning, signer, record, remark } = body;
      const said = `Signed: “${MEANING_LABELS[meaning]}”${remark === null ? '' : `. Remark: ${remark}`}`;
      return [entry(scope, { id, at: at.wall, signer, purpose: PURPOSES[meaning], said, hash: record.hash })];
    }
    if (body.type !== 'addendum-added') return [];
    const { signer, text, afterSignature } = body;
    const said = `${afterSignature ? 'Addendum' : 'Late entry'}: ${text}`;
    return [entry(scope, { id, at: at.wall, signer, purpose: PURPOSES.addendum, said, hash: null })];
  });

const entry = (scope: Scope, { id, at, signer, purpose, said, hash }: Signed): Entry<Provenance> => {
  const uuid = scope.uuid('entry', id);
  const { meta } = scope.meta();
  const who = signerReference(scope, signer);
  return {
    uuid,
    resource: {
      resourceType: 'Provenance',
      ...taggedWith(meta, uuid),
      target: [{ reference: urnOf(scope.uuid('composition')) }],
      occurredDateTime: isoUtc(at),
      recorded: isoUtc(at),
      reason: [{ text: plainText(said) }],
      agent: [
        {
          type: {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
                code: 'attester',
                display: 'Attester',
              },
            ],
          },
          role: [{ text: ROLE_LABELS[signer.role] }],
          who,
        },
      ],
      ...(hash === null
        ? {}
        : {
            entity: [
              {
                role: 'source',
                what: {
                  identifier: { value: hash },
                  display: `The record that was signed, by its SHA-256: ${hash}`,
                },
              },
            ],
          }),
      signature: [{ type: [purpose], when: isoUtc(at), who }],
    },
  };
};
