import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WaveBlock } from '../../../core/observation/waveform.ts';
import type { DriverOutput } from '../../../devices/device.ts';
import { blankBasic, driCodec, type WaveSubrecord, waveRequest } from '../../../devices/ge-s5-dri/codec.ts';
import { geS5Dri } from '../../../devices/ge-s5-dri/index.ts';
import { WANTED_WAVES } from '../../../devices/ge-s5-dri/wave-reader.ts';
import requests from '../../fixtures/ge-s5-dri/requests.json' with { type: 'json' };
import {
  at,
  decodeStream,
  hexToBytes,
  newDriver,
  RECORD_TIME_S,
  record,
  refusalsOf,
  wire,
} from './support.ts';

const blocksOf = (outputs: readonly DriverOutput[]): readonly WaveBlock[] =>
  outputs.flatMap((output) => (output.type === 'waveform' ? [output.block] : []));
const requestsIn = (outputs: readonly DriverOutput[]): readonly Uint8Array[] =>
  outputs.flatMap((output) => (output.type === 'request' ? [output.bytes] : []));

const pleth = (samples: readonly number[], status = 2): WaveSubrecord => ({
  type: 8,
  status,
  label: 0,
  samples,
});
const flat = (count: number, raw: number): readonly number[] => Array.from({ length: count }, () => raw);

const waves = (
  recordNumber: number,
  subrecords: readonly WaveSubrecord[],
  { timeS = RECORD_TIME_S, level = 10, plugId = 0, reserved = 0 } = {},
): Uint8Array =>
  driCodec.encode({ kind: 'wave', header: { recordNumber, level, plugId, timeS, reserved }, subrecords });

/** A driver that has believed one record: lead II on channel 1, ambient pressure 759.8 mmHg. */
const begun = (options: Parameters<typeof newDriver>[0] = {}) => {
  const driver = newDriver(options);
  driver.start(at(0));
  const blank = blankBasic();
  const co2 = { ...blank.co2, values: { ...blank.co2.values, ambient: 7598 } };
  const first = driver.receive(
    wire(record({ ecg: { ...blank.ecg, label: 0x1200 }, co2 }, { level: 10 })),
    at(1),
  );
  return { driver, first };
};

