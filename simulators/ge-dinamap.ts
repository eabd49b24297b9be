/**
 * A simulated CARESCAPE V100 on host communication: silent until it is asked, one answer to each command with the right
 * check, nothing to anything else (how it refuses is not known). It measures temperature every quarter of an hour.
 * What it answers to cuff commands is our guess; a driver must not look into it.
 */
import {
  type Command,
  type DinamapMessage,
  dinamapCodec,
  NIBP_STATUS,
  OXIMETER_STATUS,
  RATE_SOURCE,
  type Reply,
} from '../devices/ge-dinamap/codec.ts';
import type { CuffResult, Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorProfile } from './simulator.ts';

/** The monitor thinks, then its UART sends 10 bits a byte at 9600 baud. */
const THINKING_MS = 20;
const BYTE_MS = 10_000 / 9600;
const AVERAGING_S = 8;
const OLDEST_NIBP_S = 5400;
const OLDEST_TEMPERATURE_S = 86_400;
const PULSE_RANGE = { low: 25, high: 250 } as const;
const FIRST_TEMPERATURE_MS = 20_000;
const TEMPERATURE_EVERY_MS = 900_000;
const TEMPERATURE_TAKES_MS = 8_000;
/** Status by cause: a leaking cuff cannot be pumped up, motion uses up the time, a loose cuff holds too much air. */
const FAILURE_STATUS = { leak: 4, motion: 6, loose: 8 } as const;

export const geDinamapSimulator: SimulatorProfile = {
  profileId: 'ge-dinamap',
  create: (patient) => createDinamap(patient),
};

interface Determination {
  readonly startedAtMs: number;
  /** Null while it runs. */
  readonly endedAtMs: number | null;
  readonly tenthsF: number;
  readonly count: number;
}

const createDinamap = (patient: Patient): DeviceSimulator => {
  const host = dinamapCodec.decoder();
  let nowMs = 0;
  let lineFreeAtMs = 0;
  let outbox: { readonly dueMs: number; readonly command: Command }[] = [];
  let determination: Determination | null = null;

  /** The thermometer's clockwork, up to `atMs`. */
  const takeTemperature = (atMs: number): void => {
    const count = Math.floor((atMs - FIRST_TEMPERATURE_MS) / TEMPERATURE_EVERY_MS);
    if (count < 0) return;
    const startedAtMs = FIRST_TEMPERATURE_MS + count * TEMPERATURE_EVERY_MS;
    const endedAtMs = startedAtMs + TEMPERATURE_TAKES_MS;
    const isOver = atMs >= endedAtMs;
    if (determination?.count === count && (determination.endedAtMs !== null || !isOver)) return;
    const degrees = patient.stateAt(atMs).temperatureCel;
    if (degrees === null) return;
    const tenthsF = Math.round(((degrees * 9) / 5 + 32) * 10);
    determination = { startedAtMs, endedAtMs: isOver ? endedAtMs : null, tenthsF, count };
  };

  const temperatureReply = (atMs: number): Reply => {
    takeTemperature(atMs);
    const step = determination === null ? 0 : determination.count + 1;
    const endedAtMs = determination?.endedAtMs ?? null;
    const ageS = endedAtMs === null ? null : Math.floor((atMs - endedAtMs) / 1000);
    return {
      kind: 'TC',
      status: determination !== null && endedAtMs === null ? 1 : 0,
      isMonitorMode: false,
      counter: String.fromCharCode(0x20 + (step % 95)),
      ageS: ageS === null || ageS > OLDEST_TEMPERATURE_S ? null : ageS,
      tenthsF: endedAtMs === null ? 0 : (determination?.tenthsF ?? 0),
      bedsideUnit: 'C',
    };
  };

  const answer = (command: Command, atMs: number): DinamapMessage => {
    const state = patient.stateAt(atMs);
    switch (command) {
      case 'NA':
        return nibpReply(state, atMs);
      case 'OA':
        return oximeterReply(state.oximeter);
      case 'RA':
        return { kind: 'RA', ...rateOf(state) };
      case 'RC': {
        const { source, rate } = rateOf(state);
        return { kind: 'RC', before: String(source), rate };
      }
      case 'TC':
        return temperatureReply(atMs);
      case 'NC0':
        return { kind: 'other', body: ' NC' };
      case 'ND':
        return { kind: 'other', body: ' ND' };
      default:
        return command satisfies never;
    }
  };

  return {
    advanceTo(elapsedMs) {
      const due = outbox.filter(({ dueMs }) => dueMs <= elapsedMs);
      outbox = outbox.filter(({ dueMs }) => dueMs > elapsedMs);
      takeTemperature(elapsedMs);
      nowMs = Math.max(nowMs, elapsedMs);
      return Uint8Array.from(
        due.flatMap(({ command, dueMs }) => [...dinamapCodec.encode(answer(command, dueMs))]),
      );
    },
    receive(bytes) {
      for (const decoded of host.push(bytes)) {
        if (!decoded.ok || decoded.message.kind !== 'command') continue;
        const { command } = decoded.message;
        if (command === 'NC0') patient.command({ kind: 'start-cuff' }, nowMs);
        if (command === 'ND') patient.command({ kind: 'stop-cuff' }, nowMs);
        lineFreeAtMs = Math.max(lineFreeAtMs, nowMs) + THINKING_MS + REPLY_BYTES[command] * BYTE_MS;
        outbox.push({ dueMs: lineFreeAtMs, command });
      }
      return new Uint8Array(0);
    },
  };
};

