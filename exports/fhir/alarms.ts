/**
 * Each alarm of the log as an Observation. R4 has nothing of its own for an alarm: DetectedIssue is a judgement about an
 * order, Flag a warning that stands; DeviceAlert comes with R6. IHE PCD sends alarms as observations (ACM), and so do we.
 */
import type { Observation, ObservationComponent } from '@medplum/fhirtypes';
import type { AlarmLogRow } from '../../core/alarm/log.ts';
import type { AlarmPriority } from '../../core/alarm/types.ts';
import { METRICS } from '../../core/nomenclature/metrics.ts';
import { plainText } from '../plain-text.ts';
import { isoUtc } from '../zone-time.ts';
import { ALARM_EVENT, metricQuantity } from './codes.ts';
import { numbered } from './identity.ts';
import { type Entry, identifiedBy, type Scope } from './scope.ts';

const PRIORITY_LABELS: Readonly<Record<AlarmPriority, string>> = {
  high: 'High priority',
  medium: 'Medium priority',
  low: 'Low priority',
};

/** The alarms, in the order of the log. */
export const alarmEntries = (scope: Scope): readonly Entry<Observation>[] => {
  const name = numbered();
  return scope.document.alarms.rows.map((row) =>
    alarmEntry(scope, scope.uuid('alarm', name(`${row.key} ${row.raisedAt}`)), row),
  );
};

const alarmEntry = (scope: Scope, uuid: string, row: AlarmLogRow): Entry<Observation> => {
  const { endedAt, confirmedAt } = row;
  const said = [
    `Raised ${isoUtc(row.raisedAt)}.`,
    ...(confirmedAt === null ? [] : [`Confirmed ${isoUtc(confirmedAt)}.`]),
    ...(row.notConfirmed ? ['A repeat reading did not confirm it.'] : []),
    ...row.escalations.map(
      ({ at, priority }) => `Became ${PRIORITY_LABELS[priority].toLowerCase()} ${isoUtc(at)}.`,
    ),
    ...row.acknowledgements.map(
      ({ at, by, afterMs }) => `ACKNOWLEDGED by ${by} ${isoUtc(at)}, after ${Math.round(afterMs / 1000)} s.`,
    ),
    ...(row.acknowledged === null ? ['Never acknowledged.'] : []),
    ...(row.raisedUnder === null ? [] : [RAISED_UNDER[row.raisedUnder]]),
    ...(endedAt === null ? ['Not ended on record.'] : []),
    ...(row.occurrences > 1 ? [`It came ${row.occurrences} times.`] : []),
  ];
  return {
    uuid,
    resource: {
      resourceType: 'Observation',
      ...scope.meta(),
      ...identifiedBy(uuid),
      status: scope.valueStatus,
      category: [{ text: row.category === 'physiological' ? 'Alarm of the patient' : 'Technical alarm' }],
      code: { coding: [ALARM_EVENT], text: plainText(row.title) },
      subject: scope.patient,
      encounter: scope.encounter,
      effectivePeriod: {
        start: isoUtc(row.onsetAt),
        ...(endedAt === null ? {} : { end: isoUtc(endedAt) }),
      },
      valueString: plainText(row.message === '' ? row.title : row.message),
      component: [
        { code: { text: 'Priority' }, valueString: PRIORITY_LABELS[row.priority] },
        ...components(row),
      ],
      note: [{ text: plainText(said.join(' ')) }],
    },
  };
};

const RAISED_UNDER: Readonly<Record<Exclude<AlarmLogRow['raisedUnder'], null>, string>> = {
  'alarm-paused': 'Raised while ALARM PAUSED kept it from being shown and heard.',
  'audio-off': 'Raised while AUDIO OFF kept it from being heard.',
};

/** The values of an alarm about a metric. Its limit stands in its words only: it may be a share of the baseline. */
const components = ({ category, metric, value, peak }: AlarmLogRow): readonly ObservationComponent[] => {
  if (metric === null || category !== 'physiological') return [];
  const one = (what: string, number: number | null): readonly ObservationComponent[] =>
    number === null
      ? []
      : [
          {
            code: { text: `${METRICS[metric].name}: ${what}` },
            valueQuantity: metricQuantity(metric, number),
          },
        ];
  return [...one('value at the alarm', value), ...one('worst value', peak)];
};
