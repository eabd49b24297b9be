/** Random things that can happen on a chair, for property tests. */
import fc from 'fast-check';
import { ALARM_PARAMETERS } from '../../../core/alarm/parameters.ts';
import type { MonitorId } from '../../../core/ids.ts';
import { METRIC_IDS, type MetricId } from '../../../core/nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../../../core/observation/device-report.ts';
import type { AbsentValidity } from '../../../core/observation/observation.ts';
import { PHASES } from '../../../core/session/phase.ts';
import {
  BASELINE,
  type Chair,
  HR,
  M1,
  M2,
  PI,
  PR,
  RR_CO2,
  RR_IMP,
  SPO2,
  type Values,
} from './bench-chair.ts';

export type Action = (c: Chair) => void;

const ABSENT: readonly AbsentValidity[] = [
  'ongoing',
  'calibrating',
  'invalid',
  'overflow',
  'underflow',
  'unavailable',
];
const CODES: readonly DeviceConditionCode[] = [
  'sensor-off',
  'sensor-disconnected',
  'sensor-faulty',
  'pulse-search',
  'pulse-lost',
  'signal-questionable',
  'low-perfusion',
  'leads-off',
  'asystole',
  'apnea',
  'cuff-fault',
  'on-battery',
  'battery-low',
  'alarm-silenced',
  'monitor-alarm',
  'device-fault',
];

const reading = (low: number, high: number) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: low, max: high }) },
    { weight: 1, arbitrary: fc.constantFrom(...ABSENT) },
    { weight: 1, arbitrary: fc.integer({ min: low, max: high }).map((doubtful) => ({ doubtful })) },
  );

const valuesArbitrary: fc.Arbitrary<Values> = fc.record(
  {
    [SPO2]: reading(80, 99),
    [PR]: reading(30, 160),
    [HR]: reading(30, 160),
    [PI]: reading(0, 3),
    [RR_IMP]: reading(0, 40),
    [RR_CO2]: reading(0, 40),
  },
  { requiredKeys: [] },
);

const monitor: fc.Arbitrary<MonitorId> = fc.constantFrom(M1, M2);
const metric: fc.Arbitrary<MetricId> = fc.constantFrom(...METRIC_IDS);

/** Values held for some seconds, long enough to become alarms. */
const vitals: fc.Arbitrary<Action> = fc.tuple(valuesArbitrary, fc.integer({ min: 1, max: 40 }), monitor).map(
  ([values, seconds, from]) =>
    (c: Chair) =>
      c.hold(values, seconds, from),
);
const cuff: fc.Arbitrary<Action> = fc
  .tuple(fc.integer({ min: 60, max: 220 }), fc.integer({ min: 5, max: 80 }))
  .map(
    ([systolic, pulse]) =>
      (c: Chair) =>
        c.cuff(systolic, Math.max(10, systolic - pulse)),
  );
const silence: fc.Arbitrary<Action> = fc
  .integer({ min: 1, max: 200 })
  .map((seconds) => (c: Chair) => c.wait(seconds));
const report: fc.Arbitrary<Action> = fc
  .tuple(fc.constantFrom(...CODES), fc.option(metric), fc.boolean(), monitor)
  .map(
    ([code, of, isPresent, from]) =>
      (c: Chair) =>
        c.report(code, of, isPresent, from),
  );
const link: fc.Arbitrary<Action> = fc
  .tuple(fc.constantFrom('associated' as const, 'not-associated' as const), monitor)
  .map(
    ([state, from]) =>
      (c: Chair) =>
        c.link(state, [SPO2, PR, HR, RR_IMP, RR_CO2], from),
  );
const acknowledgeOne: fc.Arbitrary<Action> = fc.nat(3).map((index) => (c: Chair) => {
  const key = c.keys()[index];
  if (key !== undefined) c.acknowledge(key);
});
const audio: fc.Arbitrary<Action> = fc
  .constantFrom('pause-audio' as const, 'resume-audio' as const)
  .map((type) => (c: Chair) => c.send({ type, by: 'Nurse A', at: c.now() }));
const station: fc.Arbitrary<Action> = fc.constantFrom<Action>(
  (c) => c.send({ type: 'storage', fault: 'the disk is full', at: c.now() }),
  (c) => c.send({ type: 'storage', fault: null, at: c.now() }),
  (c) => c.send({ type: 'clock-jump', byMs: -3_600_000, at: c.now() }),
  (c) => c.send({ type: 'nibp-schedule', intervalMs: 120_000, at: c.now() }),
  (c) => c.send({ type: 'nibp-schedule', intervalMs: null, at: c.now() }),
  (c) => c.send({ type: 'baseline', baseline: BASELINE, at: c.now() }),
  (c) => c.send({ type: 'symptom', symptom: 'Headache', at: c.now() }),
  (c) => c.send({ type: 'monitor-removed', monitorId: M2, at: c.now() }),
);
const parameters = fc.uniqueArray(fc.constantFrom(...ALARM_PARAMETERS), { minLength: 1, maxLength: 4 });
const parameter = fc.constantFrom(...ALARM_PARAMETERS);
/** What people do to the signals. */
export const controlAction: fc.Arbitrary<Action> = fc.oneof(
  audio,
  acknowledgeOne,
  fc.tuple(parameters, fc.integer({ min: 1000, max: 400_000 })).map(
    ([list, durationMs]) =>
      (c: Chair) =>
        c.send({
          type: 'pause-alarms',
          parameters: list,
          durationMs,
          by: 'Nurse B',
          reason: null,
          at: c.now(),
        }),
  ),
  parameters.map(
    (list) => (c: Chair) => c.send({ type: 'resume-alarms', parameters: list, by: 'Nurse B', at: c.now() }),
  ),
  parameter.map(
    (each) => (c: Chair) =>
      c.send({ type: 'alarm-off', parameter: each, by: 'Nurse B', reason: 'Known', at: c.now() }),
  ),
  parameter.map(
    (each) => (c: Chair) => c.send({ type: 'alarm-on', parameter: each, by: 'Nurse B', at: c.now() }),
  ),
  fc.constant<Action>((c) => c.send({ type: 'audio-off', by: 'Nurse B', reason: 'Asleep', at: c.now() })),
  silence,
);
export const phaseAction: fc.Arbitrary<Action> = fc
  .constantFrom(...PHASES, null)
  .map((phase) => (c: Chair) => c.phase(phase));

/** Anything within an open session, mostly vital signs. */
export const sessionActions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: vitals },
    { weight: 3, arbitrary: cuff },
    { weight: 1, arbitrary: silence },
    { weight: 2, arbitrary: report },
    { weight: 1, arbitrary: link },
    { weight: 2, arbitrary: acknowledgeOne },
    { weight: 1, arbitrary: audio },
    { weight: 1, arbitrary: station },
  ),
  { minLength: 2, maxLength: 16 },
);

/** Anything at all, changes of phase too. */
export const anyActions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: vitals },
    { weight: 2, arbitrary: cuff },
    { weight: 2, arbitrary: report },
    { weight: 1, arbitrary: link },
    { weight: 1, arbitrary: acknowledgeOne },
    { weight: 2, arbitrary: station },
    { weight: 1, arbitrary: audio },
    { weight: 2, arbitrary: phaseAction },
  ),
  { minLength: 2, maxLength: 16 },
);
