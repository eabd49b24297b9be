/** The clinic's own picture in words. */
import type { ClinicPicture, Share, Told } from '../../core/finding/clinic-picture.ts';
import { LEAST_TOLD } from '../../core/finding/clinic-picture.ts';

/** What stands where a group is too small to be told. */
export const FEW = `fewer than ${LEAST_TOLD}`;

/** "7 (35 %)". */
export const shareText = ({ sessions, percent }: Share): string => `${sessions} (${Math.round(percent)} %)`;

const signed = (mmHg: number): string => `${mmHg < 0 ? '−' : '+'}${Math.abs(Math.round(mmHg))}`;

export interface BandRow {
  readonly key: string;
  readonly drug: string;
  readonly dose: string;
  readonly sessions: string;
  /** Null: not told. */
  readonly median: string | null;
  readonly quartiles: string | null;
  readonly greatest: string | null;
}

export const bandRows = ({ doseBands }: ClinicPicture): readonly BandRow[] =>
  doseBands.map(({ drug, from, to, rise }) => {
    const dose = `${from.toFixed(1)} to under ${to.toFixed(1)} mg/kg`;
    const key = `${drug} ${dose}`;
    if (rise.kind === 'few') {
      return { key, drug, dose, sessions: FEW, median: null, quartiles: null, greatest: null };
    }
    const { median, lowerQuartile, upperQuartile, greatest } = rise.figures;
    return {
      key,
      drug,
      dose,
      sessions: String(rise.sessions),
      median: signed(median),
      quartiles: `${signed(lowerQuartile)} to ${signed(upperQuartile)}`,
      greatest: signed(greatest),
    };
  });

/** Minutes of an hour: "2.4 min"; what is less than a twentieth of a minute but not nothing says so. */
const burden = (minutes: number): string =>
  minutes > 0 && minutes < 0.05 ? 'under 0.1 min' : `${minutes.toFixed(1)} min`;

export interface BurdenRow {
  readonly key: string;
  readonly month: string;
  readonly chair: string;
  readonly sessions: string;
  /** High, medium, low; null: not told. */
  readonly minutes: readonly [string, string, string] | null;
}

/** @param nameOf what the clinic calls a chair; null: it is not there any more. */
export const burdenRows = (
  { chairMonths }: ClinicPicture,
  nameOf: (id: string) => string | null,
): readonly BurdenRow[] =>
  chairMonths.map(({ month, chairId, burden: told }) => ({
    key: `${month} ${chairId}`,
    month,
    chair: nameOf(chairId) ?? chairId,
    sessions: told.kind === 'few' ? FEW : String(told.sessions),
    minutes:
      told.kind === 'few'
        ? null
        : [burden(told.figures.high), burden(told.figures.medium), burden(told.figures.low)],
  }));

/** Label and value of each figure of the whole. */
export const wholeRows = (
  whole: Extract<ClinicPicture['whole'], { readonly kind: 'told' }>,
): readonly (readonly [string, string])[] => {
  const { overridden, spiked, base } = whole.figures;
  const gap: Told<Share> = base.withoutGap;
  return [
    ['Sessions in which the drug ran', String(whole.sessions)],
    ['With a BP spike (high priority)', shareText(spiked)],
    ['With an overridden guard or check', shareText(overridden)],
    ['Their numbers were looked through', shareText(base.lookedThrough)],
    ['Of those, without a gap of more than a minute', gap.kind === 'few' ? FEW : shareText(gap.figures)],
    ['With a peak and a baseline', shareText(base.withRise)],
    ['With a dose in figures', shareText(base.withDose)],
  ];
};
