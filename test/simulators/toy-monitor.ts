/** A monitor of no make: a line of text every second, and an answer to every question mark. */
import { instant } from '../../core/time.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { exactly } from '../../devices/framing/transmit.ts';
import type { Patient } from '../../simulators/patient.ts';
import type { DeviceSimulator, SimulatorProfile } from '../../simulators/simulator.ts';

export const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
export const bytesOf = (line: string): Uint8Array => Uint8Array.from(line, (letter) => letter.charCodeAt(0));

/** Sends "elapsed seconds:heart rate" at every full second, and "!" for every "?". */
export const toySimulator = (patient: Patient, startEpochMs = 0): DeviceSimulator => {
  let sent = 0;
  return {
    advanceTo: (elapsedMs) => {
      let out = '';
      for (; sent * 1000 <= elapsedMs; sent += 1) {
        const { heartRate } = patient.stateAt(sent * 1000).ecg;
        out += `${sent}:${heartRate.toFixed(0)}@${(startEpochMs / 1000 + sent).toFixed(0)}\n`;
      }
      return bytesOf(out);
    },
    receive: (bytes) => bytesOf('!'.repeat([...text(bytes)].filter((letter) => letter === '?').length)),
  };
};

export const toySimulatorProfile: SimulatorProfile = {
  profileId: 'toy',
  create: (patient, { startEpochMs }) => toySimulator(patient, startEpochMs),
};

/** The family of the toy: its driver asks once at the start and then every second. */
export const toyProfile: DeviceProfile = {
  id: 'toy',
  manufacturer: 'nobody',
  models: ['Toy'],
  title: 'Toy monitor',
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
  framing: { kind: 'raw' },
  maxQuietMs: () => 5000,
  metrics: ['MDC_ECG_HEART_RATE'],
  transmits: [{ name: 'ask', effect: 'asks', matches: exactly(0x3f) }],
  options: [],
  canStartNibp: false,
  bedside: {
    switchOn: { known: 'Nothing.' },
    plug: { unknown: 'a toy has none.' },
    cable: { unknown: 'a toy has none.' },
    line: [],
    unsure: [],
    triedOn: 'Tests.',
  },
  anonymity: { kind: 'refuses', why: 'a toy says nothing of anybody' },
  evidence: 'facts-only',
  createDriver: () => {
    const ask = [{ type: 'request', bytes: bytesOf('?'), purpose: 'ask' }] as const;
    let askedAt = instant(0, Number.NEGATIVE_INFINITY);
    return {
      start: (now) => {
        askedAt = now;
        return ask;
      },
      receive: () => [],
      tick: (now) => {
        if (now.mono - askedAt.mono < 1000) return [];
        askedAt = now;
        return ask;
      },
      end: () => [],
    };
  },
};

/** A simulator that sends `perStep` counted bytes for every 10 ms, whatever the calls: 0, 1, 2, … 255, 0, … */
export const countingSimulator = (perStep = 1): DeviceSimulator => {
  let sent = 0;
  return {
    advanceTo: (elapsedMs) => {
      const due = Math.floor(elapsedMs / 10) * perStep;
      const out = Uint8Array.from({ length: Math.max(0, due - sent) }, (_, index) => (sent + index) & 0xff);
      sent = Math.max(sent, due);
      return out;
    },
    receive: (bytes) => bytes,
  };
};
