/** Philips IntelliVue Data Export over MIB/RS-232: the family's facts in one object. */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import type { DeviceProfile } from '../device.ts';
import { bodyTemperatureOption, isBodyTemperature } from '../framing/body-temperature.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { createIntellivueDriver, SILENT_AFTER_MS } from './driver.ts';
import { CONTINUOUS_RULES } from './nomenclature.ts';
import { TRANSMITS } from './requests.ts';

const CONTINUOUS = [...new Set([...CONTINUOUS_RULES.values()].map(({ metric }) => metric))];

/** The profile of the family. */
export const intellivue = {
  id: 'intellivue',
  manufacturer: 'Philips',
  models: ['IntelliVue MP series', 'IntelliVue MX series'],
  title: 'Philips IntelliVue Data Export (MIB/RS-232)',
  // 115200 8N1 in four independent clients; 19200, said to be configurable, is too slow for all values.
  serial: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  otherSettings: [{ baudRate: 19_200 }],
  framing: { kind: 'raw' },
  // After as long without numerics the driver hangs up and connects anew.
  maxQuietMs: () => SILENT_AFTER_MS,
  metrics: [...CONTINUOUS, ...NIBP_METRICS, 'MDC_PULS_RATE_NON_INV'],
  transmits: TRANSMITS,
  options: [
    {
      key: 'alarms',
      type: 'boolean',
      label: "The monitor's own alarms",
      help: 'Also ask the monitor for the texts of its own alarms.',
      default: true,
    },
    {
      key: 'waves',
      type: 'boolean',
      label: 'Waves',
      help: 'Also ask for ECG II, pleth, respiration and CO₂ waves.',
      default: true,
    },
    bodyTemperatureOption('tempIsBody', 'Temp'),
  ],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'real-capture',
  createDriver: (options) =>
    createIntellivueDriver({
      alarms: options.alarms !== false,
      waves: options.waves !== false,
      tempIsBody: isBodyTemperature(options, 'tempIsBody'),
    }),
} satisfies DeviceProfile;
