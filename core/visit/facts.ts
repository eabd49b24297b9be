/** What the data say of the items that are computed and never ticked: the start's and the discharge's. */

import { isBelievable } from '../alarm/cuff-reading.ts';
import { recoveryPressureScore } from '../alarm/start-gate.ts';
import type { ComputedFact } from '../checklist/items.ts';
import { durationWords, type FactState, type Facts } from '../checklist/state.ts';
import type { Vital } from '../nomenclature/vitals.ts';
import { FIT_SCORE, SCALES, type ScaleId } from '../scales/scales.ts';
import { SIDE_EFFECTS } from '../scales/side-effects.ts';
import { proposeBaseline } from '../session/baseline.ts';
import type { NibpReading } from '../session/events.ts';
import { minimumRecoveryMs, type Session, timeInPhases } from '../session/session.ts';
import type { Instant } from '../time.ts';
import { lastScore, runningEffects, type ScoreEntry } from './visit-state.ts';

/** What the station knows of a chair at one instant. Numbers are fresh and valid, or null. */
export interface ChairFacts {
  /** Which have a fresh, valid number now; of the cuff: a reading of the last 15 min. */
  readonly vitals: Readonly<Record<Vital, boolean>>;
  readonly spo2: number | null;
  readonly heartRate: number | null;
  /** Cuff readings of the visit, oldest first. */
  readonly readings: readonly NibpReading[];
  /** High-priority alarms that nobody acknowledged. */
  readonly openHighAlarms: number;
}

/** Limits of the discharge (clinical practice, docs/visit.md; a physician must approve them). */
export const DISCHARGE_LIMITS = {
  systolic: 160,
  diastolic: 100,
  spo2: 92,
  heartRate: { low: 50, high: 110 },
  dissociation: 1,
  nausea: 3,
  /** A score counts for the discharge when it is at most this old (ms). */
  scoreAgeMs: 30 * 60_000,
} as const;

const yes = (text: string): FactState => ({ holds: true, text });
const no = (text: string): FactState => ({ holds: false, text });

/** Every fact, at one instant. */
export const computeFacts = (session: Session, chair: ChairFacts, now: Instant): Facts => {
  const { advice } = proposeBaseline(chair.readings);
  const vital = (name: Vital): FactState =>
    chair.vitals[name] ? yes('Arriving') : no('No valid reading now');
  return {
    'vital-heartRate': vital('heartRate'),
    'vital-spo2': vital('spo2'),
    'vital-respiration': vital('respiration'),
    'vital-bloodPressure': vital('bloodPressure'),
    'baseline-agreed': session.baseline !== null || advice === '' ? yes('Readings agree') : no(advice),
    ...doseFacts(session),
    'recovery-minimum': recoveryFact(session, now),
    aldrete: scoreFact(session, 'aldrete', now),
    padss: scoreFact(session, 'padss', now),
    'pressure-near-baseline': pressureFact(session, chair, now),
    'vitals-in-range': vitalsFact(chair),
    'sedation-gone': sedationFact(session, now),
    'no-severe-effect': effectFact(session),
    'alarms-acknowledged':
      chair.openHighAlarms === 0 ? yes('None') : no(`${chair.openHighAlarms} not acknowledged`),
  };
};

const doseFacts = ({ visit: { dose } }: Session): Pick<Facts, Extract<ComputedFact, `dose-${string}`>> => ({
  'dose-planned': dose === null ? no('No dose planned') : yes(`${dose.plan.drug} planned`),
  'dose-verified':
    dose?.verified == null
      ? no('Nobody has compared the pump with the plan')
      : yes(`Compared with the pump by ${dose.verified.by}`),
});

const recoveryFact = (session: Session, now: Instant): FactState => {
  const minimum = minimumRecoveryMs(session);
  const passed = timeInPhases(session, ['recovery'], now);
  return passed >= minimum
    ? yes(`At least ${durationWords(minimum)}`)
    : no(`Only ${durationWords(passed)} of at least ${durationWords(minimum)} of recovery have passed`);
};

/** Why a score says nothing of the patient who is about to go, in words; null: it counts. */
const scoreDoubt = (session: Session, score: ScoreEntry, now: Instant): string | null => {
  const stoppedAt = session.spans.findLast(({ phase }) => phase === 'recovery')?.startedAt ?? null;
  if (stoppedAt !== null && score.at < stoppedAt) return 'was scored before the drug ended';
  // The clock was set back meanwhile: how old it is nobody knows.
  if (score.at > now.wall) return 'was scored at a time that is still to come';
  return now.wall - score.at > DISCHARGE_LIMITS.scoreAgeMs
    ? `was scored more than ${durationWords(DISCHARGE_LIMITS.scoreAgeMs)} ago`
    : null;
};

const scoreFact = (session: Session, scale: ScaleId, now: Instant): FactState => {
  const score = lastScore(session.visit, scale);
  const { short } = SCALES[scale];
  if (score === null) return no(`${short} not scored`);
  const doubt = scoreDoubt(session, score, now);
  if (doubt !== null) return no(`${short} ${doubt}`);
  return score.value >= FIT_SCORE
    ? yes(`${short} ${score.value}`)
    : no(`${short} ${score.value}, wanted ${FIT_SCORE}`);
};

