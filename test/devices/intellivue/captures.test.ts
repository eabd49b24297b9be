import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../core/observation/observation.ts';
import type { DriverOutput } from '../../../devices/device.ts';
import { intellivueCodec } from '../../../devices/intellivue/codec.ts';
import { at, conditionsOf, newDriver, observationsOf } from './support.ts';

const FOLDER = new URL('../../../../shared/data/captures/philips-intellivue/', import.meta.url);
const FILE = new URL('first-part.raw', FOLDER);
const isThere = existsSync(FILE);

const decode = (bytes: Uint8Array, cut = 997): readonly DriverOutput[] => {
  const driver = newDriver();
  const outputs = [...driver.start(at(0))];
  for (let start = 0; start < bytes.length; start += cut) {
    const now = at(start / 11_520);
    outputs.push(...driver.tick(now), ...driver.receive(bytes.subarray(start, start + cut), now));
  }
  return [...outputs, ...driver.end(at(bytes.length / 11_520))];
};

const brief = ({ metric, value, validity }: Observation): string => `${metric} ${value} ${validity}`;

const lines = (outputs: readonly DriverOutput[]): readonly string[] =>
  observationsOf(outputs).map(({ metric, value, validity, deviceTime }) =>
    [metric, value, validity, deviceTime].join(' '),
  );

