/** GE / Critikon DINAMAP host communication: the family's facts in one object. */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import type { DeviceProfile, DriverOptions, Transmit, TransmitEffect } from '../device.ts';
import { exactText } from '../framing/transmit.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { type Command, MAX_LINE_BYTES } from './codec.ts';
import { createDinamapDriver, type DinamapOptions, maxQuietMs, requestText } from './driver.ts';

const DEFAULT_POLL_S = 1;

const optionsOf = ({ pollS, rate, replyCheck }: DriverOptions): DinamapOptions => ({
  pollS: typeof pollS === 'number' ? pollS : DEFAULT_POLL_S,
  rate: rate === 'RC' ? 'RC' : 'RA',
  check: replyCheck === 'repeat' ? 'ignored' : 'required',
});

const question = (command: Command, name: string): Transmit => {
  const [once, again] = [exactText(requestText(command, false)), exactText(requestText(command, true))];
  return { name, effect: 'asks', matches: (bytes) => once(bytes) || again(bytes) };
};
const order = (command: Command, name: string, effect: TransmitEffect): Transmit => ({
  name,
  effect,
  matches: exactText(requestText(command, false)),
});

/** The profile of the family. */
export const geDinamap = {
  id: 'ge-dinamap',
  manufacturer: 'GE HealthCare',
  models: [
    'CARESCAPE V100',
    'DINAMAP ProCare',
    'DINAMAP Pro 100',
    'DINAMAP Pro 200',
    'DINAMAP Pro 300',
    'DINAMAP Pro 400',
  ],
  title: 'GE DINAMAP Pro / ProCare, CARESCAPE V100 (host communication)',
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'lines', delimiter: '\r', maxLineBytes: MAX_LINE_BYTES },
  maxQuietMs: (options) => maxQuietMs(optionsOf(options)),
  metrics: [
    ...NIBP_METRICS,
    'MDC_PULS_RATE_NON_INV',
    'MDC_PULS_OXIM_SAT_O2',
    'MDC_PULS_OXIM_PULS_RATE',
    'MDC_TEMP_BODY',
  ],
  transmits: [
    question('NA', 'request for the NIBP status'),
    question('OA', 'request for the oximeter'),
    question('RA', 'request for the pulse rate'),
    question('RC', 'request for the heart rate (DINAMAP Pro)'),
    question('TC', 'request for the temperature'),
    order('NC0', 'start of one NIBP determination', 'starts-cuff'),
    order('ND', 'cancel of the NIBP determination', 'stops-cuff'),
  ],
  options: [
    {
      key: 'pollS',
      type: 'integer',
      label: 'Interval of values',
      help: 'How often the monitor is asked for cuff status, SpO2 and pulse rate.',
      default: DEFAULT_POLL_S,
      min: 1,
      max: 5,
      unit: 's',
    },
    {
      key: 'rate',
      type: 'choice',
      label: 'Command for the rate',
      help: 'RA for CARESCAPE V100 and ProCare. DINAMAP Pro answers RC: its rate is listed, but not shown as a pulse, because its source is not known.',
      default: 'RA',
      choices: [
        { value: 'RA', label: 'RA (V100, ProCare)' },
        { value: 'RC', label: 'RC (DINAMAP Pro)' },
      ],
    },
    {
      key: 'replyCheck',
      type: 'choice',
      label: 'Check of replies',
      help: 'Choose "asked twice" only for a monitor all of whose replies are refused for wrong check characters.',
      default: 'required',
      choices: [
        { value: 'required', label: 'the two check characters must be right' },
        { value: 'repeat', label: 'not looked at; asked twice, and both replies must agree' },
      ],
    },
  ],
  canStartNibp: true,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'facts-only',
  createDriver: (options) => createDinamapDriver(optionsOf(options)),
} satisfies DeviceProfile;