const pressureFact = (session: Session, { readings }: ChairFacts, now: Instant): FactState => {
  const lastTwo = readings.filter(isBelievable).slice(-2);
  const [before, last] = lastTwo;
  if (before === undefined || last === undefined) return no('Fewer than two readings');
  if (last !== readings.at(-1)) return no('The last reading is doubtful: measure again');
  const oldest = session.visit.protocol?.cuff.lastBeforeDischargeMs ?? 10 * 60_000;
  const ageMs = now.mono - last.receivedAt.mono + last.ageAtReceiptMs;
  if (ageMs > oldest) return no(`Last reading more than ${durationWords(oldest)} ago`);
  const words = lastTwo.map(({ systolic, diastolic }) => `${systolic}/${diastolic}`).join(', ');
  const high = lastTwo.some(
    ({ systolic, diastolic }) =>
      systolic >= DISCHARGE_LIMITS.systolic || diastolic >= DISCHARGE_LIMITS.diastolic,
  );
  if (high) return no(`${words}: not below ${DISCHARGE_LIMITS.systolic}/${DISCHARGE_LIMITS.diastolic}`);
  if (session.baseline === null) return no(`${words}, no baseline to compare with`);
  const near = lastTwo.every(({ systolic }) => recoveryPressureScore(session.baseline, systolic) === 2);
  return near ? yes(words) : no(`${words}: not within 20 % of the baseline ${session.baseline.systolic}`);
};

const vitalsFact = ({ spo2, heartRate }: ChairFacts): FactState => {
  const { low, high } = DISCHARGE_LIMITS.heartRate;
  const missing = [...(spo2 === null ? ['SpO₂'] : []), ...(heartRate === null ? ['heart rate'] : [])];
  if (spo2 === null || heartRate === null) return no(`No number now: ${missing.join(', ')}`);
  const fine = spo2 >= DISCHARGE_LIMITS.spo2 && heartRate >= low && heartRate <= high;
  const where = fine ? '' : ', not in range';
  return { holds: fine, text: `SpO₂ ${Math.round(spo2)}, heart rate ${Math.round(heartRate)}${where}` };
};

const sedationFact = (session: Session, now: Instant): FactState => {
  const wanted: readonly (readonly [ScaleId, (value: number) => boolean])[] = [
    ['moaa-s', (value) => value === 5],
    ['dissociation', (value) => value <= DISCHARGE_LIMITS.dissociation],
    ['nausea', (value) => value <= DISCHARGE_LIMITS.nausea],
  ];
  const missing = wanted.filter(([scale]) => {
    const score = lastScore(session.visit, scale);
    return score === null || scoreDoubt(session, score, now) !== null;
  });
  if (missing.length > 0) return no(`Score now: ${missing.map(([scale]) => SCALES[scale].short).join(', ')}`);
  const failing = wanted.filter(
    ([scale, fits]) => !fits(lastScore(session.visit, scale)?.value ?? Number.NaN),
  );
  const words = (rows: typeof wanted): string =>
    rows.map(([scale]) => `${SCALES[scale].short} ${lastScore(session.visit, scale)?.value}`).join(', ');
  return failing.length === 0 ? yes(words(wanted)) : no(words(failing));
};

const effectFact = (session: Session): FactState => {
  const severe = runningEffects(session.visit).filter(({ severity }) => severity === 'severe');
  return severe.length === 0
    ? yes('None')
    : no(`Still severe: ${severe.map(({ kind }) => SIDE_EFFECTS[kind].label).join(', ')}`);
};

/** The parts of Aldrete and PADSS that the data give (points); a part that is not there must be judged by a person. */
export const autoScoreParts = (
  session: Session,
  scale: 'aldrete' | 'padss',
  chair: Pick<ChairFacts, 'spo2' | 'readings'>,
): Readonly<Record<string, number>> => {
  const last = chair.readings.at(-1);
  const systolic = last !== undefined && isBelievable(last) ? last.systolic : null;
  const pressure = pressurePoints(session, scale, systolic);
  const points = SCALES[scale].parts.flatMap(({ id, auto }): readonly [string, number][] => {
    if (auto === 'always-full') return [[id, 2]];
    if (auto === 'pressure' && pressure !== null) return [[id, pressure]];
    // Only the best is certain: whether oxygen is given, and with what effect, the data do not say.
    if (auto === 'spo2' && chair.spo2 !== null && chair.spo2 > 92) return [[id, 2]];
    return [];
  });
  return Object.fromEntries(points);
};

const pressurePoints = (
  session: Session,
  scale: 'aldrete' | 'padss',
  systolic: number | null,
): number | null => {
  if (scale === 'padss') return recoveryPressureScore(session.baseline, systolic);
  if (session.baseline === null || systolic === null) return null;
  const share = Math.abs(systolic - session.baseline.systolic) / session.baseline.systolic;
  return share <= 0.2 ? 2 : share < 0.5 ? 1 : 0;
};
