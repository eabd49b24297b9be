/** What guards and checklists take for the patient's numbers of now. */
import { describe, expect, it } from 'vitest';
import { monitorId } from '../../core/ids.ts';
import { present } from '../../core/observation/observation.ts';
import type { NibpReading } from '../../core/session/events.ts';
import { instant } from '../../core/time.ts';
import { chairFacts, withReading } from '../../station/chair-facts.ts';

const MINUTE = 60_000;
const at = (ms: number) => instant(1_772_373_600_000 + ms, ms);
const MONITOR = monitorId('m1');

const spo2 = (receivedMs: number, ageAtReceiptMs: number) => ({
  MDC_PULS_OXIM_SAT_O2: {
    monitorId: MONITOR,
    observation: present('MDC_PULS_OXIM_SAT_O2', 98, {
      receivedAt: at(receivedMs),
      deviceTime: null,
      ageAtReceiptMs,
    }),
  },
});
const reading = (receivedMs: number, part: Partial<NibpReading> = {}): NibpReading => ({
  systolic: 122,
  diastolic: 78,
  mean: 93,
  pulseRate: 70,
  receivedAt: at(receivedMs),
  ageAtReceiptMs: 0,
  monitorId: MONITOR,
  ...part,
});

describe('a number', () => {
  it.each([
    [10_000, 0, 98],
    [10_001, 0, null],
    [4000, 6000, 98],
    [4000, 6001, null],
  ])('received %s ms ago, and %s ms old then, is %s', (agoMs, ageMs, expected) => {
    expect(chairFacts(spo2(0, ageMs), [], 0, at(agoMs)).spo2).toBe(expected);
  });
});

describe('the blood pressure', () => {
  it.each([
    ['none', [], false],
    ['one of 15 min ago', [reading(0)], true],
    ['one that was a second old when it came', [reading(0, { ageAtReceiptMs: 1000 })], false],
    ['one that the monitor doubts', [reading(5 * MINUTE, { questionable: true })], false],
    [
      'a doubted one after a good one',
      [reading(5 * MINUTE), reading(6 * MINUTE, { questionable: true })],
      true,
    ],
  ] as const)('arrives: %s', (_, readings, expected) => {
    expect(chairFacts({}, readings, 0, at(15 * MINUTE)).vitals.bloodPressure).toBe(expected);
  });

  it('told again by the monitor is the same reading', () => {
    const first = reading(0);
    const again = reading(2000, { ageAtReceiptMs: 2000 });
    expect(withReading([first], again)).toEqual([first]);
    expect(withReading([first], reading(2000, { ageAtReceiptMs: 1999 }))).toHaveLength(2);
    expect(withReading([first], { ...again, systolic: 123 })).toHaveLength(2);
  });
});
