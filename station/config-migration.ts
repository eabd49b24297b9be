/**
 * Configurations of earlier versions, brought to the form of this one before they are checked. What is not known here
 * is left as it stands: the check names it.
 */

/** The configuration in today's form. */
export const migrated = (config: unknown): unknown => {
  if (!isObject(config) || !Array.isArray(config.chairs)) return config;
  return { ...config, chairs: config.chairs.map(chairOf) };
};

const chairOf = (chair: unknown): unknown => {
  if (!isObject(chair) || !Array.isArray(chair.monitors)) return chair;
  return { ...chair, monitors: chair.monitors.map(monitorOf) };
};

/** Line settings were options of two families once (`baudRate`, `characterForm`, `flowControl`); now every monitor has `line`. */
const monitorOf = (monitor: unknown): unknown => {
  if (!isObject(monitor) || !isObject(monitor.options)) return monitor;
  const { baudRate, characterForm, flowControl, ...options } = monitor.options;
  const line = {
    ...(baudRate === undefined ? {} : { baudRate: Number(baudRate) }),
    ...formOf(characterForm),
    ...(flowControl === undefined ? {} : { flowControl }),
  };
  if (Object.keys(line).length === 0) return monitor;
  return { ...monitor, options, line: { ...line, ...(isObject(monitor.line) ? monitor.line : {}) } };
};

const PARITY_OF: Readonly<Record<string, string>> = { N: 'none', E: 'even', O: 'odd' };

const formOf = (form: unknown): object => {
  if (form === undefined) return {};
  const text = String(form);
  return {
    dataBits: Number(text.charAt(0)),
    parity: PARITY_OF[text.charAt(1)] ?? text.charAt(1),
    stopBits: Number(text.charAt(2)),
  };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
