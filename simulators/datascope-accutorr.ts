/**
 * A simulated Accutorr 3 on the "PC interface": greets when it is switched on, then waits behind its prompt. It takes a command only
 * while the prompt is up. Pressures stand in the order of the manual's list, or of its printed example.
 */
import {
  type AccutorrMessage,
  accutorrCodec,
  hostRequests,
  type PatientData,
  type Request,
} from '../devices/datascope-accutorr/codec.ts';
import { CUFF, OXIMETER } from '../devices/datascope-accutorr/status.ts';
import type { Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorProfile } from './simulator.ts';

const GREETING_AT_MS = 200;
const THINKING_MS = 30;
const BYTE_MS = 10_000 / 9600;
const PULSE_RANGE = { low: 25, high: 250 } as const;
const WEAK_BELOW = 0.3;
const LONGEST_MINUTES = 999;

export interface AccutorrSimulatorOptions {
  /** `list`: systolic, mean, diastolic. `example`: systolic, diastolic, mean. */
  readonly order: 'list' | 'example';
}

/** An Accutorr 3 with its pressures in one order or the other. */
export const accutorrSimulatorProfile = (accutorr: AccutorrSimulatorOptions): SimulatorProfile => ({
  profileId: 'datascope-accutorr',
  create: (patient) => createAccutorr(patient, accutorr),
});

export const datascopeAccutorrSimulator: SimulatorProfile = accutorrSimulatorProfile({ order: 'list' });

/** The limits it was delivered with (our choice). */
const LIMITS: AccutorrMessage = {
  kind: 'L',
  pairs: [
    { high: null, low: 85 },
    { high: 150, low: 45 },
    { high: 180, low: 80 },
    { high: 130, low: 60 },
    { high: 110, low: 45 },
  ],
};

const createAccutorr = (patient: Patient, { order }: AccutorrSimulatorOptions): DeviceSimulator => {
  let nowMs = 0;
  let outbox: { readonly dueMs: number; readonly what: Request | 'greeting' }[] = [
    { dueMs: GREETING_AT_MS, what: 'greeting' },
  ];
  /** From when the prompt is up; it goes down with a command. */
  let promptAtMs = Number.POSITIVE_INFINITY;

  const said = (what: Request | 'greeting', atMs: number): Uint8Array => {
    const messages: AccutorrMessage[] = [];
    if (what === 'greeting') messages.push({ kind: 'greeting' });
    if (what === 'P') messages.push(patientData(patient.stateAt(atMs), atMs, order));
    if (what === 'L') messages.push(LIMITS);
    messages.push({ kind: 'prompt' });
    promptAtMs = atMs;
    return new Uint8Array(Buffer.concat(messages.map((message) => accutorrCodec.encode(message))));
  };

  const take = (request: Request): void => {
    // Before its greeting it hears nothing; while it answers, only the request for the prompt.
    if (nowMs < GREETING_AT_MS) return;
    if (request !== 'prompt' && nowMs < promptAtMs) return;
    promptAtMs = Number.POSITIVE_INFINITY;
    const length = request === 'prompt' ? 1 : 45;
    outbox.push({ dueMs: nowMs + THINKING_MS + length * BYTE_MS, what: request });
  };

  return {
    advanceTo(elapsedMs) {
      const due = outbox.filter(({ dueMs }) => dueMs <= elapsedMs);
      outbox = outbox.filter(({ dueMs }) => dueMs > elapsedMs);
      nowMs = Math.max(nowMs, elapsedMs);
      return Uint8Array.from(due.flatMap(({ what, dueMs }) => [...said(what, dueMs)]));
    },
    receive(bytes) {
      for (const request of hostRequests(bytes)) take(request);
      return new Uint8Array(0);
    },
  };
};

const patientData = (state: PatientState, atMs: number, order: 'list' | 'example'): PatientData => {
  const { oximeter, cuff } = state;
  const flags = oximeterFlags(oximeter);
  const isOn = (flags & ~OXIMETER.weakPulse) === 0;
  const last = cuff.last?.kind === 'reading' ? cuff.last : null;
  const minutes = last === null ? null : Math.floor((atMs - last.endedAtMs) / 60_000);
  const isShown = minutes !== null && minutes <= LONGEST_MINUTES;
  const [mean, diastolic] = [last?.mean ?? null, last?.diastolic ?? null];
  const hasMoved = cuff.last?.kind === 'failed' && cuff.last.cause === 'motion';
  return {
    kind: 'P',
    spo2: isOn ? Math.min(100, Math.max(1, Math.round(oximeter.spo2))) : null,
    pulse: isOn ? Math.min(PULSE_RANGE.high, Math.round(oximeter.pulseRate)) : null,
    systolic: isShown ? (last?.systolic ?? null) : null,
    fourth: isShown ? (order === 'list' ? mean : diastolic) : null,
    fifth: isShown ? (order === 'list' ? diastolic : mean) : null,
    status: [decimal(flags), '000', decimal(hasMoved ? CUFF.motion : 0)],
    minutes: isShown ? minutes : null,
  };
};

const decimal = (byte: number): string => String(byte).padStart(3, '0');

const oximeterFlags = (oximeter: PatientState['oximeter']): number => {
  if (oximeter.probe === 'disconnected') return OXIMETER.noSensor;
  if (oximeter.probe === 'off') return OXIMETER.sensorOff;
  if (oximeter.pulseRate < PULSE_RANGE.low) return OXIMETER.noPulse;
  if (oximeter.searching) return OXIMETER.pulseSearch;
  if (oximeter.motion) return OXIMETER.interference;
  return oximeter.perfusionIndex < WEAK_BELOW ? OXIMETER.weakPulse : 0;
};
