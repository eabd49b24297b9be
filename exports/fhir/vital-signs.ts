/**
 * Vital signs: each cuff reading, and continuous values at a step. What a person took out as an artefact goes along as
 * `entered-in-error`: a receiver that had it already as `final` then takes it back, which leaving it out would not do.
 */
import type { Annotation, Observation } from '@medplum/fhirtypes';
import { METRICS } from '../../core/nomenclature/metrics.ts';
import type { Exclusion } from '../../core/review/exclusions.ts';
import { readingDoubt } from '../../core/review/pressures.ts';
import type { NibpReading } from '../../core/session/events.ts';
import { type EpochMs, epochMs } from '../../core/time.ts';
import { plainText } from '../plain-text.ts';
import { readingExclusion, type StepValue, stepValues } from '../step-values.ts';
import { isoUtc } from '../zone-time.ts';
import {
  ABSENT_REASONS,
  BLOOD_PRESSURE_PANEL,
  category,
  metricConcept,
  metricQuantity,
  NOT_GIVEN,
  OFF_SCALE,
  profileOf,
  QUESTIONABLE,
} from './codes.ts';
import { numbered } from './identity.ts';
import { type Entry, identifiedBy, type Scope } from './scope.ts';

const DOUBTED = 'The monitor itself marked this value as questionable.';
const VITAL_SIGNS = category('vital-signs', 'Vital Signs');

/** The blood pressure of one cuff reading, and its pulse rate where there is one. */
export const readingEntries = (scope: Scope): readonly Entry<Observation>[] => {
  const name = numbered();
  return scope.document.readings.flatMap((reading) => {
    const exclusion = readingExclusion(scope.document.exclusions, reading);
    const key = name(`${reading.monitorId} ${reading.receivedAt.wall}`);
    const pressure = pressureEntry(scope, key, reading, exclusion);
    return reading.pulseRate === null
      ? [pressure]
      : [pressure, pulseEntry(scope, key, reading, reading.pulseRate, exclusion)];
  });
};

const pressureEntry = (
  scope: Scope,
  key: string,
  reading: NibpReading,
  exclusion: Exclusion | null,
): Entry<Observation> => {
  const { systolic, diastolic, mean } = reading;
  const uuid = scope.uuid('cuff', key);
  return {
    uuid,
    resource: {
      ...common(scope, uuid, {
        metric: 'MDC_PRESS_BLD_NONINV_SYS',
        reading,
        exclusion,
      }),
      code: BLOOD_PRESSURE_PANEL,
      component: [
        component('MDC_PRESS_BLD_NONINV_SYS', systolic),
        component('MDC_PRESS_BLD_NONINV_DIA', diastolic),
        component('MDC_PRESS_BLD_NONINV_MEAN', mean),
      ],
    },
  };
};

const component = (
  metric: 'MDC_PRESS_BLD_NONINV_SYS' | 'MDC_PRESS_BLD_NONINV_DIA' | 'MDC_PRESS_BLD_NONINV_MEAN',
  value: number | null,
) => ({
  code: metricConcept(metric),
  ...(value === null ? { dataAbsentReason: NOT_GIVEN } : { valueQuantity: metricQuantity(metric, value) }),
});

const pulseEntry = (
  scope: Scope,
  key: string,
  reading: NibpReading,
  pulseRate: number,
  exclusion: Exclusion | null,
): Entry<Observation> => {
  const metric = 'MDC_PULS_RATE_NON_INV';
  const uuid = scope.uuid('cuff-pulse', key);
  return {
    uuid,
    resource: {
      ...common(scope, uuid, { metric, reading, exclusion }),
      code: metricConcept(metric),
      valueQuantity: metricQuantity(metric, pulseRate),
    },
  };
};

const common = (
  scope: Scope,
  uuid: string,
  {
    metric,
    reading,
    exclusion,
  }: {
    readonly metric: 'MDC_PRESS_BLD_NONINV_SYS' | 'MDC_PULS_RATE_NON_INV';
    readonly reading: NibpReading;
    readonly exclusion: Exclusion | null;
  },
) =>
  observation(scope, uuid, {
    profile: profileOf(metric),
    at: reading.receivedAt.wall,
    ageMs: reading.ageAtReceiptMs,
    monitor: reading.monitorId,
    doubt: readingDoubt(reading),
    exclusion,
  });

