/**
 * The alarms of the simulated monitor. The texts are in the style of the monitor's; the codes are not its own (no table of them
 * was at hand): they only tell the alarms apart.
 */
import {
  ALERT_STATE,
  ALERT_TYPE,
  type Alert,
  alertAttributes,
  type PolledContext,
} from '../../devices/intellivue/codec.ts';
import type { PatientState } from '../patient.ts';

const ALERT_MONITOR_HANDLE = 0x0003;
/** The monitor calls it apnoea after this long without a breath. */
const APNEA_AFTER_MS = 20_000;
const DESATURATED = 80;

interface Rule {
  readonly source: number;
  readonly code: number;
  readonly type: number;
  readonly text: string;
  readonly isOn: (state: PatientState) => boolean;
}

const PHYSIOLOGICAL: readonly Rule[] = [
  {
    source: 0x4182,
    code: 1,
    type: ALERT_TYPE.red,
    text: '***ASYSTOLE',
    isOn: ({ ecg }) => ecg.leads === 'on' && ecg.heartRate === 0,
  },
  {
    source: 0x500a,
    code: 2,
    type: ALERT_TYPE.red,
    text: '***APNEA',
    isOn: ({ respiration }) => respiration.sinceBreathMs >= APNEA_AFTER_MS,
  },
  {
    source: 0x4bb8,
    code: 3,
    type: ALERT_TYPE.red,
    text: '***DESAT',
    isOn: ({ oximeter }) => oximeter.probe === 'on' && !oximeter.searching && oximeter.spo2 < DESATURATED,
  },
];

const TECHNICAL: readonly Rule[] = [
  {
    source: 0x4182,
    code: 11,
    type: ALERT_TYPE.technicalMedium,
    text: 'ECG LEADS OFF',
    isOn: ({ ecg }) => ecg.leads === 'off',
  },
  {
    source: 0x4bb8,
    code: 12,
    type: ALERT_TYPE.technicalMedium,
    text: 'SpO₂ SENSOR OFF',
    isOn: ({ oximeter }) => oximeter.probe === 'off',
  },
  {
    source: 0x4bb8,
    code: 13,
    type: ALERT_TYPE.technicalMedium,
    text: 'SpO₂ NO SENSOR',
    isOn: ({ oximeter }) => oximeter.probe === 'disconnected',
  },
  {
    source: 0x4bb8,
    code: 14,
    type: ALERT_TYPE.technicalLow,
    text: 'SpO₂ SEARCHING',
    isOn: ({ oximeter }) => oximeter.probe === 'on' && oximeter.searching,
  },
  {
    source: 0x4a04,
    code: 15,
    type: ALERT_TYPE.technicalMedium,
    text: 'NBP MEASURE FAILED',
    isOn: ({ cuff }) => cuff.last?.kind === 'failed' && !cuff.measuring,
  },
  {
    source: 0x0000,
    code: 16,
    type: ALERT_TYPE.technicalMedium,
    text: 'BATTERY LOW',
    isOn: ({ monitor }) => monitor.batteryLow,
  },
];

const alertsOf = (rules: readonly Rule[], state: PatientState): readonly Alert[] =>
  rules
    .filter(({ isOn }) => isOn(state))
    .map(({ source, code, type, text }) => ({ source, code, type, state: ALERT_STATE.isNew, text }));

/** The message that somebody gave the monitor to show. */
const ownMessage = ({ monitor: { alarmText } }: PatientState): readonly Alert[] =>
  alarmText === null
    ? []
    : [
        {
          source: 0x0000,
          code: 17,
          type: ALERT_TYPE.technicalMedium,
          state: ALERT_STATE.isNew,
          text: alarmText,
        },
      ];

/** Makes the alert monitor's object of successive results. */
export const createAlertSource = () => {
  let changes = 0;
  let before = '';
  return {
    next(state: PatientState): readonly PolledContext[] {
      const physiological = alertsOf(PHYSIOLOGICAL, state);
      const technical = [...alertsOf(TECHNICAL, state), ...ownMessage(state)];
      const now = [...physiological, ...technical].map(({ code, text }) => `${code} ${text}`).join(' ');
      if (now !== before) changes += 1;
      before = now;
      const attributes = alertAttributes(physiological, technical, { deviceState: 0, changes });
      return [{ context: 1, objects: [{ handle: ALERT_MONITOR_HANDLE, attributes }] }];
    },
  };
};
