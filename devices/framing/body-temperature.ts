/**
 * One rule for all families: a number is body temperature only where the protocol says so, or a person does.
 *
 * The protocol says so when it names the body or a site that stands for it (core, oesophagus, nasopharynx, bladder,
 * rectum, eardrum, armpit), or when the value comes from a clinical thermometer, which measures nothing else. A channel
 * that is only called "Temp" or "T1" may lie on the skin, in a blanket or on the table: its number is listed under its own
 * name, as unmapped, until a person says for this monitor that the probe measures the body. Source of the rule: docs/body-temperature.md.
 */
import type { DriverOptions, OptionSpec } from '../device.ts';

/** The setting's key, after the name of the channel. */
type Key = 't1IsBody' | 'tempIsBody';

/** The setting by which a person says that a monitor's channel `channel` measures the body; off until they do. */
export const bodyTemperatureOption = (key: Key, channel: string): OptionSpec => ({
  key,
  type: 'boolean',
  label: `${channel} is body temperature`,
  help: `The monitor does not say where the probe ${channel} is. Switch on only where it always measures body temperature.`,
  default: false,
});

/** Whether a person said so. */
export const isBodyTemperature = (options: DriverOptions, key: Key): boolean => options[key] === true;
