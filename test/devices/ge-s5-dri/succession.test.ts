import { describe, expect, it } from 'vitest';
import type { PhysiologicalRecord } from '../../../devices/ge-s5-dri/codec.ts';
import { at, ecg, newDriver, observationsOf, RECORD_TIME_S, record, refusalsOf, wire } from './support.ts';

/** Feeds records one by one, one second apart; after each, the heart rates told and the refusals. */
const feed = (...records: readonly (PhysiologicalRecord | 'noise')[]) => {
  const driver = newDriver();
  driver.start(at(0));
  return records.map((one, index) => {
    const bytes = one === 'noise' ? Uint8Array.of(0x7e, 1, 2, 3, 0x7e) : wire(one);
    const outputs = driver.receive(bytes, at(index + 1));
    const rates = observationsOf(outputs).filter(({ metric }) => metric === 'MDC_ECG_HEART_RATE');
    return [...rates.map(({ value }) => value), ...(one === 'noise' ? [] : refusalsOf(outputs))];
  });
};

const plain = (hr: number, number: number, timeS = RECORD_TIME_S + number): PhysiologicalRecord =>
  record(ecg(hr), { number, timeS });

describe('S/5: one record after the other', () => {
  it('a step of the clock that one record shows and the next does not is refused', () => {
    expect(feed(plain(80, 1), plain(81, 2, RECORD_TIME_S + 7200), plain(82, 3))).toEqual([
      [80],
      [],
      [82, 'range'],
    ]);
  });

  it.each([
    ['forward', 7200],
    ['backward', -7200],
  ])('a monitor clock that was set %s is believed with the second record, and nothing is lost', (_, step) => {
    const later = (number: number) => RECORD_TIME_S + step + number;
    expect(
      feed(plain(80, 1), plain(81, 2, later(2)), plain(82, 3, later(3)), plain(83, 4, later(4))),
    ).toEqual([[80], [], [81, 82], [83]]);
  });

  it('a gap of a minute, and any gap that passed here as well, needs no confirmation', () => {
    expect(feed(plain(80, 1, RECORD_TIME_S), plain(81, 2, RECORD_TIME_S + 60))).toEqual([[80], [81]]);
    const driver = newDriver();
    driver.start(at(0));
    driver.receive(wire(plain(80, 1, RECORD_TIME_S)), at(0));
    const outputs = driver.receive(wire(plain(81, 2, RECORD_TIME_S + 600)), at(600));
    expect(observationsOf(outputs)).toHaveLength(2);
  });

  it('the record number may skip what was refused, and wraps', () => {
    expect(feed(plain(80, 255), 'noise', plain(81, 1, RECORD_TIME_S + 257))).toEqual([[80], [], [81]]);
    expect(feed(plain(80, 1), plain(81, 7))).toEqual([[80], []]);
    expect(feed(plain(80, 1), plain(81, 7), plain(82, 8))).toEqual([[80], [], [81, 82]]);
    expect(feed(plain(80, 5), plain(81, 5, RECORD_TIME_S + 6), plain(82, 6))).toEqual([
      [80],
      [],
      [82, 'range'],
    ]);
  });

  const header = (
    one: PhysiologicalRecord,
    patch: Partial<PhysiologicalRecord['header']>,
  ): PhysiologicalRecord => ({
    ...one,
    header: { ...one.header, ...patch },
  });
  const odd: readonly (readonly [string, (one: PhysiologicalRecord) => PhysiologicalRecord])[] = [
    ['a reserved byte of the header', (one) => header(one, { reserved: 4 })],
    ['another plug id', (one) => header(one, { plugId: 77 })],
    ['another level', (one) => header(one, { level: 11 })],
    ['a marker', (one) => patchSubrecord(one, { marker: 1 })],
    ['a reserved byte of the subrecord', (one) => patchSubrecord(one, { reserved: 1 })],
    ['another class word', (one) => patchSubrecord(one, { classWordRest: 0xa3 })],
    ['data from another time', (one) => patchSubrecord(one, { timeS: one.header.timeS - 100 })],
  ];
  const patchSubrecord = (
    one: PhysiologicalRecord,
    patch: { marker?: number; reserved?: number; classWordRest?: number; timeS?: number },
  ): PhysiologicalRecord => ({
    ...one,
    subrecords: one.subrecords.map((sub) => (sub.type === 4 ? sub : { ...sub, ...patch })),
  });

  it.each(odd)("%s in one record is refused, in two it is the monitor's way", (_, strange) => {
    expect(feed(plain(80, 1), strange(plain(81, 2)), plain(82, 3))).toEqual([[80], [], [82, 'range']]);
    expect(feed(plain(80, 1), strange(plain(81, 2)), strange(plain(82, 3)))).toEqual([[80], [], [81, 82]]);
  });

  it('labels, leftovers of unused groups and unused status bits are held to the same', () => {
    const basic = record({}).subrecords[0];
    if (basic === undefined || basic.type === 4 || basic.class !== 0) throw new Error('no basic class');
    const { o2, p1, spo2 } = basic.basic;
    for (const groups of [
      { spo2: { ...spo2, label: 9 } },
      { p1: { ...p1, values: { ...p1.values, mean: 9300 } } },
      { o2: { ...o2, status: 0x10000 } },
      { o2: { ...o2, values: { ...o2.values, endTidal: 20_000 } } },
    ]) {
      const strange = (hr: number, number: number) =>
        record({ ...ecg(hr), ...groups }, { number, timeS: RECORD_TIME_S + number });
      expect(feed(plain(80, 1), strange(81, 2), plain(82, 3))).toEqual([[80], [], [82, 'range']]);
      expect(feed(plain(80, 1), strange(81, 2), strange(82, 3)).flat()).toHaveLength(3);
    }
  });

  it('a sensor that goes on or off, and values that jump, are believed at once', () => {
    const off = record(ecg(-32767, { status: 0x4b | (1 << 11), impedanceRr: -32767 }), {
      number: 2,
      timeS: RECORD_TIME_S + 2,
    });
    expect(feed(plain(80, 1), off, plain(190, 3))).toEqual([[80], [null], [190]]);
  });

  it('on a line that has just refused frames, a jump waits for the record that confirms it', () => {
    const noisy = [plain(80, 1), 'noise', plain(85, 2)] as const;
    expect(feed(...noisy, plain(140, 3), plain(142, 4))).toEqual([[80], [], [85], [], [140, 142]]);
    expect(feed(...noisy, plain(140, 3), plain(86, 4))).toEqual([[80], [], [85], [], [86, 'range']]);
  });

  it('two different heart rates of the ECG in one record wait only on such a line', () => {
    const twofold = (number: number) =>
      record(
        { ...ecg(80), ecgExtra: { hr: 84, hrMax: 84, hrMin: 84 } },
        { number, timeS: RECORD_TIME_S + number },
      );
    expect(feed(plain(80, 1), twofold(2), plain(80, 3))).toEqual([[80], [84], [80]]);
    expect(feed(plain(80, 1), 'noise', twofold(2), plain(80, 3))).toEqual([[80], [], [], [80, 'range']]);
  });

  it('after ten good records the line is clean again, and a jump is believed at once', () => {
    const quiet = Array.from({ length: 10 }, (_, index) => plain(80, index + 2));
    expect(feed(plain(80, 1), 'noise', ...quiet, plain(140, 12)).at(-1)).toEqual([140]);
    expect(feed(plain(80, 1), 'noise', ...quiet.slice(0, 9), plain(140, 11)).at(-1)).toEqual([]);
  });

  it('a monitor whose leftovers never rest is learned after three records, and then believed at once', () => {
    const restless = (number: number): PhysiologicalRecord => {
      const one = plain(70 + number, number);
      const [sub] = one.subrecords;
      if (sub === undefined || sub.type === 4 || sub.class !== 0) throw new Error('no basic class');
      const p1 = { ...sub.basic.p1, values: { ...sub.basic.p1.values, mean: 1000 * number } };
      return { ...one, subrecords: [{ ...sub, basic: { ...sub.basic, p1 } }] };
    };
    const told = feed(...[1, 2, 3, 4, 5, 6, 7].map(restless));
    expect(told).toEqual([[71], [], ['range'], [74, 'range'], [75], [76], [77]]);
  });

  it('a record that is still held when the line ends is refused', () => {
    const driver = newDriver();
    driver.start(at(0));
    driver.receive(wire(plain(80, 1)), at(1));
    driver.receive(wire(plain(81, 9)), at(2));
    expect(refusalsOf(driver.end(at(3)))).toEqual(['range']);
  });
});
