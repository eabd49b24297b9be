/** Datascope Accutorr 3 "PC interface": the family's facts in one object. */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import type { DeviceProfile, DriverOptions } from '../device.ts';
import { exactly } from '../framing/transmit.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { requestBytes } from './codec.ts';
import { type AccutorrOptions, createAccutorrDriver, maxQuietMs } from './driver.ts';

const DEFAULT_POLL_S = 2;

const optionsOf = ({ pollS }: DriverOptions): AccutorrOptions => ({
  pollS: typeof pollS === 'number' ? pollS : DEFAULT_POLL_S,
});

/** The profile of the family. */
export const datascopeAccutorr = {
  id: 'datascope-accutorr',
  manufacturer: 'Datascope (Mindray)',
  models: ['Accutorr 3', 'Accutorr 4', 'Accutorr 3 SAT', 'Accutorr 4 SAT'],
  title: 'Datascope Accutorr 3 and 4 (PC interface)',
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  otherSettings: [{ baudRate: 4800 }, { baudRate: 2400 }, { baudRate: 1200 }],
  // The prompt has no line end: batches of lines would hold it back.
  framing: { kind: 'raw' },
  maxQuietMs: (options) => maxQuietMs(optionsOf(options)),
  metrics: [...NIBP_METRICS, 'MDC_PULS_OXIM_SAT_O2', 'MDC_PULS_OXIM_PULS_RATE'],
  transmits: [
    { name: 'request for patient data (P)', effect: 'asks', matches: exactly(...requestBytes('P')) },
    { name: 'request for alarm limits (L)', effect: 'asks', matches: exactly(...requestBytes('L')) },
    { name: 'request for the prompt (Ctrl-C)', effect: 'asks', matches: exactly(...requestBytes('prompt')) },
  ],
  options: [
    {
      key: 'pollS',
      type: 'integer',
      label: 'Interval of values',
      help: 'How often the monitor is asked; more often while two replies in a row do not agree.',
      default: DEFAULT_POLL_S,
      min: 1,
      max: 5,
      unit: 's',
    },
  ],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'facts-only',
  createDriver: (options) => createAccutorrDriver(optionsOf(options)),
} satisfies DeviceProfile;
