/** What an S/5 number or alarm must not be: older than it looks, or standing because one frame was lost. */
import { describe, expect, it } from 'vitest';
import type { DriverOutput } from '../../../devices/device.ts';
import { alarmRequest, type DriMessage, driCodec } from '../../../devices/ge-s5-dri/codec.ts';
import { at, ecg, newDriver, observationsOf, RECORD_TIME_S, record, wire } from './support.ts';

const alarmsAsked = (outputs: readonly DriverOutput[]): number =>
  outputs.filter((output) => output.type === 'request' && Buffer.compare(output.bytes, alarmRequest()) === 0)
    .length;
const hr = (second: number) => wire(record(ecg(80), { number: second, timeS: RECORD_TIME_S + second }));
const noAlarm: DriMessage = {
  kind: 'alarm',
  header: { recordNumber: 0, level: 10, plugId: 0, timeS: RECORD_TIME_S, reserved: 0 },
  status: {
    isSoundOn: true,
    silence: 0,
    lines: Array.from({ length: 5 }, () => ({
      text: '',
      isTextNew: false,
      colour: 'none' as const,
      isColourNew: false,
    })),
  },
};

describe('a number of the S/5', () => {
  it('that the line held back is as old as the monitor’s clock says', () => {
    const driver = newDriver();
    driver.start(at(0));
    const ages = (second: number, seconds: number) =>
      observationsOf(driver.receive(hr(second), at(seconds))).map(({ ageAtReceiptMs }) =>
        Math.round(ageAtReceiptMs / 1000),
      );
    expect(ages(1, 1)).toEqual([0, 0]);
    expect(ages(2, 2)).toEqual([0, 0]);
    // CTS was blocked for 30 s; then everything comes at once.
    expect(ages(3, 33)).toEqual([30, 30]);
    expect(ages(4, 33.1)).toEqual([29, 29]);
    for (let second = 5; second < 33; second += 1) ages(second, 33.2);
    expect(ages(33, 33.4)).toEqual([0, 0]);
  });

  it('is not called old for ever because the monitor’s clock was set back by a little', () => {
    const driver = newDriver();
    driver.start(at(0));
    const ages: number[] = [];
    let number = 0;
    for (let second = 0; second < 200; second += 5) {
      number += 1;
      const timeS = RECORD_TIME_S + second - (second >= 30 ? 8 : 0);
      const outputs = driver.receive(wire(record(ecg(80), { number, timeS })), at(second));
      ages.push(...observationsOf(outputs).map(({ ageAtReceiptMs }) => ageAtReceiptMs));
    }
    expect(Math.max(...ages)).toBeLessThanOrEqual(8000);
    expect(ages.slice(-10)).toEqual(new Array(10).fill(0));
  });

  it('that was taken some seconds before its record was sent is as much older', () => {
    const driver = newDriver();
    driver.start(at(0));
    const plain = record(ecg(80));
    const older = { ...plain, header: { ...plain.header, timeS: plain.header.timeS + 4 } };
    expect(
      observationsOf(driver.receive(wire(older), at(1))).map(({ ageAtReceiptMs }) => ageAtReceiptMs),
    ).toEqual([4000, 4000]);
  });
});

describe('the alarms of the S/5', () => {
  it('are asked for again when the request was not answered, and when a frame was lost that may have been one', () => {
    const driver = newDriver({ waves: false });
    driver.start(at(0));
    let number = 0;
    const values = (second: number) => {
      number += 1;
      const bytes = wire(record(ecg(80), { number, timeS: RECORD_TIME_S + second }));
      return alarmsAsked(driver.receive(bytes, at(second)));
    };
    expect(values(1)).toBe(1);
    expect(values(5)).toBe(0);
    expect(values(11)).toBe(1);
    driver.receive(driCodec.encode(noAlarm), at(12));
    expect(values(21)).toBe(0);
    const damaged = driCodec.encode(noAlarm);
    damaged[60] = (damaged[60] ?? 0) ^ 1;
    driver.receive(damaged, at(22));
    expect(values(23)).toBe(1);
    driver.receive(driCodec.encode(noAlarm), at(24));
    expect(values(30)).toBe(0);
    expect(values(60)).toBe(1);
  });
});

describe('what the S/5 finds about one sensor', () => {
  it('is one condition: when one of two findings goes, the other still stands', () => {
    const driver = newDriver({ waves: false, alarms: false });
    driver.start(at(0));
    const said = [0x4b | 0x80 | 0x100, 0x4b | 0x80, 0x4b].map((status, index) =>
      driver
        .receive(
          wire(record(ecg(80, { status }), { number: index + 1, timeS: RECORD_TIME_S + 5 * index })),
          at(5 * index),
        )
        .flatMap((output) =>
          output.type === 'condition' ? [`${output.condition.present} ${output.condition.text}`] : [],
        ),
    );
    expect(said).toEqual([
      ['true ECG noise, ECG artifact'],
      ['false ECG noise, ECG artifact', 'true ECG noise'],
      ['false ECG noise'],
    ]);
  });
});
