/**
 * A simulated multi-parameter monitor that sends IHE PCD-01 messages, through the family's codec: one message every 2 s,
 * the last cuff reading repeated in each with the time it was taken. It waits for the answer to each message and sends
 * an unanswered one again, up to three times (GE B40 HL7 manual 2062665-001).
 */
import {
  type Coded,
  type Hl7Message,
  hl7Codec,
  type ObxRow,
  USUAL_DELIMITERS,
} from '../devices/hl7-oru/codec.ts';
import { formatTime } from '../devices/hl7-oru/time.ts';
import type { CuffResult, Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorOptions, SimulatorProfile } from './simulator.ts';

const MESSAGE_MS = 2_000;
/** An answer that has not come by then is missing (our choice). */
const ANSWER_WITHIN_MS = 4_000;
const MAX_SENDINGS = 4;

const SENDER = 'SIM^00A0370000000001^EUI-64';

/** What it can be; a gateway sends for several beds. */
export interface Hl7SimulatorOptions {
  readonly bed: string;
  readonly patientId: string;
}

/** The monitor of one bed. */
export const hl7SimulatorProfile = (hl7: Hl7SimulatorOptions): SimulatorProfile => ({
  profileId: 'hl7-oru',
  create: (patient, options) => createHl7(patient, options, hl7),
});

/** The family's simulator. */
export const hl7OruSimulator = hl7SimulatorProfile({ bed: '1', patientId: '' });

interface Outstanding {
  readonly controlId: string;
  readonly bytes: Uint8Array;
  readonly sentMs: number;
  readonly sendings: number;
}

const createHl7 = (
  patient: Patient,
  { startEpochMs }: SimulatorOptions,
  hl7: Hl7SimulatorOptions,
): DeviceSimulator => {
  const host = hl7Codec.decoder();
  let nextMs = 0;
  let count = 0;
  let outstanding: Outstanding | null = null;

  const due = (atMs: number): Uint8Array => {
    if (outstanding !== null) {
      if (atMs - outstanding.sentMs < ANSWER_WITHIN_MS) return new Uint8Array(0);
      if (outstanding.sendings < MAX_SENDINGS) {
        outstanding = { ...outstanding, sentMs: atMs, sendings: outstanding.sendings + 1 };
        return outstanding.bytes;
      }
    }
    count += 1;
    const controlId = String(count);
    const bytes = hl7Codec.encode(messageOf(patient.stateAt(atMs), { startEpochMs, controlId, ...hl7 }));
    outstanding = { controlId, bytes, sentMs: atMs, sendings: 1 };
    return bytes;
  };

  return {
    advanceTo(elapsedMs) {
      const sent: Uint8Array[] = [];
      for (; nextMs <= elapsedMs; nextMs += MESSAGE_MS) sent.push(due(nextMs));
      return new Uint8Array(Buffer.concat(sent));
    },
    receive(bytes) {
      for (const decoded of host.push(bytes)) {
        if (!decoded.ok || decoded.message.kind !== 'ack') continue;
        // Refused or taken: it was heard, and is not sent again.
        if (decoded.message.controlId === outstanding?.controlId) outstanding = null;
      }
      return new Uint8Array(0);
    },
  };
};

interface Writing extends Hl7SimulatorOptions {
  readonly startEpochMs: number;
  readonly controlId: string;
}

const messageOf = (state: PatientState, { startEpochMs, controlId, bed, patientId }: Writing): Hl7Message => {
  const now = startEpochMs + state.elapsedMs;
  return {
    kind: 'oru',
    header: {
      delimiters: USUAL_DELIMITERS,
      sendingApplication: SENDER,
      sendingFacility: '',
      time: formatTime(now, '+0000'),
      type: 'ORU^R01^ORU_R01',
      controlId,
      processingId: 'P',
      version: '2.6',
      charset: 'UNICODE UTF-8',
    },
    patientId,
    location: { ward: 'ROOM', room: '', bed },
    groups: [{ time: formatTime(now, '+0000'), rows: rowsOf(state, startEpochMs) }],
  };
};

interface Unit {
  readonly code: string;
  readonly name: string;
}

const UNIT = {
  percent: { code: '262688', name: 'MDC_DIM_PERCENT' },
  beats: { code: '264864', name: 'MDC_DIM_BEAT_PER_MIN' },
  breaths: { code: '264928', name: 'MDC_DIM_RESP_PER_MIN' },
  mmHg: { code: '266016', name: 'MDC_DIM_MMHG' },
  celsius: { code: '268192', name: 'MDC_DIM_DEGC' },
} as const;

const coded = ({ code, name }: Unit): Coded => ({ code, name, system: 'MDC' });

interface Limits {
  readonly low: number;
  readonly high: number;
}

