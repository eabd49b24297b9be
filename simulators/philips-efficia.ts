/**
 * A simulated Efficia CM120 on the serial export: silent until it is queried, then one report a query at the pace of 9600
 * baud. It refuses what is no query (AE) and what it has not (AR), and answers in MLLP blocks when it is asked in them.
 */
import {
  type EfficiaMessage,
  efficiaCodec,
  encodeInBlock,
  type Item,
  type Query,
} from '../devices/philips-efficia/codec.ts';
import type { Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorOptions, SimulatorProfile } from './simulator.ts';

const THINKING_MS = 120;
const BYTE_MS = 10_000 / 9600;
const BLOCK_BEGIN = 0x0b;
const PULSE_RANGE = { low: 25, high: 240 } as const;
/** A cuff reading leaves its pane after so long (our choice). */
const NBP_SHOWN_MS = 3_600_000;

const UNITS = {
  '%': '0004-0220',
  mmHg: '0004-0f20',
  bpm: '0004-0aa0',
  rpm: '0004-0ae0',
  C: '0004-1710',
} as const;

export const philipsEfficiaSimulator: SimulatorProfile = {
  profileId: 'philips-efficia',
  create: (patient, options) => createEfficia(patient, options),
};

const createEfficia = (patient: Patient, { startEpochMs, seed }: SimulatorOptions): DeviceSimulator => {
  const host = efficiaCodec.decoder();
  const serial = `CM${String(Math.abs(Math.trunc(seed)) % 100_000_000).padStart(8, '0')}`;
  let nowMs = 0;
  let lineFreeAtMs = 0;
  let count = 0;
  let outbox: { readonly dueMs: number; readonly bytes: Uint8Array }[] = [];

  const nextId = (): string => {
    count += 1;
    return serial + count.toString(16).toUpperCase().padStart(10, '0');
  };
  const clockAt = (atMs: number): number => Math.floor((startEpochMs + atMs) / 1000) * 1000;

  const answerTo = (query: Query): EfficiaMessage => {
    const { controlId, queryId, timeMs, filter } = query;
    const head = { timeMs: clockAt(nowMs), controlId: nextId(), answers: controlId };
    // RES would be the last closed patient record: nobody was discharged here. Other filters do not exist.
    if (filter !== 'STA') return { kind: 'refusal', code: filter === 'RES' ? 'AR' : 'AE', ...head };
    const items = itemsOf(patient.stateAt(nowMs), clockAt);
    return {
      kind: 'report',
      application: '^EfficiaCM',
      ...head,
      queryTimeMs: timeMs,
      queryId,
      patient: null,
      items,
      alerts: [],
    };
  };

  const send = (message: EfficiaMessage, inBlock: boolean): void => {
    const bytes = inBlock ? encodeInBlock(message) : efficiaCodec.encode(message);
    lineFreeAtMs = Math.max(lineFreeAtMs, nowMs) + THINKING_MS + bytes.length * BYTE_MS;
    outbox.push({ dueMs: lineFreeAtMs, bytes });
  };

  return {
    advanceTo(elapsedMs) {
      const due = outbox.filter(({ dueMs }) => dueMs <= elapsedMs);
      outbox = outbox.filter(({ dueMs }) => dueMs > elapsedMs);
      nowMs = Math.max(nowMs, elapsedMs);
      return Uint8Array.from(due.flatMap(({ bytes }) => [...bytes]));
    },
    receive(bytes) {
      const inBlock = bytes[0] === BLOCK_BEGIN;
      for (const decoded of host.push(bytes)) {
        if (decoded.ok && decoded.message.kind === 'query') send(answerTo(decoded.message), inBlock);
        // A message of its own shape that is no query: whose it was cannot be told.
        else if (!decoded.ok && decoded.reason === 'syntax')
          send(
            { kind: 'refusal', code: 'AE', timeMs: clockAt(nowMs), controlId: nextId(), answers: '0' },
            inBlock,
          );
      }
      return new Uint8Array(0);
    },
  };
};

