/** A station with staff: an account of each role, and windows where they are signed in. */
import type { StationClient } from '../../core/api/client.ts';
import type { RegisterName } from '../../core/api/people-views.ts';
import type { PersonId } from '../../core/ids.ts';
import type { Patient, PatientDraft } from '../../core/patient/patient.ts';
import type { Role } from '../../core/people/person.ts';
import type { Harness } from './station-harness.ts';

export const STAFF = {
  administrator: { name: 'Ada Adler', secret: 'a long passphrase', kind: 'password' },
  nurse: { name: 'Nora Nkemelu', secret: '2580', kind: 'pin' },
  physician: { name: 'Dr Paul Pereira', secret: '7391', kind: 'pin' },
  engineer: { name: 'Egon Eng', secret: '8642', kind: 'pin' },
} as const satisfies Record<Role, { name: string; secret: string; kind: 'pin' | 'password' }>;

export interface Clinic {
  readonly ids: Readonly<Record<Role, PersonId>>;
  /** Signs a role in at a window. */
  signIn(client: StationClient, role: Role): Promise<void>;
  /** A new window where the role is signed in. */
  at(role: Role): Promise<StationClient>;
}

/** Adds one account of each role, the administrator's first, as a clinic does. */
export const staffed = async (harness: Harness): Promise<Clinic> => {
  const window = harness.window();
  const ids = {} as Record<Role, PersonId>;
  const add = async (role: Role): Promise<void> => {
    const { name, secret, kind } = STAFF[role];
    const person = await window.call('people.add', {
      name,
      role,
      secret: { kind, value: secret },
      by: 'typed',
    });
    ids[role] = person.id;
  };
  const signIn: Clinic['signIn'] = async (client, role) => {
    await client.call('auth.signIn', { personId: ids[role], secret: STAFF[role].secret });
  };
  await add('administrator');
  await signIn(window, 'administrator');
  await add('nurse');
  await add('physician');
  await add('engineer');
  window.close();
  return {
    ids,
    signIn,
    at: async (role) => {
      const client = harness.window();
      await signIn(client, role);
      return client;
    },
  };
};

export const draft = (part: Partial<PatientDraft> = {}): PatientDraft => ({
  familyName: 'Zebrowska',
  givenName: 'Quintessa',
  birthDate: '1961-07-09',
  mrn: 'MX-774310',
  weightKg: 71.5,
  allergies: ['Penicillin'],
  medications: ['Lisinopril 10 mg'],
  driver: { name: 'Orlando Zebrowski', phone: '555-0188' },
  treatingProvider: null,
  ...part,
});

/** What the contract takes: lists that may be written to. */
export const asInput = (patient: PatientDraft) => ({
  ...patient,
  allergies: [...patient.allergies],
  medications: [...patient.medications],
});

/** Registers a patient at a window that may. */
export const registered = async (
  client: StationClient,
  part: Partial<PatientDraft> = {},
  register: RegisterName = 'live',
): Promise<Patient> => {
  const result = await client.call('patient.register', { register, draft: asInput(draft(part)), by: 'x' });
  if (result.kind !== 'registered') throw new Error('taken for a duplicate');
  return result.patient;
};
