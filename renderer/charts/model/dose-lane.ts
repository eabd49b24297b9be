/**
 * The lane of the drug under the vitals: its rate in steps (0 while paused), single amounts, and how much has been
 * given in all. It shows what was entered, not what the pump did, and never the future.
 */
import { deliveredMg, doseSteps } from '../../../core/dose/delivery.ts';
import type { DoseState } from '../../../core/dose/dose-state.ts';
import { epochMs } from '../../../core/time.ts';
import { figure } from '../../../core/visit/drug-words.ts';

/** A stretch at one rate. */
export interface RateStretch {
  readonly from: number;
  readonly to: number;
  /** mg/kg/h; 0: nothing ran although it had been started. */
  readonly rate: number;
}

export interface DoseLane {
  readonly title: string;
  readonly unitLabel: string;
  readonly stretches: readonly RateStretch[];
  /** The top of the scale (mg/kg/h), above every rate of the visit. */
  readonly top: number;
  readonly boluses: readonly { readonly at: number; readonly text: string }[];
  /** Everything given by then, as share of the whole dose that is planned (1: all). */
  readonly given: readonly { readonly at: number; readonly share: number }[];
  /** "12.4 mg" at the right edge of what is shown. */
  readonly givenText: string;
}

/** Points of the line of what was given, at most. */
const GIVEN_POINTS = 120;
const TOPS = [0.2, 0.5, 1, 1.5, 2, 3, 5, 10, 20] as const;

/**
 * The lane for a window of the axis; null while nothing has been given.
 * @param fromWall places a wall-clock time on the axis, `toWall` the other way.
 */
export const doseLane = (
  dose: DoseState | null,
  window: { readonly from: number; readonly to: number },
  now: number,
  fromWall: (wall: number) => number,
  toWall: (axis: number) => number,
): DoseLane | null => {
  if (dose === null) return null;
  const steps = doseSteps(dose);
  const [first] = steps;
  const firstAt = first?.at ?? dose.boluses[0]?.at;
  if (firstAt === undefined) return null;
  const end = Math.min(window.to, now);
  const stretches = steps.flatMap((step, index): RateStretch[] => {
    const next = steps[index + 1];
    const from = Math.max(window.from, fromWall(step.at));
    const to = Math.min(end, next === undefined ? now : fromWall(next.at));
    return to > from ? [{ from, to, rate: step.mgPerKgPerH }] : [];
  });
  const highest = Math.max(0, ...steps.map(({ mgPerKgPerH }) => mgPerKgPerH));
  const begin = Math.max(window.from, fromWall(firstAt));
  const at = (wall: number): number => deliveredMg(dose, epochMs(wall));
  const given = Array.from({ length: end > begin ? GIVEN_POINTS + 1 : 0 }, (_, index) => {
    const place = begin + ((end - begin) * index) / GIVEN_POINTS;
    return { at: place, share: Math.min(1, at(toWall(place)) / dose.plannedMg) };
  });
  return {
    title: 'Dose',
    unitLabel: 'mg/kg/h',
    stretches,
    top: TOPS.find((top) => top >= highest) ?? highest,
    boluses: dose.boluses
      .map((bolus) => ({ at: fromWall(bolus.at), text: `${figure(bolus.mg)} mg` }))
      .filter((bolus) => bolus.at >= window.from && bolus.at <= end),
    given,
    givenText: `${figure(Math.floor(at(toWall(Math.max(begin, end))) * 10) / 10, 4)} mg`,
  };
};
