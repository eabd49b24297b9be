/** The real Rad-8 and Radical-7 lines, whole, cut, and with each bit flipped. Recordings are not in the repository. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasimoDriver } from '../../../devices/masimo-ascii/driver.ts';
import { drive, observationsIn, rejectsIn, told } from '../drive.ts';
import { flipEveryBit } from '../flip-bits.ts';

const FOLDER = new URL('../../../../shared/data/captures/masimo-ascii/', import.meta.url);
const isHere = existsSync(FOLDER);
const read = (name: string): Uint8Array =>
  isHere ? new Uint8Array(readFileSync(new URL(name, FOLDER))) : new Uint8Array(0);
const rad8 = read('yahnatan_rad8.log');
const others = read('other_lines.log');

describe.skipIf(!isHere)('the real Masimo lines', () => {
  it('of one Rad-8 give five readings of saturation, pulse rate and perfusion index', () => {
    const outputs = drive(createMasimoDriver(), rad8);
    const times = ['45', '46', '47', '48', '49'].map((second) => `2016-02-22T22:47:${second}.000Z`);
    const pulse = [97, 96, 96, 96, 97];
    const perfusion = [3.6, 3.95, 4.25, 3.19, 2.41];
    expect(observationsIn(outputs).map(told)).toEqual(
      times.flatMap((time, index) => [
        `MDC_PULS_OXIM_SAT_O2 98 valid ${time}`,
        `MDC_PULS_OXIM_PULS_RATE ${pulse[index]} valid ${time}`,
        `MDC_BLD_PERF_INDEX ${perfusion[index]} valid ${time}`,
      ]),
    );
    expect(rejectsIn(outputs)).toEqual([]);
  });

  it('of four oximeters, one line each, are read although nothing connects them', () => {
    const outputs = drive(createMasimoDriver(), others);
    expect(observationsIn(outputs).map(({ value, validity }) => `${value} ${validity}`)).toEqual([
      ...Array(2).fill('null unavailable'),
      '98 questionable',
      '123 questionable',
      '0.55 questionable',
      ...Array(3).fill('null unavailable'),
      '97 valid',
      '80 valid',
      '5.31 valid',
    ]);
    expect(rejectsIn(outputs)).toEqual([]);
  });

  it('say the same however the bytes are cut', () => {
    const whole = drive(createMasimoDriver(), rad8);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 }), (cuts) => {
        expect(drive(createMasimoDriver(), rad8, cuts)).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  /** Measured over all single-bit flips; most of what is left is the last digits of the perfusion index. */
  it('tell nothing but what was sent, for all but 56 of the 5080 single flipped bits of one Rad-8', () => {
    const result = flipEveryBit(createMasimoDriver, rad8);
    expect(result.flips).toBe(5080);
    expect(result.wrongTimes).toBe(0);
    expect(result.wrongAbsences).toBe(0);
    expect(result.flipsWithWrongValue).toBeLessThanOrEqual(56);
    expect(result.worst.MDC_PULS_OXIM_SAT_O2).toBeLessThanOrEqual(1);
    expect(result.worst.MDC_PULS_OXIM_PULS_RATE).toBeLessThanOrEqual(10);
    expect(result.worst.MDC_BLD_PERF_INDEX).toBeLessThanOrEqual(2.01);
  });
});
