/** Oridion / Covidien / Medtronic Capnostream 20: capnography with oximetry. */
import type { DeviceProfile } from '../device.ts';
import { exactly } from '../framing/transmit.ts';
import { ANONYMITY } from './anonymity.ts';
import { BEDSIDE } from './bedside.ts';
import { commandBytes } from './codec.ts';
import { createCapnostreamDriver } from './driver.ts';
import { CAPNOSTREAM_METRICS } from './observe.ts';

/** The profile of the family. */
export const capnostream20: DeviceProfile = {
  id: 'capnostream20',
  manufacturer: 'Oridion / Covidien / Medtronic',
  models: ['Capnostream 20'],
  title: 'Capnostream 20 capnograph with oximeter',
  serial: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'raw' },
  // Twenty waves a second; the driver switches the output on again after 2 s, and an answer may take 1.5 s.
  maxQuietMs: () => 5000,
  metrics: CAPNOSTREAM_METRICS,
  transmits: [
    { name: 'switch communication on', effect: 'asks', matches: exactly(...commandBytes('enable')) },
    { name: 'start real-time values', effect: 'asks', matches: exactly(...commandBytes('start')) },
    { name: 'the link is active', effect: 'asks', matches: exactly(...commandBytes('alive')) },
  ],
  options: [],
  canStartNibp: false,
  bedside: BEDSIDE,
  anonymity: ANONYMITY,
  evidence: 'facts-only',
  createDriver: createCapnostreamDriver,
};
