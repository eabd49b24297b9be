/** The two registries side by side: what every family must have. */
import type { DeviceProfile } from '../../devices/device.ts';
import { DEVICE_PROFILES } from '../../devices/index.ts';
import { SIMULATOR_PROFILES } from '../../simulators/index.ts';
import type { SimulatorProfile } from '../../simulators/simulator.ts';

/** A family with its simulator. */
export interface Pair {
  readonly id: string;
  readonly profile: DeviceProfile;
  readonly simulator: SimulatorProfile;
}

/** Every family that has both; that none is missing is a test of its own. */
export const PAIRS: readonly Pair[] = DEVICE_PROFILES.flatMap((profile) =>
  SIMULATOR_PROFILES.filter(({ profileId }) => profileId === profile.id).map((simulator) => ({
    id: profile.id,
    profile,
    simulator,
  })),
);
