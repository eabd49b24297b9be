import { describe, expect, it } from 'vitest';
import { ATTRIBUTE, attributeWith, buildAbsoluteTime } from '../../../devices/intellivue/codec.ts';
import {
  accept,
  at,
  BEDSIDE_MS,
  conditionsOf,
  connected,
  cuff,
  cuffPulse,
  description,
  newDriver,
  observationsOf,
  result,
  TICKS_0,
  told,
  wire,
} from './support.ts';

const READING = ['PRESS_BLD_NONINV_SYS 120', 'PRESS_BLD_NONINV_DIA 80', 'PRESS_BLD_NONINV_MEAN 93'];
const NULLS = (validity: string) =>
  ['SYS', 'DIA', 'MEAN'].map((part) => `PRESS_BLD_NONINV_${part} ${validity}`);
const ONGOING = 0x0020;

describe('a cuff reading', () => {
  it('is told once, with the time of its end on the bedside clock and its pulse, however often it is repeated', () => {
    const { hear } = connected();
    expect(told(hear(1, result(1, [cuff(null, null, 0x2000)])))).toEqual(NULLS('unavailable'));
    hear(2, result(2, [cuff(null, null, 0x2000)]));
    const outputs = hear(40, result(40, [cuff([120, 80, 93], 39), cuffPulse(71)]));
    expect(told(outputs)).toEqual([...READING, 'PULS_RATE_NON_INV 71']);
    for (const observation of observationsOf(outputs)) {
      expect(observation.deviceTime).toBe(BEDSIDE_MS + 39_000);
      expect(observation.ageAtReceiptMs).toBe(1000);
    }
    for (let second = 41; second < 200; second += 1)
      expect(told(hear(second, result(second, [cuff([120, 80, 93], 39), cuffPulse(71)])))).toEqual([]);
  });

  it('that equals the one before is a new one under a new time', () => {
    const { hear } = connected();
    hear(1, result(1, [cuff([120, 80, 93], -30)]));
    expect(told(hear(300, result(300, [cuff([120, 80, 93], 299)])))).toEqual(READING);
  });

  it('in two parts of one linked result is one reading with its pulse', () => {
    const { hear } = connected();
    hear(1, result(1, [cuff(null, null, 0x2000)]));
    const first = { state: 'first', count: 1 } as const;
    const last = { state: 'last', count: 2 } as const;
    expect(told(hear(2, result(2, [cuff([120, 80, 93], 1)], { link: first })))).toEqual([]);
    const outputs = hear(2.1, result(2, [cuffPulse(71)], { link: last }), result(2, []));
    expect(told(outputs)).toEqual([...READING, 'PULS_RATE_NON_INV 71']);
  });

  it('that stood there before us carries its true age, and is history after 15 minutes', () => {
    const { hear } = connected();
    const outputs = hear(1, result(1, [cuff([120, 80, 93], -240)]));
    expect(told(outputs)).toEqual(READING);
    expect(observationsOf(outputs)[0]?.ageAtReceiptMs).toBe(241_000);
    expect(told(connected().hear(1, result(1, [cuff([120, 80, 93], -900)])))).toEqual([]);
  });

  it('under a time that the bedside clock has not reached is doubted and called old', () => {
    const outputs = connected().hear(1, result(1, [cuff([120, 80, 93], 3600)]));
    expect(told(outputs)).toEqual(READING.map((line) => `${line}?`));
    expect(observationsOf(outputs)[0]?.ageAtReceiptMs).toBe(15 * 60_000);
  });

  it('is not told again after a reconnect, but a newer one is, no younger than it may be', () => {
    const { driver, hear } = connected();
    hear(1, result(1, [cuff([120, 80, 93], -30)]));
    driver.start(at(50));
    expect(told(hear(51, result(51, [cuff([120, 80, 93], -30)])))).toEqual([]);
    driver.start(at(100));
    // Before the monitor has described itself anew, only the time since the last cycle is known.
    const early = hear(102, result(102, [cuff([130, 85, 99], 60)]));
    expect(told(early)[0]).toBe('PRESS_BLD_NONINV_SYS 130');
    expect(observationsOf(early)[0]?.ageAtReceiptMs).toBe(51_000);
    driver.start(at(200));
    hear(200, accept, description(TICKS_0 + 200 * 8000, BEDSIDE_MS + 200_000));
    const late = hear(202, result(202, [cuff([140, 90, 107], 160)]));
    expect(observationsOf(late)[0]).toMatchObject({ value: 140, ageAtReceiptMs: 42_000 });
  });

  it('waits for the bedside clock; without one it is doubted when the recording ends', () => {
    const driver = newDriver();
    driver.start(at(0));
    expect(told(driver.receive(wire(result(1, [cuff([120, 80, 93], -30)])), at(1)))).toEqual([]);
    expect(told(driver.end(at(2)))).toEqual(READING.map((line) => `${line}?`));
  });

  it('without a time stamp is new when the measurement ends or the values change, never at first sight', () => {
    const { hear } = connected();
    expect(told(hear(1, result(1, [cuff([110, 70, 83], null)])))).toEqual([]);
    expect(told(hear(2, result(2, [cuff([110, 70, 83], null, ONGOING)])))).toEqual(NULLS('ongoing'));
    expect(told(hear(30, result(30, [cuff([110, 70, 83], null)])))[0]).toBe('PRESS_BLD_NONINV_SYS 110');
    expect(told(hear(31, result(31, [cuff([110, 70, 83], null)])))).toEqual([]);
    expect(told(hear(90, result(90, [cuff([120, 80, 93], null)])))).toEqual(READING);
  });
});

