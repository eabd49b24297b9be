/** Parameters and results of what windows ask about people, patients, courses and signatures. */
import { z } from 'zod';
import type { CourseTemplate } from '../course/template.ts';
import type { CourseId, PatientId, PersonId, SessionId } from '../ids.ts';
import { isBirthDate, type Patient } from '../patient/patient.ts';
import { ROLES, SECRET_KINDS } from '../people/person.ts';
import { PLACES } from '../people/presence.ts';
import { SIGNATURE_MEANINGS, type SignOff } from '../record/sign-off.ts';
import { by, id, personName, text } from './fields.ts';
import {
  type AuditLine,
  type CourseView,
  type EmergencyView,
  type IdentityView,
  type PatientRecordView,
  type PersonView,
  REGISTERS,
  type RegisterResult,
  type VoucherView,
  type WorklistItem,
} from './people-views.ts';

/** As it was typed: a blank at its end is part of a password. */
const secret = z.string().min(1).max(128);
const contact = z.object({ name: text(80), phone: text(40) }).nullable();
const list = z.array(text(120)).max(60);

/** Bounds of what a person may weigh (kg): an adult or a child, and no slip of the comma. */
export const WEIGHT_KG = { least: 20, most: 350 } as const;

const patientDraft = z.object({
  familyName: text(80),
  givenName: text(80),
  birthDate: z.string().refine(isBirthDate, 'must be a day like 1980-03-01'),
  mrn: text(40).nullable(),
  weightKg: z.number().min(WEIGHT_KG.least).max(WEIGHT_KG.most).nullable(),
  allergies: list,
  medications: list,
  driver: contact,
  treatingProvider: contact,
});
const register = z.enum(REGISTERS);
const plannedVisits = z.int().min(1).max(60);

export const PEOPLE_PARAMS = {
  /** Who this window is to the station, and who can sign in. */
  'identity.get': z.object({}),
  'auth.signIn': z.object({ personId: id<PersonId>(), secret }),
  'auth.signOut': z.object({}),
  'auth.lock': z.object({}),
  /** Somebody is doing something at this window, and where: puts the lock off. */
  'auth.active': z.object({ place: z.enum(PLACES) }),
  'auth.changeSecret': z.object({ secret, kind: z.enum(SECRET_KINDS), newSecret: secret }),
  /** A second person stands in for something: a voucher for one use within 2 min, which another command carries. */
  'auth.vouch': z.object({ personId: id<PersonId>(), secret, meaning: text(80) }),
  /** Break-glass: reading and acknowledging for 15 min without a secret. `name` is written down, not believed. */
  'auth.emergency': z.object({ name: personName }),
  /** Emergency accesses whose reason is missing. */
  'auth.emergencies': z.object({}),
  'auth.explainEmergency': z.object({ emergencyId: text(80), reason: text(500), by }),

  'people.list': z.object({}),
  /** The first account must be an administrator's; it ends the time of typed names. */
  'people.add': z.object({
    name: personName,
    role: z.enum(ROLES),
    secret: z.object({ kind: z.enum(SECRET_KINDS), value: secret }),
    by,
  }),
  'people.change': z.object({
    personId: id<PersonId>(),
    name: personName,
    role: z.enum(ROLES),
    active: z.boolean(),
    reason: text(500).nullable().default(null),
    by,
  }),
  /** Also ends a lock after wrong tries. */
  'people.setSecret': z.object({ personId: id<PersonId>(), kind: z.enum(SECRET_KINDS), secret, by }),

  'patient.search': z.object({
    register,
    query: z.string().trim().max(120),
    limit: z.int().min(1).max(100).default(30),
  }),
  'patient.get': z.object({ register, patientId: id<PatientId>() }),
  'patient.register': z.object({
    register,
    draft: patientDraft,
    confirmDuplicates: z.boolean().default(false),
    by,
  }),
  /** A correction is a new entry with its reason; what stood there before stays readable in the audit. */
  'patient.change': z.object({
    register,
    patientId: id<PatientId>(),
    draft: patientDraft,
    confirmDuplicates: z.boolean().default(false),
    reason: text(500),
    by,
  }),
  /** Who did what with this patient's data, newest first. */
  'patient.audit': z.object({ register, patientId: id<PatientId>() }),

  'course.templates': z.object({}),
  'course.open': z.object({
    register,
    patientId: id<PatientId>(),
    templateId: text(60),
    plannedVisits,
    note: text(500).nullable().default(null),
    by,
  }),
  'course.change': z.object({
    register,
    courseId: id<CourseId>(),
    plannedVisits,
    note: text(500).nullable().default(null),
    by,
  }),
  'course.close': z.object({ register, courseId: id<CourseId>(), reason: text(500), by }),
  /** What the patient says later about the effect of a visit. */
  'course.response': z.object({
    register,
    courseId: id<CourseId>(),
    sessionId: id<SessionId>(),
    text: text(500),
    by,
  }),

  /** Closed records that wait for a signature, oldest first. */
  'record.worklist': z.object({ limit: z.int().min(1).max(500).default(200) }),
  /** Signs a closed record: the secret is entered anew (E-2). `remark`: why without the nurse's signature. */
  'record.sign': z.object({
    sessionId: id<SessionId>(),
    meaning: z.enum(SIGNATURE_MEANINGS),
    secret,
    remark: text(500).nullable().default(null),
  }),
  /** Something said after the visit; after the physician's signature the only thing a record still takes. */
  'record.addendum': z.object({ sessionId: id<SessionId>(), text: text(4000), secret }),
} as const satisfies Record<string, z.ZodType>;

type Nothing = Record<string, never>;

export interface PeopleResults {
  'identity.get': IdentityView;
  'auth.signIn': IdentityView;
  'auth.signOut': IdentityView;
  'auth.lock': IdentityView;
  'auth.active': Nothing;
  'auth.changeSecret': Nothing;
  'auth.vouch': VoucherView;
  'auth.emergency': IdentityView;
  'auth.emergencies': readonly EmergencyView[];
  'auth.explainEmergency': Nothing;
  'people.list': readonly PersonView[];
  'people.add': PersonView;
  'people.change': PersonView;
  'people.setSecret': PersonView;
  'patient.search': readonly Patient[];
  'patient.get': PatientRecordView;
  'patient.register': RegisterResult;
  'patient.change': RegisterResult;
  'patient.audit': readonly AuditLine[];
  'course.templates': readonly CourseTemplate[];
  'course.open': CourseView;
  'course.change': CourseView;
  'course.close': CourseView;
  'course.response': CourseView;
  'record.worklist': readonly WorklistItem[];
  'record.sign': SignOff;
  'record.addendum': SignOff;
}
