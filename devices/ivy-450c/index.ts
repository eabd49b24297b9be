/** Ivy Biomedical 450C, ANSAR-B stream: the family's facts in one object. */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import type { DeviceProfile, DriverOptions } from '../device.ts';
import { bodyTemperatureOption, isBodyTemperature } from '../framing/body-temperature.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { createIvyDriver, MAX_QUIET_MS } from './driver.ts';
import { CONTINUOUS, type IvyOptions } from './observe.ts';

const optionsOf = (options: DriverOptions): IvyOptions => ({
  co2: options.co2Unit === 'kPa' ? 'kPa' : 'mmHg',
  temperature: options.temperatureUnit === 'fahrenheit' ? 'fahrenheit' : 'celsius',
  t1IsBody: isBodyTemperature(options, 't1IsBody'),
});

/** The profile of the family. */
export const ivy450c: DeviceProfile = {
  id: 'ivy-450c',
  manufacturer: 'Ivy Biomedical',
  models: ['450C'],
  title: 'Ivy 450C patient monitor (ANSAR-B)',
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'raw' },
  maxQuietMs: () => MAX_QUIET_MS,
  metrics: [...CONTINUOUS, ...NIBP_METRICS, 'MDC_PULS_RATE_NON_INV'],
  transmits: [],
  options: [
    {
      key: 'co2Unit',
      type: 'choice',
      label: 'Unit of EtCO₂',
      help: 'As set on the monitor; its stream does not say. A wrong unit gives no number, or a wrong one.',
      default: 'mmHg',
      choices: [
        { value: 'mmHg', label: 'mmHg' },
        { value: 'kPa', label: 'kPa' },
      ],
    },
    {
      key: 'temperatureUnit',
      type: 'choice',
      label: 'Unit of temperature',
      help: 'As set on the monitor; its stream does not say. A wrong unit gives no number.',
      default: 'celsius',
      choices: [
        { value: 'celsius', label: '°C' },
        { value: 'fahrenheit', label: '°F' },
      ],
    },
    bodyTemperatureOption('t1IsBody', 'T1'),
  ],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'real-capture',
  createDriver: (options) => createIvyDriver(optionsOf(options)),
};
