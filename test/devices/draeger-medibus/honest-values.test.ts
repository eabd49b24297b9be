/** What a MEDIBUS number must not be: older than it looks, put together from pieces, or left standing. */
import { describe, expect, it } from 'vitest';
import type { Driver, DriverOutput } from '../../../devices/device.ts';
import { CODE, medibusCodec } from '../../../devices/draeger-medibus/codec.ts';
import { createMedibusDriver } from '../../../devices/draeger-medibus/driver.ts';
import { writeAlarms } from '../../../devices/draeger-medibus/texts.ts';
import { at, conditionsIn, observationsIn, told } from '../drive.ts';

const answer = (code: number, text = ''): Uint8Array => medibusCodec.encode({ kind: 'answer', code, text });
const values = (text: string): Uint8Array => answer(CODE.measured, text);
const GONE = '';

/** Open at 0, and the first question for values asked at 20. */
const opened = (): Driver => {
  const driver = createMedibusDriver();
  driver.start(at(0));
  driver.receive(answer(CODE.init), at(10));
  driver.receive(answer(CODE.identity, "8250'Evita 4'01.10:04.03"), at(20));
  return driver;
};
const asks = (outputs: readonly DriverOutput[]): readonly number[] =>
  outputs.flatMap((output) => (output.type === 'request' ? [output.bytes[1] ?? 0] : []));

describe('a MEDIBUS number', () => {
  it('is as old as its answer was long under way, also when it was asked for twice', () => {
    const ages = (outputs: readonly DriverOutput[]) =>
      observationsIn(outputs).map(({ ageAtReceiptMs }) => ageAtReceiptMs);
    expect(ages(opened().receive(values('EB 98 '), at(400)))).toEqual([0]);
    expect(ages(opened().receive(values('EB 98 '), at(1820)))).toEqual([1800]);
    const driver = opened();
    expect(asks(driver.tick(at(2020)))).toEqual([CODE.measured]);
    // Nobody knows which of the two questions it answers.
    expect(ages(driver.receive(values('EB 98 '), at(2120)))).toEqual([2100]);
  });

  it.each([
    ['EB9 8 ', 'MDC_PULS_OXIM_SAT_O2 null invalid -'],
    ['D61 4 ', 'MDC_RESP_RATE null invalid -'],
    ['D6- 14', 'MDC_RESP_RATE null invalid -'],
    ['EB  98', 'MDC_PULS_OXIM_SAT_O2 98 valid -'],
    ['EB98  ', 'MDC_PULS_OXIM_SAT_O2 98 valid -'],
  ])('is not put together from digits with a gap between them: "%s"', (text, expected) => {
    expect(observationsIn(opened().receive(values(text), at(100))).map(told)).toEqual([expected]);
  });

  it('goes when the machine stops sending its code, as it does when a module is pulled', () => {
    const driver = opened();
    driver.receive(values('EB 98 D6 14 '), at(100));
    driver.receive(answer(CODE.alarms, GONE), at(200));
    driver.tick(at(1100));
    expect(observationsIn(driver.receive(values('D6 14 '), at(1200))).map(told)).toEqual([
      'MDC_PULS_OXIM_SAT_O2 null unavailable -',
      'MDC_RESP_RATE 14 valid -',
    ]);
  });
});

describe('what a MEDIBUS machine says of its alarms', () => {
  it('does not stand when its list can no longer be read while values go on', () => {
    const driver = opened();
    driver.receive(values('EB 98 '), at(100));
    const list = answer(CODE.alarms, writeAlarms([{ priority: '7', code: 0x1f, text: 'APNEA' }]));
    expect(conditionsIn(driver.receive(list, at(200)))).toEqual(['+monitor-alarm']);
    const broken = Uint8Array.from(list, (byte, index) => (index === 6 ? byte ^ 1 : byte));
    const said: DriverOutput[] = [];
    for (let ms = 300; ms <= 20_000; ms += 100) {
      const ticked = driver.tick(at(ms));
      said.push(...ticked);
      for (const code of asks(ticked))
        said.push(...driver.receive(code === CODE.measured ? values('EB 98 ') : broken, at(ms + 50)));
    }
    expect(conditionsIn(said)).toEqual(['-monitor-alarm']);
    expect(said).toContainEqual({
      type: 'unmapped',
      id: "the machine's alarms",
      value: 'not read since 10 s',
    });
  });
});

it('a machine that does not know who it is gives its values all the same', () => {
  const driver = createMedibusDriver();
  driver.start(at(0));
  expect(asks(driver.receive(answer(CODE.init), at(10)))).toEqual([CODE.identity]);
  expect(asks(driver.receive(answer(CODE.notUnderstood), at(20)))).toEqual([CODE.measured]);
});

describe.each([
  ['who it is', CODE.identity],
  ['its alarms', CODE.alarms],
])('a MEDIBUS machine that never says %s', (_, silentAbout) => {
  it('gives its values all the same, as one does that refuses to say', () => {
    const driver = createMedibusDriver();
    driver.start(at(0));
    const asked: number[] = [];
    const numbers: (number | null)[] = [];
    const serve = (outputs: readonly DriverOutput[], ms: number): void => {
      numbers.push(...observationsIn(outputs).map(({ value }) => value));
      for (const code of asks(outputs)) {
        asked.push(code);
        const text =
          code === CODE.measured ? 'EB 98 ' : code === CODE.identity ? "8250'Evita 4'01.10:04.03" : '';
        if (code !== silentAbout) serve(driver.receive(answer(code, text), at(ms + 50)), ms + 50);
      }
    };
    serve(driver.receive(answer(CODE.init), at(10)), 10);
    for (let ms = 250; ms <= 40_000; ms += 250) serve(driver.tick(at(ms)), ms);
    expect(asked).not.toContain(CODE.init);
    expect(numbers.length).toBeGreaterThan(25);
    expect(new Set(numbers)).toEqual(new Set([98]));
  });
});
