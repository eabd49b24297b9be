/**
 * A simulated Evita on its MEDIBUS port, through the family's codec: answers nothing but ICC until the communication is
 * open, opens it from its own side when it is switched on, answers one command after the other, says NOP when nothing was
 * said for 2 s, and takes the communication for dead after 3 s without the host. With wave data asked for, bytes with bit 7
 * set stand between and inside its frames.
 */
import {
  CODE,
  type MachineAlarm,
  type Measured,
  type MedibusMessage,
  medibusCodec,
} from '../devices/draeger-medibus/codec.ts';
import { writeAlarms, writeMeasured } from '../devices/draeger-medibus/texts.ts';
import type { Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorOptions, SimulatorProfile } from './simulator.ts';

const IDENTITY = "8210'Evita 4'01.10:04.03";
/** From a command to its answer. */
const ANSWER_MS = 60;
const OWN_INIT_MS = 500;
const IDLE_NOP_MS = 2_000;
const HOST_LOST_MS = 3_000;
const STEP_MS = 20;
const APNEA_AFTER_MS = 15_000;

/** What it can do besides. */
export interface MedibusSimulatorOptions {
  /** Real-time data in between, as a host before us may have asked for. */
  readonly hasWaveBytes: boolean;
}

/** A machine with or without real-time data in between. */
export const medibusSimulatorProfile = (medibus: MedibusSimulatorOptions): SimulatorProfile => ({
  profileId: 'draeger-medibus',
  create: (patient, options) => createMedibus(patient, options, medibus),
});

/** The family's simulator. */
export const draegerMedibusSimulator = medibusSimulatorProfile({ hasWaveBytes: false });

const createMedibus = (
  patient: Patient,
  _options: SimulatorOptions,
  { hasWaveBytes }: MedibusSimulatorOptions,
): DeviceSimulator => {
  const host = medibusCodec.decoder();
  let nowMs = 0;
  let nextMs = 0;
  let isOpen = false;
  let hasSaidInit = false;
  let heardMs = 0;
  let saidMs = 0;
  let due: readonly { readonly atMs: number; readonly code: number }[] = [];

  const say = (message: MedibusMessage, atMs: number): Uint8Array => {
    saidMs = atMs;
    const bytes = medibusCodec.encode(message);
    if (!hasWaveBytes) return bytes;
    const middle = Math.floor(bytes.length / 2);
    return Uint8Array.from([
      0x80 | (atMs & 0x7f),
      ...bytes.subarray(0, middle),
      0xd5,
      ...bytes.subarray(middle),
    ]);
  };

  const step = (atMs: number): readonly Uint8Array[] => {
    const said: Uint8Array[] = [];
    for (const { code } of due.filter((one) => one.atMs <= atMs)) {
      said.push(say({ kind: 'answer', code, text: answerTo(code, patient.stateAt(atMs)) }, atMs));
    }
    due = due.filter((one) => one.atMs > atMs);
    if (isOpen && atMs - heardMs > HOST_LOST_MS) isOpen = false;
    if (!hasSaidInit && atMs >= OWN_INIT_MS) {
      hasSaidInit = true;
      said.push(say({ kind: 'command', code: CODE.init, text: '' }, atMs));
    } else if (isOpen && atMs - saidMs >= IDLE_NOP_MS) {
      said.push(say({ kind: 'command', code: CODE.nop, text: '' }, atMs));
    }
    return said;
  };

  const obey = ({ kind, code }: MedibusMessage): void => {
    heardMs = nowMs;
    if (kind === 'answer') return;
    if (code === CODE.init) isOpen = true;
    if (code === CODE.stop) isOpen = false;
    if (isOpen) due = [...due, { atMs: nowMs + ANSWER_MS, code }];
  };

  return {
    advanceTo(elapsedMs) {
      const sent: Uint8Array[] = [];
      for (; nextMs <= elapsedMs; nextMs += STEP_MS) sent.push(...step(nextMs));
      nowMs = Math.max(nowMs, elapsedMs);
      return new Uint8Array(Buffer.concat(sent));
    },
    receive(bytes) {
      for (const decoded of host.push(bytes)) {
        if (decoded.ok) obey(decoded.message);
        else if (decoded.reason === 'checksum' && isOpen) {
          due = [...due, { atMs: nowMs + ANSWER_MS, code: CODE.notUnderstood }];
        }
      }
      return new Uint8Array(0);
    },
  };
};

const answerTo = (code: number, state: PatientState): string => {
  if (code === CODE.identity) return IDENTITY;
  if (code === CODE.measured) return writeMeasured(measuredOf(state));
  return code === CODE.alarms ? writeAlarms(alarmsOf(state)) : '';
};

/** A number of at most four characters, or nothing. */
const number = (code: number, value: number | null): Measured => ({
  code,
  text: value === null ? '' : String(Math.round(Math.min(999, value))),
});

const measuredOf = ({ respiration, oximeter }: PatientState): readonly Measured[] => {
  const isOximetry = oximeter.probe === 'on' && !oximeter.searching;
  const { etco2MmHg, rate } = respiration;
  return [
    number(0xd6, rate),
    number(0xd5, etco2MmHg === null ? null : rate),
    number(0xe6, etco2MmHg),
    number(0xe1, isOximetry ? oximeter.pulseRate : null),
    number(0xeb, isOximetry ? oximeter.spo2 : null),
    number(0xf0, 21),
  ];
};

const alarmsOf = ({ respiration, oximeter }: PatientState): readonly MachineAlarm[] => [
  ...(respiration.sinceBreathMs >= APNEA_AFTER_MS ? [{ priority: '1', code: 0x10, text: 'APNEA' }] : []),
  ...(oximeter.probe === 'on' ? [] : [{ priority: '3', code: 0x42, text: 'SPO2 SENSOR' }]),
];