describe.skipIf(!isThere)('a real RS-232 capture of 100 s', () => {
  const bytes = isThere ? new Uint8Array(readFileSync(FILE)) : new Uint8Array();

  it('has a right check in every frame, and only its cut end is refused', () => {
    const outputs = decode(bytes);
    expect(outputs.filter(({ type }) => type === 'frame')).toHaveLength(795);
    const rejected = outputs.flatMap((output) => (output.type === 'rejected' ? [output] : []));
    expect(rejected.every(({ reason }) => reason === 'truncated')).toBe(true);
    expect(rejected.length).toBeLessThanOrEqual(1);
    expect(
      intellivueCodec
        .decoder()
        .push(bytes)
        .every(({ ok }) => ok),
    ).toBe(true);
  });

  it('gives HR 60 in each of 99 cycles, on the bedside clock, and no other number', () => {
    const observations = observationsOf(decode(bytes));
    const numbers = observations.filter(({ value }) => value !== null);
    expect(numbers).toHaveLength(99);
    expect(new Set(numbers.map(({ metric, value }) => `${metric} ${value}`))).toEqual(
      new Set(['MDC_ECG_HEART_RATE 60']),
    );
    const times = numbers.map(({ deviceTime }) => deviceTime ?? Number.NaN);
    expect(new Date(times[0] ?? 0).toISOString()).toBe('2021-04-22T11:47:27.600Z');
    expect(times.slice(1).every((time, index) => time - (times[index] ?? 0) === 1024)).toBe(true);
  });

  it('says that SpO2, pulse, perfusion and respiration are unavailable in each cycle, and the cuff once', () => {
    const counts = new Map<string, number>();
    for (const { metric, validity, value } of observationsOf(decode(bytes))) {
      if (value === null) counts.set(`${metric} ${validity}`, (counts.get(`${metric} ${validity}`) ?? 0) + 1);
    }
    expect(Object.fromEntries(counts)).toEqual({
      'MDC_PULS_OXIM_SAT_O2 unavailable': 99,
      'MDC_PULS_OXIM_PULS_RATE unavailable': 99,
      'MDC_BLD_PERF_INDEX unavailable': 99,
      'MDC_TTHOR_RESP_RATE unavailable': 99,
      'MDC_PRESS_BLD_NONINV_SYS unavailable': 1,
      'MDC_PRESS_BLD_NONINV_DIA unavailable': 1,
      'MDC_PRESS_BLD_NONINV_MEAN unavailable': 1,
    });
  });

  it('draws lead II in mV without a gap, a flat pleth, and names the monitor', () => {
    const outputs = decode(bytes);
    const blocks = outputs.flatMap((output) => (output.type === 'waveform' ? [output.block] : []));
    const ecg = blocks.filter(({ wave }) => wave === 'MDC_ECG_ELEC_POTL_II');
    expect(ecg).toHaveLength(390);
    expect(ecg.map(({ isAfterGap }) => isAfterGap).indexOf(true, 1)).toBe(-1);
    expect(ecg[0]).toMatchObject({ unit: 'mV', periodMs: 4 });
    const samples = ecg.flatMap((block) => block.samples.map((sample) => sample ?? Number.NaN));
    expect(Math.min(...samples)).toBeGreaterThan(-1);
    expect(Math.max(...samples)).toBeLessThan(2);
    const pleth = blocks.filter(({ wave }) => wave === 'MDC_PULS_OXIM_PLETH');
    expect(new Set(pleth.flatMap((block) => block.samples))).toEqual(new Set([2048 / 4095]));
    expect(outputs).toContainEqual({
      type: 'identity',
      identity: { model: 'Philips M8000', serial: '00:09:FB:02:9E:18', software: null },
    });
  });

  it('tells what nothing is mapped to when it changes', () => {
    const raw = decode(bytes).flatMap((output) => (output.type === 'unmapped' ? [output] : []));
    expect(raw.find(({ id }) => id === '4261 PVC')?.value).toBe('0, unit 0AA0, state 0000');
    expect(
      raw
        .filter(({ id }) => id.endsWith('ST'))
        .map(({ id, value }) => `${id} ${value}`)
        .slice(0, 3),
    ).toEqual([
      '0301 ST -0.9, unit 0512, state 0000',
      '0302 ST -1.5, unit 0512, state 0000',
      '033D ST -0.5, unit 0512, state 0000',
    ]);
    expect(conditionsOf(decode(bytes))).toEqual([]);
  });

  it('says the same however the bytes are cut, and has the same numbers when it begins in the middle', () => {
    const part = bytes.subarray(0, 30_000);
    expect(lines(decode(part, 1))).toEqual(lines(decode(part)));
    const middle = observationsOf(decode(bytes.subarray(200_000)));
    expect(middle.filter(({ value }) => value !== null).map(({ value }) => value)).toContain(60);
    expect(middle.filter(({ value }) => value !== null && value !== 60)).toEqual([]);
    expect(middle.every(({ deviceTime }) => deviceTime === null)).toBe(true);
  });

  it('one flipped bit in the first frames makes no observation that is not there without it', () => {
    const part = bytes.subarray(0, 5200);
    // Without its description the monitor's clock is not known: times are left out.
    const known = new Set(observationsOf(decode(part)).map(brief));
    for (let bit = 0; bit < part.length * 8; bit += 11) {
      const flipped = part.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const driver = newDriver();
      const outputs = [...driver.start(at(0)), ...driver.receive(flipped, at(1)), ...driver.end(at(2))];
      const made = observationsOf(outputs)
        .map(brief)
        .filter((line) => !known.has(line));
      if (made.length > 0) expect.fail(`bit ${bit} made ${made[0]}`);
    }
  });

  it('bursts of noise in any place make no number but 60', () => {
    const part = bytes.subarray(0, 20_000);
    const burst = fc.record({
      place: fc.nat(part.length - 1),
      noise: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    });
    fc.assert(
      fc.property(fc.array(burst, { minLength: 1, maxLength: 12 }), (bursts) => {
        const noisy = part.slice();
        for (const { place, noise } of bursts) noisy.set(noise.subarray(0, part.length - place), place);
        const numbers = observationsOf(decode(noisy)).filter(({ value }) => value !== null);
        return numbers.every(({ metric, value }) => metric === 'MDC_ECG_HEART_RATE' && value === 60);
      }),
      { numRuns: 30 },
    );
  });
});
