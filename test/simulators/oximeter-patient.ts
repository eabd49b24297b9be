/** A patient of whom only the oximeter's state is told, by a function of time; the rest is calm. */
import type { Patient, PatientState } from '../../simulators/patient.ts';

export type OximeterState = PatientState['oximeter'];

export const WELL: OximeterState = {
  probe: 'on',
  searching: false,
  spo2: 97.2,
  pulseRate: 66.4,
  perfusionIndex: 3.6,
  motion: false,
};

/** `at` gives what differs from a well patient at a moment (ms). */
export const oximeterPatient = (at: (elapsedMs: number) => Partial<OximeterState>): Patient => ({
  stateAt: (elapsedMs) => ({
    elapsedMs,
    ecg: { leads: 'on', heartRate: 66, artefact: false },
    oximeter: { ...WELL, ...at(elapsedMs) },
    respiration: { rate: 14, sinceBreathMs: 1000, etco2MmHg: null },
    cuff: { measuring: false, auto: false, last: null },
    temperatureCel: null,
    monitor: { batteryLow: false, alarmText: null },
  }),
  command: () => undefined,
});