interface Pane {
  readonly code: string;
  readonly label: string;
  readonly unit: keyof typeof UNITS;
  /** Null: the pane shows `?`. */
  readonly value: number | null;
  readonly measuredAtMs?: number;
  readonly source?: string;
}

const itemOf = ({ code, label, unit, value, measuredAtMs, source }: Pane): Item => ({
  code,
  label,
  value,
  unit: UNITS[unit],
  unitText: unit,
  isValid: value !== null,
  measuredAtMs: value === null ? null : (measuredAtMs ?? null),
  source: source ?? '',
});

const isOximeterOn = ({ probe, searching, pulseRate }: PatientState['oximeter']): boolean =>
  probe === 'on' && !searching && pulseRate >= PULSE_RANGE.low;

const itemsOf = (state: PatientState, clockAt: (atMs: number) => number): readonly Item[] => {
  const { oximeter, ecg, respiration, temperatureCel } = state;
  const isOn = isOximeterOn(oximeter);
  const isLeadOn = ecg.leads === 'on';
  const panes: Pane[] = [
    {
      code: '0002-4182',
      label: 'HR',
      unit: 'bpm',
      value: isLeadOn && ecg.heartRate > 0 ? Math.round(ecg.heartRate) : null,
    },
    {
      code: '0002-4bb8',
      label: 'SpO2',
      unit: '%',
      value: isOn ? Math.min(100, Math.round(oximeter.spo2)) : null,
    },
    pulsePane(state, clockAt),
    {
      code: '0002-5000',
      label: 'Resp',
      unit: 'rpm',
      value: isLeadOn && respiration.rate !== null ? Math.round(respiration.rate) : null,
    },
    ...cuffPanes(state, clockAt),
  ];
  if (respiration.etco2MmHg !== null)
    panes.push({ code: '0002-50b0', label: 'etCO2', unit: 'mmHg', value: Math.round(respiration.etco2MmHg) });
  if (temperatureCel !== null)
    panes.push({ code: '0002-f0c7', label: 'T1', unit: 'C', value: Math.round(temperatureCel * 10) / 10 });
  return panes.map(itemOf);
};

/** The reading that its panes still show: none while the next one is taken, none after a failure. */
const shownReading = ({ cuff, elapsedMs }: PatientState) => {
  const { last, measuring } = cuff;
  if (measuring || last === null || last.kind === 'failed') return null;
  return elapsedMs - last.endedAtMs > NBP_SHOWN_MS ? null : last;
};

const cuffPanes = (state: PatientState, clockAt: (atMs: number) => number): readonly Pane[] => {
  const last = shownReading(state);
  const pane = (code: string, label: string, value: number | undefined): Pane => ({
    code,
    label,
    unit: 'mmHg',
    value: value ?? null,
    ...(last === null ? {} : { measuredAtMs: clockAt(last.endedAtMs) }),
  });
  return [
    pane('0002-4a05', 'NBPs', last?.systolic),
    pane('0002-4a06', 'NBPd', last?.diastolic),
    pane('0002-4a07', 'NBPm', last?.mean),
  ];
};

/** From the oximeter while it measures, else from the last cuff reading. */
const pulsePane = (state: PatientState, clockAt: (atMs: number) => number): Pane => {
  const pane = { code: '0002-480a', label: 'Pulse', unit: 'bpm' } as const;
  if (isOximeterOn(state.oximeter)) {
    const rate = Math.min(PULSE_RANGE.high, Math.round(state.oximeter.pulseRate));
    return { ...pane, value: rate, source: 'SpO2' };
  }
  const last = shownReading(state);
  if (last === null) return { ...pane, value: null };
  return { ...pane, value: last.pulseRate, source: 'NBP', measuredAtMs: clockAt(last.endedAtMs) };
};
