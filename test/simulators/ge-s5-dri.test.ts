import { describe, expect, it } from 'vitest';
import { instant } from '../../core/time.ts';
import type { DriverOutput } from '../../devices/device.ts';
import { type DriMessage, driCodec, hostRequest } from '../../devices/ge-s5-dri/codec.ts';
import { createDriDriver } from '../../devices/ge-s5-dri/driver.ts';
import { geS5DriSimulator } from '../../simulators/ge-s5-dri.ts';
import type { CuffResult, Patient, PatientState } from '../../simulators/patient.ts';
import type { DeviceSimulator } from '../../simulators/simulator.ts';

const START_MS = 1_772_373_600_000;

const HEALTHY: Omit<PatientState, 'elapsedMs'> = {
  ecg: { leads: 'on', heartRate: 72.4, artefact: false },
  oximeter: {
    probe: 'on',
    searching: false,
    spo2: 97.66,
    pulseRate: 71.8,
    perfusionIndex: 2.5,
    motion: false,
  },
  respiration: { rate: 14.2, sinceBreathMs: 1000, etco2MmHg: 38 },
  cuff: { measuring: false, auto: true, last: null },
  temperatureCel: 36.8,
  monitor: { batteryLow: false, alarmText: null },
};

type Change = (seconds: number) => Partial<Omit<PatientState, 'elapsedMs'>>;

/** A patient written by hand: healthy, with changes by the second. */
const patientWith = (change: Change = () => ({})): Patient => ({
  stateAt: (elapsedMs) => ({ ...HEALTHY, ...change(elapsedMs / 1000), elapsedMs }),
  command: () => {},
});

const simulatorOf = (change?: Change): DeviceSimulator =>
  geS5DriSimulator.create(patientWith(change), { startEpochMs: START_MS, seed: 1 });

const messagesIn = (bytes: Uint8Array): readonly DriMessage[] =>
  driCodec
    .decoder()
    .push(bytes)
    .map((decoded) => {
      if (!decoded.ok) throw new Error(decoded.detail);
      return decoded.message;
    });

const timesIn = (bytes: Uint8Array): readonly number[] =>
  messagesIn(bytes).map((message) =>
    'header' in message ? message.header.timeS - START_MS / 1000 : Number.NaN,
  );

/** Runs simulator and driver against each other, a quarter of a second at a time. */
const run = (seconds: number, change?: Change, intervalS = 1): readonly DriverOutput[] => {
  const simulator = simulatorOf(change);
  const driver = createDriDriver({ intervalS, alarms: true, waves: true, t1IsBody: false });
  const outputs: DriverOutput[] = [];
  const take = (made: readonly DriverOutput[]): void => {
    outputs.push(...made);
    for (const output of made) if (output.type === 'request') simulator.receive(output.bytes);
  };
  take(driver.start(instant(START_MS, 0)));
  for (let ms = 250; ms <= seconds * 1000; ms += 250) {
    const now = instant(START_MS + ms, ms);
    take(driver.receive(simulator.advanceTo(ms), now));
    take(driver.tick(now));
  }
  return outputs;
};

const told = (outputs: readonly DriverOutput[], metric: string) =>
  outputs.flatMap((output) =>
    output.type === 'observation' && output.observation.metric === metric
      ? [output.observation.value ?? output.observation.validity]
      : [],
  );

const conditions = (outputs: readonly DriverOutput[]) =>
  outputs.flatMap((output) =>
    output.type === 'condition' ? [`${output.condition.present ? '+' : '-'}${output.condition.code}`] : [],
  );

