/** What people saw: scores as Observations, side effects as AdverseEvents. Codes only where a document shows them: texts. */
import type { AdverseEvent, Annotation, Observation } from '@medplum/fhirtypes';
import type { EventId } from '../../core/ids.ts';
import { SCALES } from '../../core/scales/scales.ts';
import { type Severity, SIDE_EFFECTS } from '../../core/scales/side-effects.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import type { EpochMs } from '../../core/time.ts';
import { plainText } from '../plain-text.ts';
import { isoUtc } from '../zone-time.ts';
import { category, ucum } from './codes.ts';
import { struckEntries } from './drugs.ts';
import { uuidIdentifier } from './identity.ts';
import { type Entry, identifiedBy, type Scope, taggedWith } from './scope.ts';

/** Every score, also those that were struck: as `entered-in-error`. */
export const scoreEntries = (scope: Scope): readonly Entry<Observation>[] => {
  const struck = struckEntries(scope.document.events);
  return scope.document.events.flatMap((event) =>
    event.body.type === 'score-recorded' ? [scoreEntry(scope, event, event.body, struck)] : [],
  );
};

const points = (value: number) => ucum(value, '{score}', 'points');

const scoreEntry = (
  scope: Scope,
  { id, at, by }: SessionEvent,
  { scale: scaleId, value, parts }: Extract<SessionEvent['body'], { type: 'score-recorded' }>,
  struck: ReadonlyMap<EventId, Annotation>,
): Entry<Observation> => {
  const uuid = scope.uuid('entry', id);
  const scale = SCALES[scaleId];
  const taken = struck.get(id);
  const anchor = scale.anchors.find((one) => one.value === value);
  const components = Object.entries(parts ?? {}).map(([key, given]) => ({
    code: { text: plainText(scale.parts.find((part) => part.id === key)?.label ?? key) },
    valueQuantity: points(given),
  }));
  return {
    uuid,
    resource: {
      resourceType: 'Observation',
      ...scope.meta(),
      ...identifiedBy(uuid),
      status: taken === undefined ? scope.valueStatus : 'entered-in-error',
      category: [category('survey', 'Survey')],
      code: { text: scale.label },
      subject: scope.patient,
      encounter: scope.encounter,
      effectiveDateTime: isoUtc(at.wall),
      performer: [{ display: plainText(by) }],
      valueQuantity: points(value),
      ...(anchor === undefined || scale.parts.length > 0 ? {} : { interpretation: [{ text: anchor.label }] }),
      referenceRange: [
        {
          text: `The scale goes from ${scale.lowest} to ${scale.highest}; ${scale.worse === 'high' ? 'more' : 'less'} is worse.`,
        },
      ],
      ...(components.length === 0 ? {} : { component: components }),
      ...(taken === undefined ? {} : { note: [taken] }),
    },
  };
};

/** One side effect over its life, as far as the record goes. */
interface Effect {
  readonly noted: SessionEvent;
  readonly body: Extract<SessionEvent['body'], { type: 'side-effect-noted' }>;
  readonly course: { readonly at: EpochMs; readonly severity: Severity }[];
  endedAt: EpochMs | null;
}

/**
 * Every side effect. R4 has no field for the end and for changes of severity, so its words tell them; what caused it is
 * not on record, so nothing is suspected. One that was struck says so in its words: R4 has no status for it either.
 */
export const sideEffectEntries = (scope: Scope): readonly Entry<AdverseEvent>[] => {
  const { events } = scope.document;
  const effects = new Map<EventId, Effect>();
  for (const event of events) {
    const { body } = event;
    if (body.type === 'side-effect-noted') {
      const course = [{ at: body.onsetAt, severity: body.severity }];
      effects.set(event.id, { noted: event, body, course, endedAt: null });
    } else if (body.type === 'side-effect-changed') {
      effects.get(body.effect)?.course.push({ at: event.at.wall, severity: body.severity });
    } else if (body.type === 'side-effect-ended') {
      const effect = effects.get(body.effect);
      if (effect !== undefined) effect.endedAt = event.at.wall;
    }
  }
  const struck = struckEntries(events);
  return [...effects.values()].map((effect) => effectEntry(scope, effect, struck.get(effect.noted.id)));
};

const SEVERITY_SYSTEM = 'http://terminology.hl7.org/CodeSystem/adverse-event-severity';
const OUTCOME_SYSTEM = 'http://terminology.hl7.org/CodeSystem/adverse-event-outcome';
const SEVERITY_LABELS: Readonly<Record<Severity, string>> = {
  mild: 'Mild',
  moderate: 'Moderate',
  severe: 'Severe',
};
const RANK: readonly Severity[] = ['mild', 'moderate', 'severe'];

const effectEntry = (
  scope: Scope,
  { noted, body, course, endedAt }: Effect,
  struck: Annotation | undefined,
): Entry<AdverseEvent> => {
  const uuid = scope.uuid('entry', noted.id);
  const worst = RANK.findLast((severity) => course.some((step) => step.severity === severity)) ?? 'mild';
  const words = [
    `${SIDE_EFFECTS[body.kind].label}${body.text === null ? '' : ` (${body.text})`}`,
    ...course.map(({ at, severity }) => `${severity} from ${isoUtc(at)}`),
    endedAt === null ? 'not ended on record' : `ended ${isoUtc(endedAt)}`,
  ].join('; ');
  const { meta } = scope.meta();
  return {
    uuid,
    resource: {
      resourceType: 'AdverseEvent',
      ...taggedWith(meta, uuid),
      identifier: uuidIdentifier(uuid),
      actuality: 'actual',
      event: {
        text: plainText(struck === undefined ? words : `ENTERED IN ERROR (${struck.text}): ${words}`),
      },
      subject: scope.patient,
      encounter: scope.encounter,
      date: isoUtc(body.onsetAt),
      recordedDate: isoUtc(noted.at.wall),
      severity: { coding: [{ system: SEVERITY_SYSTEM, code: worst, display: SEVERITY_LABELS[worst] }] },
      outcome: {
        coding: [
          endedAt === null
            ? { system: OUTCOME_SYSTEM, code: 'ongoing', display: 'Ongoing' }
            : { system: OUTCOME_SYSTEM, code: 'resolved', display: 'Resolved' },
        ],
      },
      recorder: { display: plainText(noted.by) },
    },
  };
};
