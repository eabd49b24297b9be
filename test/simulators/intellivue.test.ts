import { describe, expect, it } from 'vitest';
import { instant } from '../../core/time.ts';
import type { DriverOutput } from '../../devices/device.ts';
import { type IntellivueMessage, intellivueCodec, OBJECT_CLASS } from '../../devices/intellivue/codec.ts';
import { createIntellivueDriver } from '../../devices/intellivue/driver.ts';
import { intellivueSimulator } from '../../simulators/intellivue.ts';
import type { CuffResult, Patient, PatientState } from '../../simulators/patient.ts';
import type { DeviceSimulator } from '../../simulators/simulator.ts';
import { fixture, hexToBytes, messagesIn } from '../devices/intellivue/support.ts';

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

const patientWith = (change: Change = () => ({})): Patient => ({
  stateAt: (elapsedMs) => ({ ...HEALTHY, ...change(elapsedMs / 1000), elapsedMs }),
  command: () => {},
});
const simulatorOf = (change?: Change): DeviceSimulator =>
  intellivueSimulator.create(patientWith(change), { startEpochMs: START_MS, seed: 1 });

/** Requests of a host that were written from the facts, not by our encoder. */
const vector = (name: string): Uint8Array => {
  const found = fixture<{ name: string; bytes: string }>('messages').find((one) => one.name === name);
  if (found === undefined) throw new Error(`no fixture ${name}`);
  return hexToBytes(found.bytes);
};
const kinds = (bytes: Uint8Array): readonly string[] => messagesIn(bytes).map(({ kind }) => kind);

/** A monitor that a stranger's host has connected to, at 1 s. */
const connectedTo = (change?: Change): DeviceSimulator => {
  const simulator = simulatorOf(change);
  simulator.advanceTo(900);
  simulator.receive(vector('request for the connection'));
  simulator.advanceTo(950);
  simulator.receive(vector('mds create result'));
  simulator.advanceTo(1000);
  return simulator;
};

const numericsIn = (bytes: Uint8Array): readonly IntellivueMessage[] =>
  messagesIn(bytes).filter(
    (message) => message.kind === 'poll-result' && message.result.objectClass === OBJECT_CLASS.numerics,
  );

describe('simulated IntelliVue monitor: the connection', () => {
  it('is silent until it is asked, also to polls', () => {
    const simulator = simulatorOf();
    simulator.receive(vector('ext poll request'));
    expect(simulator.advanceTo(60_000)).toEqual(new Uint8Array());
  });

  it('accepts, describes itself, and serves polls only after the answer to that', () => {
    const simulator = simulatorOf();
    simulator.receive(vector('request for the connection'));
    expect(kinds(simulator.advanceTo(100))).toEqual(['association-accept', 'mds-create']);
    simulator.receive(vector('ext poll request'));
    expect(simulator.advanceTo(5000)).toEqual(new Uint8Array());
    simulator.receive(vector('mds create result'));
    simulator.receive(vector('ext poll request'));
    expect(numericsIn(simulator.advanceTo(8000)).length).toBeGreaterThan(2);
  });

  it('hangs up on a host that does not answer the description within 10 s', () => {
    const simulator = simulatorOf();
    simulator.receive(vector('request for the connection'));
    expect(kinds(simulator.advanceTo(9_000))).not.toContain('abort');
    expect(kinds(simulator.advanceTo(11_000))).toEqual(['abort']);
  });

  it('hangs up after 10 s without a word of the host, and any poll is a word', () => {
    const simulator = connectedTo();
    for (let second = 5; second < 60; second += 5) {
      simulator.receive(vector('keepalive single poll mds'));
      expect(kinds(simulator.advanceTo(second * 1000))).not.toContain('abort');
    }
    expect(kinds(simulator.advanceTo(70_000))).toContain('abort');
    expect(simulator.advanceTo(90_000)).toEqual(new Uint8Array());
  });

  it('refuses a second connection, and accepts it after an abort or a release', () => {
    const simulator = connectedTo();
    simulator.receive(vector('request for the connection'));
    expect(kinds(simulator.advanceTo(2000))).toEqual(['association-refuse']);
    simulator.receive(vector('abort'));
    simulator.receive(vector('request for the connection'));
    expect(kinds(simulator.advanceTo(3000))).toEqual(['association-accept', 'mds-create']);
    simulator.receive(vector('release request'));
    simulator.receive(vector('request for the connection'));
    expect(kinds(simulator.advanceTo(4000))).toEqual([
      'release-response',
      'association-accept',
      'mds-create',
    ]);
  });

  it('ignores a request with a wrong check, and takes one that comes byte by byte', () => {
    const simulator = simulatorOf();
    const request = vector('request for the connection');
    simulator.receive(request.with(-2, (request.at(-2) ?? 0) ^ 1));
    expect(simulator.advanceTo(1000)).toEqual(new Uint8Array());
    for (const byte of request) simulator.receive(Uint8Array.of(byte));
    expect(kinds(simulator.advanceTo(2000))).toEqual(['association-accept', 'mds-create']);
  });
});