/** A number, or a row that says that there is none; flagged against the monitor's limits, where it has some. */
const numeric = (id: Unit, channel: string, value: number | null, unit: Unit, limits?: Limits): ObxRow => {
  const isLow = value !== null && limits !== undefined && value < limits.low;
  const isHigh = value !== null && limits !== undefined && value > limits.high;
  return {
    valueType: 'NM',
    id: coded(id),
    subId: `${channel}.${id.code}`,
    values: value === null ? [] : [String(value)],
    unit: coded(unit),
    range: limits === undefined ? '' : `${limits.low}-${limits.high}`,
    flags: [...(isLow ? ['L'] : []), ...(isHigh ? ['H'] : [])],
    status: value === null ? 'X' : 'R',
    time: '',
    isAperiodic: false,
    equipment: { id: '', name: '' },
  };
};

/** A row that names a part of the monitor (GE B40 manual, p. 15). */
const heading = (id: Unit, subId: string): ObxRow => ({
  ...numeric(id, subId, null, { code: '', name: '' }),
  valueType: '',
  subId,
  unit: { code: '', name: '', system: '' },
});

const rowsOf = ({ ecg, oximeter, respiration, temperatureCel, cuff }: PatientState, startEpochMs: number) => {
  const isOximetry = oximeter.probe === 'on' && !oximeter.searching;
  const oximetry = (value: number): number | null => (isOximetry ? value : null);
  const isEcg = ecg.leads === 'on';
  const rows: ObxRow[] = [
    numeric(
      { code: '150456', name: 'MDC_PULS_OXIM_SAT_O2' },
      '1.3.1',
      oximetry(Math.round(oximeter.spo2)),
      UNIT.percent,
      {
        low: 85,
        high: 100,
      },
    ),
    numeric(
      { code: '149530', name: 'MDC_PULS_OXIM_PULS_RATE' },
      '1.3.1',
      oximetry(Math.round(oximeter.pulseRate)),
      UNIT.beats,
    ),
    numeric(
      { code: '150488', name: 'MDC_BLD_PERF_INDEX' },
      '1.3.1',
      oximetry(Math.round(oximeter.perfusionIndex * 100) / 100),
      UNIT.percent,
    ),
    numeric(
      { code: '147842', name: 'MDC_ECG_HEART_RATE' },
      '1.7.4',
      isEcg ? Math.round(ecg.heartRate) : null,
      UNIT.beats,
      { low: 40, high: 170 },
    ),
    numeric(
      { code: '151578', name: 'MDC_TTHOR_RESP_RATE' },
      '1.7.1',
      isEcg && respiration.rate !== null ? Math.round(respiration.rate) : null,
      UNIT.breaths,
    ),
  ];
  if (respiration.etco2MmHg !== null) {
    const id = { code: '151708', name: 'MDC_CONC_AWAY_CO2_ET' };
    rows.push(numeric(id, '1.6.1', Math.round(respiration.etco2MmHg), UNIT.mmHg));
    const rate = { code: '151594', name: 'MDC_CO2_RESP_RATE' };
    const breaths = respiration.rate === null ? null : Math.round(respiration.rate);
    rows.push(numeric(rate, '1.6.1', breaths, UNIT.breaths));
  }
  if (temperatureCel !== null) {
    const id = { code: '150344', name: 'MDC_TEMP' };
    rows.push(numeric(id, '1.2.1', Math.round(temperatureCel * 10) / 10, UNIT.celsius));
  }
  if (cuff.last !== null) rows.push(...cuffRows(cuff.last, startEpochMs));
  return rows;
};

const cuffRows = (last: CuffResult, startEpochMs: number): readonly ObxRow[] => {
  const time = formatTime(startEpochMs + last.endedAtMs, '+0000');
  const value = (mmHg: number): number => Math.round(mmHg);
  const reading = last.kind === 'reading' ? last : null;
  const row = (code: string, name: string, number: number | undefined, unit: Unit): ObxRow => ({
    ...numeric({ code, name }, '1.1.9', number === undefined ? null : value(number), unit),
    time,
    isAperiodic: true,
  });
  return [
    heading({ code: '69854', name: 'MDC_DEV_METER_PRESS_BLD_VMD' }, '1.1.0.0'),
    row('150301', 'MDC_PRESS_CUFF_SYS', reading?.systolic, UNIT.mmHg),
    row('150303', 'MDC_PRESS_CUFF_MEAN', reading?.mean, UNIT.mmHg),
    row('150302', 'MDC_PRESS_CUFF_DIA', reading?.diastolic, UNIT.mmHg),
    row('149546', 'MDC_PULS_RATE_NON_INV', reading?.pulseRate, UNIT.beats),
  ];
};
