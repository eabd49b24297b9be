/** The conditions of the patient. In order of rank: of two rows of one key with one priority the earlier shows. */
import { ADVISORY, type ConditionRow, type RowOptions, type RowTuple, rowOf } from './condition-row.ts';

const REPEAT: RowOptions = { confirm: 'repeat' };

/** Worse than the other high rows: also an acknowledged alarm sounds again when it comes to this. */
const AT_ONCE: RowOptions = { degree: 1 };

const keyed = (key: string, rows: readonly RowTuple[]): readonly ConditionRow[] =>
  rows.map((tuple) => rowOf('physiological', key, tuple));

export const PATIENT_CONDITIONS: readonly ConditionRow[] = [
  ...keyed('asystole', [
    ['monitor-asystole', 'ASYSTOLE (MONITOR)', 'high', 'irreversible', 'immediate', 'MON'],
  ]),
  ...keyed('spo2-low', [
    ['spo2-low-high-priority', 'SpO₂ VERY LOW', 'high', 'irreversible', 'immediate', 'LIM'],
    ['spo2-low-medium-priority', 'SpO₂ LOW', 'medium', 'reversible', 'prompt', 'LIM'],
    ['spo2-low-advisory', 'SpO₂ LOW', 'low', 'reversible', 'delayed', 'LIM', ADVISORY],
  ]),
  ...keyed('rr-low', [
    ['apnoea-capnography', 'APNOEA', 'high', 'irreversible', 'immediate', 'LIM'],
    ['monitor-apnoea-capnography', 'APNOEA (MONITOR)', 'high', 'irreversible', 'immediate', 'MON'],
    ['monitor-apnoea', 'APNOEA (MONITOR)', 'medium', 'reversible', 'prompt', 'MON'],
    ['rr-low-medium-priority', 'RESPIRATION LOW', 'medium', 'reversible', 'prompt', 'LIM'],
    ['rr-low-advisory', 'RESPIRATION LOW', 'low', 'reversible', 'delayed', 'LIM', ADVISORY],
  ]),
  ...keyed('rr-high', [
    ['rr-high-medium-priority', 'RESPIRATION HIGH', 'medium', 'reversible', 'prompt', 'LIM'],
  ]),
  ...keyed('hr-low', [
    ['hr-low-high-priority', 'HEART RATE VERY LOW', 'high', 'irreversible', 'immediate', 'LIM'],
    ['hr-low-medium-priority', 'HEART RATE LOW', 'medium', 'reversible', 'prompt', 'LIM'],
  ]),
  ...keyed('hr-high', [
    ['hr-high-high-priority', 'HEART RATE VERY HIGH', 'high', 'irreversible', 'prompt', 'LIM'],
    ['hr-high-sustained', 'HEART RATE HIGH, SUSTAINED', 'medium', 'reversible', 'prompt', 'LIM', AT_ONCE],
    ['hr-high-medium-priority', 'HEART RATE HIGH', 'medium', 'reversible', 'prompt', 'LIM'],
    ['hr-rise-advisory', 'HEART RATE UP', 'low', 'minor', 'prompt', 'LIM', ADVISORY],
  ]),
  ...keyed('etco2-low', [
    ['etco2-low-medium-priority', 'EtCO₂ LOW', 'medium', 'reversible', 'prompt', 'LIM'],
  ]),
  ...keyed('etco2-high', [
    ['etco2-high-medium-priority', 'EtCO₂ HIGH', 'medium', 'reversible', 'prompt', 'LIM'],
  ]),
  ...keyed('bp-high', [
    ['nibp-sys-high-immediate', 'BP SPIKE', 'high', 'irreversible', 'prompt', 'BP-3', AT_ONCE],
    ['nibp-dia-high-immediate', 'BP SPIKE', 'high', 'irreversible', 'prompt', 'BP-3', AT_ONCE],
    ['nibp-sys-high-high-priority', 'BP SPIKE', 'high', 'irreversible', 'prompt', 'BP-2', REPEAT],
    ['nibp-dia-high-high-priority', 'BP SPIKE', 'high', 'irreversible', 'prompt', 'BP-2', REPEAT],
    ['nibp-map-high-high-priority', 'BP SPIKE', 'high', 'irreversible', 'prompt', 'BP-2', REPEAT],
    ['nibp-sys-rise-high-priority', 'BP SPIKE', 'high', 'irreversible', 'prompt', 'BP-5', REPEAT],
    ['nibp-dia-rise-high-priority', 'BP SPIKE', 'high', 'irreversible', 'prompt', 'BP-5', REPEAT],
    ['nibp-sys-high-medium-priority', 'BP HIGH', 'medium', 'reversible', 'prompt', 'BP-1', REPEAT],
    ['nibp-dia-high-medium-priority', 'BP HIGH', 'medium', 'reversible', 'prompt', 'BP-1', REPEAT],
    ['nibp-map-high-medium-priority', 'BP HIGH', 'medium', 'reversible', 'prompt', 'BP-1', REPEAT],
    ['nibp-sys-rise-medium-priority', 'BP UP', 'medium', 'reversible', 'prompt', 'BP-4', REPEAT],
    ['nibp-dia-rise-medium-priority', 'BP UP', 'medium', 'reversible', 'prompt', 'BP-4', REPEAT],
    ['nibp-sys-step-again', 'BP STILL RISING', 'medium', 'reversible', 'prompt', 'BP-6'],
    ['nibp-dia-step-again', 'BP STILL RISING', 'medium', 'reversible', 'prompt', 'BP-6'],
    ['nibp-sys-step', 'BP RISING', 'low', 'reversible', 'delayed', 'BP-6', ADVISORY],
    ['nibp-dia-step', 'BP RISING', 'low', 'reversible', 'delayed', 'BP-6', ADVISORY],
  ]),
  ...keyed('bp-low', [
    ['nibp-map-low-high-priority', 'BP VERY LOW', 'high', 'irreversible', 'prompt', 'BP-7'],
    ['nibp-sys-low-high-priority', 'BP VERY LOW', 'high', 'irreversible', 'prompt', 'BP-7'],
    ['nibp-sys-low-medium-priority', 'BP LOW', 'medium', 'reversible', 'prompt', 'BP-7'],
    ['nibp-map-low-medium-priority', 'BP LOW', 'medium', 'reversible', 'prompt', 'BP-7'],
    ['nibp-dia-low-medium-priority', 'BP LOW', 'medium', 'reversible', 'prompt', 'BP-7'],
    ['nibp-sys-fall-medium-priority', 'BP DOWN', 'medium', 'reversible', 'prompt', 'BP-7'],
  ]),
  ...keyed('bp-symptom', [['bp-symptom', 'SYMPTOM WITH HIGH BP', 'high', 'irreversible', 'prompt', 'BP-10']]),
  ...keyed('pulse-lost', [
    ['pulse-lost', 'PULSE LOST (MONITOR)', 'medium', 'irreversible', 'delayed', 'MON'],
  ]),
];
