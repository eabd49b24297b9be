/** Dräger ventilators and anaesthesia machines on their MEDIBUS port. */
import type { DeviceProfile } from '../device.ts';
import { exactly } from '../framing/transmit.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { CODE, commandBytes, isEmptyAnswer, MAX_FRAME_BYTES } from './codec.ts';
import { createMedibusDriver } from './driver.ts';
import { MEDIBUS_METRICS } from './observe.ts';

/** The profile of the family. */
export const draegerMedibus: DeviceProfile = {
  id: 'draeger-medibus',
  manufacturer: 'Dräger',
  models: ['Evita 4', 'Evita XL', 'Apollo', 'Primus', 'Evita Infinity V500'],
  title: 'Dräger ventilators and anaesthesia machines (MEDIBUS)',
  // Evita 4 and XL; others differ, see the family's page.
  serial: { baudRate: 19_200, dataBits: 8, parity: 'even', stopBits: 1, flowControl: 'none' },
  otherSettings: [{ baudRate: 9600 }, { parity: 'none' }, { baudRate: 38_400, parity: 'none' }],
  framing: { kind: 'lines', delimiter: '\r', maxLineBytes: MAX_FRAME_BYTES },
  // Two missing answers of 2 s, and the time to open the communication again.
  maxQuietMs: () => 6000,
  metrics: MEDIBUS_METRICS,
  transmits: [
    { name: 'open the communication (ICC)', effect: 'asks', matches: exactly(...commandBytes(CODE.init)) },
    { name: 'who the machine is', effect: 'asks', matches: exactly(...commandBytes(CODE.identity)) },
    { name: 'measured values', effect: 'asks', matches: exactly(...commandBytes(CODE.measured)) },
    { name: 'alarms', effect: 'asks', matches: exactly(...commandBytes(CODE.alarms)) },
    { name: "empty answer to the machine's command", effect: 'answers', matches: isEmptyAnswer },
  ],
  options: [],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'facts-only',
  createDriver: createMedibusDriver,
};
