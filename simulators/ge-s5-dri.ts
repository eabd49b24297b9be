/**
 * A simulated CARESCAPE monitor on the S/5 interface (level 10): silent until a host asks for displayed values,
 * then one record every interval, through the family's codec. Record form, class words and the sequence of the
 * NIBP label follow the real B450/B650 logs; the answers to requests follow GE M1017617, 12th edition.
 * It sends the basic class of displayed values and trends and, when asked, the alarm status and waves.
 */
import {
  ALARM_COMMAND,
  type AlarmStatus,
  type BasicClass,
  blankBasic,
  type DriMessage,
  displayedRecord,
  driCodec,
  RAW_INVALID,
  STATUS_ACTIVE,
} from '../devices/ge-s5-dri/codec.ts';
import { createWaveSource } from './ge-s5-dri-waves.ts';
import type { CuffResult, Patient, PatientState } from './patient.ts';
import type { DeviceSimulator, SimulatorOptions, SimulatorProfile } from './simulator.ts';

const LEVEL = 10;
/** The monitor answers a request within 1 s. */
const ANSWER_AFTER_MS = 500;
/** A second request for a single record within this time is ignored (M1017617). */
const SINGLE_PAUSE_MS = 5_000;
/** How often the simulated monitor looks at the patient's cuff and at its own alarms. */
const SCAN_MS = 1_000;
/** New cuff values stand beside the "measuring" bit for 1 to 3 s in the logs. */
const MEASURING_TAIL_MS = 2_000;
const NIBP_OLD_AFTER_MS = 60_000;
/** Alarm records in differential mode are at least this far apart. */
const ALARM_PAUSE_MS = 2_000;
const APNEA_AFTER_MS = 20_000;

const AMBIENT_MMHG = 760;
/** HR source "ECG (Mortara)" in bits 3 to 6, as in the logs. */
const ECG_SOURCE = 9 << 3;
const ECG_BITS = { asystole: 1 << 2, artifact: 1 << 8, channel1Off: 1 << 11 } as const;
/** Channel 1 shows lead II, channels 2 and 3 nothing. */
const ECG_LABEL = 0x1200;
/** Bits 0 and 1 are set in all real records. */
const NIBP_BITS = { always: 0b11, auto: 1 << 3, measuring: 1 << 5, old: 1 << 8 } as const;
const CO2_APNEA = 1 << 2;
/** RR source CO2, and the FI source of the logs. */
const CO2_LABEL = 9;
/** AXIL. */
const TEMPERATURE_LABEL = 6;

/** Ten-second and one-minute trend. */
const TREND_MS = { 2: 10_000, 3: 60_000 } as const;
type TrendType = keyof typeof TREND_MS;

type Reading = Extract<CuffResult, { kind: 'reading' }>;

const ecgOf = ({ ecg, respiration }: PatientState): Pick<BasicClass, 'ecg' | 'ecgExtra'> => {
  const isOn = ecg.leads === 'on';
  const hr = isOn ? Math.round(ecg.heartRate) : RAW_INVALID;
  const status =
    STATUS_ACTIVE |
    ECG_SOURCE |
    (isOn ? 0 : ECG_BITS.channel1Off) |
    (isOn && ecg.heartRate === 0 ? ECG_BITS.asystole : 0) |
    (isOn && ecg.artefact ? ECG_BITS.artifact : 0);
  const impedanceRr = isOn && respiration.rate !== null ? Math.round(respiration.rate) : RAW_INVALID;
  const st = RAW_INVALID;
  return {
    ecg: { status, label: ECG_LABEL, values: { hr, st1: st, st2: st, st3: st, impedanceRr } },
    ecgExtra: { hr, hrMax: hr, hrMin: hr },
  };
};

const spo2Of = ({ oximeter }: PatientState): BasicClass['spo2'] => {
  const isMeasuring = oximeter.probe === 'on' && !oximeter.searching;
  const raw = (value: number): number => (isMeasuring ? Math.round(value) : RAW_INVALID);
  return {
    status: STATUS_ACTIVE,
    label: 0,
    values: {
      saturation: raw(oximeter.spo2 * 100),
      pulse: raw(oximeter.pulseRate),
      modulation: raw(oximeter.perfusionIndex * 100),
      svo2: RAW_INVALID,
    },
  };
};