describe('a cuff measurement', () => {
  it('is ongoing once, then gives its reading', () => {
    const { hear } = connected();
    hear(1, result(1, [cuff([110, 70, 83], -30)]));
    expect(told(hear(2, result(2, [cuff([110, 70, 83], -30, ONGOING)])))).toEqual(NULLS('ongoing'));
    expect(told(hear(3, result(3, [cuff([110, 70, 83], -30, ONGOING)])))).toEqual([]);
    expect(told(hear(30, result(30, [cuff([120, 80, 93], 30)])))).toEqual(READING);
    expect(told(hear(34, result(34, [cuff([120, 80, 93], 30)])))).toEqual([]);
  });

  it('that fails is invalid once, with a cuff fault until the next reading', () => {
    const { hear } = connected();
    hear(1, result(1, [cuff([110, 70, 83], -30)]));
    hear(2, result(2, [cuff([110, 70, 83], -30, ONGOING)]));
    const outputs = [30, 31, 32, 33, 34, 35, 36].flatMap((second) =>
      hear(second, result(second, [cuff(null, 30, 0x8000)])),
    );
    expect(told(outputs)).toEqual(NULLS('invalid'));
    expect(conditionsOf(outputs)).toEqual(['+cuff-fault NIBP measurement ended without a reading']);
    const next = hear(90, result(90, [cuff([120, 80, 93], 89)]));
    expect(told(next)).toEqual(READING);
    expect(conditionsOf(next)).toEqual(['-cuff-fault NIBP measurement ended without a reading']);
  });

  it('that ends while the old values stand is unavailable, no fault: it may have been cancelled', () => {
    const { hear } = connected();
    hear(1, result(1, [cuff([110, 70, 83], -30)]));
    hear(2, result(2, [cuff([110, 70, 83], -30, ONGOING)]));
    const outputs = [10, 11, 12, 13, 14, 15].flatMap((second) =>
      hear(second, result(second, [cuff([110, 70, 83], -30)])),
    );
    expect(told(outputs)).toEqual(NULLS('unavailable'));
    expect(conditionsOf(outputs)).toEqual([]);
  });

  it('that ages away on the monitor takes nothing back', () => {
    const { hear } = connected();
    hear(1, result(1, [cuff([120, 80, 93], -30)]));
    expect(told(hear(2000, result(2000, [cuff(null, -30, 0x2000)])))).toEqual([]);
  });

  it('in kPa is told in mmHg, in another unit not at all', () => {
    const values = (unit: number, numbers: readonly number[]) => ({
      handle: 0x8272,
      attributes: [
        attributeWith.bytes(ATTRIBUTE.absoluteTimeStamp, buildAbsoluteTime(BEDSIDE_MS)),
        attributeWith.compound(
          numbers.map((bits, index) => ({ physioId: 0x4a05 + index, state: 0, unit, bits })),
        ),
      ],
    });
    // 16.0, 10.7, 12.4 kPa.
    const kilopascal = [0xff0000a0, 0xff00006b, 0xff00007c];
    const pressures = observationsOf(connected().hear(1, result(1, [values(0x0f03, kilopascal)])));
    expect(pressures.map(({ value }) => Math.round(value ?? 0))).toEqual([120, 80, 93]);
    const foreign = connected().hear(1, result(1, [values(0x0f00, kilopascal)]));
    expect(observationsOf(foreign).filter(({ value }) => value !== null)).toEqual([]);
  });
});
