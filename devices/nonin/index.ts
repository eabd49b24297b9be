/** Nonin oximeters with a serial output: the family's facts in one object. */
import type { DeviceProfile, DriverOptions } from '../device.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import type { NoninFormat } from './codec.ts';
import { createNoninDriver, maxQuietOf } from './driver.ts';
import { NONIN_METRICS } from './observe.ts';

const formatOf = ({ format }: DriverOptions): NoninFormat =>
  format === '8' || format === '13' ? format : 'auto';

/** The profile of the family. */
export const nonin: DeviceProfile = {
  id: 'nonin',
  manufacturer: 'Nonin Medical',
  models: [
    'OEM III',
    'Xpod',
    'Avant 9600',
    'Avant 4000',
    'Avant 4100',
    '8500',
    '8600',
    '9847',
    'WristOx',
    'Onyx 9560',
  ],
  title: 'Nonin pulse oximeters (ASCII and formats 2, 7, 8, 13)',
  // The 9600 sends a second stop bit and the 8500, 8600 and 9847 a ninth bit that is always a mark: both read as 8N1.
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'raw' },
  maxQuietMs: (options) => maxQuietOf(formatOf(options)),
  metrics: [...NONIN_METRICS],
  transmits: [],
  options: [
    {
      key: 'format',
      type: 'choice',
      label: 'Output format',
      help: 'Lines and formats 2 and 7 are recognised. Format 8 has no check: choose it only for a unit that sends it. Format 13 is one value for each spot check.',
      default: 'auto',
      choices: [
        { value: 'auto', label: 'lines, format 2 or 7' },
        { value: '8', label: 'format 8' },
        { value: '13', label: 'format 13 (spot checks)' },
      ],
    },
  ],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'facts-only',
  createDriver: (options) => createNoninDriver(formatOf(options)),
};
