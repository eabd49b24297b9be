/** The registry of simulated monitors, one for each device family. */
import { berrymedPm6750Simulator } from './berrymed-pm6750.ts';
import { capnostream20Simulator } from './capnostream20.ts';
import { datascopeAccutorrSimulator } from './datascope-accutorr.ts';
import { draegerMedibusSimulator } from './draeger-medibus.ts';
import { geDinamapSimulator } from './ge-dinamap.ts';
import { geS5DriSimulator } from './ge-s5-dri.ts';
import { hl7OruSimulator } from './hl7-oru.ts';
import { intellivueSimulator } from './intellivue.ts';
import { ivy450cSimulator } from './ivy-450c.ts';
import { masimoAsciiSimulator } from './masimo-ascii.ts';
import { nellcorSimulator } from './nellcor.ts';
import { noninSimulator } from './nonin.ts';
import { philipsEfficiaSimulator } from './philips-efficia.ts';
import type { SimulatorProfile } from './simulator.ts';

export const SIMULATOR_PROFILES: readonly SimulatorProfile[] = [
  berrymedPm6750Simulator,
  capnostream20Simulator,
  datascopeAccutorrSimulator,
  draegerMedibusSimulator,
  geDinamapSimulator,
  geS5DriSimulator,
  hl7OruSimulator,
  intellivueSimulator,
  ivy450cSimulator,
  masimoAsciiSimulator,
  nellcorSimulator,
  noninSimulator,
  philipsEfficiaSimulator,
];

/** The simulator of a family by the family's id, or null when there is none. */
export const findSimulator = (profileId: string): SimulatorProfile | null =>
  SIMULATOR_PROFILES.find((profile) => profile.profileId === profileId) ?? null;
