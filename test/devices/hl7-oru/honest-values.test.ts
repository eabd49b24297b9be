/** What a cuff reading or a spot temperature from a gateway must not be: surer or younger than it looks, or another patient's. */
import { describe, expect, it } from 'vitest';
import { at, conditionsIn } from '../drive.ts';
import { cuff, feed, messageOf, newDriver, spo2, toldWithAge } from './support.ts';

const DAY = '2026-01-01T';
const of = (metric: string, outputs: Parameters<typeof toldWithAge>[0]): readonly string[] =>
  toldWithAge(outputs)
    .filter((line) => line.startsWith(metric))
    .map((line) => line.replace(`${metric} `, ''));
const bp = (outputs: Parameters<typeof toldWithAge>[0]) => of('MDC_PRESS_BLD_NONINV_SYS', outputs);
const MINUTE = 60_000;

describe('a cuff reading without a time of its own', () => {
  it('that stands there when the monitor connects is doubted: nobody knows how old it is', () => {
    const [first = []] = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', rows: [spo2(97), ...cuff([121, 75])] })],
    ]);
    expect(bp(first)).toEqual([`121 questionable ${DAY}12:00:00.000Z ${15 * MINUTE}`]);
  });

  it('is not told again after a reconnect, and one that came meanwhile may be as old as the gap', () => {
    const driver = newDriver();
    feed(driver, [[0, messageOf({ time: '120000', id: '1', rows: [spo2(97), ...cuff([121, 75])] })]]);
    driver.start(at(10 * MINUTE));
    const again = feed(driver, [
      [10 * MINUTE, messageOf({ time: '121000', id: '2', rows: [spo2(97), ...cuff([121, 75])] })],
    ]);
    expect(again.map(bp)).toEqual([[]]);
    driver.start(at(20 * MINUTE));
    const later = feed(driver, [
      [20 * MINUTE, messageOf({ time: '122000', id: '3', rows: [spo2(97), ...cuff([140, 80])] })],
    ]);
    expect(later.map(bp)).toEqual([[`140 valid ${DAY}12:20:00.000Z ${10 * MINUTE}`]]);
  });

  it('is doubted when another monitor connects', () => {
    const driver = newDriver();
    feed(driver, [
      [0, messageOf({ time: '120000', id: '1', sender: 'A', rows: [spo2(97), ...cuff([121, 75])] })],
    ]);
    driver.start(at(MINUTE));
    const other = feed(driver, [
      [MINUTE, messageOf({ time: '120100', id: '2', sender: 'B', rows: [spo2(97), ...cuff([150, 90])] })],
    ]);
    expect(other.map(bp)).toEqual([[`150 questionable ${DAY}12:01:00.000Z ${15 * MINUTE}`]]);
  });
});

describe('the last patient’s cuff reading', () => {
  it.each([
    ['a time of its own', '115810'],
    ['none', ''],
  ])('with %s is not told as the next one’s', (_, time) => {
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', patient: 'A', rows: [spo2(97), ...cuff([121, 75], time)] })],
      [
        2000,
        messageOf({ time: '120002', id: '2', patient: 'B', rows: [spo2(97), ...cuff([121, 75], time)] }),
      ],
      [
        4000,
        messageOf({ time: '120004', id: '3', patient: 'B', rows: [spo2(97), ...cuff([121, 75], time)] }),
      ],
    ]);
    expect(said.map((outputs) => bp(outputs).length)).toEqual([1, 0, 0]);
  });
});

describe('a spot temperature without a time of its own', () => {
  const spot = (value: number): string =>
    `OBX|3|NM|150364^MDC_TEMP_BODY^MDC|1.2.1|${value}|268192^MDC_DIM_DEGC^MDC|||||R||||||^APERIODIC`;
  const temperature = (outputs: Parameters<typeof toldWithAge>[0]) => of('MDC_TEMP_BODY', outputs);

  it('that stands there at first is doubted; a new one is as old as the message before; none is told twice', () => {
    const driver = newDriver();
    const said = feed(driver, [
      [0, messageOf({ time: '120000', id: '1', rows: [spo2(97), spot(36.6)] })],
      [2000, messageOf({ time: '120002', id: '2', rows: [spo2(97), spot(36.6)] })],
      [4000, messageOf({ time: '120004', id: '3', rows: [spo2(97), spot(38.1)] })],
    ]);
    expect(said.map(temperature)).toEqual([
      [`36.6 questionable ${DAY}12:00:00.000Z ${15 * MINUTE}`],
      [],
      [`38.1 valid ${DAY}12:00:04.000Z 2000`],
    ]);
    driver.start(at(MINUTE));
    const again = feed(driver, [
      [MINUTE, messageOf({ time: '120100', id: '4', rows: [spo2(97), spot(38.1)] })],
    ]);
    expect(again.map(temperature)).toEqual([[]]);
  });
});

describe('what the monitor finds beyond its limits', () => {
  it('does not stand for ever when it no longer sends the number', () => {
    const low = spo2(85).replace('|||||R', '||L|||R');
    const rest = 'OBX|4|NM|147842^MDC_ECG_HEART_RATE^MDC|1.1|70|264864^MDC_DIM_BEAT_PER_MIN^MDC|||||R';
    const time = (second: number) => `1200${String(second).padStart(2, '0')}`;
    const said = feed(newDriver(), [
      [0, messageOf({ time: time(0), id: '1', rows: [low, rest] })],
      ...[10, 20, 30, 40].map(
        (second) =>
          [second * 1000, messageOf({ time: time(second), id: `${second}`, rows: [rest] })] as const,
      ),
    ]);
    expect(said.map(conditionsIn)).toEqual([['+monitor-alarm'], [], [], ['-monitor-alarm'], []]);
  });

  it('goes with the number when it is no longer known whose it is', () => {
    const low = spo2(85).replace('|||||R', '||L|||R');
    const said = feed(newDriver(), [
      [0, messageOf({ time: '120000', id: '1', bed: 'ICU^^4', rows: [low] })],
      [1000, messageOf({ time: '120001', id: '2', bed: 'ICU^^5', rows: [spo2(97)] })],
    ]);
    expect(said.map(conditionsIn)).toEqual([['+monitor-alarm'], ['+device-fault', '-monitor-alarm']]);
  });
});
