/** Philips Efficia CM: the family's facts in one object. */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import type { DeviceProfile, DriverOptions } from '../device.ts';
import { bodyTemperatureOption, isBodyTemperature } from '../framing/body-temperature.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { createEfficiaDriver, type EfficiaOptions, maxQuietMs } from './driver.ts';
import { CONTINUOUS_METRICS } from './observe.ts';

const DEFAULT_POLL_S = 2;

const optionsOf = (options: DriverOptions): EfficiaOptions => ({
  pollS: typeof options.pollS === 'number' ? options.pollS : DEFAULT_POLL_S,
  inBlock: options.inBlock === true,
  t1IsBody: isBodyTemperature(options, 't1IsBody'),
});

const QUERY =
  /^MSH\|\^~\\&\|{5}\d{14}\|{2}QRY\^R02\|CS[0-9A-Z]{1,18}\|P\|2\.4\rQRD\|\d{14}\|R\|I\|Q\d{1,9}\|{5}STA\r$/;
const RECEIPT =
  /^MSH\|\^~\\&\|{5}\d{14}\|{2}ACK\^\^ACK_ALL\|CS[0-9A-Z]{1,18}\|P\|2\.4\rMSA\|AA\|[!-{}~ ]{1,40}\r$/;

/** The text of these bytes without the block characters of MLLP. */
const bare = (bytes: Uint8Array): string => {
  const text = String.fromCharCode(...bytes.subarray(0, 400));
  return text.startsWith('\x0b') && text.endsWith('\x1c\r') ? text.slice(1, -2) : text;
};

/** The profile of the family. */
export const philipsEfficia = {
  id: 'philips-efficia',
  manufacturer: 'Philips',
  models: ['Efficia CM10', 'Efficia CM12', 'Efficia CM100', 'Efficia CM120', 'Efficia CM150'],
  title: 'Philips Efficia CM (HL7 over the serial port)',
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  otherSettings: [
    { baudRate: 115_200 },
    { baudRate: 19_200 },
    { baudRate: 38_400 },
    { baudRate: 57_600 },
    { baudRate: 4800 },
    { parity: 'even' },
    { parity: 'odd' },
    { stopBits: 2 },
    { dataBits: 7, parity: 'even' },
    { dataBits: 7, parity: 'odd' },
    { flowControl: 'rtscts' },
    { flowControl: 'xonxoff' },
  ],
  framing: { kind: 'raw' },
  maxQuietMs: (options) => maxQuietMs(optionsOf(options)),
  metrics: [...CONTINUOUS_METRICS, ...NIBP_METRICS, 'MDC_PULS_RATE_NON_INV'],
  transmits: [
    {
      name: 'query for what the panes show now',
      effect: 'asks',
      matches: (bytes) => QUERY.test(bare(bytes)),
    },
    { name: 'acknowledgement of a report', effect: 'answers', matches: (bytes) => RECEIPT.test(bare(bytes)) },
  ],
  options: [
    {
      key: 'pollS',
      type: 'integer',
      label: 'Interval of values',
      help: 'How often the monitor is asked. At 9600 baud an answer takes about a second.',
      default: DEFAULT_POLL_S,
      min: 1,
      max: 5,
      unit: 's',
    },
    {
      key: 'inBlock',
      type: 'boolean',
      label: 'Send MLLP block characters',
      help: 'Puts 0Bh before and 1Ch 0Dh after each message. Switch on when the monitor does not answer without them.',
      default: false,
    },
    bodyTemperatureOption('t1IsBody', 'T1'),
  ],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'vendor-vectors',
  createDriver: (options) => createEfficiaDriver(optionsOf(options)),
} satisfies DeviceProfile;
