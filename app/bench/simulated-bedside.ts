/**
 * What a multiparameter monitor would say about a simulated patient once a second, without the detour over a
 * wire: the evidence is about alarms, the wire has its own tests. Numbers are whole, as monitors show them; a
 * sensor that measures nothing has no number; motion makes a number questionable; a cuff reading comes once.
 */
import type { TraceInput } from '../../core/evaluation/trace.ts';
import type { MonitorId } from '../../core/ids.ts';
import { METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../../core/observation/device-report.ts';
import { absent, type Observation, present } from '../../core/observation/observation.ts';
import type { Instant } from '../../core/time.ts';
import type { PatientState } from '../../simulators/patient.ts';

/** What the monitor says at one second: changed conditions first, then one frame of values. */
export type Bedside = (state: PatientState, at: Instant) => readonly TraceInput[];

/** What every such monitor delivers. */
export const BEDSIDE_METRICS: readonly MetricId[] = [
  'MDC_ECG_HEART_RATE',
  'MDC_TTHOR_RESP_RATE',
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_PULS_OXIM_PULS_RATE',
  'MDC_BLD_PERF_INDEX',
  'MDC_PRESS_BLD_NONINV_SYS',
  'MDC_PRESS_BLD_NONINV_DIA',
  'MDC_PRESS_BLD_NONINV_MEAN',
];

interface Condition {
  readonly code: DeviceConditionCode;
  readonly metric: MetricId | null;
  readonly holds: (state: PatientState) => boolean;
}

const CONDITIONS: readonly Condition[] = [
  { code: 'sensor-off', metric: 'MDC_PULS_OXIM_SAT_O2', holds: ({ oximeter }) => oximeter.probe === 'off' },
  {
    code: 'sensor-disconnected',
    metric: 'MDC_PULS_OXIM_SAT_O2',
    holds: ({ oximeter }) => oximeter.probe === 'disconnected',
  },
  {
    code: 'pulse-search',
    metric: 'MDC_PULS_OXIM_SAT_O2',
    holds: ({ oximeter }) => oximeter.probe === 'on' && oximeter.searching,
  },
  { code: 'signal-questionable', metric: 'MDC_PULS_OXIM_SAT_O2', holds: ({ oximeter }) => oximeter.motion },
  { code: 'signal-questionable', metric: 'MDC_ECG_HEART_RATE', holds: ({ ecg }) => ecg.artefact },
  { code: 'leads-off', metric: 'MDC_ECG_HEART_RATE', holds: ({ ecg }) => ecg.leads === 'off' },
  {
    code: 'asystole',
    metric: 'MDC_ECG_HEART_RATE',
    holds: ({ ecg }) => ecg.leads === 'on' && ecg.heartRate === 0,
  },
  {
    code: 'cuff-fault',
    metric: 'MDC_PRESS_BLD_NONINV_SYS',
    holds: ({ cuff }) => !cuff.measuring && cuff.last?.kind === 'failed',
  },
];

/** A monitor that remembers what it has said. */
export const createBedside = (monitorId: MonitorId): Bedside => {
  const told = CONDITIONS.map(() => false);
  let readings = 0;
  return (state, at) => {
    const inputs: TraceInput[] = [];
    for (const [index, { code, metric, holds }] of CONDITIONS.entries()) {
      const isThere = holds(state);
      if (isThere === told[index]) continue;
      told[index] = isThere;
      const condition = { code, metric, present: isThere, text: code };
      inputs.push({ type: 'device-condition', monitorId, condition, at });
    }
    const { last } = state.cuff;
    const isNew = last !== null && last.number !== readings;
    if (last !== null) readings = last.number;
    const observations = [...continuous(state, at), ...cuffValues(state, isNew, at)];
    return [...inputs, { type: 'observations', monitorId, observations, at }];
  };
};

const continuous = ({ ecg, oximeter, respiration }: PatientState, at: Instant): readonly Observation[] => {
  const receipt = { receivedAt: at, deviceTime: null };
  const value = (metric: MetricId, number: number | null, isDoubtful: boolean): Observation => {
    if (number === null) return absent(metric, 'unavailable', receipt);
    const scale = 10 ** METRICS[metric].decimals;
    return present(
      metric,
      Math.round(number * scale) / scale,
      receipt,
      isDoubtful ? 'questionable' : 'valid',
    );
  };
  const heart = ecg.leads === 'on' && ecg.heartRate > 0 ? ecg.heartRate : null;
  const isOn = oximeter.probe === 'on' && !oximeter.searching;
  return [
    value('MDC_ECG_HEART_RATE', heart, ecg.artefact),
    value('MDC_TTHOR_RESP_RATE', ecg.leads === 'on' ? respiration.rate : null, ecg.artefact),
    value('MDC_PULS_OXIM_SAT_O2', isOn ? oximeter.spo2 : null, oximeter.motion),
    value('MDC_PULS_OXIM_PULS_RATE', isOn ? oximeter.pulseRate : null, oximeter.motion),
    value('MDC_BLD_PERF_INDEX', isOn ? oximeter.perfusionIndex : null, oximeter.motion),
    ...(respiration.etco2MmHg === null
      ? []
      : [
          value('MDC_CO2_RESP_RATE', respiration.rate, false),
          value('MDC_CONC_AWAY_CO2_ET', respiration.etco2MmHg, false),
        ]),
  ];
};

const cuffValues = ({ cuff }: PatientState, isNew: boolean, at: Instant): readonly Observation[] => {
  const receipt = { receivedAt: at, deviceTime: null };
  if (isNew && cuff.last?.kind === 'reading') {
    const { systolic, diastolic, mean, pulseRate } = cuff.last;
    return [
      present('MDC_PRESS_BLD_NONINV_SYS', systolic, receipt),
      present('MDC_PRESS_BLD_NONINV_DIA', diastolic, receipt),
      present('MDC_PRESS_BLD_NONINV_MEAN', mean, receipt),
      present('MDC_PULS_RATE_NON_INV', pulseRate, receipt),
    ];
  }
  return cuff.measuring ? [absent('MDC_PRESS_BLD_NONINV_SYS', 'ongoing', receipt)] : [];
};
