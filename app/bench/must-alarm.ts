/**
 * The oracle of the evidence: which events of a simulated session must have a high-priority alarm, from what
 * the sensors met, without a line of the alarm engine. BP-2: 180/110 or more; BP-3: 200/120 or more; BP-5: 40/25
 * or more above the mean of the last two readings before the infusion; SpO2-high: below 85 % for 5 s.
 */
import type { PatientState } from '../../simulators/patient.ts';

export type RequiredKind = 'BP-2' | 'BP-3' | 'BP-5' | 'SpO2-high';

/** Something that must be answered by a high-priority alarm with this key, by now. */
export interface RequiredEvent {
  readonly kind: RequiredKind;
  readonly key: 'bp-high' | 'spo2-low';
  readonly elapsedMs: number;
  readonly what: string;
}

/** Looks at one second; the events whose alarm is due at the end of it. */
export type Oracle = (state: PatientState, isTreated: boolean) => readonly RequiredEvent[];

const SPO2_BELOW = 85;
const SPO2_FOR_MS = 5_000;
/** Less pulse pressure than this, or a mean outside of it, is no reading of an artery (F-3). */
const LEAST_PULSE_PRESSURE = 10;

interface Pressure {
  readonly systolic: number;
  readonly diastolic: number;
}

/** An oracle for one session. Each cuff reading and each desaturation is asked for once. */
export const createOracle = (): Oracle => {
  let seen = 0;
  const resting: Pressure[] = [];
  let base: Pressure | null = null;
  let lowSince: number | null = null;
  let isAsked = false;

  const ofCuff = ({ cuff, elapsedMs }: PatientState, isTreated: boolean): readonly RequiredEvent[] => {
    const { last } = cuff;
    if (last === null || last.number === seen) return [];
    seen = last.number;
    if (last.kind === 'failed') return [];
    const { systolic, diastolic, mean } = last;
    if (systolic - diastolic < LEAST_PULSE_PRESSURE || mean <= diastolic || mean >= systolic) return [];
    if (!isTreated) resting.push({ systolic, diastolic });
    const what = `${systolic}/${diastolic}${base === null ? '' : ` from ${base.systolic}/${base.diastolic}`}`;
    const must = (kind: RequiredKind, isMet: boolean): readonly RequiredEvent[] =>
      isMet ? [{ kind, key: 'bp-high', elapsedMs, what }] : [];
    const rise = base === null ? null : { s: systolic - base.systolic, d: diastolic - base.diastolic };
    return [
      ...must('BP-2', systolic >= 180 || diastolic >= 110),
      ...must('BP-3', systolic >= 200 || diastolic >= 120),
      ...must('BP-5', rise !== null && (rise.s >= 40 || rise.d >= 25)),
    ];
  };

  const ofOximeter = ({ oximeter, elapsedMs }: PatientState): readonly RequiredEvent[] => {
    const { probe, searching } = oximeter;
    const isLow = probe === 'on' && !searching && Math.round(oximeter.spo2) < SPO2_BELOW;
    if (!isLow) {
      lowSince = null;
      isAsked = false;
      return [];
    }
    lowSince ??= elapsedMs;
    if (isAsked || elapsedMs - lowSince < SPO2_FOR_MS) return [];
    isAsked = true;
    const what = `SpO2 ${Math.round(oximeter.spo2)} for ${(elapsedMs - lowSince) / 1_000} s`;
    return [{ kind: 'SpO2-high', key: 'spo2-low', elapsedMs, what }];
  };

  return (state, isTreated) => {
    if (isTreated && base === null) base = meanOfLastTwo(resting);
    return [...ofCuff(state, isTreated), ...ofOximeter(state)];
  };
};

const meanOfLastTwo = (resting: readonly Pressure[]): Pressure | null => {
  const [a, b] = resting.slice(-2);
  if (a === undefined) return null;
  const other = b ?? a;
  return {
    systolic: (a.systolic + other.systolic) / 2,
    diastolic: (a.diastolic + other.diastolic) / 2,
  };
};