describe('simulated S/5 monitor: requests', () => {
  it('is silent until it is asked', () => {
    expect(simulatorOf().advanceTo(600_000)).toEqual(new Uint8Array());
  });

  it('answers within a second and then every interval exactly, numbering its records', () => {
    const simulator = simulatorOf();
    simulator.advanceTo(10_000);
    expect(simulator.receive(hostRequest(5))).toEqual(new Uint8Array());
    const answer = simulator.advanceTo(11_000);
    expect(messagesIn(answer)).toHaveLength(1);
    const next = messagesIn(simulator.advanceTo(31_000));
    expect(timesIn(answer)).toEqual([10]);
    expect(next.map((message) => ('header' in message ? message.header : null))).toMatchObject(
      [15, 20, 25, 30].map((second, index) => ({
        timeS: START_MS / 1000 + second,
        recordNumber: 2 + index,
        level: 10,
        reserved: 0,
      })),
    );
  });

  it('gives the same bytes however time is cut', () => {
    const once = simulatorOf();
    once.receive(hostRequest(1));
    const often = simulatorOf();
    often.receive(hostRequest(1));
    const pieces = Array.from({ length: 400 }, (_, index) => [...often.advanceTo((index + 1) * 50)]);
    expect(Uint8Array.from(pieces.flat())).toEqual(once.advanceTo(20_000));
  });

  it('stops when told to, and sends a single record when asked for one, but not two within 5 s', () => {
    const simulator = simulatorOf();
    simulator.receive(hostRequest(1));
    expect(messagesIn(simulator.advanceTo(3000))).toHaveLength(3);
    simulator.receive(hostRequest(0));
    expect(simulator.advanceTo(60_000)).toEqual(new Uint8Array());
    simulator.receive(hostRequest(-1));
    expect(messagesIn(simulator.advanceTo(62_000))).toHaveLength(1);
    simulator.receive(hostRequest(-1));
    expect(simulator.advanceTo(64_000)).toEqual(new Uint8Array());
    simulator.receive(hostRequest(-1));
    expect(simulator.advanceTo(66_000)).toEqual(new Uint8Array());
    simulator.advanceTo(67_000);
    simulator.receive(hostRequest(-1));
    expect(messagesIn(simulator.advanceTo(70_000))).toHaveLength(1);
  });

  it('ignores a request with a wrong checksum, and noise, without a word', () => {
    const simulator = simulatorOf();
    const request = hostRequest(5);
    simulator.receive(request.with(-2, 0));
    simulator.receive(Uint8Array.of(1, 2, 0x7e, 3));
    expect(simulator.advanceTo(20_000)).toEqual(new Uint8Array());
    simulator.receive(request);
    expect(messagesIn(simulator.advanceTo(21_000))).toHaveLength(1);
  });

  it('takes a request that comes byte by byte', () => {
    const simulator = simulatorOf();
    for (const byte of hostRequest(5)) simulator.receive(Uint8Array.of(byte));
    expect(messagesIn(simulator.advanceTo(1000))).toHaveLength(1);
  });

  it('marks its class word as the real monitors do: 00A1', () => {
    const simulator = simulatorOf();
    simulator.receive(hostRequest(5));
    const bytes = simulator.advanceTo(1000);
    // Nothing in this record needs escaping behind the class word: it stands before checksum and flag.
    expect([...bytes.slice(-4, -2)]).toEqual([0xa1, 0x00]);
  });
});

