import { describe, expect, it } from 'vitest';
import { type Hl7Message, hl7Codec, type ObxRow } from '../../devices/hl7-oru/codec.ts';
import { hl7OruSimulator } from '../../simulators/hl7-oru.ts';
import { createPatient } from '../../simulators/physiology/create-patient.ts';
import { findScenario } from '../../simulators/scenarios/index.ts';
import type { DeviceSimulator } from '../../simulators/simulator.ts';

const START = Date.UTC(2026, 0, 1, 9);
const monitor = (name: string): DeviceSimulator => {
  const scenario = findScenario(name);
  if (scenario === null) throw new Error(`no scenario ${name}`);
  return hl7OruSimulator.create(createPatient(scenario, 1), { startEpochMs: START, seed: 1 });
};

type Oru = Extract<Hl7Message, { kind: 'oru' }>;
const messagesIn = (bytes: Uint8Array): readonly Oru[] => {
  const decoder = hl7Codec.decoder();
  return [...decoder.push(bytes), ...decoder.end()].flatMap((decoded) =>
    decoded.ok && decoded.message.kind === 'oru' ? [decoded.message] : [],
  );
};
const rowsOf = (message: Oru | undefined): readonly ObxRow[] =>
  message?.groups.flatMap(({ rows }) => rows) ?? [];
const row = (message: Oru | undefined, name: string) => rowsOf(message).find(({ id }) => id.name === name);

/** An acknowledgement as another implementation would write it. */
const ack = (controlId: string): Uint8Array =>
  new Uint8Array(
    Buffer.from(`\x0bMSH|^~\\&|HIS||SIM||20260101090000||ACK^R01^ACK|x|P|2.6\rMSA|AA|${controlId}\r\x1c\r`),
  );

/** Runs it with a host that answers everything; every message it sent. */
const answered = (simulator: DeviceSimulator, untilMs: number): readonly Oru[] => {
  const all: Oru[] = [];
  for (let ms = 0; ms <= untilMs; ms += 500) {
    const messages = messagesIn(simulator.advanceTo(ms));
    all.push(...messages);
    for (const { header } of messages) simulator.receive(ack(header.controlId));
  }
  return all;
};

describe('the simulated HL7 monitor', () => {
  it('writes the message of the protocol sheet: segments, codes, units, in an MLLP frame', () => {
    const text = Buffer.from(monitor('steady').advanceTo(0)).toString('utf8');
    expect(text.startsWith('\x0bMSH|^~\\&|SIM^00A0370000000001^EUI-64|')).toBe(true);
    expect(text.endsWith('\r\x1c\r')).toBe(true);
    expect(text).toContain('|ORU^R01^ORU_R01|1|P|2.6|');
    expect(text).toContain('|182777000^monitoring of patient^SCT|');
    expect(text).toMatch(
      /\rOBX\|1\|NM\|150456\^MDC_PULS_OXIM_SAT_O2\^MDC\|1\.3\.1\.150456\|\d+\|262688\^MDC_DIM_PERCENT\^MDC\|/,
    );
    expect(text).not.toContain('\n');
  });

  it('sends every 2 s while it is answered, each message once', () => {
    const ids = answered(monitor('steady'), 10_000).map(({ header }) => header.controlId);
    expect(ids).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('sends an unanswered message three times more, then the next one', () => {
    const ids = messagesIn(monitor('steady').advanceTo(20_000)).map(({ header }) => header.controlId);
    expect(ids).toEqual(['1', '1', '1', '1', '2', '2']);
  });

  it('repeats the cuff reading with the time it was taken, and says so when one gave nothing', () => {
    const messages = answered(monitor('cuff-fail'), 600_000);
    const readings = messages.flatMap((message) => {
      const systolic = row(message, 'MDC_PRESS_CUFF_SYS');
      return systolic === undefined
        ? []
        : [`${systolic.time} ${systolic.values.join('')} ${systolic.status}`];
    });
    expect(readings.length).toBeGreaterThan(50);
    const distinct = [...new Set(readings)];
    expect(distinct.length).toBeLessThan(readings.length);
    expect(distinct.some((each) => / X$/.test(each))).toBe(true);
    expect(distinct.some((each) => / \d+ R$/.test(each))).toBe(true);
  });

  it.each([
    ['probe-off', 'MDC_PULS_OXIM_SAT_O2'],
    ['leads-off', 'MDC_ECG_HEART_RATE'],
  ])('in %s, %s is a row without a value', (scenario, name) => {
    const rows = answered(monitor(scenario), 600_000).flatMap((message) => row(message, name) ?? []);
    const absent = rows.filter(({ status }) => status === 'X');
    expect(absent.length).toBeGreaterThan(0);
    expect(absent.every(({ values }) => values.join('') === '')).toBe(true);
    expect(rows.length).toBeGreaterThan(absent.length);
  });
});
