/** Identities that must not be mixed up. All are opaque strings that the station makes. */
import type { Brand } from './time.ts';

/** One infusion chair; stable across sessions, named in the configuration. */
export type ChairId = Brand<string, 'ChairId'>;
/** One connected bedside device; stable across sessions, named in the configuration. */
export type MonitorId = Brand<string, 'MonitorId'>;
/** One infusion visit of one patient. */
export type SessionId = Brand<string, 'SessionId'>;
/** One entry a person or the station made in the record of a session. */
export type EventId = Brand<string, 'EventId'>;
/** One member of the staff with an account; never used again for another. */
export type PersonId = Brand<string, 'PersonId'>;
/** One patient in the register; stable across visits. */
export type PatientId = Brand<string, 'PatientId'>;
/** One series of visits of a patient. */
export type CourseId = Brand<string, 'CourseId'>;

export const chairId = (value: string): ChairId => value as ChairId;
export const monitorId = (value: string): MonitorId => value as MonitorId;
export const sessionId = (value: string): SessionId => value as SessionId;
export const eventId = (value: string): EventId => value as EventId;
export const personId = (value: string): PersonId => value as PersonId;
export const patientId = (value: string): PatientId => value as PatientId;
export const courseId = (value: string): CourseId => value as CourseId;