const co2Of = ({ respiration }: PatientState): BasicClass['co2'] => {
  const ambient = AMBIENT_MMHG * 10;
  if (respiration.etco2MmHg === null) {
    return {
      status: 0,
      label: CO2_LABEL,
      values: { endTidal: RAW_INVALID, inspired: RAW_INVALID, rr: RAW_INVALID, ambient },
    };
  }
  return {
    status: STATUS_ACTIVE | (respiration.sinceBreathMs >= APNEA_AFTER_MS ? CO2_APNEA : 0),
    label: CO2_LABEL,
    values: {
      endTidal: Math.round((respiration.etco2MmHg / AMBIENT_MMHG) * 10_000),
      inspired: 0,
      rr: respiration.rate === null ? RAW_INVALID : Math.round(respiration.rate),
      ambient,
    },
  };
};

const temperatureOf = ({ temperatureCel }: PatientState): BasicClass['t1'] =>
  temperatureCel === null
    ? { status: 0, label: TEMPERATURE_LABEL, values: { temperature: RAW_INVALID } }
    : {
        status: STATUS_ACTIVE,
        label: TEMPERATURE_LABEL,
        values: { temperature: Math.round(temperatureCel * 100) },
      };

/** The sequence of the logs: 010B idle, 012B measuring, 002B with the new values, 000B, after 60 s 010B. */
const nibpOf = ({ cuff, elapsedMs }: PatientState, reading: Reading | null): BasicClass['nibp'] => {
  const sinceMs = reading === null ? Number.POSITIVE_INFINITY : elapsedMs - reading.endedAtMs;
  const isMeasuring = cuff.measuring || sinceMs < MEASURING_TAIL_MS;
  const label =
    NIBP_BITS.always |
    (cuff.auto ? NIBP_BITS.auto : 0) |
    (isMeasuring ? NIBP_BITS.measuring : 0) |
    (sinceMs > NIBP_OLD_AFTER_MS ? NIBP_BITS.old : 0);
  const pressure = (mmHg: number | undefined): number =>
    mmHg === undefined ? RAW_INVALID : Math.round(mmHg) * 100;
  return {
    status: STATUS_ACTIVE,
    label,
    values: {
      systolic: pressure(reading?.systolic),
      diastolic: pressure(reading?.diastolic),
      mean: pressure(reading?.mean),
      pulse: reading === null ? RAW_INVALID : Math.round(reading.pulseRate),
    },
  };
};

const alarmTexts = ({ ecg, oximeter, respiration, cuff, monitor }: PatientState): readonly string[] => [
  ...(ecg.leads === 'on' && ecg.heartRate === 0 ? ['Asystole'] : []),
  ...(respiration.sinceBreathMs >= APNEA_AFTER_MS ? ['Apnea'] : []),
  ...(ecg.leads === 'off' ? ['ECG leads off'] : []),
  ...(oximeter.probe === 'on' ? [] : ['SpO2 probe off']),
  ...(cuff.last?.kind === 'failed' && !cuff.measuring ? [`NIBP cuff: ${cuff.last.cause}`] : []),
  ...(monitor.alarmText === null ? [] : [monitor.alarmText]),
];

const alarmStatusOf = (texts: readonly string[]): AlarmStatus => ({
  isSoundOn: true,
  silence: 0,
  lines: Array.from({ length: 5 }, (_, index) => {
    const text = texts[index] ?? '';
    return {
      text,
      isTextNew: text !== '',
      colour: text === '' ? 'none' : 'yellow',
      isColourNew: text !== '',
    };
  }),
});