describe('S/5 waves', () => {
  it('asks for the ECG, pleth, CO2 and respiration once values come, with bytes of the printed form, within 600 samples/s', () => {
    expect(requestsIn(begun({ alarms: false }).first)).toEqual([waveRequest(WANTED_WAVES)]);
    expect(requestsIn(begun({ alarms: false, waves: false }).first)).toEqual([]);
    const printed = requests.find(({ name }) => name === 'start the ECG1 waveform');
    expect(waveRequest([1])).toEqual(hexToBytes(printed?.hex ?? ''));
    const declared = geS5Dri.transmits.filter(({ matches }) => matches(waveRequest(WANTED_WAVES)));
    expect(declared.map(({ effect }) => effect)).toEqual(['asks']);
  });

  it('asks again when waves stop, and leaves a monitor alone that never sends any', () => {
    const { driver } = begun();
    const asked = (from: number, to: number): number => {
      let count = 0;
      for (let second = from; second < to; second += 1) {
        const timeS = RECORD_TIME_S + second;
        const outputs = driver.receive(wire(record({}, { number: second, timeS })), at(second));
        count += requestsIn(outputs).filter((bytes) => bytes.length > 60).length;
      }
      return count;
    };
    expect(asked(2, 60)).toBe(2);
    expect(asked(60, 120)).toBe(0);
    driver.receive(waves(1, [pleth(flat(40, 0))], { timeS: RECORD_TIME_S + 120 }), at(120));
    expect(asked(121, 126)).toBe(0);
    expect(asked(126, 129)).toBe(1);
  });

  it('gives samples in the units people read, with the lead and the ambient pressure of the displayed values', () => {
    const { driver } = begun();
    const blocks = blocksOf(
      driver.receive(
        waves(0, [
          { type: 1, status: 3, label: 0, samples: flat(120, 1100) },
          pleth(flat(40, 250), 3),
          { type: 9, status: 3, label: 0, samples: flat(10, 500) },
          { type: 15, status: 3, label: 0, samples: flat(10, -80) },
        ]),
        at(2),
      ),
    );
    expect(blocks.map(({ wave, unit, periodMs, samples }) => [wave, unit, periodMs, samples.length])).toEqual(
      [
        ['MDC_ECG_ELEC_POTL_II', 'mV', 1000 / 300, 120],
        ['MDC_PULS_OXIM_PLETH', '1', 10, 40],
        ['MDC_AWAY_CO2', 'mm[Hg]', 40, 10],
        ['MDC_TTHOR_RESP', 'Ohm', 40, 10],
      ],
    );
    const firsts = blocks.map(({ samples: [first] }) => first ?? Number.NaN);
    for (const [index, value] of [1.1, 0.025, 37.99, -0.8].entries()) {
      expect(firsts[index]).toBeCloseTo(value, 6);
    }
    expect(blocks.every(({ isAfterGap, receivedAt }) => isAfterGap && receivedAt.mono === at(2).mono)).toBe(
      true,
    );
  });

  it('shows control codes and a lead that is off as no signal, never as a number', () => {
    const { driver } = begun();
    const [block] = blocksOf(driver.receive(waves(0, [pleth([...flat(38, 10), -32_000, -32_767])]), at(2)));
    expect(block?.samples.slice(37)).toEqual([0.001, null, null]);
    const [off] = blocksOf(
      driver.receive(waves(1, [{ type: 1, status: 0b1010, label: 0, samples: flat(120, 900) }]), at(2.4)),
    );
    expect(off?.samples.every((sample) => sample === null)).toBe(true);
  });

  it('without an ambient pressure there is no CO2 wave: a fraction is no partial pressure', () => {
    const driver = newDriver();
    driver.start(at(0));
    driver.receive(wire(record({})), at(1));
    const outputs = driver.receive(
      waves(0, [{ type: 9, status: 3, label: 0, samples: flat(10, 500) }]),
      at(2),
    );
    expect(blocksOf(outputs)).toEqual([]);
  });

  it('tells the gap where the monitor says so, where a record is missing, and where one came late', () => {
    const { driver } = begun();
    const gap = (number: number, second: number, status = 2): boolean | undefined =>
      blocksOf(driver.receive(waves(number, [pleth(flat(40, 0), status)]), at(second)))[0]?.isAfterGap;
    expect([gap(254, 2), gap(255, 2.4), gap(0, 2.8)]).toEqual([true, false, false]);
    expect(gap(1, 3.2, 3)).toBe(true);
    expect([gap(2, 3.6), gap(4, 4.4), gap(5, 4.8)]).toEqual([false, true, false]);
    expect(gap(6, 8)).toBe(true);
  });

  it.each<[string, Uint8Array]>([
    ['of another plug id', waves(0, [pleth(flat(40, 0))], { plugId: 7 })],
    ['of another level', waves(0, [pleth(flat(40, 0))], { level: 9 })],
    ['of another day', waves(0, [pleth(flat(40, 0))], { timeS: RECORD_TIME_S + 86_400 })],
    ['with reserved bytes', waves(0, [pleth(flat(40, 0))], { reserved: 1 })],
    ['with a sample no sensor gives', waves(0, [pleth([...flat(39, 0), 20_000])])],
    ['of 40 ms', waves(0, [pleth(flat(4, 0))])],
    ['of two seconds', waves(0, [pleth(flat(200, 0))])],
    [
      'with waves of different length',
      waves(0, [pleth(flat(40, 0)), { type: 15, status: 2, label: 0, samples: flat(25, 0) }]),
    ],
    ['with the same wave twice', waves(0, [pleth(flat(40, 0)), pleth(flat(40, 1))])],
    [
      'with a wave of an unknown kind',
      waves(0, [pleth(flat(40, 0)), { type: 99, status: 2, label: 0, samples: flat(40, 0) }]),
    ],
  ])('refuses a record %s, and draws nothing for 5 s after it', (_, bytes) => {
    const { driver } = begun();
    const outputs = driver.receive(bytes, at(2));
    expect([refusalsOf(outputs), blocksOf(outputs)]).toEqual([['range'], []]);
    const next = (number: number, second: number) =>
      blocksOf(driver.receive(waves(number, [pleth(flat(40, 0))]), at(second)));
    expect([next(1, 3), next(2, 6.9)]).toEqual([[], []]);
    expect(next(3, 7.1).map(({ isAfterGap }) => isAfterGap)).toEqual([true]);
  });

  it('names a wave that nothing is mapped to, once', () => {
    const { driver } = begun();
    const entropy: WaveSubrecord = { type: 32, status: 2, label: 0, samples: flat(40, 5) };
    const told = [0, 1].flatMap((number) =>
      driver.receive(waves(number, [pleth(flat(40, 0)), entropy]), at(2 + number)),
    );
    expect(told.filter(({ type }) => type === 'unmapped')).toEqual([
      { type: 'unmapped', id: 'wave 32', value: '100 samples/s' },
    ]);
  });

  it('draws nothing of a frame with any one byte replaced; what is drawn was sent', () => {
    const sent = [0, 1, 2, 3].map((number) => waves(number, [pleth(flat(40, 1 + number))]));
    const known = new Set(sent.map((_, number) => JSON.stringify(flat(40, (1 + number) * 0.0001))));
    const byte = fc.record({ place: fc.nat(), put: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(byte, { minLength: 4, maxLength: 4 }), (damages) => {
        const { driver } = begun();
        for (const [number, bytes] of sent.entries()) {
          const wrong = bytes.slice();
          const { place = 0, put = 0 } = damages[number] ?? {};
          wrong[place % wrong.length] = put;
          // 6 s apart: what came before does not keep it off the screen.
          const outputs = driver.receive(wrong, at(2 + number * 6));
          for (const { samples } of blocksOf(outputs)) expect(known).toContain(JSON.stringify(samples));
          if (Buffer.compare(wrong, bytes) !== 0 && blocksOf(outputs).length > 0) {
            expect(blocksOf(outputs)).toEqual([]);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

const LOG = new URL('../../../../shared/data/captures/ge-s5-dri/db02.raw', import.meta.url);

describe.skipIf(!existsSync(LOG))('S/5 waves of a real log', () => {
  it('draws the pleth of every record once the line is known, without a gap inside', () => {
    const outputs = decodeStream(new Uint8Array(readFileSync(LOG)), newDriver());
    const blocks = blocksOf(outputs);
    expect(new Set(blocks.map(({ wave }) => wave))).toEqual(new Set(['MDC_PULS_OXIM_PLETH']));
    expect(blocks).toHaveLength(106);
    expect(blocks.map(({ isAfterGap }) => isAfterGap).lastIndexOf(true)).toBe(0);
    const all = blocks.flatMap(({ samples }) => samples);
    expect(all).toHaveLength(10_600);
    // Read off the log independently: -2.10 % to 4.04 % in its first records.
    expect(Math.min(...blocks.slice(0, 7).flatMap(({ samples }) => samples.map(Number)))).toBeCloseTo(
      -0.021,
      6,
    );
    expect(Math.max(...blocks.slice(0, 7).flatMap(({ samples }) => samples.map(Number)))).toBeCloseTo(
      0.0404,
      6,
    );
  });
});