describe('simulated IntelliVue monitor: polls', () => {
  it('sends numerics every 8192 ticks for the lifetime, in linked parts of at most the agreed size', () => {
    const simulator = connectedTo();
    simulator.receive(vector('ext poll request'));
    const sent: Uint8Array[] = [];
    for (let second = 2; second < 90; second += 1) {
      simulator.receive(vector('keepalive single poll mds'));
      sent.push(simulator.advanceTo(second * 1000));
    }
    const results = numericsIn(new Uint8Array(Buffer.concat(sent))).flatMap((message) =>
      message.kind === 'poll-result' ? [message] : [],
    );
    for (const message of results) expect(intellivueCodec.encode(message).length).toBeLessThan(1100);
    const closing = results.filter(({ link, result }) => link === null && result.contexts.length === 0);
    const ticks = closing.map(({ result }) => result.ticks);
    expect(ticks.slice(1).every((tick, index) => tick - (ticks[index] ?? 0) === 8192)).toBe(true);
    // 60 s of 1.024 s each; the first one, without values, fits into one message.
    expect(closing.length).toBeGreaterThanOrEqual(57);
    expect(closing.length).toBeLessThanOrEqual(60);
    const states = results.slice(1, 4).map(({ link }) => link?.state ?? 'closing');
    expect(states).toEqual(['first', 'last', 'closing']);
  });

  it('answers a single poll once, with observed values only where these were asked for', () => {
    const simulator = connectedTo();
    simulator.receive(vector('single poll request'));
    simulator.advanceTo(2000);
    simulator.receive(vector('single poll request'));
    const [message, ...others] = numericsIn(simulator.advanceTo(5000));
    expect(others).toEqual([]);
    if (message?.kind !== 'poll-result') throw new Error('no result');
    const ids = message.result.contexts.flatMap(({ objects }) =>
      objects.flatMap(({ attributes }) => attributes.map(({ id }) => id)),
    );
    expect([...new Set(ids)].every((id) => [0x0950, 0x094b, 0x0990].includes(id))).toBe(true);
  });

  it('gives two results to an extended poll without a lifetime, and an error for what it does not have', () => {
    const simulator = connectedTo();
    const poll = (objectClass: number): Uint8Array =>
      intellivueCodec.encode({
        kind: 'poll-request',
        invokeId: 9,
        request: { isExtended: true, pollNumber: 1, objectClass, group: 0, attributes: [] },
      });
    simulator.receive(poll(OBJECT_CLASS.waves));
    expect(kinds(simulator.advanceTo(5000))).toEqual(['poll-result', 'poll-result']);
    simulator.receive(poll(OBJECT_CLASS.patient));
    expect(messagesIn(simulator.advanceTo(6000))).toMatchObject([{ kind: 'error', invokeId: 9, error: 1 }]);
  });
});

/** Runs simulator and driver against each other, a quarter of a second at a time. */
const run = (seconds: number, change?: Change): readonly DriverOutput[] => {
  const simulator = simulatorOf(change);
  const driver = createIntellivueDriver({ alarms: true, waves: true, tempIsBody: true });
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
    output.type === 'condition' ? [`${output.condition.present ? '+' : '-'}${output.condition.text}`] : [],
  );

