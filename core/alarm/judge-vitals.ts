/**
 * A vital that nobody watches: under treatment, each required vital has a source or an alarm. What somebody
 * knowingly began without is no alarm but a word on the screen, until its first number comes.
 */
import type { MetricId } from '../nomenclature/metrics.ts';
import { VITAL_ROWS, type Vital } from '../nomenclature/vitals.ts';
import type { Instant } from '../time.ts';
import { equipmentSample, trackOf } from './judge-equipment.ts';
import type { Sample } from './judgement.ts';
import { SENSOR_GONE, SENSOR_OF, sensorOf } from './sensor.ts';
import { type AlarmEngineState, isWithinGrace, underTreatment } from './state.ts';
import { UNWATCHED_AFTER_MS } from './timing.ts';

const isAbout = (vital: Vital, metric: MetricId): boolean => VITAL_ROWS[vital].metrics.includes(metric);

/** True when a monitor of this chair has given a number of it in this session. */
export const hasSource = (state: AlarmEngineState, vital: Vital): boolean =>
  vital === 'bloodPressure'
    ? Object.keys(state.cuffMonitors).length > 0
    : Object.values(state.sources).some(
        ({ metric, lastNumberAt }) => lastNumberAt !== null && isAbout(vital, metric),
      );

/** What the session began without and still has no source: said in words, for as long as it is so. */
export const knowinglyUnwatched = (state: AlarmEngineState): readonly Vital[] =>
  underTreatment(state) ? state.vitals.waived : [];

/** After new numbers: what has a source now is not waived any more, and its loss is an alarm like any other. */
export const withoutFoundVitals = (state: AlarmEngineState): AlarmEngineState => {
  const { vitals } = state;
  if (vitals.waived.length === 0) return state;
  const waived = vitals.waived.filter((vital) => !hasSource(state, vital));
  return waived.length === vitals.waived.length ? state : { ...state, vitals: { ...vitals, waived } };
};

/** One sample for each required vital that has no source, or had none a moment ago. */
export const vitalSamples = (state: AlarmEngineState, at: Instant): readonly Sample[] => {
  const { required, waived } = state.vitals;
  return required.flatMap((vital) => {
    const key = `vital-unwatched:${vital}`;
    const missing =
      underTreatment(state) &&
      !waived.includes(vital) &&
      !hasSource(state, vital) &&
      !isExplained(state, vital);
    if (!missing && state.tracks[trackOf('vital-unwatched', key)] === undefined) return [];
    const { label, metrics } = VITAL_ROWS[vital];
    // Just after a restart the monitors have not all been heard.
    const holds = missing && isWithinGrace(state.restored, at) ? 'unknown' : missing;
    return [
      equipmentSample('vital-unwatched', key, holds, null, UNWATCHED_AFTER_MS, () => ({
        message: `No monitor gives ${label}: connect one`,
        metric: metrics[0],
      })),
    ];
  });
};

/** The lost line that took it, or the sensor that is off, is an alarm of its own (F-7). */
const isExplained = (state: AlarmEngineState, vital: Vital): boolean =>
  Object.values(state.links).some(
    ({ associated, metrics }) => !associated && metrics.some((metric) => isAbout(vital, metric)),
  ) ||
  Object.values(state.devices).some(
    ({ code, metric }) =>
      SENSOR_GONE.includes(code) &&
      VITAL_ROWS[vital].metrics.some((each) => SENSOR_OF[each] === sensorOf(code, metric)),
  );
