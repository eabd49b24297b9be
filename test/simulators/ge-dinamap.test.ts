import { describe, expect, it } from 'vitest';
import type { DriverOutput } from '../../devices/device.ts';
import { geDinamap } from '../../devices/ge-dinamap/index.ts';
import { memoryTransport } from '../../devices/transport/memory.ts';
import { geDinamapSimulator } from '../../simulators/ge-dinamap.ts';
import type { Patient, PatientCommand, PatientState } from '../../simulators/patient.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { findScenario } from '../../simulators/scenarios/index.ts';
import { startDeviceSession } from '../../station/device-session.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { bytesOf } from '../devices/drive.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { WELL } from './oximeter-patient.ts';

const commands: PatientCommand[] = [];
/** A calm patient of whom some things are told. */
const patientWith = (change: Partial<PatientState>): Patient => ({
  stateAt: (elapsedMs) => ({
    elapsedMs,
    ecg: { leads: 'on', heartRate: 66, artefact: false },
    oximeter: WELL,
    respiration: { rate: 14, sinceBreathMs: 1000, etco2MmHg: null },
    cuff: { measuring: false, auto: false, last: null },
    temperatureCel: 37,
    monitor: { batteryLow: false, alarmText: null },
    ...change,
  }),
  command: (command) => commands.push(command),
});
const READING = {
  kind: 'reading',
  number: 1,
  systolic: 121,
  diastolic: 75,
  mean: 92,
  pulseRate: 64,
  endedAtMs: 18_000,
} as const;

/** What it answers to these bytes at 30 s. */
const answerTo = (text: string, change: Partial<PatientState> = {}): string => {
  const monitor = geDinamapSimulator.create(patientWith(change), { startEpochMs: 0, seed: 1 });
  monitor.advanceTo(30_000);
  monitor.receive(bytesOf(text));
  return Buffer.from(monitor.advanceTo(30_400)).toString('latin1');
};

describe('the simulated V100', () => {
  it.each<[string, string, Partial<PatientState>, string]>([
    [
      'a reading of 12 s ago',
      ' NA!2\r',
      { cuff: { measuring: false, auto: false, last: READING } },
      ' NA1100012121075092&"\r',
    ],
    [
      'a cuff that runs',
      ' NA!2\r',
      { cuff: { measuring: true, auto: false, last: READING } },
      " NA0109999000000000&'\r",
    ],
    [
      'a healthy saturation',
      ' OA!3\r',
      { oximeter: { ...WELL, spo2: 98, perfusionIndex: 2.5 } },
      ' OA1098708#K\r',
    ],
    ['a pulse rate', ' RA!6\r', { oximeter: { ...WELL, pulseRate: 72 } }, ' RA2072"E\r'],
  ])('answers %s as the field table says', (_name, question, change, answer) => {
    expect(answerTo(question, change)).toBe(answer);
  });

  it('takes a CR before a command and a LF after it, and says nothing unasked', () => {
    expect(answerTo('\r OA!3\r\n')).toMatch(/^ OA1097/);
    expect(answerTo('')).toBe('');
  });

  it.each([' OA!4\r', 'OA!3\r', ' OA\r', ' XX!3\r', ' OA!3'])('answers nothing to %j', (text) => {
    expect(answerTo(text)).toBe('');
  });

  it('tells a failure by its cause', () => {
    const failed = (cause: 'loose' | 'leak' | 'motion') =>
      answerTo(' NA!2\r', {
        cuff: {
          measuring: false,
          auto: false,
          last: { kind: 'failed', number: 1, cause, endedAtMs: 20_000 },
        },
      });
    expect([failed('leak'), failed('motion'), failed('loose')].map((text) => text[3])).toEqual([
      '4',
      '6',
      '8',
    ]);
  });

  it('gives the rate of the cuff when the sensor is off, and none without either', () => {
    const off = { ...WELL, probe: 'off' } as const;
    expect(
      answerTo(' RA!6\r', { oximeter: off, cuff: { measuring: false, auto: false, last: READING } }),
    ).toMatch(/^ RA3064/);
    expect(answerTo(' RA!6\r', { oximeter: off })).toMatch(/^ RA2000/);
    expect(answerTo(' OA!3\r', { oximeter: off })).toMatch(/^ OA3000/);
    expect(answerTo(' OA!3\r', { oximeter: { ...WELL, probe: 'disconnected' } })).toMatch(/^ OA6000/);
  });

  it('measures a temperature and gives it in Fahrenheit with its age', () => {
    expect(answerTo(' TC!:\r')).toMatch(/^ TC00!0000209861/);
  });

  it('starts and cancels the cuff for the host', () => {
    commands.length = 0;
    expect(answerTo(' NC0!E\r')).toMatch(/^ NC/);
    expect(answerTo(' ND!5\r')).toMatch(/^ ND/);
    expect(commands).toEqual([{ kind: 'start-cuff' }, { kind: 'stop-cuff' }]);
  });
});

describe('the cuff of the simulated V100, through a device session', () => {
  /** A session on its line, in the time of a fake clock; the scenario's own first reading ends before 60 s. */
  const bedside = () => {
    const scenario = findScenario('steady');
    if (scenario === null) throw new Error('no scenario');
    const clock = fakeClock();
    const line = memoryTransport();
    const startedAt = clock.now();
    const monitor = geDinamapSimulator.create(createPatient(scenario, 1), {
      startEpochMs: startedAt.wall,
      seed: 1,
    });
    const said: DriverOutput[] = [];
    const session = startDeviceSession(geDinamap, resolveOptions(geDinamap, {}), () => line, clock, {
      outputs: (outputs) => said.push(...outputs),
      status: () => undefined,
      raw: () => undefined,
    });
    let heard = 0;
    const pass = async (seconds: number): Promise<void> => {
      for (let done = 0; done < seconds * 1000; done += 50) {
        await clock.advance(50);
        for (const bytes of line.written.slice(heard)) monitor.receive(bytes);
        heard = line.written.length;
        const bytes = monitor.advanceTo(clock.now().mono - startedAt.mono);
        if (bytes.length > 0) line.feed(bytes, clock.now());
      }
    };
    /** What was told about the systolic pressure since this was last asked. */
    const systolic = (): readonly string[] =>
      said
        .splice(0)
        .flatMap((output) =>
          output.type === 'observation' && output.observation.metric === 'MDC_PRESS_BLD_NONINV_SYS'
            ? [output.observation.validity]
            : [],
        );
    return { session, pass, systolic };
  };

  it('starts when a person asks, and gives a new reading', async () => {
    const { session, pass, systolic } = bedside();
    await pass(90);
    expect(systolic()).toEqual(['ongoing', 'valid']);
    expect(session.cuff('start')).toBe(true);
    await pass(1.5);
    expect(systolic()).toEqual(['ongoing']);
    await pass(60);
    expect(systolic()).toEqual(['valid']);
    await session.stop();
  });

  it('stops when a person asks, without a reading', async () => {
    const { session, pass, systolic } = bedside();
    await pass(90);
    session.cuff('start');
    await pass(5);
    expect(systolic()).toEqual(['ongoing', 'valid', 'ongoing']);
    session.cuff('stop');
    await pass(60);
    expect(systolic()).toEqual(['unavailable']);
    await session.stop();
  });
});
