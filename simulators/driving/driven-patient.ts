/**
 * A patient whose scenario grows while it runs. After every change the patient is made anew from the whole scenario; because
 * a change begins after the last moment that anybody looked at, nothing that was seen already becomes untrue.
 */
import type { LivingPatient } from '../patient.ts';
import type { Scenario } from '../scenario.ts';
import { withCuff, withInfusion } from './patient-acts.ts';

/** A patient to drive. */
export interface DrivenPatient extends LivingPatient {
  /** Everything planned and done so far. */
  scenario(): Scenario;
  /** Replaces the scenario by one that differs only from a moment on that is still to come. */
  revise(change: (scenario: Scenario) => Scenario): void;
}

/** Drives the patient that `make` makes of a scenario. What a host asks of the cuff goes into the scenario as well. */
export const createDrivenPatient = (
  planned: Scenario,
  make: (scenario: Scenario) => LivingPatient,
): DrivenPatient => {
  let scenario = planned;
  let patient = make(scenario);
  const revise = (change: (scenario: Scenario) => Scenario): void => {
    const next = change(scenario);
    if (next === scenario) return;
    patient = make(next);
    scenario = next;
  };
  return {
    scenario: () => scenario,
    revise,
    stateAt: (elapsedMs) => patient.stateAt(elapsedMs),
    truthAt: (elapsedMs) => patient.truthAt(elapsedMs),
    command: (command, elapsedMs) => {
      // A moment later than the last look, on whole milliseconds: a saved file carries it without loss.
      const atS = (Math.floor(elapsedMs) + 1) / 1000;
      revise((now) =>
        command.kind === 'infusion'
          ? withInfusion(now, command.rateMgPerKgPerH, atS)
          : withCuff(now, command.kind === 'start-cuff' ? 'start' : 'stop', atS),
      );
    },
  };
};
