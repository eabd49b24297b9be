/**
 * What can be looked for about a session, worked out once from its record and kept beside it (`db/session-facts.ts`). It is
 * no record: it can be thrown away and made again, and it names the entry up to which it is true.
 */
import { foldAlarmLog } from '../alarm/log-fold.ts';
import type { AlarmEvent, AlarmPriority } from '../alarm/types.ts';
import type { ChairId, CourseId, PatientId, SessionId } from '../ids.ts';
import { VITAL_ROWS, VITALS } from '../nomenclature/vitals.ts';
import { foldSignOff } from '../record/sign-off.ts';
import type { SessionFigures } from '../review/figures.ts';
import type { DataOrigin, SessionEvent } from '../session/events.ts';
import { isClosed, type Phase } from '../session/phase.ts';
import { foldSession, infusionStartedAt, type Session } from '../session/session.ts';
import type { EpochMs } from '../time.ts';
import { visitSummary } from '../visit/summary.ts';

/** What a physician looks for. Order: as they are shown. */
export const SESSION_FLAGS = [
  'bp-spike',
  'dose-reduced',
  'override',
  'severe-effect',
  'ended-early',
  'data-gap',
  'unsigned',
] as const;
export type SessionFlag = (typeof SESSION_FLAGS)[number];

export const FLAG_LABELS: Readonly<Record<SessionFlag, string>> = {
  'bp-spike': 'BP spike',
  'dose-reduced': 'Dose reduced',
  override: 'Overridden check',
  'severe-effect': 'Severe side effect',
  'ended-early': 'Ended early',
  'data-gap': 'Gap in the data',
  unsigned: 'Not signed',
};

/** Changed whenever the rules below change: facts of another version are made again. */
export const FACTS_VERSION = 3;

/** What only the numbers tell; null in `SessionFacts` until they were looked through. */
export interface NumberFacts {
  /** Highest cuff reading from the start of the infusion that counts (mmHg). */
  readonly peakSystolic: number | null;
  /** Peak less baseline (mmHg). */
  readonly peakRise: number | null;
  /** A vital without a number for more than a minute under treatment, or at all. */
  readonly hasGap: boolean;
  /** Time with at least one alarm condition, by priority (ms). */
  readonly burdenMs: Readonly<Record<AlarmPriority, number>>;
  readonly lastedMs: number;
}

export interface SessionFacts {
  readonly version: number;
  readonly id: SessionId;
  /** Sequence of the last entry that these facts know. */
  readonly sequence: number;
  readonly openedAt: EpochMs;
  readonly closedAt: EpochMs | null;
  readonly infusionStartedAt: EpochMs | null;
  readonly phase: Phase;
  /** Where the visit ended, or is. */
  readonly chairId: ChairId;
  readonly origin: DataOrigin;
  readonly initials: string;
  readonly patient: {
    readonly id: PatientId;
    readonly name: string;
    readonly birthDate: string;
    readonly mrn: string | null;
  } | null;
  readonly indication: string;
  readonly course: {
    readonly id: CourseId;
    readonly title: string;
    readonly number: number;
    readonly planned: number;
  } | null;
  /** By the entries. `isPartial`: more was given, before the plan was entered. */
  readonly dose: {
    readonly drug: string;
    readonly mg: number;
    readonly mgPerKg: number;
    readonly isPartial: boolean;
  } | null;
  /** Alarms that were raised. */
  readonly alarms: Readonly<Record<AlarmPriority, number>>;
  /** Guards and checks that somebody passed over. */
  readonly overrides: number;
  /** Flags that the entries tell; `data-gap` is with the numbers. */
  readonly flags: readonly SessionFlag[];
  readonly numbers: NumberFacts | null;
}

/** All flags of a session; `data-gap` only once the numbers were looked through. */
export const flagsOf = ({ flags, numbers }: SessionFacts): readonly SessionFlag[] => {
  const all = numbers?.hasGap === true ? [...flags, 'data-gap' as const] : flags;
  return SESSION_FLAGS.filter((flag) => all.includes(flag));
};

/**
 * The facts of a record.
 * @param numbers null while the numbers were not looked through.
 * @throws Error as `foldSession`, when the events are not a whole record.
 */
