/**
 * The JSON export, as a schema: `docs/export.schema.json` is made from it. Entries of the record stand as they are
 * stored, so that their hash chain can be worked out again; times in them are milliseconds since 1970.
 */
import { z } from 'zod';
import { ALARM_PARAMETERS } from '../../core/alarm/parameters.ts';
import { ROLES } from '../../core/people/person.ts';
import { SIGNATURE_MEANINGS } from '../../core/record/sign-off.ts';
import { EVENT_TYPES } from './event-types.ts';
import { figuresSchema } from './figures-schema.ts';
import {
  baseline,
  epoch,
  instant,
  iso,
  list,
  maybeNumber,
  maybeText,
  metric,
  ms,
  phase,
  priority,
  text,
} from './parts.ts';
import { visitSchema } from './visit-schema.ts';

export const FORMAT_NAME = 'chairside-session';
/** Goes up when something is renamed, taken away or means something else; not when something is added. */
export const FORMAT_VERSION = 1;

const origin = z.enum(['live', 'simulated', 'replayed', 'imported']);
const texts = list(text);

const patient = z.strictObject({
  patientId: text,
  name: text,
  mrn: maybeText,
  birthDate: text.meta({ description: 'YYYY-MM-DD' }),
  weightKg: maybeNumber,
  allergies: texts,
  medications: texts,
});

const session = z.strictObject({
  id: text,
  chairId: text,
  patientInitials: text,
  indication: text,
  patient: patient
    .nullable()
    .meta({ description: 'Null: opened with initials only, or names were left out.' }),
  course: z
    .strictObject({
      courseId: text,
      title: text,
      position: z.strictObject({ number: z.number(), planned: z.number() }),
    })
    .nullable(),
  origin,
  openedAt: epoch,
  closedAt: epoch.nullable(),
  phase,
  spans: list(z.strictObject({ phase, startedAt: epoch, endedAt: epoch.nullable() })),
  plannedInfusionMs: ms,
  plannedRecoveryMs: ms,
  nibpIntervalMs: ms,
  baseline: baseline.nullable(),
  limits: z.unknown().meta({ description: 'The alarm limits in force at the end: docs/alarms.md.' }),
  withoutVitals: texts,
  visit: visitSchema,
  sequence: z.number(),
});

const signature = z.strictObject({
  at: epoch,
  meaning: z.enum(SIGNATURE_MEANINGS),
  signer: z.strictObject({ personId: text, name: text, role: z.enum(ROLES) }),
  record: z.strictObject({
    sequence: z.number(),
    headHash: text,
    frames: z.number(),
    readings: z.number(),
    waves: z.number(),
    dataHash: text,
    hash: text,
  }),
  remark: maybeText,
});

const monitor = z.strictObject({
  id: text,
  name: maybeText,
  family: maybeText,
  manufacturer: maybeText,
  model: maybeText,
  serialNumber: maybeText,
  software: maybeText,
});

const event = z.strictObject({
  time: iso,
  id: text,
  sessionId: text,
  sequence: z.number().meta({ description: '1, 2, 3 … without gaps.' }),
  at: instant,
  by: text.meta({ description: 'A person, or `station`.' }),
  body: z.looseObject({
    type: z.enum(Object.keys(EVENT_TYPES) as (keyof typeof EVENT_TYPES)[]),
  }),
});

const reading = z.strictObject({
  time: iso.meta({ description: 'Of receipt; it may have been measured `ageAtReceiptMs` earlier.' }),
  monitorId: text,
  systolic: z.number(),
  diastolic: z.number(),
  mean: maybeNumber,
  pulseRate: maybeNumber,
  receivedAt: instant,
  ageAtReceiptMs: ms,
  questionable: z.literal(true).optional(),
  excluded: z.boolean(),
});

const value = z.strictObject({
  metric,
  value: maybeNumber.meta({ description: 'Null exactly when there is no usable number; validity says why.' }),
  unit: text.meta({ description: 'UCUM.' }),
  validity: z.enum([
    'valid',
    'questionable',
    'ongoing',
    'calibrating',
    'invalid',
    'overflow',
    'underflow',
    'unavailable',
  ]),
  deviceTime: epoch.nullable().meta({ description: "The monitor's own clock, without a zone, read as UTC." }),
  ageAtReceiptMs: ms,
  excluded: z.boolean().meta({ description: 'Left out of the figures as an artefact.' }),
});
const frame = z.strictObject({ time: iso, at: instant, monitorId: text, values: list(value) });

const exclusion = z.strictObject({
  id: text,
  at: epoch,
  by: text,
  reason: text,
  target: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('span'), metrics: list(metric), from: epoch, to: epoch }),
    z.strictObject({ kind: z.literal('reading'), monitorId: text, receivedAt: epoch }),
  ]),
});

const acknowledgement = z.strictObject({ at: epoch, by: text, afterMs: ms });
const alarmRow = z.strictObject({
  key: text,
  conditionId: text,
  category: z.enum(['physiological', 'technical']),
  priority,
  title: text,
  message: text,
  metric: metric.nullable(),
  limit: maybeNumber,
  value: maybeNumber,
  peak: maybeNumber,
  onsetAt: epoch,
  raisedAt: epoch,
  confirmedAt: epoch.nullable(),
  notConfirmed: z.boolean(),
  escalations: list(z.strictObject({ at: epoch, conditionId: text, priority, value: maybeNumber })),
  clearedAt: epoch.nullable(),
  endedAt: epoch.nullable(),
  acknowledged: acknowledgement.nullable(),
  acknowledgements: list(acknowledgement),
  realarms: z.number(),
  occurrences: z.number(),
  raisedUnder: z.enum(['alarm-paused', 'audio-off']).nullable(),
});
const controlRow = z.strictObject({
  kind: z.enum(['audio-paused', 'audio-off', 'alarm-paused', 'alarm-off']),
  parameter: z.enum(ALARM_PARAMETERS).nullable(),
  from: epoch,
  until: epoch.nullable(),
  by: text,
  reason: maybeText,
  endedAt: epoch.nullable(),
  endedBy: maybeText,
});

/** All that stands in the file, in the order in which it stands there. */
export const exportSchema = z.strictObject({
  format: z.literal(FORMAT_NAME),
  formatVersion: z.literal(FORMAT_VERSION),
  product: z.strictObject({ name: text, version: text }),
  writtenAt: iso,
  origin: z.strictObject({
    kind: origin,
    words: text.meta({ description: 'Where the numbers come from, for people.' }),
  }),
  missing: texts.meta({ description: 'In words, what is not here. Empty: nothing.' }),
  recordHash: text.meta({ description: "SHA-256 of the last entry in the session's chain." }),
  session,
  signOff: z.strictObject({
    state: z.enum(['open', 'waits-for-nurse', 'waits-for-physician', 'signed']),
    signatures: list(signature),
    addenda: z.number(),
  }),
  monitors: list(monitor),
  figures: figuresSchema,
  exclusions: list(exclusion),
  alarms: z.strictObject({ rows: list(alarmRow), controls: list(controlRow) }),
  events: list(event),
  readings: list(reading),
  frames: list(frame),
});

/** What the file holds, before it is made into text. */
export type ExportedSession = z.input<typeof exportSchema>;

/** JSON Schema (draft 2020-12) of the file. */
export const exportJsonSchema = (): unknown => ({
  title: 'Chairside: one session as JSON',
  ...z.toJSONSchema(exportSchema, { io: 'input' }),
});
