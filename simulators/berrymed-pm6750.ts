/**
 * A simulated PM6750 through the family's codec: silent until an output is switched on; then waves at 250 and 50 frames a
 * second and values once a second. Its cuff starts and stops by command. How often cuff frames come while it rests is not
 * documented: here once a second while the ECG is on.
 */
import {
  COMMAND,
  type HostCommand,
  hostCodec,
  type ModuleMessage,
  moduleCodec,
} from '../devices/berrymed-pm6750/codec.ts';
import { createBerryCuff } from './berrymed-pm6750-cuff.ts';
import { createBerryWaves, ecgOf, oximetryOf, temperatureOf } from './berrymed-pm6750-values.ts';
import type { Patient } from './patient.ts';
import type { DeviceSimulator, SimulatorProfile } from './simulator.ts';

const ECG_MS = 4;
const WAVE_MS = 20;
const VALUES_MS = 1000;
/** How often the module looks at its patient; the waves go on in between. */
const LOOK_MS = 200;

export const berrymedPm6750Simulator: SimulatorProfile = {
  profileId: 'berrymed-pm6750',
  create: (patient) => createBerry(patient),
};

const SWITCHES: readonly number[] = [
  COMMAND.ecg,
  COMMAND.spo2,
  COMMAND.temperature,
  COMMAND.plethWave,
  COMMAND.respirationWave,
];

const createBerry = (patient: Patient): DeviceSimulator => {
  const host = hostCodec.decoder();
  const on = new Set<number>();
  const waves = createBerryWaves();
  const cuff = createBerryCuff(patient);
  let nowMs = 0;
  let nextMs = ECG_MS;
  let state = patient.stateAt(0);

  const obey = ({ code, value }: HostCommand): void => {
    if (SWITCHES.includes(code)) {
      if (value === 1) on.add(code);
      if (value === 0) on.delete(code);
    } else cuff.obey(code, value, nowMs);
  };

  const valuesAt = (): readonly ModuleMessage[] => [
    ...(on.has(COMMAND.ecg) ? [ecgOf(state), cuff.report(state)] : []),
    ...(on.has(COMMAND.spo2) ? [oximetryOf(state)] : []),
    ...(on.has(COMMAND.temperature) ? [temperatureOf(state)] : []),
  ];

  const messagesAt = (atMs: number): readonly ModuleMessage[] => {
    const sent: ModuleMessage[] = [];
    if (atMs % LOOK_MS === 0) state = patient.stateAt(atMs);
    const [ecg, ecgBeat] = waves.ecg(state, ECG_MS);
    if (on.has(COMMAND.ecg)) sent.push(ecg, ...ecgBeat);
    if (atMs % WAVE_MS === 0) {
      const [pleth, plethBeat] = waves.pleth(state, WAVE_MS);
      const respiration = waves.respiration(state, WAVE_MS);
      if (on.has(COMMAND.plethWave)) sent.push(pleth, ...plethBeat);
      if (on.has(COMMAND.respirationWave)) sent.push(respiration);
    }
    if (atMs % VALUES_MS === 0) sent.push(...valuesAt());
    return sent;
  };

  return {
    advanceTo(elapsedMs) {
      const sent: Uint8Array[] = [];
      for (; nextMs <= elapsedMs; nextMs += ECG_MS)
        for (const message of messagesAt(nextMs)) sent.push(moduleCodec.encode(message));
      nowMs = Math.max(nowMs, elapsedMs);
      return new Uint8Array(Buffer.concat(sent));
    },
    receive(bytes) {
      for (const decoded of host.push(bytes)) if (decoded.ok) obey(decoded.message);
      return new Uint8Array(0);
    },
  };
};
