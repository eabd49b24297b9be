/** Nellcor / Puritan Bennett pulse oximeters on the serial data port. */
import type { DeviceProfile } from '../device.ts';
import { exactly } from '../framing/transmit.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { MAX_LINE_BYTES } from './codec.ts';
import { createNellcorDriver, NELLCOR_METRICS, NELLCOR_QUIET_MS, XON } from './driver.ts';

export const nellcor: DeviceProfile = {
  id: 'nellcor',
  manufacturer: 'Nellcor / Puritan Bennett',
  models: ['N-560', 'N-595', 'N-395', 'NPB-290', 'NPB-295', 'NPB-190', 'NPB-195'],
  title: 'Nellcor pulse oximeter (data port, ASCII)',
  // The unit heeds XON/XOFF; we never hold it back, so the host's flow control stays off.
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'lines', delimiter: '\n', maxLineBytes: MAX_LINE_BYTES },
  // Three lines of 2 s, and the time that one line takes.
  maxQuietMs: () => NELLCOR_QUIET_MS,
  metrics: NELLCOR_METRICS,
  transmits: [{ name: 'XON: let the output go on', effect: 'asks', matches: exactly(XON) }],
  options: [],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'real-capture',
  createDriver: createNellcorDriver,
};
