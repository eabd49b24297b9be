/** Arguments that several verbs share, read with one clear line for what is wrong. */
import { type LineOverride, parseLine } from '../../core/line/line-settings.ts';
import type { DeviceProfile, DriverOptions } from '../../devices/device.ts';
import { type Address, parseAddress } from '../../devices/transport/address.ts';
import { OptionError, resolveOptions } from '../../station/driver-options.ts';
import { CliError } from './io.ts';

/** The profile with this id. @throws CliError 2 that lists the known ids. */
export const requireProfile = (id: string, profiles: readonly DeviceProfile[]): DeviceProfile => {
  const found = profiles.find((profile) => profile.id === id);
  if (found !== undefined) return found;
  const known = profiles.map((profile) => profile.id).join(', ') || 'none';
  throw new CliError(2, `--device ${JSON.stringify(id)} is not a known device family; known: ${known}`);
};

/** The family's options from `key=value` texts, the rest at their defaults. @throws CliError 2 naming the option. */
export const requireOptions = (profile: DeviceProfile, texts: readonly string[]): DriverOptions => {
  const given = texts.map((text) => {
    const at = text.indexOf('=');
    if (at <= 0) throw new CliError(2, `--option ${JSON.stringify(text)} is not of the form key=value`);
    const key = text.slice(0, at);
    return [key, typedValue(profile, key, text.slice(at + 1))] as const;
  });
  try {
    return resolveOptions(profile, Object.fromEntries(given));
  } catch (error) {
    if (error instanceof OptionError) throw new CliError(2, `--option: ${error.message}`);
    throw error;
  }
};

/** The text as the type that the option has; what does not fit stays text, and is refused as such. */
const typedValue = (profile: DeviceProfile, key: string, text: string): number | boolean | string => {
  const type = profile.options.find((option) => option.key === key)?.type;
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text);
  return type === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text;
};

/** What the line has otherwise than its family, from e.g. "4800 7E1"; not given: nothing. @throws CliError 2 naming the word. */
export const requireLine = (text: string | undefined): LineOverride => {
  if (text === undefined) return {};
  const parsed = parseLine(text);
  if (!parsed.ok) throw new CliError(2, `--line: ${parsed.message}`);
  return parsed.line;
};

/** What `--line` is, for the help of a verb. */
export const LINE_HELP = 'line settings that are not the family\'s, e.g. 4800, 7E1 or "115200 8N1 RTS/CTS"';

/** An address. @throws CliError 2 naming the option. */
export const requireAddress = (option: string, text: string): Address => {
  const result = parseAddress(text);
  if (!result.ok) throw new CliError(2, `${option}: ${result.message}`);
  return result.address;
};

/** A number above 0, e.g. of seconds. @throws CliError 2 naming the option. */
export const requirePositive = (option: string, text: string): number => {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || !(value > 0) || !Number.isFinite(value))
    throw new CliError(2, `${option} ${JSON.stringify(text)} is not a number above 0`);
  return value;
};