export const sessionFacts = (events: readonly SessionEvent[], numbers: NumberFacts | null): SessionFacts => {
  const session = foldSession(events);
  const last = session.closedAt ?? events.at(-1)?.at.wall ?? session.openedAt;
  const { dose } = visitSummary(session, last);
  const { rows } = foldAlarmLog(events, last);
  const raised = (priority: AlarmPriority): number => rows.filter((row) => row.priority === priority).length;
  const overrides = events.filter(isOverride).length;
  const { patient, course } = session;
  return {
    version: FACTS_VERSION,
    id: session.id,
    sequence: session.sequence,
    openedAt: session.openedAt,
    closedAt: session.closedAt,
    infusionStartedAt: infusionStartedAt(session),
    phase: session.phase,
    chairId: session.chairId,
    origin: session.origin,
    initials: session.patientInitials,
    patient:
      patient === null
        ? null
        : {
            id: patient.patientId,
            name: patient.name,
            birthDate: patient.birthDate,
            mrn: patient.mrn,
          },
    indication: session.indication,
    course:
      course === null
        ? null
        : {
            id: course.courseId,
            title: course.title,
            number: course.position.number,
            planned: course.position.planned,
          },
    dose:
      dose === null
        ? null
        : {
            drug: dose.drug,
            mg: dose.deliveredMg,
            mgPerKg: dose.deliveredMgPerKg,
            isPartial: dose.isPartial,
          },
    alarms: { high: raised('high'), medium: raised('medium'), low: raised('low') },
    overrides,
    flags: SESSION_FLAGS.filter((flag) => RULES[flag](session, events, overrides)),
    numbers,
  };
};

/** What the figures of a visit say, for looking across visits. */
export const numberFacts = (figures: SessionFigures): NumberFacts => {
  const vitals: readonly string[] = VITALS.flatMap((vital) => VITAL_ROWS[vital].metrics);
  return {
    peakSystolic: figures.peak.systolic?.value ?? null,
    peakRise: figures.peakRise?.mmHg ?? null,
    hasGap: figures.completeness.some(
      ({ metric, coveredMs, longGaps, expectedMs }) =>
        vitals.includes(metric) && expectedMs > 0 && (coveredMs === 0 || longGaps.length > 0),
    ),
    burdenMs: figures.alarms.burdenMs,
    lastedMs: Math.max(0, figures.to - figures.from),
  };
};

/** A spike within a minute of a lesser alarm opens that one again. */
const BEGINS: readonly AlarmEvent['type'][] = ['raised', 'reopened', 'escalated'];

/** BP spikes are what the catalogue calls so: the high-priority rules BP-2, BP-3 and BP-5. */
const SPIKE = /^nibp-(sys|dia|map)-(high-high-priority|high-immediate|rise-high-priority)$/;

type Rule = (session: Session, events: readonly SessionEvent[], overrides: number) => boolean;

const RULES: Readonly<Record<SessionFlag, Rule>> = {
  'bp-spike': (_, events) =>
    events.some(
      ({ body }) =>
        body.type === 'alarm' &&
        BEGINS.includes(body.alarm.type) &&
        'alarm' in body.alarm &&
        SPIKE.test(body.alarm.alarm.conditionId),
    ),
  'dose-reduced': ({ visit }, events) =>
    (visit.dose?.changes ?? []).some(({ from, to }) => to < from) ||
    events.some(({ body }) => body.type === 'infusion-stopped' && body.cause !== 'complete'),
  override: (_, __, overrides) => overrides > 0,
  'severe-effect': ({ visit }) => visit.sideEffects.some(({ worst }) => worst === 'severe'),
  'ended-early': ({ phase, visit }, events) =>
    phase === 'aborted' ||
    visit.leftEarly !== null ||
    events.some(({ body }) => body.type === 'infusion-stopped' && body.cause !== 'complete'),
  // Known with the numbers alone.
  'data-gap': () => false,
  unsigned: ({ phase }, events) => isClosed(phase) && foldSignOff(events).state !== 'signed',
};

/** An entry with which somebody passed over a guard or a check. */
const isOverride = ({ body }: SessionEvent): boolean => {
  switch (body.type) {
    case 'checklist-excepted':
    case 'move-authorised':
    case 'left-early':
      return true;
    case 'limits-changed':
      return body.override !== undefined;
    case 'dose-planned':
    case 'dose-rate-changed':
    case 'dose-bolus':
      return body.authorisations.length > 0;
    case 'phase-changed':
      return (body.withoutVitals?.length ?? 0) > 0;
    default:
      return false;
  }
};

/** Everything a typed word may begin: name, MRN, birth date, initials, indication, course. */
export const searchedText = ({ patient, initials, indication, course }: SessionFacts): string =>
  [
    patient === null ? '' : `${patient.name} ${patient.birthDate} ${patient.mrn ?? ''}`,
    initials,
    indication,
    course?.title ?? '',
  ].join(' ');
