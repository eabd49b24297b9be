/** What the lab tells of one monitor: the patient inside, the sensors, the line. */
import { PARAMETER_IDS, type Parameter } from '../../core/lab/parameters.ts';
import type { DoneRow, LabMonitorView, LineCounts } from '../../core/lab/views.ts';
import { truthOf } from '../../simulators/driving/patient-acts.ts';
import type { PatientState, Truth } from '../../simulators/patient.ts';
import type { ScenarioLineFault } from '../../simulators/scenario.ts';
import type { LabMonitorOptions } from './lab-monitor.ts';

/** What changes while a monitor runs. */
export interface MonitorNow {
  readonly line: readonly ScenarioLineFault[];
  readonly failure: string | null;
  readonly done: readonly DoneRow[];
  readonly counts: LineCounts;
}

/** The monitor as it is now. */
export const monitorView = (options: LabMonitorOptions, now: MonitorNow): LabMonitorView => {
  const { id, profile, simulator, patient, outlet, outletKind } = options;
  const { bedside, driven } = patient;
  const elapsedMs = bedside.elapsedMs();
  const state = driven.stateAt(elapsedMs);
  return {
    id,
    device: profile.id,
    title: profile.title,
    patient: patient.id,
    scenario: bedside.scenario.name,
    seed: bedside.seed,
    speed: bedside.speed,
    outlet: outletKind,
    address: outlet.address,
    hosts: outlet.hostCount?.() ?? null,
    atS: Math.round(elapsedMs / 100) / 10,
    failure: now.failure,
    truth: truthView(driven.truthAt(elapsedMs)),
    sensors: sensorWords(state),
    line: now.line.filter((fault) => isInForce(fault, elapsedMs / 1000)).map(faultWords),
    cuff: cuffWords(state.cuff, elapsedMs),
    canSay: simulator.says ?? [],
    counts: now.counts,
    done: now.done,
  };
};

const truthView = (truth: Truth): Readonly<Record<Parameter, number | null>> => {
  const rounded = PARAMETER_IDS.map((parameter) => {
    const value = truthOf(truth, parameter);
    return [parameter, value === null ? null : Math.round(value * 100) / 100] as const;
  });
  return Object.fromEntries(rounded) as Record<Parameter, number | null>; // one entry for each of its keys
};

const sensorWords = ({ ecg, oximeter, respiration, monitor }: PatientState): readonly string[] => [
  ...(ecg.leads === 'off' ? ['leads off'] : []),
  ...(ecg.artefact ? ['ECG artefact'] : []),
  ...(oximeter.probe === 'on' ? [] : [`probe ${oximeter.probe}`]),
  ...(oximeter.searching ? ['pulse search'] : []),
  ...(oximeter.motion ? ['motion'] : []),
  ...(respiration.rate === 0 ? ['apnoea'] : []),
  ...(monitor.batteryLow ? ['battery low'] : []),
  ...(monitor.alarmText === null ? [] : [`says “${monitor.alarmText}”`]),
];

const isInForce = (fault: ScenarioLineFault, seconds: number): boolean =>
  fault.atS <= seconds && (fault.durationS === undefined || seconds < fault.atS + fault.durationS);

const faultWords = (fault: ScenarioLineFault): string => {
  switch (fault.kind) {
    case 'cut':
      return 'cable out';
    case 'stall':
      return 'held back';
    case 'silence':
      return 'silent';
    case 'delay':
      return `late by ${fault.delayS} s`;
    case 'restart':
      return 'switched off';
    case 'noise':
      return `noise: flips ${fault.flipPerByte}, drops ${fault.dropPerByte}, inserts ${fault.insertPerByte} per byte`;
    default:
      return fault satisfies never;
  }
};

const cuffWords = ({ measuring, last }: PatientState['cuff'], elapsedMs: number): string => {
  const running = measuring ? 'measuring; ' : '';
  if (last === null) return `${running}no reading yet`;
  const ago = `${Math.round((elapsedMs - last.endedAtMs) / 1000)} s ago`;
  return last.kind === 'failed'
    ? `${running}failed (${last.cause}) ${ago}`
    : `${running}${last.systolic}/${last.diastolic} (${last.mean}) ${ago}`;
};
