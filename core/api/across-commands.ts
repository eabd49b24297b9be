/** Commands that look across sessions: a course laid over itself, and the clinic's own picture. */
import { z } from 'zod';
import type { CourseOverlay } from '../course/overlay.ts';
import type { ClinicPicture } from '../finding/clinic-picture.ts';
import type { CourseId } from '../ids.ts';
import type { EpochMs } from '../time.ts';
import { REGISTERS } from './people-views.ts';

const moment = z.number().transform((value) => value as EpochMs);

export const ACROSS_PARAMS = {
  /** Every visit of a course from the start of its infusion, with what it came to. Artefacts are left out. */
  'course.overlay': z.object({
    register: z.enum(REGISTERS),
    courseId: z
      .string()
      .trim()
      .min(1)
      .max(80)
      .transform((value) => value as CourseId),
  }),
  /** What the clinic's sessions that opened in from <= time < to come to together, of one origin, without names. */
  'clinic.picture': z.object({
    from: moment,
    to: moment,
    origin: z.enum(['live', 'simulated', 'replayed', 'imported']),
  }),
} as const;

/** A picture and how complete its base is. */
export interface ClinicPictureView extends ClinicPicture {
  /** Sessions that are not looked through yet: what only their numbers tell is not in the picture. */
  readonly pending: number;
}

export interface AcrossResults {
  'course.overlay': CourseOverlay;
  'clinic.picture': ClinicPictureView;
}
