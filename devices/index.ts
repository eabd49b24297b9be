/** The registry of device families: a plain array, walked by the command line, the station and the conformance tests. */

import { berrymedPm6750 } from './berrymed-pm6750/index.ts';
import { capnostream20 } from './capnostream20/index.ts';
import { datascopeAccutorr } from './datascope-accutorr/index.ts';
import type { DeviceProfile } from './device.ts';
import { draegerMedibus } from './draeger-medibus/index.ts';
import { geDinamap } from './ge-dinamap/index.ts';
import { geS5Dri } from './ge-s5-dri/index.ts';
import { hl7Oru } from './hl7-oru/index.ts';
import { intellivue } from './intellivue/index.ts';
import { ivy450c } from './ivy-450c/index.ts';
import { masimoAscii } from './masimo-ascii/index.ts';
import { nellcor } from './nellcor/index.ts';
import { nonin } from './nonin/index.ts';
import { philipsEfficia } from './philips-efficia/index.ts';

export const DEVICE_PROFILES: readonly DeviceProfile[] = [
  berrymedPm6750,
  capnostream20,
  datascopeAccutorr,
  draegerMedibus,
  geDinamap,
  geS5Dri,
  hl7Oru,
  intellivue,
  ivy450c,
  masimoAscii,
  nellcor,
  nonin,
  philipsEfficia,
];

/** The profile of a family by its id, or null when Chairside does not know it. */
export const findProfile = (id: string): DeviceProfile | null =>
  DEVICE_PROFILES.find((profile) => profile.id === id) ?? null;
