import { describe, expect, it } from 'vitest';
import type { Patient, PatientState } from '../../simulators/patient.ts';
import { philipsEfficiaSimulator } from '../../simulators/philips-efficia.ts';
import { bytesOf } from '../devices/drive.ts';
import requests from '../fixtures/philips-efficia/requests.json' with { type: 'json' };
import { WELL } from './oximeter-patient.ts';

const START = Date.UTC(2014, 4, 10, 12, 44, 0);
const READING = {
  kind: 'reading',
  number: 1,
  systolic: 122,
  diastolic: 85,
  mean: 98,
  pulseRate: 64,
  endedAtMs: 30_000,
} as const;
const patientWith = (change: Partial<PatientState>): Patient => ({
  stateAt: (elapsedMs) => ({
    elapsedMs,
    ecg: { leads: 'on', heartRate: 66, artefact: false },
    oximeter: { ...WELL, spo2: 98, pulseRate: 80 },
    respiration: { rate: 20, sinceBreathMs: 1000, etco2MmHg: null },
    cuff: { measuring: false, auto: false, last: READING },
    temperatureCel: 37.4,
    monitor: { batteryLow: false, alarmText: null },
    ...change,
  }),
  command: () => undefined,
});
const QUERY = requests[0]?.text ?? '';

/** What it answers at 60 s, segment by segment. */
const answerTo = (text: string, change: Partial<PatientState> = {}): readonly string[] => {
  const monitor = philipsEfficiaSimulator.create(patientWith(change), { startEpochMs: START, seed: 7 });
  monitor.advanceTo(60_000);
  monitor.receive(bytesOf(text));
  return Buffer.from(monitor.advanceTo(63_000)).toString('latin1').split('\r');
};

describe('the simulated Efficia CM120', () => {
  it('answers the query of the guide as the guide says', () => {
    expect(answerTo(QUERY)).toEqual([
      'MSH|^~\\&|^EfficiaCM||||20140510124500||ORF^R04|CM000000070000000001|P|2.4|||||||||2.16.840.1.113883.9.2.1',
      'MSA|AA|EXAMPLE123',
      'QRD|20140510124500|R|I|QUERY123|||||STA',
      'PID|||||',
      'PV1|||||||||||||||||||',
      'ORC|NW',
      'OBR||||MONITOR|||20140510124500',
      'OBX||NM|0002-4182^HR^MDIL||66|0004-0aa0^bpm^MDIL|||||F',
      'OBX||NM|0002-4bb8^SpO2^MDIL||98|0004-0220^%^MDIL|||||F',
      'OBX||NM|0002-480a^Pulse^MDIL||80|0004-0aa0^bpm^MDIL|||||F||||||SpO2',
      'OBX||NM|0002-5000^Resp^MDIL||20|0004-0ae0^rpm^MDIL|||||F',
      'OBX||NM|0002-4a05^NBPs^MDIL||122|0004-0f20^mmHg^MDIL|||||F|||20140510124430',
      'OBX||NM|0002-4a06^NBPd^MDIL||85|0004-0f20^mmHg^MDIL|||||F|||20140510124430',
      'OBX||NM|0002-4a07^NBPm^MDIL||98|0004-0f20^mmHg^MDIL|||||F|||20140510124430',
      'OBX||NM|0002-f0c7^T1^MDIL||37.4|0004-1710^C^MDIL|||||F',
      '',
    ]);
  });

  it('leaves empty and invalid what its panes do not show', () => {
    const text = answerTo(QUERY, {
      ecg: { leads: 'off', heartRate: 66, artefact: false },
      oximeter: { ...WELL, probe: 'off' },
      cuff: { measuring: true, auto: false, last: READING },
      temperatureCel: null,
    });
    expect(text).toContain('OBX||NM|0002-4182^HR^MDIL|||0004-0aa0^bpm^MDIL|||||X');
    expect(text).toContain('OBX||NM|0002-4bb8^SpO2^MDIL|||0004-0220^%^MDIL|||||X');
    expect(text).toContain('OBX||NM|0002-4a05^NBPs^MDIL|||0004-0f20^mmHg^MDIL|||||X');
    expect(text.some((segment) => segment.includes('T1'))).toBe(false);
  });

  it('gives the pulse of the cuff with its time when the sensor is off', () => {
    const text = answerTo(QUERY, { oximeter: { ...WELL, probe: 'off' } });
    expect(text).toContain(
      'OBX||NM|0002-480a^Pulse^MDIL||64|0004-0aa0^bpm^MDIL|||||F|||20140510124430|||NBP',
    );
  });

  it('answers in a block when it is asked in one', () => {
    const text = answerTo(`\x0b${QUERY}\x1c\r`);
    expect([text[0]?.[0], text.at(-2)]).toEqual(['\x0b', '\x1c']);
  });

  it.each([
    ['a record that does not exist', QUERY.replace('|STA', '|RES'), 'MSA|AR|EXAMPLE123'],
    ['a filter that does not exist', QUERY.replace('|STA', '|ALL'), 'MSA|AE|EXAMPLE123'],
    ['a query without an identifier', QUERY.replace('|QUERY123', '|'), 'MSA|AE|0'],
  ])('refuses %s', (_name, text, expected) => {
    expect(answerTo(text)[1]).toBe(expected);
  });

  it('says nothing unasked, nor to an acknowledgement or noise', () => {
    expect(answerTo('')).toEqual(['']);
    expect(answerTo(requests[1]?.text ?? '')).toEqual(['']);
    expect(answerTo('hello\r')).toEqual(['']);
  });
});
