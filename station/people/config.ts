/** What the configuration says about people and courses. */
import { z } from 'zod';
import { COURSE_TEMPLATES, type CourseTemplate } from '../../core/course/template.ts';
import { DEFAULT_IDLE, type IdleRules } from '../../core/people/presence.ts';

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and hyphens, at most 40');

const lockMinutes = (usual: number) => z.number().min(0.5).max(60).default(usual);
export const staffSchema = z
  .strictObject({
    lockAfterMinutes: lockMinutes(5).describe(
      'A window that nobody touches is locked after this. Vitals and alarms stay.',
    ),
    reviewLockAfterMinutes: lockMinutes(2).describe('The same where records and patients are read.'),
  })
  .describe('How windows are locked once there are accounts.');

const days = z.int().min(0).max(366);
export const courseSchema = z
  .strictObject({
    id: slug.describe('Stable name; courses that were opened keep what it said then.'),
    title: z.string().trim().min(1).max(80).describe('What people call it.'),
    indication: z.string().trim().min(1).max(80).describe('What for.'),
    visits: z
      .strictObject({
        planned: z.int().min(1).max(60),
        least: z.int().min(1).max(60).default(1),
        most: z.int().min(1).max(60).default(60),
      })
      .describe('How many visits are planned, and between which numbers that may be changed.'),
    nextAfterDays: z
      .strictObject({ from: days, to: days })
      .describe('Days after a visit until the next one.'),
    withinDays: z
      .int()
      .min(1)
      .max(366)
      .nullable()
      .default(null)
      .describe('The series is done within so many days.'),
    infusionMin: z.int().min(1).max(1440).default(60).describe('Planned infusion.'),
    recoveryMin: z.int().min(15).max(360).default(30).describe('Planned recovery.'),
    asksMood: z.boolean().default(false).describe('Mood is asked for at each visit.'),
    wantsProvider: z
      .boolean()
      .default(false)
      .describe('The treating provider acknowledges before the first visit.'),
    boosterAfterMonths: z
      .strictObject({ from: z.number().min(0).max(60), to: z.number().min(0).max(60) })
      .nullable()
      .default(null)
      .describe('When a booster is due after the last visit.'),
  })
  .describe("A series of visits of the clinic's own.");

/** What is wrong with the clinic's own courses, and where. */
export const courseProblems = (
  courses: readonly CourseTemplate[],
): readonly { readonly message: string; readonly path: (string | number)[] }[] => {
  const taken = new Set(COURSE_TEMPLATES.map(({ id }) => id));
  return courses.flatMap((item, c) => {
    const { least, planned, most } = item.visits;
    const problems = [
      ...(taken.has(item.id) ? [{ message: `there are two courses "${item.id}"`, path: [c, 'id'] }] : []),
      ...(planned < least || planned > most
        ? [{ message: 'must be between least and most', path: [c, 'visits', 'planned'] }]
        : []),
      ...(item.nextAfterDays.to < item.nextAfterDays.from
        ? [{ message: 'must not be before "from"', path: [c, 'nextAfterDays', 'to'] }]
        : []),
    ];
    taken.add(item.id);
    return problems;
  });
};

/** When windows are locked, with the defaults of a configuration that does not say. */
export const idleRulesOf = (config: {
  readonly staff?: z.output<typeof staffSchema> | undefined;
}): IdleRules =>
  config.staff === undefined
    ? DEFAULT_IDLE
    : {
        workMs: config.staff.lockAfterMinutes * 60_000,
        reviewMs: config.staff.reviewLockAfterMinutes * 60_000,
      };

/** The product's series of visits and the clinic's own. */
export const courseTemplatesOf = (config: {
  readonly courses?: readonly CourseTemplate[] | undefined;
}): readonly CourseTemplate[] => [...COURSE_TEMPLATES, ...(config.courses ?? [])];
