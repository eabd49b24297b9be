/** BerryMed PM6750 multi-parameter module: the family's facts in one object. */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import type { DeviceProfile, DriverOptions } from '../device.ts';
import { bodyTemperatureOption, isBodyTemperature } from '../framing/body-temperature.ts';
import { exactly } from '../framing/transmit.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { CHANNELS } from './channels.ts';
import { createBerryDriver, MAX_QUIET_MS } from './driver.ts';
import { BERRY_CONTINUOUS } from './observe.ts';
import { CUFF_TRANSMITS, type CuffSettings, TARGET_RANGE } from './requests.ts';

/** First pressure of the worked example (protocol sheet). */
const DEFAULT_TARGET_MMHG = 160;

const cuffOf = ({ cuffPatient, cuffTargetMmHg }: DriverOptions): CuffSettings => ({
  patient: cuffPatient === 'child' ? 'child' : 'adult',
  targetMmHg: typeof cuffTargetMmHg === 'number' ? cuffTargetMmHg : DEFAULT_TARGET_MMHG,
});

/** The profile of the family. */
export const berrymedPm6750: DeviceProfile = {
  id: 'berrymed-pm6750',
  manufacturer: 'BerryMed',
  models: ['PM6750', 'PM6750 BLE (through a serial bridge)'],
  title: 'BerryMed PM6750 multi-parameter module',
  serial: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'raw' },
  maxQuietMs: () => MAX_QUIET_MS,
  metrics: [...BERRY_CONTINUOUS, ...NIBP_METRICS],
  transmits: [
    ...CHANNELS.map(({ name, bytes }) => ({ name, effect: 'asks' as const, matches: exactly(...bytes) })),
    ...CUFF_TRANSMITS,
  ],
  options: [
    {
      key: 'cuffPatient',
      type: 'choice',
      label: 'Cuff for',
      help: 'Told to the module before each measurement that is started here.',
      default: 'adult',
      choices: [
        { value: 'adult', label: 'adult' },
        { value: 'child', label: 'child' },
      ],
    },
    {
      key: 'cuffTargetMmHg',
      type: 'integer',
      label: 'First cuff pressure',
      help: 'What the cuff is first inflated to when a measurement is started here. A child’s cuff never gets more than 210.',
      default: DEFAULT_TARGET_MMHG,
      min: TARGET_RANGE.adult.low,
      max: TARGET_RANGE.adult.high,
      unit: 'mmHg',
    },
    bodyTemperatureOption('t1IsBody', 'T1'),
  ],
  canStartNibp: true,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'facts-only',
  createDriver: (options) =>
    createBerryDriver({
      cuff: cuffOf(options),
      t1IsBody: isBodyTemperature(options, 't1IsBody'),
    }),
};
