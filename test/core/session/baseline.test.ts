import { describe, expect, it } from 'vitest';
import { monitorId } from '../../../core/ids.ts';
import { proposeBaseline } from '../../../core/session/baseline.ts';
import type { NibpReading } from '../../../core/session/events.ts';
import { instant } from '../../../core/time.ts';

const reading = (seconds: number, systolic: number, diastolic: number, pulseRate = 70): NibpReading => ({
  systolic,
  diastolic,
  mean: Math.round((systolic + 2 * diastolic) / 3),
  pulseRate,
  receivedAt: instant(1_772_373_600_000 + seconds * 1000, seconds * 1000),
  ageAtReceiptMs: 0,
  monitorId: monitorId('m1'),
});

describe('a blood-pressure baseline', () => {
  it('is the mean of the last two readings that agree', () => {
    expect(
      proposeBaseline([reading(0, 150, 99), reading(90, 120, 76, 72), reading(180, 124, 80, 68)]),
    ).toEqual({
      baseline: { systolic: 122, diastolic: 78, mean: 93, heartRate: 70, readings: 2 },
      agreed: true,
      advice: '',
    });
  });
  it('agrees at a difference of 10 and not at 11', () => {
    expect(proposeBaseline([reading(0, 120, 80), reading(90, 130, 70)]).agreed).toBe(true);
    expect(proposeBaseline([reading(0, 120, 80), reading(90, 131, 80)]).agreed).toBe(false);
    expect(proposeBaseline([reading(0, 120, 80), reading(90, 120, 91)]).agreed).toBe(false);
  });
  it('uses the third reading with the one of the first two it agrees with', () => {
    const { baseline, agreed } = proposeBaseline([
      reading(0, 120, 80),
      reading(90, 145, 80),
      reading(180, 124, 80),
    ]);
    expect([baseline?.systolic, agreed]).toEqual([122, true]);
  });
  it('counts no reading that the monitor itself doubts', () => {
    const doubted = { ...reading(90, 122, 78), questionable: true } as const;
    expect(proposeBaseline([reading(0, 120, 80), doubted]).agreed).toBe(false);
    expect(proposeBaseline([doubted]).baseline).toBeNull();
  });
  it('asks for another reading when only the last one stands out', () => {
    const { agreed, advice } = proposeBaseline([
      reading(0, 120, 80),
      reading(90, 122, 80),
      reading(180, 150, 80),
    ]);
    expect([agreed, advice]).toEqual([
      false,
      'The last reading differs from the two before by more than 10 mmHg: repeat.',
    ]);
  });
  it.each([
    ['44 s', 44, false],
    ['45 s', 45, true],
    ['180 s', 180, true],
    ['181 s', 181, false],
  ])('from readings %s apart', (_, gap, agreed) => {
    expect(proposeBaseline([reading(0, 120, 80), reading(gap, 120, 80)]).agreed).toBe(agreed);
  });
  it('is proposed, not agreed, from one reading', () => {
    const { baseline, agreed } = proposeBaseline([reading(0, 120, 80)]);
    expect([baseline?.readings, agreed]).toEqual([1, false]);
  });
  it('never uses an artefact', () => {
    const artefact = { ...reading(90, 120, 115), mean: 118 };
    expect(proposeBaseline([reading(0, 120, 80), artefact]).baseline?.readings).toBe(1);
    expect(proposeBaseline([artefact])).toEqual({
      baseline: null,
      agreed: false,
      advice: 'Take a cuff reading.',
    });
  });
  it('has no mean pressure when a reading has none', () => {
    const { baseline } = proposeBaseline([{ ...reading(0, 120, 80), mean: null }, reading(90, 120, 80)]);
    expect(baseline?.mean).toBeNull();
  });
});
