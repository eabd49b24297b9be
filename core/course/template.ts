/**
 * The usual series of visits, as data: how many, how far apart, how long. Counts and intervals come from the
 * clinic's own patient information (depression 6 in 3 weeks; migraine 1; PTSD 1 to 2; pain several hours on
 * consecutive days; booster every 3 to 6 months); days between two visits of a series are our reading of it.
 */

export interface CourseTemplate {
  /** Stable name; a clinic's own begins where ours end. */
  readonly id: string;
  readonly title: string;
  readonly indication: string;
  /** Visits that are planned, and between which numbers they may be set. */
  readonly visits: { readonly planned: number; readonly least: number; readonly most: number };
  /** Days after a visit between which the next one is due. */
  readonly nextAfterDays: { readonly from: number; readonly to: number };
  /** Days from the first visit within which the series is to be done; null: no such rule. */
  readonly withinDays: number | null;
  readonly infusionMin: number;
  readonly recoveryMin: number;
  /** Mood is asked for at each visit. */
  readonly asksMood: boolean;
  /** The treating provider's acknowledgement is wanted before the first visit. */
  readonly wantsProvider: boolean;
  /** Months after the last visit between which a booster is due; null: none. */
  readonly boosterAfterMonths: { readonly from: number; readonly to: number } | null;
}

const BOOSTER = { from: 3, to: 6 } as const;

/** What ships with the product. None is a recommendation: a physician chooses. */
export const COURSE_TEMPLATES: readonly CourseTemplate[] = [
  {
    id: 'depression',
    title: 'Depression: 6 infusions in 3 weeks',
    indication: 'Depression',
    visits: { planned: 6, least: 1, most: 12 },
    nextAfterDays: { from: 2, to: 4 },
    withinDays: 21,
    infusionMin: 60,
    recoveryMin: 30,
    asksMood: true,
    wantsProvider: true,
    boosterAfterMonths: BOOSTER,
  },
  {
    id: 'migraine',
    title: 'Migraine: 1 infusion',
    indication: 'Migraine',
    visits: { planned: 1, least: 1, most: 2 },
    nextAfterDays: { from: 1, to: 14 },
    withinDays: null,
    infusionMin: 60,
    recoveryMin: 30,
    asksMood: false,
    wantsProvider: false,
    boosterAfterMonths: BOOSTER,
  },
  {
    id: 'ptsd',
    title: 'PTSD: 1 to 2 infusions',
    indication: 'PTSD',
    visits: { planned: 2, least: 1, most: 2 },
    nextAfterDays: { from: 2, to: 14 },
    withinDays: null,
    infusionMin: 60,
    recoveryMin: 30,
    asksMood: true,
    wantsProvider: false,
    boosterAfterMonths: BOOSTER,
  },
  {
    id: 'pain',
    title: 'Chronic pain / CRPS: several hours on consecutive days',
    indication: 'Chronic pain / CRPS',
    visits: { planned: 4, least: 1, most: 10 },
    nextAfterDays: { from: 1, to: 1 },
    withinDays: null,
    infusionMin: 240,
    recoveryMin: 30,
    asksMood: false,
    wantsProvider: false,
    boosterAfterMonths: BOOSTER,
  },
  {
    id: 'booster',
    title: 'Booster: 1 infusion, again after 3 to 6 months',
    indication: 'Booster',
    visits: { planned: 1, least: 1, most: 4 },
    nextAfterDays: { from: 90, to: 180 },
    withinDays: null,
    infusionMin: 60,
    recoveryMin: 30,
    asksMood: false,
    wantsProvider: false,
    boosterAfterMonths: BOOSTER,
  },
];
