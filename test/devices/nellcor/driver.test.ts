import { describe, expect, it } from 'vitest';
import { findProfile } from '../../../devices/index.ts';
import { createNellcorDriver } from '../../../devices/nellcor/driver.ts';
import lines from '../../fixtures/nellcor/lines.json' with { type: 'json' };
import { at, bytesOf, conditionsIn, drive, observationsIn, rejectsIn, told } from '../drive.ts';

const run = (...text: readonly string[]) =>
  drive(createNellcorDriver(), bytesOf(text.map((line) => `${line}\r\n`).join('')));
const HEADER = 'N-560    VERSION 1.56.00    CRC:XXXX  SpO2 Limit: 90-100%    PR Limit: 60-170BPM';
/** A line at 07:20:SS; `spo2` may carry a star, the codes stand in the first two status columns. */
const line = (second: number, spo2: string, pulse: string, signal = '', limit = ''): string => {
  const [digits, star] = spo2.endsWith('*') ? [spo2.slice(0, -1), '*'] : [spo2, ' '];
  const clock = `29-Dec-17 07:20:${String(second).padStart(2, '0')}`;
  const numbers = `${clock}${digits.padStart(6)}${star}${pulse.padStart(7)}${'12'.padStart(8)}`;
  return `${numbers}    ${signal.padEnd(3)}${limit}`.padEnd(61);
};

