/**
 * The clinic's own picture: what its sessions come to together, without names. A group of fewer than five sessions is
 * not told: its figures would be those of people who can be guessed (small-cell rule of public health statistics; five is
 * our choice). Sessions of one origin only; the caller asks for one. Only visits in which the drug ran and that are over.
 */
import type { AlarmPriority } from '../alarm/types.ts';
import type { ChairId } from '../ids.ts';
import type { DataOrigin } from '../session/events.ts';
import type { EpochMs } from '../time.ts';
import type { SessionFacts } from './session-facts.ts';

/** A group is told from so many sessions on. */
export const LEAST_TOLD = 5;

/** What a group comes to, or that it has fewer than `LEAST_TOLD` sessions; not even how many. */
export type Told<T> =
  | { readonly kind: 'told'; readonly sessions: number; readonly figures: T }
  | { readonly kind: 'few' };

/** Least, quartiles and greatest; between two values they are interpolated linearly. */
export interface Spread {
  readonly least: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly greatest: number;
}

/** Peak rises of the sessions whose delivered dose lies in from <= mg/kg < to. */
export interface DoseBand {
  readonly drug: string;
  /** mg/kg. */
  readonly from: number;
  readonly to: number;
  /** Peak systolic less baseline (mmHg). */
  readonly rise: Told<Spread>;
}

/** Alarms at one chair in one month. */
export interface ChairMonth {
  readonly chairId: ChairId;
  /** "2026-11". */
  readonly month: string;
  /** Of an hour of a visit, how many minutes had at least one alarm condition of the priority. */
  readonly burden: Told<Readonly<Record<AlarmPriority, number>>>;
}

/** A share of the sessions, with how many that are. */
export interface Share {
  readonly sessions: number;
  /** 0 to 100. */
  readonly percent: number;
}

export interface ClinicPicture {
  readonly origin: DataOrigin;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly whole: Told<{
    /** With a guard or a check that somebody passed over. */
    readonly overridden: Share;
    /** With a BP spike of high priority. */
    readonly spiked: Share;
    /** How good the base of all this is. */
    readonly base: {
      /** Their numbers were looked through. */
      readonly lookedThrough: Share;
      /** No vital without a number for more than a minute, of those looked through. */
      readonly withoutGap: Told<Share>;
      readonly withRise: Share;
      readonly withDose: Share;
    };
  }>;
  /** By drug and dose, rising. Only bands that have a session. */
  readonly doseBands: readonly DoseBand[];
  /** By month and chair. Only those that have a session. */
  readonly chairMonths: readonly ChairMonth[];
}

export interface PictureQuery {
  readonly origin: DataOrigin;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** The calendar month of a moment, where the clinic is. */
  readonly monthOf: (at: EpochMs) => string;
}

/** Sessions that do not belong to the query are passed over. */
export const clinicPicture = (
  all: readonly SessionFacts[],
  { origin, from, to, monthOf }: PictureQuery,
): ClinicPicture => {
  const sessions = all.filter(
    (one) =>
      one.origin === origin &&
      one.openedAt >= from &&
      one.openedAt < to &&
      one.closedAt !== null &&
      one.infusionStartedAt !== null,
  );
  return {
    origin,
    from,
    to,
    whole: told(sessions, wholeOf),
    doseBands: doseBands(sessions),
    chairMonths: chairMonths(sessions, monthOf),
  };
};

const told = <T>(
  sessions: readonly SessionFacts[],
  figures: (sessions: readonly SessionFacts[]) => T,
): Told<T> =>
  sessions.length < LEAST_TOLD
    ? { kind: 'few' }
    : { kind: 'told', sessions: sessions.length, figures: figures(sessions) };

const share = (sessions: readonly SessionFacts[], holds: (one: SessionFacts) => boolean): Share => {
  const count = sessions.filter(holds).length;
  return { sessions: count, percent: (100 * count) / sessions.length };
};

const riseOf = ({ numbers }: SessionFacts): number | null => numbers?.peakRise ?? null;

const wholeOf = (sessions: readonly SessionFacts[]) => ({
  overridden: share(sessions, ({ overrides }) => overrides > 0),
  spiked: share(sessions, ({ flags }) => flags.includes('bp-spike')),
  base: {
    lookedThrough: share(sessions, ({ numbers }) => numbers !== null),
    withoutGap: told(
      sessions.filter(({ numbers }) => numbers !== null),
      (some) => share(some, ({ numbers }) => numbers?.hasGap === false),
    ),
    withRise: share(sessions, (one) => riseOf(one) !== null),
    withDose: share(sessions, (one) => doseOf(one) !== null),
  },
});

/** A dose of which only a part is known is none that could be compared. */
const doseOf = ({ dose }: SessionFacts): SessionFacts['dose'] => (dose?.isPartial === true ? null : dose);

/** Bands of a tenth of a mg/kg; doses are worked out in floating point, 0.3 must not fall below 0.3. */
const bandOf = (mgPerKg: number): number => Math.floor(mgPerKg * 10 + 1e-6);

const doseBands = (sessions: readonly SessionFacts[]): readonly DoseBand[] => {
  const groups = groupedBy(
    sessions.flatMap((one) => {
      const dose = doseOf(one);
      return dose === null || riseOf(one) === null ? [] : [{ one, dose }];
    }),
    ({ dose }) => `${bandOf(dose.mgPerKg)} ${dose.drug}`,
  );
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const band = bandOf(first.dose.mgPerKg);
      const rise = told(
        group.map(({ one }) => one),
        (some) => spread(some.flatMap((one) => riseOf(one) ?? [])),
      );
      return [{ drug: first.dose.drug, from: band / 10, to: (band + 1) / 10, rise }];
    })
    .sort((a, b) => byText(a.drug, b.drug) || a.from - b.from);
};

const chairMonths = (
  sessions: readonly SessionFacts[],
  monthOf: PictureQuery['monthOf'],
): readonly ChairMonth[] => {
  const groups = groupedBy(
    sessions.filter(({ numbers }) => numbers !== null),
    ({ openedAt, chairId }) => `${monthOf(openedAt)} ${chairId}`,
  );
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { chairId, openedAt } = first;
      return [{ chairId, month: monthOf(openedAt), burden: told(group, burdenOf) }];
    })
    .sort((a, b) => byText(a.month, b.month) || byText(a.chairId, b.chairId));
};

const burdenOf = (sessions: readonly SessionFacts[]): Readonly<Record<AlarmPriority, number>> => {
  const lasted = sum(sessions, ({ numbers }) => numbers?.lastedMs ?? 0);
  const minutes = (priority: AlarmPriority): number =>
    lasted === 0 ? 0 : (60 * sum(sessions, ({ numbers }) => numbers?.burdenMs[priority] ?? 0)) / lasted;
  return { high: minutes('high'), medium: minutes('medium'), low: minutes('low') };
};

const groupedBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
};

const sum = (sessions: readonly SessionFacts[], of: (one: SessionFacts) => number): number =>
  sessions.reduce((total, one) => total + of(one), 0);

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * @param values at least one.
 * @throws RangeError without any.
 */
export const spread = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)];
    const above = sorted[Math.ceil(place)];
    if (below === undefined || above === undefined) throw new RangeError('a spread of no values');
    return below + (above - below) * (place - Math.floor(place));
  };
  return { least: at(0), lowerQuartile: at(0.25), median: at(0.5), upperQuartile: at(0.75), greatest: at(1) };
};
