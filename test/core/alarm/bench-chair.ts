/** A chair on the test bench: drives the engine second by second and remembers what happened. */
import {
  type AlarmEngineState,
  type AlarmInput,
  alarmSnapshot,
  createAlarmEngine,
  stepAlarms,
} from '../../../core/alarm/engine.ts';
import type { LimitSet } from '../../../core/alarm/limits.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import type { ActiveAlarm, AlarmEvent, AlarmPriority } from '../../../core/alarm/types.ts';
import { type MonitorId, monitorId } from '../../../core/ids.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../../../core/observation/device-report.ts';
import {
  type AbsentValidity,
  absent,
  type Observation,
  present,
} from '../../../core/observation/observation.ts';
import type { BloodPressureBaseline } from '../../../core/session/events.ts';
import type { Phase } from '../../../core/session/phase.ts';
import { type Instant, instant } from '../../../core/time.ts';

export const M1 = monitorId('m1');
export const M2 = monitorId('m2');
export const WALL = 1_772_373_600_000;

export const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
export const PR = 'MDC_PULS_OXIM_PULS_RATE';
export const HR = 'MDC_ECG_HEART_RATE';
export const PI = 'MDC_BLD_PERF_INDEX';
export const RR = 'MDC_RESP_RATE';
export const RR_CO2 = 'MDC_CO2_RESP_RATE';
export const RR_IMP = 'MDC_TTHOR_RESP_RATE';
export const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
export const DIA = 'MDC_PRESS_BLD_NONINV_DIA';
export const MAP = 'MDC_PRESS_BLD_NONINV_MEAN';

export const BASELINE: BloodPressureBaseline = {
  systolic: 120,
  diastolic: 75,
  mean: 90,
  heartRate: 70,
  readings: 2,
};

/** Seconds on the bench's clock, as an instant. */
export const atSeconds = (seconds: number): Instant => instant(WALL + seconds * 1000, 1000 + seconds * 1000);

export type Values = Partial<Record<MetricId, number | AbsentValidity | { doubtful: number }>>;

export const observe = (values: Values, at: Instant): readonly Observation[] =>
  Object.entries(values).map(([key, entry]) => {
    const metric = key as MetricId; // keys of Values
    const receipt = { receivedAt: at, deviceTime: null };
    if (typeof entry === 'string') return absent(metric, entry, receipt);
    return typeof entry === 'number'
      ? present(metric, entry, receipt)
      : present(metric, entry.doubtful, receipt, 'questionable');
  });

export interface Chair {
  state: AlarmEngineState;
  readonly events: AlarmEvent[];
  seconds: number;
  send(input: AlarmInput): void;
  /** Values of one frame now. */
  see(values: Values, from?: MonitorId): void;
  /** The same values once a second, with four ticks a second, for so long. */
  hold(values: Values, forSeconds: number, from?: MonitorId): void;
  /** Only ticks. */
  wait(forSeconds: number): void;
  report(code: DeviceConditionCode, metric: MetricId | null, isPresent?: boolean, from?: MonitorId): void;
  phase(phase: Phase | null): void;
  link(
    state: 'associated' | 'not-associated',
    metrics?: readonly MetricId[],
    from?: MonitorId,
    cause?: string,
  ): void;
  cuff(systolic: number, diastolic: number, mean?: number | null): void;
  acknowledge(key: string): void;
  now(): Instant;
  keys(): readonly string[];
  alarm(key: string): ActiveAlarm | undefined;
  sounding(): AlarmPriority | null;
  /** What the snapshot says was knowingly begun without. */
  unwatchedWords(): readonly string[];
  /** Events as short lines: "raised spo2-low medium". */
  story(): readonly string[];
}

/** A chair in the given phase, infusing by default. */
export const chair = (phase: Phase | null = 'infusing', limits: LimitSet = DEFAULT_PRESET): Chair => {
  const it: Chair = {
    state: createAlarmEngine(limits),
    events: [],
    seconds: 0,
    now: () => atSeconds(it.seconds),
    send: (input) => {
      const step = stepAlarms(it.state, input);
      it.state = step.state;
      it.events.push(...step.events);
    },
    see: (values, from = M1) =>
      it.send({
        type: 'observations',
        monitorId: from,
        observations: observe(values, it.now()),
        at: it.now(),
      }),
    hold: (values, forSeconds, from = M1) => {
      for (let second = 0; second < forSeconds; second += 1) {
        it.see(values, from);
        it.wait(1);
      }
    },
    wait: (forSeconds) => {
      for (let quarter = 0; quarter < forSeconds * 4; quarter += 1) {
        it.seconds += 0.25;
        it.send({ type: 'tick', at: it.now() });
      }
    },
    report: (code, metric, isPresent = true, from = M1) =>
      it.send({
        type: 'device-condition',
        monitorId: from,
        condition: { code, metric, present: isPresent, text: '' },
        at: it.now(),
      }),
    phase: (next) => it.send({ type: 'phase', phase: next, at: it.now() }),
    link: (state, metrics = [SPO2, PR], from = M1, cause = 'The line is silent') =>
      it.send({ type: 'link', monitorId: from, state, cause, metrics, at: it.now() }),
    cuff: (systolic, diastolic, mean = Math.round((systolic + 2 * diastolic) / 3)) =>
      it.see({ [SYS]: systolic, [DIA]: diastolic, ...(mean === null ? {} : { [MAP]: mean }) }),
    acknowledge: (key) => it.send({ type: 'acknowledge', key, by: 'Nurse A', at: it.now() }),
    keys: () => alarmSnapshot(it.state, it.now()).alarms.map((alarm) => alarm.key),
    alarm: (key) => alarmSnapshot(it.state, it.now()).alarms.find((alarm) => alarm.key === key),
    sounding: () => alarmSnapshot(it.state, it.now()).sounding,
    unwatchedWords: () => alarmSnapshot(it.state, it.now()).unwatched,
    story: () =>
      it.events.map((event) =>
        'alarm' in event ? `${event.type} ${event.alarm.key} ${event.alarm.priority}` : event.type,
      ),
  };
  it.phase(phase);
  return it;
};
