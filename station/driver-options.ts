/** Checks the options of a configured monitor against what its family declares, and fills in defaults. */
import type { DeviceProfile, DriverOptions } from '../devices/device.ts';

/** An option that does not fit; the message names it and says what it may be. */
export class OptionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OptionError';
  }
}

/** @throws OptionError for an unknown option, a wrong type, a number out of bounds, or a text too long. */
export const resolveOptions = (
  profile: DeviceProfile,
  given: Readonly<Record<string, number | boolean | string>>,
): DriverOptions => {
  for (const key of Object.keys(given)) {
    if (!profile.options.some((spec) => spec.key === key)) {
      const known = profile.options.map((spec) => spec.key).join(', ') || 'none';
      throw new OptionError(`${profile.id} has no option "${key}" (it has: ${known})`);
    }
  }
  return Object.fromEntries(
    profile.options.map((spec) => {
      const value = given[spec.key] ?? spec.default;
      if (spec.type === 'boolean') {
        if (typeof value !== 'boolean') throw new OptionError(`option "${spec.key}" must be true or false`);
      } else if (spec.type === 'choice') {
        if (!spec.choices.some((choice) => choice.value === value)) {
          const choices = spec.choices.map((choice) => `"${choice.value}"`).join(', ');
          throw new OptionError(`option "${spec.key}" must be one of ${choices}`);
        }
      } else if (spec.type === 'text') {
        if (typeof value !== 'string' || value.length > spec.maxLength) {
          throw new OptionError(
            `option "${spec.key}" must be a text of at most ${spec.maxLength} characters`,
          );
        }
      } else if (
        typeof value !== 'number' ||
        !Number.isInteger(value) ||
        value < spec.min ||
        value > spec.max
      ) {
        throw new OptionError(
          `option "${spec.key}" must be a whole number from ${spec.min} to ${spec.max} ${spec.unit}`,
        );
      }
      return [spec.key, value];
    }),
  );
};
