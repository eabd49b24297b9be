/** The real N-560 log, whole, cut, noisy, and with each of its bits flipped. Recordings are not in the repository. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNellcorDriver } from '../../../devices/nellcor/driver.ts';
import { accountedBytes, conditionsIn, drive, observationsIn, rejectsIn, told } from '../drive.ts';
import { flipEveryBit } from '../flip-bits.ts';

const FOLDER = new URL('../../../../shared/data/captures/nellcor-n560/', import.meta.url);
const isHere = existsSync(FOLDER);
const read = (name: string): Uint8Array =>
  isHere ? new Uint8Array(readFileSync(new URL(name, FOLDER))) : new Uint8Array(0);
const log = read('n560_demo_stream.log');
const expected = Buffer.from(read('n560_expected.csv'))
  .toString('utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((row) => row.split(','));
const MONTH = 'Dec';

/** The rows of the expected file as the driver must tell them. */
const expectedObservations = (): readonly string[] =>
  expected.flatMap(([deviceTime = '', spo2 = '', , bpm = '', , pa = '', codes = '']) => {
    const status = codes.split(' ');
    const isAbsent = ['SD', 'SO', 'PS'].some((code) => status.includes(code)) || spo2 === '';
    const validity = isAbsent ? 'unavailable' : status.includes('MO') || pa === '' ? 'questionable' : 'valid';
    const [day = '', , year = ''] = deviceTime.slice(0, 9).split('-');
    const time = `20${year}-12-${day}T${deviceTime.slice(10)}.000Z`;
    expect(deviceTime).toContain(`-${MONTH}-`);
    return [
      `MDC_PULS_OXIM_SAT_O2 ${isAbsent ? null : spo2} ${validity} ${time}`,
      `MDC_PULS_OXIM_PULS_RATE ${isAbsent ? null : bpm} ${validity} ${time}`,
    ];
  });

describe.skipIf(!isHere)('the real N-560 log', () => {
  const outputs = drive(createNellcorDriver(), log);

  it('gives the 76 readings of the expected file, with every absent one as null', () => {
    expect(observationsIn(outputs).map(told)).toEqual(expectedObservations());
    expect(expected).toHaveLength(76);
  });

  it('refuses its first line, which is garbage, and nothing else, and accounts for every byte', () => {
    expect(rejectsIn(outputs)).toMatchObject([{ reason: 'noise', byteCount: 21 }]);
    expect(accountedBytes(outputs)).toBe(log.length - 1);
  });

  it('tells the oximeter, its limits and its sensor states in order', () => {
    expect(outputs).toContainEqual({
      type: 'identity',
      identity: { model: 'N-560', serial: null, software: '1.56.00' },
    });
    expect(outputs.filter(({ type }) => type === 'limits')).toEqual([
      { type: 'limits', limits: { metric: 'MDC_PULS_OXIM_SAT_O2', low: 90, high: 100 } },
      { type: 'limits', limits: { metric: 'MDC_PULS_OXIM_PULS_RATE', low: 60, high: 170 } },
    ]);
    expect(conditionsIn(outputs).filter((one) => !one.endsWith('signal-questionable'))).toEqual([
      '+monitor-alarm',
      '+alarm-silenced',
      '-monitor-alarm',
      '+sensor-disconnected',
      '-sensor-disconnected',
      '+sensor-off',
      '-alarm-silenced',
      '-sensor-off',
      '+pulse-search',
      '-pulse-search',
      '+pulse-search',
    ]);
  });

  it('says the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 20 }), (cuts) => {
        expect(drive(createNellcorDriver(), log, cuts)).toEqual(outputs);
      }),
      { numRuns: 20 },
    );
  });

  /** Measured over all single-bit flips; a line protocol without a checksum cannot do better than its digits. */
  it('tells nothing but what was sent, for all but 148 of its 43 040 single flipped bits', () => {
    const result = flipEveryBit(createNellcorDriver, log);
    expect(result.flips).toBe(43_040);
    expect(result.wrongTimes).toBe(0);
    expect(result.wrongAbsences).toBe(0);
    expect(result.flipsWithOtherValidity).toBe(0);
    expect(result.flipsWithWrongValidValue).toBeLessThanOrEqual(59);
    expect(result.flipsWithWrongValue).toBeLessThanOrEqual(148);
    expect(result.worst.MDC_PULS_OXIM_SAT_O2).toBeLessThanOrEqual(10);
    expect(result.worst.MDC_PULS_OXIM_PULS_RATE).toBeLessThanOrEqual(20);
  });
});
