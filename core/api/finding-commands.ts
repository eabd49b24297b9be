/** Commands that find sessions. Names are looked for by a command of its own, for those who may see them. */
import { z } from 'zod';
import { SESSION_FLAGS, type SessionFacts } from '../finding/session-facts.ts';
import type { ChairId, CourseId, PatientId } from '../ids.ts';
import type { EpochMs } from '../time.ts';
import { id } from './fields.ts';

const moment = z.number().transform((value) => value as EpochMs);

const anybodys = z.object({
  chairId: id<ChairId>().nullable().default(null),
  from: moment.nullable().default(null),
  to: moment.nullable().default(null),
  origin: z.enum(['live', 'simulated', 'replayed', 'imported']).nullable().default(null),
  flags: z.array(z.enum(SESSION_FLAGS)).max(SESSION_FLAGS.length).default([]),
  limit: z.int().min(1).max(500).default(100),
  offset: z.int().min(0).max(1_000_000).default(0),
});

export const FINDING_PARAMS = {
  /** By time, place and what happened. */
  'sessions.find': anybodys,
  /** The same, and by whom it is about. */
  'sessions.findPatient': anybodys.extend({
    text: z.string().trim().min(1).max(120).nullable().default(null),
    patientId: id<PatientId>().nullable().default(null),
    courseId: id<CourseId>().nullable().default(null),
  }),
} as const;

export interface FoundSessions {
  /** Newest first. */
  readonly found: readonly SessionFacts[];
  readonly total: number;
  /** Sessions that are not looked through yet: they may be missing here, or their gaps are not known. */
  readonly pending: number;
  /** Sessions whose record cannot be read: they may be missing here, or stand as they last were; `verify` says why. */
  readonly unreadable: number;
}

export interface FindingResults {
  'sessions.find': FoundSessions;
  'sessions.findPatient': FoundSessions;
}
