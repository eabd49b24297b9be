/** GE / Datex-Ohmeda S/5 computer interface (DRI): the family's facts in one object. */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import type { DeviceProfile, DriverOptions } from '../device.ts';
import { bodyTemperatureOption, isBodyTemperature } from '../framing/body-temperature.ts';
import { exactly } from '../framing/transmit.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { alarmRequest, hostRequest, waveRequest } from './codec.ts';
import { createDriDriver, driMaxQuietMs } from './driver.ts';
import { CONTINUOUS_METRICS } from './observe.ts';
import { WANTED_WAVES } from './wave-reader.ts';

const DEFAULT_INTERVAL_S = 5;
/** Slower values would be stale (older than 10 s) before the next ones come. */
const LONGEST_INTERVAL_S = 8;
const ASKABLE_INTERVALS_S = Array.from({ length: LONGEST_INTERVAL_S }, (_, index) => index + 1);

const intervalOf = ({ intervalS }: DriverOptions): number =>
  typeof intervalS === 'number' ? intervalS : DEFAULT_INTERVAL_S;

/** The profile of the family. */
export const geS5Dri = {
  id: 'ge-s5-dri',
  manufacturer: 'GE HealthCare',
  models: [
    'CARESCAPE B450',
    'CARESCAPE B650',
    'CARESCAPE B850',
    'B20',
    'B40',
    'B105',
    'B125',
    'Datex-Ohmeda S/5',
    'Cardiocap 5',
  ],
  title: 'GE CARESCAPE / Datex-Ohmeda S/5 computer interface (DRI)',
  // M1017617, 12th edition: 19200 8E1, RTS/CTS; without CTS the monitor does not send.
  serial: { baudRate: 19_200, dataBits: 8, parity: 'even', stopBits: 1, flowControl: 'rtscts' },
  otherSettings: [{ baudRate: 115_200 }],
  framing: { kind: 'raw' },
  maxQuietMs: (options) => driMaxQuietMs(intervalOf(options)),
  metrics: [...CONTINUOUS_METRICS, ...NIBP_METRICS, 'MDC_PULS_RATE_NON_INV'],
  transmits: [
    {
      name: 'request for displayed values',
      effect: 'asks',
      matches: (bytes) => ASKABLE_INTERVALS_S.some((seconds) => exactly(...hostRequest(seconds))(bytes)),
    },
    { name: "request for the monitor's alarms", effect: 'asks', matches: exactly(...alarmRequest()) },
    {
      name: 'request for the ECG, pleth, CO₂ and respiration waves',
      effect: 'asks',
      matches: exactly(...waveRequest(WANTED_WAVES)),
    },
  ],
  options: [
    {
      key: 'intervalS',
      type: 'integer',
      label: 'Interval of values',
      help: 'How often the monitor sends its values. GE promises 5 s; CARESCAPE B450 and B650 also serve 1 s.',
      default: DEFAULT_INTERVAL_S,
      min: 1,
      max: LONGEST_INTERVAL_S,
      unit: 's',
    },
    {
      key: 'alarms',
      type: 'boolean',
      label: "The monitor's own alarms",
      help: 'Also ask a CARESCAPE monitor for the texts of its own alarms. Other monitors are not asked.',
      default: true,
    },
    {
      key: 'waves',
      type: 'boolean',
      label: 'Waves',
      help: 'Also ask for the waves of ECG channel 1, pleth, CO₂ and respiration.',
      default: true,
    },
    bodyTemperatureOption('t1IsBody', 'T1'),
  ],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'real-capture',
  createDriver: (options) =>
    createDriDriver({
      intervalS: intervalOf(options),
      alarms: options.alarms !== false,
      waves: options.waves !== false,
      t1IsBody: isBodyTemperature(options, 't1IsBody'),
    }),
} satisfies DeviceProfile;