describe('the driver of a Nellcor oximeter', () => {
  it.each(lines)('tells $name', ({ text, expect: expected }) => {
    const outputs = run(text);
    const { time, spo2, pulseRate, validity, conditions } = expected;
    expect(observationsIn(outputs).map(told)).toEqual([
      `MDC_PULS_OXIM_SAT_O2 ${spo2} ${validity} ${time}`,
      `MDC_PULS_OXIM_PULS_RATE ${pulseRate} ${validity} ${time}`,
    ]);
    expect(conditionsIn(outputs)).toEqual(conditions);
    expect(rejectsIn(outputs)).toEqual([]);
  });

  it('tells who speaks and the oximeter’s own limits, once for each change', () => {
    const changed = HEADER.replace('90-100', '85-100');
    const reports = run(HEADER, HEADER, changed).filter(
      ({ type }) => type === 'identity' || type === 'limits',
    );
    const pulse = { metric: 'MDC_PULS_OXIM_PULS_RATE', low: 60, high: 170 };
    expect(reports).toEqual([
      { type: 'identity', identity: { model: 'N-560', serial: null, software: '1.56.00' } },
      { type: 'limits', limits: { metric: 'MDC_PULS_OXIM_SAT_O2', low: 90, high: 100 } },
      { type: 'limits', limits: pulse },
      { type: 'limits', limits: { metric: 'MDC_PULS_OXIM_SAT_O2', low: 85, high: 100 } },
      { type: 'limits', limits: pulse },
    ]);
  });

  it.each([
    ['LP', 'invalid'],
    ['LM', 'invalid'],
    ['SD', 'unavailable'],
    ['SO', 'unavailable'],
    ['PS', 'unavailable'],
  ])('shows no number beside %s, even where one stands: %s', (code, validity) => {
    const values = observationsIn(run(line(1, '97', '66', code), line(3, '97', '66', code)));
    expect(values.map((one) => [one.value, one.validity])).toEqual(Array(4).fill([null, validity]));
  });

  it('doubts a number without a pulse amplitude', () => {
    const values = observationsIn(run('29-Dec-17 07:18:43    99      66     ---                     '));
    expect(values.map((one) => one.validity)).toEqual(['questionable', 'questionable']);
  });

  it('reports a fall below the oximeter’s limit with the line that brings it', () => {
    const driver = createNellcorDriver();
    driver.start(at(0));
    for (const second of [1, 3, 5])
      driver.receive(bytesOf(`${line(second, '97', '66')}\r\n`), at(second * 1000));
    const fall = observationsIn(driver.receive(bytesOf(`${line(7, '84*', '66', '  ', 'SL')}\r\n`), at(7000)));
    expect(fall.map((one) => [one.value, one.receivedAt])).toEqual([
      [84, at(7000)],
      [66, at(7000)],
    ]);
  });

  it('keeps a sudden number until the next line confirms it, with the time at which it came', () => {
    const driver = createNellcorDriver();
    driver.start(at(0));
    const receive = (second: number, spo2: string) =>
      observationsIn(driver.receive(bytesOf(`${line(second, spo2, '66')}\r\n`), at(second * 1000)))
        .filter(({ metric }) => metric === 'MDC_PULS_OXIM_SAT_O2')
        .map((one) => [one.value, one.validity, one.receivedAt]);
    expect(receive(1, '97')).toEqual([]);
    expect(receive(3, '97')).toEqual([
      [97, 'valid', at(1000)],
      [97, 'valid', at(3000)],
    ]);
    expect(receive(5, '91')).toEqual([]);
    expect(receive(7, '91')).toEqual([
      [91, 'valid', at(5000)],
      [91, 'valid', at(7000)],
    ]);
  });

  it('refuses a number that comes for one line only', () => {
    const outputs = run(line(1, '97', '66'), line(3, '97', '66'), line(5, '17', '66'), line(7, '97', '66'));
    expect(observationsIn(outputs).map(({ value }) => value)).toEqual([97, 66, 97, 66, 97, 66]);
    expect(rejectsIn(outputs)).toMatchObject([{ reason: 'range', byteCount: 63 }]);
  });

  it('reads stored trends as refused lines, and live lines again after the next live header', () => {
    const trend = 'NPB-290 VERSION 1.0.0.1 TREND SpO2 Limit: 30-100% PR Limit: 100-180BPM';
    const outputs = run(
      line(1, '97', '66'),
      line(3, '97', '66'),
      trend,
      line(5, '80', '66'),
      HEADER,
      line(5, '96', '66'),
    );
    expect(observationsIn(outputs).map(({ value }) => value)).toEqual([97, 66, 97, 66, 96, 66]);
    expect(rejectsIn(outputs)).toMatchObject([{ reason: 'range', detail: 'stored trend, not live' }]);
  });

  it('forgets half a line when the link starts again', () => {
    const driver = createNellcorDriver();
    driver.start(at(0));
    driver.receive(bytesOf('29-Dec-17 07:20:01    9'), at(0));
    driver.start(at(60_000));
    const outputs = [
      ...driver.receive(
        bytesOf(`7      66      12                     \r\n${line(1, '97', '66')}\r\n`),
        at(61_000),
      ),
      ...driver.end(at(61_000)),
    ];
    expect(rejectsIn(outputs)).toMatchObject([{ reason: 'noise' }]);
    expect(observationsIn(outputs).map(({ value }) => value)).toEqual([97, 66]);
  });

  it('asks a silent oximeter to go on with XON, and only a silent one', () => {
    const driver = createNellcorDriver();
    driver.start(at(0));
    expect(driver.tick(at(5999))).toEqual([]);
    expect(driver.tick(at(6000))).toEqual([
      { type: 'request', bytes: Uint8Array.of(0x11), purpose: 'let the output go on (XON)' },
    ]);
    expect(driver.tick(at(6250))).toEqual([]);
    driver.receive(bytesOf(`${HEADER}\r\n`), at(8000));
    expect(driver.tick(at(13_999))).toEqual([]);
    expect(driver.tick(at(14_000))).toHaveLength(1);
  });

  it('is registered with the line settings of the data port', () => {
    expect(findProfile('nellcor')).toMatchObject({
      serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
      metrics: ['MDC_PULS_OXIM_SAT_O2', 'MDC_PULS_OXIM_PULS_RATE'],
      canStartNibp: false,
    });
  });

  it('tells how old a line is that was held back on its way', () => {
    const driver = createNellcorDriver();
    driver.start(at(0));
    const ages = (second: number, ms: number) =>
      observationsIn(driver.receive(bytesOf(`${line(second, '97', '66')}\r\n`), at(ms))).map(
        ({ ageAtReceiptMs }) => Math.round(ageAtReceiptMs / 1000),
      );
    ages(0, 0);
    expect(ages(2, 2000)).toEqual([0, 0, 0, 0]);
    expect(ages(4, 24_000)).toEqual([20, 20]);
    expect(ages(6, 24_010)).toEqual([18, 18]);
    for (let second = 8; second < 24; second += 2) ages(second, 24_020);
    expect(ages(24, 24_100)).toEqual([0, 0]);
  });
});
