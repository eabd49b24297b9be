/** A patient of the lab: one run of simulated time that commands are given moments of. */

import { createDrivenPatient, type DrivenPatient } from '../../simulators/driving/driven-patient.ts';
import { type Bedside, createBedside, type RunClock } from '../../simulators/run.ts';
import type { LoadedScenario } from '../scenario-file.ts';

/** Shared by every monitor that watches this patient. */
export interface LabPatient {
  readonly id: string;
  readonly bedside: Bedside;
  readonly driven: DrivenPatient;
  /**
   * The moment of the next command (s of simulated time): after the last turn, on a whole millisecond, and never the same
   * twice, so that the order of commands is in their times.
   */
  nextAtS(): number;
}

/** A patient whose time begins now. */
export const createLabPatient = (
  id: string,
  loaded: LoadedScenario,
  { seed, speed, clock }: { readonly seed: number; readonly speed: number; readonly clock: RunClock },
): LabPatient => {
  const driven = createDrivenPatient(loaded.scenario, (scenario) => loaded.makePatient(scenario, seed));
  const bedside = createBedside({ scenario: loaded.scenario, seed, speed, clock, patient: driven });
  let lastMs = 0;
  return {
    id,
    bedside,
    driven,
    nextAtS: () => {
      lastMs = Math.max(Math.floor(bedside.elapsedMs()) + 1, lastMs + 1);
      return lastMs / 1000;
    },
  };
};