/** Continuous values, the last of each step; of a run of steps without a number the first, which tells until when. */
export function* continuousEntries(scope: Scope, stepMs: number): Generator<Entry<Observation>, undefined> {
  const runs = new Map<string, Run>();
  const rows: Run[] = [];
  for (const value of stepValues(scope.document, stepMs)) {
    const key = `${value.monitorId} ${value.metric}`;
    const run = runs.get(key);
    if (run !== undefined && continues(run, value)) {
      run.until = value.at;
    } else {
      const next = { first: value, until: value.at };
      runs.set(key, next);
      rows.push(next);
    }
  }
  const name = numbered();
  for (const row of rows) {
    const { monitorId, metric, at } = row.first;
    // The step is part of the identity: values at other steps are other resources, not corrections of these.
    yield continuousEntry(scope, name(`${monitorId} ${metric} ${stepMs} ${at}`), row);
  }
}

/** One value, or steps one after another that all lacked one for the same reason. */
interface Run {
  readonly first: StepValue;
  until: EpochMs;
}

const continues = ({ first }: Run, { observation, exclusion }: StepValue): boolean =>
  observation.value === null &&
  first.observation.value === null &&
  observation.validity === first.observation.validity &&
  exclusion?.id === first.exclusion?.id;

const continuousEntry = (scope: Scope, key: string, { first, until }: Run): Entry<Observation> => {
  const { metric, monitorId, at, observation: seen, exclusion } = first;
  const uuid = scope.uuid('value', key);
  const shared = observation(scope, uuid, {
    profile: profileOf(metric),
    at,
    ageMs: seen.ageAtReceiptMs,
    monitor: monitorId,
    doubt: seen.validity === 'questionable' ? DOUBTED : null,
    exclusion,
  });
  if (seen.value !== null) {
    return {
      uuid,
      resource: {
        ...shared,
        code: metricConcept(metric),
        valueQuantity: metricQuantity(metric, seen.value),
      },
    };
  }
  const offScale = OFF_SCALE[seen.validity];
  const lasted =
    until === at
      ? []
      : [{ text: `No ${METRICS[metric].name.toLowerCase()} from then until at least ${isoUtc(until)}.` }];
  return {
    uuid,
    resource: {
      ...shared,
      code: metricConcept(metric),
      dataAbsentReason: ABSENT_REASONS[seen.validity],
      ...(offScale === undefined ? {} : { interpretation: [offScale] }),
      ...notes(...(shared.note ?? []), ...lasted),
    },
  };
};

interface Circumstances {
  readonly profile: string;
  /** When it was received. */
  readonly at: EpochMs;
  readonly ageMs: number;
  readonly monitor: NibpReading['monitorId'];
  /** Why it is questionable; null: it is not. */
  readonly doubt: string | null;
  readonly exclusion: Exclusion | null;
}

/** An observation of the session without its code and value. */
const observation = (
  scope: Scope,
  uuid: string,
  { profile, at, ageMs, monitor, doubt, exclusion }: Circumstances,
) => {
  const device = scope.device(monitor);
  const said: Annotation[] = [
    ...(exclusion === null ? [] : [exclusionNote(exclusion)]),
    ...(ageMs <= 0
      ? []
      : [
          {
            text: `Received at this time; it may have been measured as early as ${isoUtc(epochMs(at - ageMs))}.`,
          },
        ]),
    ...(doubt === null ? [] : [{ text: doubt }]),
  ];
  const resource: Omit<Observation, 'code'> = {
    resourceType: 'Observation',
    ...scope.meta(profile),
    ...identifiedBy(uuid),
    status: exclusion === null ? scope.valueStatus : 'entered-in-error',
    category: [VITAL_SIGNS],
    subject: scope.patient,
    encounter: scope.encounter,
    effectiveDateTime: isoUtc(at),
    ...(doubt === null ? {} : { interpretation: [QUESTIONABLE] }),
    ...(device === null ? {} : { device }),
    ...notes(...said),
  };
  return resource;
};

const exclusionNote = ({ by, at, reason }: Exclusion): Annotation => ({
  authorString: plainText(by),
  time: isoUtc(at),
  text: plainText(`Left out of the figures as an artefact: ${reason}`),
});

const notes = (...all: readonly Annotation[]): { readonly note?: Annotation[] } =>
  all.length === 0 ? {} : { note: [...all] };