const createSimulator = (patient: Patient, { startEpochMs }: SimulatorOptions): DeviceSimulator => {
  const host = driCodec.decoder();
  let nowMs = 0;
  let nextScanMs = 0;
  let reading: Reading | null = null;
  /** When the next displayed record is due; null while nothing is asked for. */
  let nextRecordMs: number | null = null;
  /** 0 while one single record is asked for. */
  let intervalMs = 0;
  let lastSingleMs = Number.NEGATIVE_INFINITY;
  let recordNumber = 0;
  let alarmNumber = 0;
  let isDifferential = false;
  let isAlarmDue = false;
  let lastAlarmMs = Number.NEGATIVE_INFINITY;
  let lastAlarms = '';
  const waves = createWaveSource(ANSWER_AFTER_MS);
  /** When the next record of each trend is due, by its subrecord type; absent: not asked for. */
  const trendsMs = new Map<TrendType, number>();

  const clockS = (atMs: number): number => Math.floor((startEpochMs + atMs) / 1000);
  /** The patient's state; remembers the last cuff reading, which a failed measurement does not erase. */
  const look = (atMs: number): PatientState => {
    const state = patient.stateAt(atMs);
    if (state.cuff.last?.kind === 'reading') reading = state.cuff.last;
    return state;
  };

  const record = (atMs: number, type: 1 | TrendType = 1): Uint8Array => {
    const state = look(atMs);
    const basic: BasicClass = {
      ...blankBasic(),
      ...ecgOf(state),
      nibp: nibpOf(state, reading),
      t1: temperatureOf(state),
      spo2: spo2Of(state),
      co2: co2Of(state),
    };
    recordNumber = (recordNumber + 1) & 0xff;
    const made = displayedRecord(basic, { recordNumber, level: LEVEL, timeS: clockS(atMs) }, type);
    return driCodec.encode(made);
  };

  const nextTrend = (): readonly [TrendType | null, number] =>
    [...trendsMs].reduce<readonly [TrendType | null, number]>(
      (soonest, [type, atMs]) => (atMs < soonest[1] ? [type, atMs] : soonest),
      [null, Number.POSITIVE_INFINITY],
    );

  const scan = (atMs: number): Uint8Array => {
    const texts = alarmTexts(look(atMs)).slice(0, 5);
    const isChanged = isDifferential && texts.join('\n') !== lastAlarms;
    if (!(isAlarmDue || isChanged) || atMs - lastAlarmMs < ALARM_PAUSE_MS) return new Uint8Array();
    isAlarmDue = false;
    lastAlarmMs = atMs;
    lastAlarms = texts.join('\n');
    alarmNumber = (alarmNumber + 1) & 0xff;
    const header = { recordNumber: alarmNumber, level: LEVEL, plugId: 0, timeS: clockS(atMs), reserved: 0 };
    return driCodec.encode({ kind: 'alarm', header, status: alarmStatusOf(texts) });
  };

  /** A trend's interval is its own, whatever was asked; it needs displayed values running (M1017617). */
  const askTrend = (type: TrendType, intervalS: number): void => {
    if (intervalS <= 0) trendsMs.delete(type);
    else if (nextRecordMs !== null) trendsMs.set(type, nowMs + TREND_MS[type]);
  };

  const obey = (message: DriMessage): void => {
    if (message.kind === 'alarm-request') {
      isDifferential = message.command === ALARM_COMMAND.enterDifferential;
      isAlarmDue = isDifferential || message.command === ALARM_COMMAND.once;
      return;
    }
    if (message.kind === 'wave-request') {
      if (message.command === 'start') waves.request(message.waves, nowMs);
      else waves.stop();
      return;
    }
    if (message.kind !== 'physiological-request') return;
    if (message.wanted === 2 || message.wanted === 3) askTrend(message.wanted, message.intervalS);
    if (message.wanted !== 1) return;
    if (message.intervalS === 0) nextRecordMs = null;
    else if (message.intervalS > 0) {
      intervalMs = message.intervalS * 1000;
      nextRecordMs = nowMs + ANSWER_AFTER_MS;
    } else if (message.intervalS === -1 && nowMs - lastSingleMs >= SINGLE_PAUSE_MS) {
      lastSingleMs = nowMs;
      intervalMs = 0;
      nextRecordMs = nowMs + ANSWER_AFTER_MS;
    }
  };

  return {
    advanceTo(elapsedMs) {
      const sent: Uint8Array[] = [];
      for (;;) {
        const [trend, trendMs] = nextTrend();
        const waveMs = waves.nextMs ?? Number.POSITIVE_INFINITY;
        const dueMs = Math.min(nextScanMs, nextRecordMs ?? Number.POSITIVE_INFINITY, waveMs, trendMs);
        if (dueMs > elapsedMs) break;
        if (waveMs === dueMs) {
          sent.push(waves.record(look(dueMs), { level: LEVEL, timeS: clockS(dueMs) }));
        } else if (trend !== null && trendMs === dueMs) {
          trendsMs.set(trend, dueMs + TREND_MS[trend]);
          sent.push(record(dueMs, trend));
        } else if (nextRecordMs === dueMs) {
          sent.push(record(dueMs));
          nextRecordMs = intervalMs === 0 ? null : dueMs + intervalMs;
        } else {
          sent.push(scan(dueMs));
          nextScanMs += SCAN_MS;
        }
      }
      nowMs = Math.max(nowMs, elapsedMs);
      return Uint8Array.from(sent.flatMap((bytes) => [...bytes]));
    },
    receive(bytes) {
      for (const decoded of host.push(bytes)) if (decoded.ok) obey(decoded.message);
      return new Uint8Array();
    },
  };
};

/** The family's simulator. */
export const geS5DriSimulator: SimulatorProfile = {
  profileId: 'ge-s5-dri',
  says: ['alarm-text'],
  create: createSimulator,
};
