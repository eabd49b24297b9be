/** Monitors and gateways that send HL7 v2 observations (IHE PCD-01) over the network. */
import type { DeviceProfile, DriverOptions } from '../device.ts';
import { bodyTemperatureOption, isBodyTemperature } from '../framing/body-temperature.ts';
import { isAcknowledgement } from './ack.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { createHl7Driver } from './driver.ts';
import { HL7_METRICS } from './observe.ts';

const DEFAULT_INTERVAL_S = 10;

const intervalOf = ({ intervalS }: DriverOptions): number =>
  typeof intervalS === 'number' ? intervalS : DEFAULT_INTERVAL_S;

/** Two messages missed, and the time that one may be late. */
const maxQuietMsOf = (options: DriverOptions): number => (2 * intervalOf(options) + 2) * 1000;

/** The profile of the family. */
export const hl7Oru: DeviceProfile = {
  id: 'hl7-oru',
  manufacturer: 'Mindray, GE, Comen, Edan and others',
  models: ['Mindray eGateway', 'Mindray VS series', 'GE B40', 'GE B20', 'Comen NC', 'XH80X', 'Edan gateway'],
  title: 'HL7 v2 over the network (IHE PCD-01)',
  // There is no serial line; a recording without times is played at this rate.
  serial: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  callsIn: true,
  framing: { kind: 'raw' },
  maxQuietMs: maxQuietMsOf,
  metrics: HL7_METRICS,
  transmits: [{ name: 'acknowledgement of a message (ACK)', effect: 'answers', matches: isAcknowledgement }],
  options: [
    {
      key: 'bed',
      type: 'text',
      label: 'Bed',
      help: 'The bed to read, as the monitor names it (5, or ward^room^bed). Needed where a gateway sends several beds.',
      default: '',
      maxLength: 60,
    },
    {
      key: 'intervalS',
      type: 'integer',
      label: 'Interval of messages',
      help: 'How often the monitor is set to send. Numbers that come less often than every 10 s turn grey in between.',
      default: DEFAULT_INTERVAL_S,
      min: 1,
      max: 60,
      unit: 's',
    },
    bodyTemperatureOption('tempIsBody', 'Temp (MDC_TEMP)'),
  ],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'vendor-vectors',
  createDriver: (options) =>
    createHl7Driver({
      bed: typeof options.bed === 'string' ? options.bed.trim() : '',
      maxQuietMs: maxQuietMsOf(options),
      tempIsBody: isBodyTemperature(options, 'tempIsBody'),
    }),
};