/** Length of each answer with its check and CR. */
const REPLY_BYTES: Readonly<Record<Command, number>> = {
  NA: 22,
  OA: 13,
  RA: 10,
  RC: 10,
  TC: 19,
  NC0: 6,
  ND: 6,
};

const nibpReply = ({ cuff }: PatientState, atMs: number): Reply => {
  const blank = {
    kind: 'NA',
    patient: 1,
    isStat: false,
    ageS: null,
    systolic: 0,
    diastolic: 0,
    mean: 0,
  } as const;
  if (cuff.measuring) return { ...blank, status: NIBP_STATUS.busy };
  if (cuff.last === null) return { ...blank, status: NIBP_STATUS.done };
  return { ...blank, ...outcome(cuff.last, atMs) };
};

const outcome = (last: CuffResult, atMs: number) => {
  if (last.kind === 'failed') return { status: FAILURE_STATUS[last.cause], ageS: 0 };
  const ageS = Math.floor((atMs - last.endedAtMs) / 1000);
  if (ageS > OLDEST_NIBP_S) return { status: NIBP_STATUS.done };
  const { systolic, diastolic, mean } = last;
  return { status: NIBP_STATUS.done, ageS, systolic, diastolic, mean };
};

const isMeasuring = ({ probe, searching, pulseRate }: PatientState['oximeter']): boolean =>
  probe === 'on' && !searching && pulseRate >= PULSE_RANGE.low;

const oximeterReply = (oximeter: PatientState['oximeter']): Reply => {
  const { operating, noData, unplugged } = OXIMETER_STATUS;
  const blank = { kind: 'OA', spo2: 0, strength: 0, averagingS: AVERAGING_S } as const;
  if (oximeter.probe === 'disconnected') return { ...blank, status: unplugged };
  if (!isMeasuring(oximeter)) return { ...blank, status: noData };
  const spo2 = Math.min(100, Math.max(1, Math.round(oximeter.spo2)));
  const strength = Math.min(9, Math.max(0, Math.round(4 + 2 * Math.log2(oximeter.perfusionIndex + 0.1))));
  return { ...blank, status: operating, spo2, strength: oximeter.motion ? Math.min(strength, 2) : strength };
};

/** The oximeter's rate while it measures, else that of the last cuff reading. */
const rateOf = ({
  oximeter,
  cuff,
}: PatientState): { readonly source: number; readonly rate: number | null } => {
  if (isMeasuring(oximeter))
    return { source: RATE_SOURCE.oximeter, rate: Math.min(PULSE_RANGE.high, Math.round(oximeter.pulseRate)) };
  if (cuff.last?.kind === 'reading' && !cuff.measuring)
    return { source: RATE_SOURCE.cuff, rate: cuff.last.pulseRate };
  return { source: RATE_SOURCE.oximeter, rate: null };
};
