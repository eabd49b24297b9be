/** What all resources of one session share: whose they are, where they come from, and how they name each other. */
import type {
  Coding,
  Device,
  Encounter,
  Identifier,
  Meta,
  Patient,
  Reference,
  Resource,
} from '@medplum/fhirtypes';
import type { MonitorId } from '../../core/ids.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { URI_SYSTEM, urnOf, uuidIdentifier, uuidOf } from './identity.ts';

/** One resource with its identity. */
export interface Entry<T extends Resource = Resource> {
  readonly uuid: string;
  readonly resource: T;
}

export interface Scope {
  readonly document: SessionDocument;
  readonly patient: Reference<Patient>;
  readonly encounter: Reference<Encounter>;
  /** Of what was measured or entered: nobody has verified it before the physician signs. */
  readonly valueStatus: 'preliminary' | 'final';
  /** The identity of a thing within the session. */
  uuid(kind: string, key?: string): string;
  /** What every resource carries: where its data come from, and the profiles that it keeps. */
  meta(profile?: string): { readonly meta?: Meta };
  /** The monitor's device; null for one that the document does not list. */
  device(monitor: MonitorId): Reference<Device> | null;
}

/** Marks data that were not measured live on a patient: "test health data" (v3 ActReason). */
const TEST_DATA: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  code: 'HTEST',
  display: 'test health data',
};

export const scopeOf = (document: SessionDocument): Scope => {
  const { session, monitors } = document;
  const uuid = (kind: string, key = ''): string => uuidOf(session.id, kind, key);
  return {
    document,
    patient: { reference: urnOf(patientUuid(document)) },
    encounter: { reference: urnOf(uuid('encounter')) },
    valueStatus: document.signOff.state === 'signed' ? 'final' : 'preliminary',
    uuid,
    meta(profile) {
      const isTest = session.origin !== 'live';
      if (!isTest && profile === undefined) return {};
      return {
        meta: {
          ...(profile === undefined ? {} : { profile: [profile] }),
          ...(isTest ? { security: [TEST_DATA], tag: [TEST_DATA] } : {}),
        },
      };
    },
    device(monitor) {
      const known = monitors.find(({ id }) => id === monitor);
      return known === undefined ? null : { reference: urnOf(monitorUuid(document, known)) };
    },
  };
};

/**
 * What several sessions share (a patient, a person, a device) has one identity for live sessions and another for all
 * that was not measured live: values of nobody must never meet a real patient, nor a real patient become test data.
 */
export const sharedUuid = ({ session }: SessionDocument, ...words: readonly string[]): string =>
  session.origin === 'live' ? uuidOf(...words) : uuidOf('test', ...words);

/** A patient of the register is the same in every session; initials alone are one person only within their session. */
export const patientUuid = (document: SessionDocument): string => {
  const { id, patient, patientInitials } = document.session;
  return patient === null
    ? uuidOf(id, 'patient', patientInitials)
    : sharedUuid(document, 'patient', patient.patientId);
};

/**
 * A monitor that told its serial number is the same device everywhere. One that did not is a device of this session
 * only: two clinics may call their monitors alike.
 */
export const monitorUuid = (
  document: SessionDocument,
  { id, manufacturer, model, serialNumber }: SessionDocument['monitors'][number],
): string =>
  serialNumber === null
    ? uuidOf(document.session.id, 'monitor', id)
    : sharedUuid(document, 'monitor', manufacturer ?? '', model ?? '', serialNumber);

/** The identifier of one uuid, as the only one. */
export const identifiedBy = (uuid: string): { readonly identifier: Identifier[] } => ({
  identifier: [uuidIdentifier(uuid)],
});

/** Resources that cannot be searched by an identifier in R4 carry theirs as a tag. */
export const taggedWith = (meta: Meta | undefined, uuid: string): { readonly meta: Meta } => ({
  meta: { ...meta, tag: [...(meta?.tag ?? []), { system: URI_SYSTEM, code: urnOf(uuid) }] },
});
