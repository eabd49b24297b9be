/** What a configuration says about device families, held against the families that there are. */
import type { DeviceProfile } from '../devices/device.ts';
import { ConfigError, type StationConfig } from './config.ts';
import { OptionError, resolveOptions } from './driver-options.ts';

/**
 * Looks at every monitor before any line is opened: its family must be known, and its options must fit it.
 * @throws ConfigError with one line that names `source` and the field.
 */
export const requireFamilies = (
  config: StationConfig,
  profiles: readonly DeviceProfile[],
  source: string,
): void => {
  config.chairs.forEach((chair, c) => {
    chair.monitors.forEach((monitor, m) => {
      const field = `${source}: chairs.${c}.monitors.${m}`;
      const profile = profiles.find(({ id }) => id === monitor.family);
      if (profile === undefined) {
        const known = profiles.map(({ id }) => id).join(', ');
        throw new ConfigError(
          `${field}.family: there is no device family "${monitor.family}"; known: ${known}`,
        );
      }
      try {
        resolveOptions(profile, monitor.options);
      } catch (error) {
        if (error instanceof OptionError) throw new ConfigError(`${field}.options: ${error.message}`);
        throw error;
      }
    });
  });
};
