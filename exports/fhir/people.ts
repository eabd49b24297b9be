/** The patient, the visit, the devices and those who signed. */
import type {
  Device,
  Encounter,
  HumanName,
  Identifier,
  Patient,
  Practitioner,
  Reference,
} from '@medplum/fhirtypes';
import type { Signer } from '../../core/record/sign-off.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { plainText } from '../plain-text.ts';
import { isoUtc } from '../zone-time.ts';
import { urnOf, uuidIdentifier, uuidOf } from './identity.ts';
import { type Entry, identifiedBy, monitorUuid, patientUuid, type Scope, sharedUuid } from './scope.ts';

/**
 * The patient as the record of the visit has them. The MRN gets the system that the receiver knows it under, if it is
 * known and the session was live; sex is not on record. Initials alone are no name that could be found again: they are
 * told as a text.
 */
export const patientEntry = (scope: Scope, mrnSystem: string | null): Entry<Patient> => {
  const { session } = scope.document;
  const uuid = patientUuid(scope.document);
  const { patient } = session;
  if (patient === null) {
    const name = { text: plainText(session.patientInitials) };
    return {
      uuid,
      resource: { resourceType: 'Patient', ...scope.meta(), ...identifiedBy(uuid), name: [name] },
    };
  }
  const mrn: Identifier[] =
    patient.mrn === null
      ? []
      : [
          {
            type: {
              coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }],
              text: 'Medical record number',
            },
            ...(mrnSystem === null || session.origin !== 'live' ? {} : { system: mrnSystem }),
            value: plainText(patient.mrn),
          },
        ];
  return {
    uuid,
    resource: {
      resourceType: 'Patient',
      ...scope.meta(),
      identifier: [uuidIdentifier(uuid), ...mrn],
      name: [nameOf(patient.name)],
      birthDate: patient.birthDate,
    },
  };
};

/** "Family, Given" as the register writes it. */
const nameOf = (name: string): HumanName => {
  const comma = name.indexOf(', ');
  const text = plainText(name);
  if (comma <= 0 || comma + 2 >= name.length) return { text };
  return {
    text,
    family: plainText(name.slice(0, comma)),
    given: [plainText(name.slice(comma + 2))],
  };
};

/** The visit. The chair is told as its place. */
export const encounterEntry = (scope: Scope): Entry<Encounter> => {
  const { session } = scope.document;
  const uuid = scope.uuid('encounter');
  const { course } = session;
  const visit =
    course === null
      ? []
      : [
          {
            text: plainText(`${course.title}: visit ${course.position.number} of ${course.position.planned}`),
          },
        ];
  return {
    uuid,
    resource: {
      resourceType: 'Encounter',
      ...scope.meta(),
      ...identifiedBy(uuid),
      status: encounterStatus(session),
      class: {
        system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
        code: 'AMB',
        display: 'ambulatory',
      },
      ...(visit.length === 0 ? {} : { type: visit }),
      subject: scope.patient,
      period: {
        start: isoUtc(session.openedAt),
        ...(session.closedAt === null ? {} : { end: isoUtc(session.closedAt) }),
      },
      reasonCode: [{ text: plainText(session.indication) }],
      location: [{ location: { display: plainText(`Infusion chair ${session.chairId}`) } }],
    },
  };
};

/** An aborted visit took place: it is finished; one that was cancelled gave no drug. */
const encounterStatus = ({ phase }: SessionDocument['session']): Exclude<Encounter['status'], undefined> => {
  if (phase === 'cancelled') return 'cancelled';
  return phase === 'discharged' || phase === 'aborted' ? 'finished' : 'in-progress';
};

/** The monitors that gave values. */
export const monitorEntries = (scope: Scope): readonly Entry<Device>[] =>
  scope.document.monitors.map((monitor) => {
    const uuid = monitorUuid(scope.document, monitor);
    const { name, family, manufacturer, model, serialNumber, software } = monitor;
    const called = plainText(name ?? monitor.id);
    return {
      uuid,
      resource: {
        resourceType: 'Device',
        ...scope.meta(),
        ...identifiedBy(uuid),
        ...(manufacturer === null ? {} : { manufacturer: plainText(manufacturer) }),
        ...(serialNumber === null ? {} : { serialNumber: plainText(serialNumber) }),
        ...(model === null ? {} : { modelNumber: plainText(model) }),
        deviceName: [{ name: called, type: 'user-friendly-name' }],
        type: { text: plainText(`Bedside monitor${family === null ? '' : `, protocol ${family}`}`) },
        ...(software === null ? {} : { version: [{ value: plainText(software) }] }),
        ...(family === null ? { note: [{ text: 'Which device it is was never said.' }] } : {}),
      },
    };
  });

const productUuid = ({ product }: SessionDocument): string =>
  uuidOf('product', product.name, product.version);

/** Chairside itself: what received the values and wrote this. */
export const productEntry = (scope: Scope): Entry<Device> => {
  const { product } = scope.document;
  const uuid = productUuid(scope.document);
  return {
    uuid,
    resource: {
      resourceType: 'Device',
      ...identifiedBy(uuid),
      deviceName: [{ name: product.name, type: 'model-name' }],
      type: { text: 'Software: vital signs at the infusion chair, secondary display and record' },
      version: [{ value: product.version }],
    },
  };
};

export const productReference = (scope: Scope): Reference<Device> => ({
  reference: urnOf(productUuid(scope.document)),
  display: `${scope.document.product.name} ${scope.document.product.version}`,
});

const signerUuid = ({ document }: Scope, { personId }: Signer): string =>
  sharedUuid(document, 'person', personId);

export const signerReference = (scope: Scope, signer: Signer): Reference<Practitioner> => ({
  reference: urnOf(signerUuid(scope, signer)),
  display: plainText(signer.name),
});

/** Everybody who signed or added to the record, each once. Whoever only made entries is named there in words. */
export const practitionerEntries = (scope: Scope): readonly Entry<Practitioner>[] => {
  const signers = scope.document.events.flatMap(({ body }) =>
    body.type === 'record-signed' || body.type === 'addendum-added' ? [body.signer] : [],
  );
  const byUuid = new Map(signers.map((signer) => [signerUuid(scope, signer), signer]));
  return [...byUuid].map(([uuid, signer]) => ({
    uuid,
    resource: {
      resourceType: 'Practitioner',
      ...identifiedBy(uuid),
      name: [{ text: plainText(signer.name) }],
      ...scope.meta(),
    },
  }));
};
