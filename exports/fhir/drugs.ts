/**
 * What was given: the infusion as a Procedure, and each stretch at one rate, each amount at once and each other drug as
 * a MedicationAdministration of its own, so that a change of rate has its time. Amounts are worked out from the rates
 * that people entered; nobody read the pump, and every one of them says so.
 */
import type { Annotation, MedicationAdministration, Procedure, Quantity } from '@medplum/fhirtypes';
import { type DoseSegment, segmentVolume } from '../../core/dose/delivery.ts';
import { type DoseState, STOP_CAUSE_LABELS } from '../../core/dose/dose-state.ts';
import { doseIn } from '../../core/dose/units.ts';
import type { EventId } from '../../core/ids.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import { infusionStartedAt, type Session } from '../../core/session/session.ts';
import type { EpochMs } from '../../core/time.ts';
import { entered, figure } from '../../core/visit/drug-words.ts';
import { visitEventText } from '../../core/visit/event-text.ts';
import { plainText } from '../plain-text.ts';
import { isoUtc } from '../zone-time.ts';
import { drugConcept, ROUTES, UCUM, ucum } from './codes.ts';
import { urnOf } from './identity.ts';
import { type Entry, identifiedBy, type Scope } from './scope.ts';

/** When the drug last stopped running; null: it never ran, or runs. */
const infusionEndedAt = ({ spans }: Session): EpochMs | null =>
  spans.findLast(({ phase }) => phase === 'infusing')?.endedAt ?? null;

/** The infusion as a whole; also of a visit in which none took place. */
export const procedureEntry = (scope: Scope): Entry<Procedure> => {
  const { session, events, monitors } = scope.document;
  const uuid = scope.uuid('procedure');
  const { dose } = session.visit;
  const startedAt = infusionStartedAt(session);
  const endedAt = infusionEndedAt(session);
  const drug = dose?.plan.drug ?? session.visit.protocol?.drug ?? 'Drug not recorded';
  const kind = dose?.plan.kind === 'nasal' ? 'nasal' : 'infusion';
  const devices = monitors.map(({ id }) => scope.device(id)).filter((device) => device !== null);
  const told = events.filter(({ body }) => DOSE_ENTRIES.has(body.type)).map(doseNote);
  return {
    uuid,
    resource: {
      resourceType: 'Procedure',
      ...scope.meta(),
      ...identifiedBy(uuid),
      status: procedureStatus(session),
      ...(session.visit.leftEarly === null
        ? {}
        : { statusReason: { text: plainText(`Left early: ${session.visit.leftEarly.reason}`) } }),
      code: { text: plainText(`${drug}, ${kind}`) },
      subject: scope.patient,
      encounter: scope.encounter,
      ...(startedAt === null
        ? {}
        : {
            performedPeriod: {
              start: isoUtc(startedAt),
              ...(endedAt === null ? {} : { end: isoUtc(endedAt) }),
            },
          }),
      reasonCode: [{ text: plainText(session.indication) }],
      ...(devices.length === 0 ? {} : { usedReference: devices }),
      ...(told.length === 0 ? {} : { note: told }),
    },
  };
};

const DOSE_ENTRIES: ReadonlySet<SessionEvent['body']['type']> = new Set([
  'dose-planned',
  'dose-verified',
  'dose-rate-changed',
  'infusion-stopped',
]);

const doseNote = ({ body, by, at }: SessionEvent): Annotation => ({
  authorString: plainText(by),
  time: isoUtc(at.wall),
  text: plainText(doseWords(body)),
});

const doseWords = (body: SessionEvent['body']): string => {
  switch (body.type) {
    case 'dose-planned':
    case 'dose-verified':
    case 'dose-rate-changed':
    case 'infusion-stopped':
      return visitEventText(body);
    default:
      return body.type;
  }
};

const procedureStatus = (session: Session): Exclude<Procedure['status'], undefined> => {
  const hasRun = infusionStartedAt(session) !== null;
  if (!hasRun) return session.closedAt === null ? 'preparation' : 'not-done';
  if (session.phase === 'infusing') return 'in-progress';
  if (session.phase === 'paused') return 'on-hold';
  const cause = session.visit.dose?.stopped?.cause ?? 'complete';
  return session.phase === 'aborted' || cause !== 'complete' ? 'stopped' : 'completed';
};

const COMPUTED = 'Worked out from the rate that was entered, not read from the pump.';

/** Everything that was given. Entries that were struck go along as `entered-in-error`. */
export const administrationEntries = (scope: Scope): readonly Entry<MedicationAdministration>[] => {
  const { session, events } = scope.document;
  const { dose } = session.visit;
  const struck = struckEntries(events);
  const single = events.flatMap((event): readonly Entry<MedicationAdministration>[] => {
    const { body } = event;
    if (body.type === 'drug-given') return [drugEntry(scope, event, body, struck)];
    return body.type === 'dose-bolus' && dose !== null ? [bolusEntry(scope, dose, event, body, struck)] : [];
  });
  return [...(dose === null ? [] : segmentEntries(scope, dose)), ...single];
};

/** Entries that a later one struck, and why. */
export const struckEntries = (events: readonly SessionEvent[]): ReadonlyMap<EventId, Annotation> =>
  new Map(
    events.flatMap(({ body, by, at }): readonly [EventId, Annotation][] =>
      body.type === 'entry-struck'
        ? [
            [
              body.entry,
              {
                authorString: plainText(by),
                time: isoUtc(at.wall),
                text: plainText(`Struck: ${body.reason}`),
              },
            ],
          ]
        : [],
    ),
  );