describe('simulated S/5 monitor, read by the driver', () => {
  it('a healthy patient', () => {
    const outputs = run(3);
    const last = (metric: string) => told(outputs, metric).at(-1);
    expect({
      hr: last('MDC_ECG_HEART_RATE'),
      rr: last('MDC_TTHOR_RESP_RATE'),
      spo2: last('MDC_PULS_OXIM_SAT_O2'),
      pr: last('MDC_PULS_OXIM_PULS_RATE'),
      co2Rr: last('MDC_CO2_RESP_RATE'),
      etco2: last('MDC_CONC_AWAY_CO2_ET'),
      temperature: last('MDC_TEMP_BODY'),
    }).toEqual({ hr: 72, rr: 14, spo2: 97.66, pr: 72, co2Rr: 14, etco2: 38, temperature: 36.8 });
    expect(told(outputs, 'MDC_PRESS_BLD_NONINV_SYS')).toEqual([]);
    expect(outputs.filter(({ type }) => type === 'rejected')).toEqual([]);
  });

  it('sensors that go off give null in every record, never 0, and their conditions', () => {
    const outputs = run(6, (second) =>
      second < 3
        ? {}
        : {
            ecg: { ...HEALTHY.ecg, leads: 'off' },
            oximeter: { ...HEALTHY.oximeter, probe: 'off' },
            respiration: { ...HEALTHY.respiration, etco2MmHg: null },
            temperatureCel: null,
          },
    );
    expect(told(outputs, 'MDC_ECG_HEART_RATE')).toEqual([72, 72, 72, 'invalid', 'invalid', 'invalid']);
    expect(told(outputs, 'MDC_TTHOR_RESP_RATE')).toEqual([14, 14, 14, 'invalid', 'invalid', 'invalid']);
    expect(told(outputs, 'MDC_PULS_OXIM_SAT_O2')).toEqual([
      97.66,
      97.66,
      97.66,
      'invalid',
      'invalid',
      'invalid',
    ]);
    expect(told(outputs, 'MDC_CONC_AWAY_CO2_ET')).toEqual([
      38,
      38,
      38,
      'unavailable',
      'unavailable',
      'unavailable',
    ]);
    expect(told(outputs, 'MDC_TEMP_BODY').slice(3)).toEqual(['unavailable', 'unavailable', 'unavailable']);
    expect(conditions(outputs)).toContain('+leads-off');
  });

  it('a pulse search is not a pulse of 0', () => {
    const searching = { ...HEALTHY.oximeter, searching: true, spo2: 0, pulseRate: 0 };
    const outputs = run(2, () => ({ oximeter: searching }));
    expect(told(outputs, 'MDC_PULS_OXIM_SAT_O2')).toEqual(['invalid', 'invalid']);
    expect(told(outputs, 'MDC_PULS_OXIM_PULS_RATE')).toEqual(['invalid', 'invalid']);
  });

  it('asystole and apnoea are conditions, and the heart rate is null', () => {
    const outputs = run(4, (second) =>
      second < 2
        ? {}
        : {
            ecg: { ...HEALTHY.ecg, heartRate: 0 },
            respiration: { rate: 0, sinceBreathMs: 25_000, etco2MmHg: 38 },
          },
    );
    expect(told(outputs, 'MDC_ECG_HEART_RATE')).toEqual([72, 72, 'invalid', 'invalid']);
    expect(conditions(outputs)).toEqual(expect.arrayContaining(['+asystole', '+apnea', '+monitor-alarm']));
  });

  it('an artefact makes the heart rate questionable', () => {
    const outputs = run(1, () => ({ ecg: { ...HEALTHY.ecg, artefact: true } }));
    expect(outputs).toContainEqual(
      expect.objectContaining({
        observation: expect.objectContaining({ metric: 'MDC_ECG_HEART_RATE', validity: 'questionable' }),
      }),
    );
  });

  const reading = (number: number, systolic: number, endedAtMs: number): CuffResult => ({
    kind: 'reading',
    number,
    systolic,
    diastolic: systolic - 45,
    mean: systolic - 30,
    pulseRate: 73,
    endedAtMs,
  });

  /** Measures from 10 to 40 s, and again from 130 to 160 s; the second one fails when `second` is null. */
  const cuffStory =
    (second: CuffResult | null): Change =>
    (s) => ({
      cuff: {
        auto: true,
        measuring: (s >= 10 && s < 40) || (s >= 130 && s < 160),
        last: s < 40 ? null : s < 160 ? reading(1, 121.4, 40_000) : second,
      },
    });

  it.each([1, 5])('two cuff readings, every %d s: each told once, with its start', (intervalS) => {
    const outputs = run(200, cuffStory(reading(2, 148.6, 160_000)), intervalS);
    expect(told(outputs, 'MDC_PRESS_BLD_NONINV_SYS')).toEqual(['ongoing', 121, 'ongoing', 149]);
    expect(told(outputs, 'MDC_PRESS_BLD_NONINV_DIA')).toEqual(['ongoing', 76, 'ongoing', 104]);
    expect(told(outputs, 'MDC_PRESS_BLD_NONINV_MEAN')).toEqual(['ongoing', 91, 'ongoing', 119]);
    expect(told(outputs, 'MDC_PULS_RATE_NON_INV')).toEqual([73, 73]);
    const ages = outputs.flatMap((output) =>
      output.type === 'observation' && output.observation.value === 149
        ? [output.observation.ageAtReceiptMs]
        : [],
    );
    expect(ages).toEqual([intervalS * 1000]);
  });

  it('a measurement that fails: invalid once, a cuff fault, the old reading not repeated', () => {
    const failed: CuffResult = { kind: 'failed', number: 2, cause: 'loose', endedAtMs: 160_000 };
    const outputs = run(200, cuffStory(failed));
    expect(told(outputs, 'MDC_PRESS_BLD_NONINV_SYS')).toEqual(['ongoing', 121, 'ongoing', 'invalid']);
    expect(conditions(outputs).toSorted()).toEqual(['+cuff-fault', '+monitor-alarm']);
  });

  it('walks the label as the real logs do: 012B, 002B with the new values, 000B, 010B', () => {
    const simulator = simulatorOf(cuffStory(null));
    simulator.receive(hostRequest(1));
    const labels = messagesIn(simulator.advanceTo(110_000)).flatMap((message) => {
      if (message.kind !== 'physiological') return [];
      const [subrecord] = message.subrecords;
      if (subrecord === undefined || subrecord.type === 4 || subrecord.class !== 0) return [];
      const { label, values } = subrecord.basic.nibp;
      return [`${label.toString(16)} ${values.systolic}`];
    });
    const changes = labels.filter((label, index) => label !== labels[index - 1]);
    expect(changes).toEqual(['10b -32767', '12b -32767', '2b 12100', 'b 12100', '10b 12100']);
  });

  it('sends its alarms to a host that asked for them, and says when they are over', () => {
    const outputs = run(30, (second) =>
      second >= 10 && second < 20 ? { oximeter: { ...HEALTHY.oximeter, probe: 'off' } } : {},
    );
    expect(conditions(outputs)).toEqual(['+monitor-alarm', '-monitor-alarm']);
  });

  it('one request each for values, alarms and waves is all that the driver sends while records come', () => {
    const outputs = run(30, undefined, 5);
    const requests = outputs.filter(({ type }) => type === 'request');
    expect(requests).toHaveLength(3);
    expect(told(outputs, 'MDC_ECG_HEART_RATE')).toHaveLength(6);
  });

  it('sends waves without a gap: as many beats as the heart rate says, at the height of the perfusion index', () => {
    const blocks = run(62).flatMap((output) => (output.type === 'waveform' ? [output.block] : []));
    const samplesOf = (wave: string) =>
      blocks.filter((block) => block.wave === wave).flatMap(({ samples }) => samples.map(Number));
    expect(
      blocks
        .filter(({ isAfterGap }) => isAfterGap)
        .map(({ wave }) => wave)
        .toSorted(),
    ).toEqual(['MDC_AWAY_CO2', 'MDC_ECG_ELEC_POTL_II', 'MDC_PULS_OXIM_PLETH', 'MDC_TTHOR_RESP']);
    const minute = samplesOf('MDC_ECG_ELEC_POTL_II').slice(0, 60 * 300);
    const beats = minute.filter((mv, index) => mv >= 0.6 && (minute[index - 1] ?? 0) < 0.6).length;
    expect([71, 72, 73]).toContain(beats);
    const pleth = samplesOf('MDC_PULS_OXIM_PLETH');
    const height = Math.max(...pleth) - Math.min(...pleth);
    expect(height).toBeGreaterThan(0.02);
    expect(height).toBeLessThanOrEqual(0.0251);
    const co2 = samplesOf('MDC_AWAY_CO2');
    expect(Math.round(Math.max(...co2))).toBe(38);
  });

  it('shows no wave where a sensor is off, and begins anew when it comes back', () => {
    const off: Change = (seconds) =>
      seconds > 10 && seconds < 20 ? { ecg: { leads: 'off', heartRate: 0, artefact: false } } : {};
    const lead = run(40, off).flatMap((output) =>
      output.type === 'waveform' && output.block.wave === 'MDC_ECG_ELEC_POTL_II' ? [output.block] : [],
    );
    const silent = lead.filter(({ samples }) => samples.every((sample) => sample === null));
    expect(silent.length).toBeGreaterThanOrEqual(20);
    expect(silent.every(({ receivedAt }) => receivedAt.mono > 10_000 && receivedAt.mono < 21_500)).toBe(true);
    expect(lead.at(-1)?.samples.every((sample) => sample !== null)).toBe(true);
  });

  it('serves the trends that are asked for, at their own intervals, and only beside displayed values', () => {
    const trendsAfter = (...asked: readonly Uint8Array[]): readonly number[] => {
      const simulator = simulatorOf();
      simulator.advanceTo(0);
      for (const request of asked) simulator.receive(request);
      return messagesIn(simulator.advanceTo(125_000)).flatMap((message) =>
        message.kind === 'physiological' ? message.subrecords.map(({ type }) => type) : [],
      );
    };
    const trend = (wanted: number) =>
      driCodec.encode({ kind: 'physiological-request', wanted, intervalS: 1, classBits: 0 });
    const types = trendsAfter(hostRequest(5), trend(2), trend(3));
    expect([2, 3].map((wanted) => types.filter((type) => type === wanted).length)).toEqual([12, 2]);
    expect(trendsAfter(trend(2), trend(3))).toEqual([]);
  });
});
