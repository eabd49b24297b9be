/** Masimo pulse oximeters on the serial port, output "ASCII 1". */
import type { DeviceProfile } from '../device.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { MAX_LINE_BYTES } from './codec.ts';
import { createMasimoDriver, MASIMO_METRICS, MASIMO_QUIET_MS } from './driver.ts';

export const masimoAscii: DeviceProfile = {
  id: 'masimo-ascii',
  manufacturer: 'Masimo',
  models: ['Rad-8', 'Rad-87', 'Radical', 'Radical-7'],
  title: 'Masimo pulse oximeter (serial ASCII 1)',
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'lines', delimiter: '\n', maxLineBytes: MAX_LINE_BYTES },
  // Five lines of 1 s missed.
  maxQuietMs: () => MASIMO_QUIET_MS,
  metrics: MASIMO_METRICS,
  transmits: [],
  options: [],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'real-capture',
  createDriver: createMasimoDriver,
};
