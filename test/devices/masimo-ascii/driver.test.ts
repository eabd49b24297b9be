import { describe, expect, it } from 'vitest';
import { findProfile } from '../../../devices/index.ts';
import { createMasimoDriver } from '../../../devices/masimo-ascii/driver.ts';
import lines from '../../fixtures/masimo-ascii/lines.json' with { type: 'json' };
import { at, bytesOf, conditionsIn, drive, observationsIn, rejectsIn, told } from '../drive.ts';

const METRICS = ['MDC_PULS_OXIM_SAT_O2', 'MDC_PULS_OXIM_PULS_RATE', 'MDC_BLD_PERF_INDEX'];
const run = (...text: readonly string[]) =>
  drive(createMasimoDriver(), bytesOf(text.map((line) => `${line}\r\n\r\n`).join('')));
/** A Rad-8's line at 22:47:SS. */
const line = (second: number, spo2: string, bpm: string, exc = '000800', alarm = '0000'): string =>
  `02/22/16 22:47:${String(second).padStart(2, '0')} SN=0000056661 SPO2=${spo2}% BPM=${bpm} PI=03.60% ` +
  `SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=${alarm} EXC=${exc}`;

describe('the driver of a Masimo oximeter', () => {
  it.each(lines)('tells $name', ({ text, expect: expected }) => {
    const outputs = run(text);
    const { time, values, conditions, model, serial } = expected;
    expect(observationsIn(outputs).map(told)).toEqual(
      values.map((value, index) => `${METRICS[index]} ${value} ${time}`),
    );
    expect(conditionsIn(outputs)).toEqual(conditions);
    expect(outputs).toContainEqual({ type: 'identity', identity: { model, serial, software: null } });
    expect(rejectsIn(outputs)).toEqual([]);
  });

  it.each([
    ['no sensor', '000801', 'unavailable', 'sensor-disconnected'],
    ['defective sensor', '000802', 'invalid', 'sensor-faulty'],
    ['pulse search', '000808', 'unavailable', 'pulse-search'],
    ['sensor off patient', '000820', 'unavailable', 'sensor-off'],
    ['unrecognised sensor', '000880', 'invalid', 'sensor-faulty'],
  ])('shows no number with %s, even where one stands', (_name, exc, validity, condition) => {
    const outputs = run(line(1, '098', '097', exc), line(2, '098', '097', exc));
    expect(observationsIn(outputs).map((one) => [one.value, one.validity])).toEqual(
      Array(6).fill([null, validity]),
    );
    expect(conditionsIn(outputs)).toEqual([`+${condition}`]);
  });

  it.each([
    ['low perfusion', '000804', ['+low-perfusion']],
    ['interference', '000810', ['+signal-questionable']],
    ['ambient light', '000840', ['+signal-questionable']],
    ['low signal IQ', '000C00', ['+signal-questionable']],
    ['no running measurement', '000000', []],
  ])('doubts the numbers with %s', (_name, exc, conditions) => {
    const outputs = run(line(1, '098', '097', exc));
    expect(observationsIn(outputs).map((one) => one.validity)).toEqual(Array(3).fill('questionable'));
    expect(conditionsIn(outputs)).toEqual(conditions);
  });

  it('reports a condition when it comes and when it goes, not while it lasts', () => {
    const exceptions = ['000800', '000C00', '000C00', '000C10', '000800'];
    const outputs = run(...exceptions.map((exc, index) => line(index, '098', '097', exc)));
    const texts = outputs.flatMap((output) =>
      output.type === 'condition' ? [`${output.condition.present} ${output.condition.text}`] : [],
    );
    expect(texts).toEqual([
      'true low signal IQ',
      'true interference, low signal IQ',
      'false interference, low signal IQ',
    ]);
  });

  it('does not believe a sensor state that contradicts the numbers until it is repeated', () => {
    const outputs = run(
      line(1, '098', '097'),
      line(2, '098', '097'),
      line(3, '098', '097', '000801'),
      line(4, '098', '097'),
    );
    expect(observationsIn(outputs).every(({ value }) => value !== null)).toBe(true);
    expect(rejectsIn(outputs)).toMatchObject([{ reason: 'range' }]);
  });

  it('reports a probe that came off with the line that says so', () => {
    const driver = createMasimoDriver();
    driver.start(at(0));
    for (const second of [1, 2])
      driver.receive(bytesOf(`${line(second, '098', '097')}\r\n`), at(second * 1000));
    const off = observationsIn(driver.receive(bytesOf(`${line(3, '---', '---', '000820')}\r\n`), at(3000)));
    expect(off.slice(0, 2).map((one) => [one.metric, one.value, one.receivedAt])).toEqual([
      [METRICS[0], null, at(3000)],
      [METRICS[1], null, at(3000)],
    ]);
  });

  it('reports a fall that the oximeter alarms on with the line that brings it', () => {
    const driver = createMasimoDriver();
    driver.start(at(0));
    for (const second of [1, 2])
      driver.receive(bytesOf(`${line(second, '098', '097')}\r\n`), at(second * 1000));
    const fall = observationsIn(
      driver.receive(bytesOf(`${line(3, '084', '097', '000800', '0012')}\r\n`), at(3000)),
    );
    expect(fall[0]).toMatchObject({ value: 84, receivedAt: at(3000) });
  });

  it('refuses a number that comes for one line only', () => {
    const outputs = run(...['098', '098', '018', '098'].map((spo2, index) => line(index, spo2, '097')));
    const saturations = observationsIn(outputs).filter(({ metric }) => metric === METRICS[0]);
    expect(saturations.map(({ value }) => value)).toEqual([98, 98, 98]);
    expect(rejectsIn(outputs)).toMatchObject([{ reason: 'range' }]);
  });

  it('forgets half a line when the link starts again', () => {
    const driver = createMasimoDriver();
    driver.start(at(0));
    driver.receive(bytesOf(line(1, '098', '097').slice(0, 50)), at(0));
    driver.start(at(60_000));
    const text = `${line(1, '098', '097').slice(50)}\r\n${line(2, '097', '097')}\r\n`;
    const outputs = [...driver.receive(bytesOf(text), at(61_000)), ...driver.end(at(61_000))];
    expect(rejectsIn(outputs)).toMatchObject([{ reason: 'noise' }]);
    expect(observationsIn(outputs).map(({ value }) => value)).toEqual([97, 97, 3.6]);
  });

  it('is registered with the line settings of ASCII 1 and never sends', () => {
    expect(findProfile('masimo-ascii')).toMatchObject({
      serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1, flowControl: 'none' },
      metrics: METRICS,
      canStartNibp: false,
    });
    const driver = createMasimoDriver();
    expect([...driver.start(at(0)), ...driver.tick(at(60_000))]).toEqual([]);
  });

  it('tells how old a line is that was held back on its way', () => {
    const driver = createMasimoDriver();
    driver.start(at(0));
    const ages = (second: number, ms: number) =>
      observationsIn(driver.receive(bytesOf(`${line(second, '098', '097')}\r\n`), at(ms))).map(
        ({ ageAtReceiptMs }) => Math.round(ageAtReceiptMs / 1000),
      );
    ages(1, 1000);
    expect(ages(2, 2000)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(ages(3, 23_000)).toEqual([20, 20, 20]);
    expect(ages(4, 23_010)).toEqual([19, 19, 19]);
    for (let second = 5; second < 23; second += 1) ages(second, 23_020);
    expect(ages(23, 23_100)).toEqual([0, 0, 0]);
  });

  it('takes an alarm of the oximeter back when another one of the same number takes its place', () => {
    const outputs = run(line(1, '098', '097', '000800', '0012'), line(2, '098', '097', '000800', '0011'));
    const texts = outputs.flatMap((output) =>
      output.type === 'condition' ? [`${output.condition.present} ${output.condition.text}`] : [],
    );
    expect(texts).toEqual(['true SpO2 low', 'true alarm active', 'false SpO2 low', 'true SpO2 high']);
  });
});