const segmentEntries = (scope: Scope, dose: DoseState): readonly Entry<MedicationAdministration>[] =>
  dose.segments.map((segment, index) => {
    // Stretches come one after another and never go away: their number is their name.
    const uuid = scope.uuid('stretch', String(index + 1));
    const isLast = index === dose.segments.length - 1;
    const stopped =
      isLast && dose.stopped !== null && dose.stopped.cause !== 'complete' ? dose.stopped : null;
    const { concentrationMgPerMl, rateMlPerH, startedAt, endedAt } = segment;
    const mg = given(scope, segment);
    const unwatched = dose.unwatched.filter((gap) => overlaps(segment, gap));
    const said = [
      COMPUTED,
      ...(dose.isPartial ? ['The drug ran before its plan was entered: more was given than this.'] : []),
      ...unwatched.map(
        (gap) =>
          `The station was down from ${isoUtc(gap.startedAt)} to ${isoUtc(gap.endedAt)}: the rate went on unwatched.`,
      ),
    ];
    const resource: MedicationAdministration = {
      ...administration(scope, uuid),
      status: endedAt === null ? 'in-progress' : stopped === null ? 'completed' : 'stopped',
      ...(stopped === null ? {} : { statusReason: [{ text: STOP_CAUSE_LABELS[stopped.cause] }] }),
      medicationCodeableConcept: drugConcept(plainText(dose.plan.drug)),
      effectivePeriod: {
        start: isoUtc(startedAt),
        ...(endedAt === null ? {} : { end: isoUtc(endedAt) }),
      },
      dosage: {
        text: `${figure(rateMlPerH, 4)} mL/h of ${figure(concentrationMgPerMl)} mg/mL`,
        route: ROUTES.intravenous,
        dose: ucum(rounded(mg), 'mg'),
        rateQuantity: ucum(rateMlPerH, 'mL/h'),
      },
      note: [{ text: said.join(' ') }],
    };
    return { uuid, resource };
  });

const given = (scope: Scope, segment: DoseSegment): number =>
  doseIn(segmentVolume(segment, scope.document.writtenAt), segment.concentrationMgPerMl);

const overlaps = (
  segment: DoseSegment,
  gap: { readonly startedAt: EpochMs; readonly endedAt: EpochMs },
): boolean =>
  gap.endedAt > segment.startedAt && (segment.endedAt === null || gap.startedAt < segment.endedAt);

const bolusEntry = (
  scope: Scope,
  { plan }: DoseState,
  { id, at, by }: SessionEvent,
  { mg, reason }: Extract<SessionEvent['body'], { type: 'dose-bolus' }>,
  struck: ReadonlyMap<EventId, Annotation>,
): Entry<MedicationAdministration> => {
  const uuid = scope.uuid('entry', id);
  const taken = struck.get(id);
  return {
    uuid,
    resource: {
      ...administration(scope, uuid),
      status: taken === undefined ? 'completed' : 'entered-in-error',
      medicationCodeableConcept: drugConcept(plainText(plan.drug)),
      effectiveDateTime: isoUtc(at.wall),
      performer: [{ actor: { display: plainText(by) } }],
      ...(reason === null ? {} : { reasonCode: [{ text: plainText(reason) }] }),
      dosage: {
        text: `${entered(mg)} mg at once`,
        route: plan.kind === 'nasal' ? ROUTES.nasal : ROUTES.intravenous,
        dose: ucum(mg, 'mg'),
      },
      ...(taken === undefined ? {} : { note: [taken] }),
    },
  };
};

/** Units of other drugs that are UCUM as people write them. */
const UNITS: Readonly<Record<string, string>> = { mg: 'mg', g: 'g', mL: 'mL', ml: 'mL', µg: 'ug', mcg: 'ug' };

const drugEntry = (
  scope: Scope,
  { id, at, by }: SessionEvent,
  { name, amount, unit, route, reason }: Extract<SessionEvent['body'], { type: 'drug-given' }>,
  struck: ReadonlyMap<EventId, Annotation>,
): Entry<MedicationAdministration> => {
  const uuid = scope.uuid('entry', id);
  const taken = struck.get(id);
  const code = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  const dose: Quantity = {
    value: amount,
    unit: plainText(unit),
    ...(code === undefined ? {} : { system: UCUM, code }),
  };
  return {
    uuid,
    resource: {
      ...administration(scope, uuid),
      status: taken === undefined ? 'completed' : 'entered-in-error',
      medicationCodeableConcept: drugConcept(plainText(name)),
      effectiveDateTime: isoUtc(at.wall),
      performer: [{ actor: { display: plainText(by) } }],
      ...(reason === null ? {} : { reasonCode: [{ text: plainText(reason) }] }),
      dosage: {
        text: plainText(`${entered(amount)} ${unit} ${route}`),
        route: { text: plainText(route) },
        dose,
      },
      ...(taken === undefined ? {} : { note: [taken] }),
    },
  };
};

const administration = (scope: Scope, uuid: string) => ({
  resourceType: 'MedicationAdministration' as const,
  ...scope.meta(),
  ...identifiedBy(uuid),
  partOf: [{ reference: urnOf(scope.uuid('procedure')) }],
  subject: scope.patient,
  context: scope.encounter,
});

/** A thousandth of a milligram is nothing; a tail of binary digits is only noise. */
const rounded = (mg: number): number => Math.round(mg * 1000) / 1000;
