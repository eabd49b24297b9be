/** Shared by the tests of the physiology: scenarios in a line, states in a table. */
import type { CuffResult, Patient, PatientState } from '../../../simulators/patient.ts';
import { createPatient } from '../../../simulators/physiology/create-patient.ts';
import { parseScenario, type Scenario } from '../../../simulators/scenario.ts';
import { findScenario } from '../../../simulators/scenarios/index.ts';

/** A scenario from its parts. */
export const scenarioOf = (parts: Readonly<Record<string, unknown>>): Scenario => {
  const parsed = parseScenario({ name: 'test', title: 'test', ...parts });
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.scenario;
};

/** A built-in scenario that must be there. */
export const builtIn = (name: string): Scenario => {
  const found = findScenario(name);
  if (found === null) throw new Error(`no scenario ${name}`);
  return found;
};

/** States once a second in [fromS, toS]. */
export const statesBetween = (patient: Patient, fromS: number, toS: number): readonly PatientState[] =>
  Array.from({ length: toS - fromS + 1 }, (_, index) => patient.stateAt((fromS + index) * 1000));

/** Every cuff result that shows up in [0, toS], once. */
export const cuffResults = (patient: Patient, toS: number): readonly CuffResult[] => {
  const results: CuffResult[] = [];
  for (const state of statesBetween(patient, 0, toS)) {
    const last = state.cuff.last;
    if (last !== null && last.number !== results.at(-1)?.number) results.push(last);
  }
  return results;
};

/** The readings among the results of a cuff. */
export const readings = (results: readonly CuffResult[]) =>
  results.flatMap((result) => (result.kind === 'reading' ? [result] : []));

/** A patient of a built-in scenario. */
export const patientOf = (name: string, seed = 1): Patient => createPatient(builtIn(name), seed);