describe('simulated IntelliVue monitor, read by the driver', () => {
  it('a healthy patient, within three seconds, on the bedside clock', () => {
    const outputs = run(5);
    const last = (metric: string) => told(outputs, metric).at(-1);
    expect({
      hr: last('MDC_ECG_HEART_RATE'),
      rr: last('MDC_TTHOR_RESP_RATE'),
      spo2: last('MDC_PULS_OXIM_SAT_O2'),
      pr: last('MDC_PULS_OXIM_PULS_RATE'),
      pi: last('MDC_BLD_PERF_INDEX'),
      co2Rr: last('MDC_CO2_RESP_RATE'),
      etco2: last('MDC_CONC_AWAY_CO2_ET'),
      temperature: last('MDC_TEMP_BODY'),
    }).toEqual({ hr: 72, rr: 14, spo2: 98, pr: 72, pi: 2.5, co2Rr: 14, etco2: 38, temperature: 36.8 });
    const late = outputs.flatMap((output) =>
      output.type === 'observation' && output.observation.value !== null
        ? [output.observation.receivedAt.wall - (output.observation.deviceTime ?? 0)]
        : [],
    );
    expect(Math.max(...late)).toBeLessThanOrEqual(250);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(outputs.filter(({ type }) => type === 'rejected')).toEqual([]);
  });

  it('draws ECG, pleth, respiration and CO2 without gaps', () => {
    const blocks = run(10).flatMap((output) => (output.type === 'waveform' ? [output.block] : []));
    for (const wave of ['MDC_ECG_ELEC_POTL_II', 'MDC_PULS_OXIM_PLETH', 'MDC_TTHOR_RESP', 'MDC_AWAY_CO2']) {
      const own = blocks.filter((block) => block.wave === wave);
      expect(own.length, wave).toBeGreaterThan(25);
      expect(
        own.slice(1).filter(({ isAfterGap }) => isAfterGap),
        wave,
      ).toEqual([]);
      const { low, high } = own[0]?.range ?? { low: 0, high: 0 };
      const samples = own.flatMap((block) => block.samples.map((sample) => sample ?? Number.NaN));
      expect(Math.min(...samples), wave).toBeGreaterThanOrEqual(low);
      expect(Math.max(...samples), wave).toBeLessThanOrEqual(high);
    }
  });

  it('sensors that go off give null in every cycle, never 0, and the monitor’s words', () => {
    const outputs = run(12, (second) =>
      second < 6
        ? {}
        : {
            ecg: { ...HEALTHY.ecg, leads: 'off' },
            oximeter: { ...HEALTHY.oximeter, probe: 'off' },
          },
    );
    for (const metric of [
      'MDC_ECG_HEART_RATE',
      'MDC_TTHOR_RESP_RATE',
      'MDC_PULS_OXIM_SAT_O2',
      'MDC_BLD_PERF_INDEX',
    ]) {
      expect(told(outputs, metric).slice(-4), metric).toEqual(new Array(4).fill('unavailable'));
      expect(told(outputs, metric), metric).not.toContain(0);
    }
    expect(conditions(outputs)).toEqual(expect.arrayContaining(['+ECG LEADS OFF', '+SpO₂ SENSOR OFF']));
  });

  it('motion and artefact are doubt, asystole and apnoea are alarms', () => {
    const doubtful = run(6, () => ({ oximeter: { ...HEALTHY.oximeter, motion: true } }));
    expect(doubtful).toContainEqual(
      expect.objectContaining({
        observation: expect.objectContaining({ metric: 'MDC_PULS_OXIM_SAT_O2', validity: 'questionable' }),
      }),
    );
    const outputs = run(6, () => ({
      ecg: { ...HEALTHY.ecg, heartRate: 0 },
      respiration: { rate: 0, sinceBreathMs: 25_000, etco2MmHg: null },
    }));
    expect(conditions(outputs)).toEqual(expect.arrayContaining(['+***ASYSTOLE', '+***APNEA']));
    expect(new Set(told(outputs, 'MDC_ECG_HEART_RATE'))).toEqual(new Set(['unavailable']));
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
  const cuffStory =
    (second: CuffResult): Change =>
    (s) => ({
      cuff: {
        auto: true,
        measuring: (s >= 10 && s < 40) || (s >= 130 && s < 160),
        last: s < 40 ? null : s < 160 ? reading(1, 121.4, 40_000) : second,
      },
    });

  it('two cuff readings: each told once with its start, and the time of its end', () => {
    const outputs = run(200, cuffStory(reading(2, 148.6, 160_000)));
    expect(told(outputs, 'MDC_PRESS_BLD_NONINV_SYS')).toEqual([
      'unavailable',
      'ongoing',
      121,
      'ongoing',
      149,
    ]);
    expect(told(outputs, 'MDC_PRESS_BLD_NONINV_DIA')).toEqual(['unavailable', 'ongoing', 76, 'ongoing', 104]);
    expect(told(outputs, 'MDC_PULS_RATE_NON_INV')).toEqual([73, 73]);
    const times = outputs.flatMap((output) =>
      output.type === 'observation' && output.observation.value === 149
        ? [(output.observation.deviceTime ?? 0) - START_MS]
        : [],
    );
    expect(times).toEqual([160_000]);
  });

  it('a measurement that fails: invalid once, a cuff fault, the old reading not repeated', () => {
    const outputs = run(200, cuffStory({ kind: 'failed', number: 2, cause: 'loose', endedAtMs: 160_000 }));
    expect(told(outputs, 'MDC_PRESS_BLD_NONINV_SYS')).toEqual([
      'unavailable',
      'ongoing',
      121,
      'ongoing',
      'invalid',
    ]);
    expect(conditions(outputs)).toEqual(
      expect.arrayContaining(['+NIBP measurement ended without a reading', '+NBP MEASURE FAILED']),
    );
  });

  it('for ten minutes the driver keeps the connection: it is asked for once', () => {
    const outputs = run(600);
    const asked = outputs.flatMap((output) => (output.type === 'request' ? [output.purpose] : []));
    expect(asked.filter((purpose) => purpose === 'data connection')).toHaveLength(1);
    expect(told(outputs, 'MDC_ECG_HEART_RATE').length).toBeGreaterThan(570);
  });
});
