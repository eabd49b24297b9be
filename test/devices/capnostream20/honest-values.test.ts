/** What a Capnostream's CO2 numbers must not be: valid while nothing is sampled. */
import { describe, expect, it } from 'vitest';
import { capnostreamCodec, type Numerics } from '../../../devices/capnostream20/codec.ts';
import { createCapnostreamDriver } from '../../../devices/capnostream20/driver.ts';
import numerics from '../../fixtures/capnostream20/numerics.json' with { type: 'json' };
import { at, observationsIn } from '../drive.ts';

const [decoded] = capnostreamCodec
  .decoder()
  .push(new Uint8Array(Buffer.from((numerics[0]?.hex ?? '').replaceAll(' ', ''), 'hex')));
if (decoded?.ok !== true || decoded.message.kind !== 'numerics')
  throw new Error('the example is no numerics');
const STEADY: Numerics = decoded.message;

const wave = (fast: number): Uint8Array => capnostreamCodec.encode({ kind: 'wave', number: 1, raw: 0, fast });
const message = (change: Partial<Numerics> = {}): Uint8Array =>
  capnostreamCodec.encode({ ...STEADY, ...change });

/** What is told after a wave with this status, `laterMs` afterwards. */
const saidAfter = (fast: number, change: Partial<Numerics> = {}, laterMs = 10): readonly string[] => {
  const driver = createCapnostreamDriver();
  driver.start(at(0));
  driver.receive(wave(fast), at(1000));
  return observationsIn(driver.receive(message(change), at(1000 + laterMs))).map(
    ({ metric, value, validity }) => `${metric.replace('MDC_', '')} ${value} ${validity}`,
  );
};
const OXIMETRY = ['PULS_OXIM_SAT_O2 98 valid', 'PULS_OXIM_PULS_RATE 72 valid'];

describe('respiration rate and EtCO2', () => {
  it.each([
    ['no FilterLine', 0x40],
    ['a fault', 0x80],
    ['an occluded FilterLine', 0x04],
    ['a FilterLine that is purged', 0x20],
  ])('are unavailable with %s, whatever stands in the message', (_, fast) => {
    expect(saidAfter(fast)).toEqual([
      'CO2_RESP_RATE null unavailable',
      'CONC_AWAY_CO2_ET null unavailable',
      ...OXIMETRY,
    ]);
  });

  it('are unavailable while the pump is off', () => {
    expect(saidAfter(0, { extended: 0x04 })).toEqual([
      'CO2_RESP_RATE null unavailable',
      'CONC_AWAY_CO2_ET null unavailable',
      ...OXIMETRY,
    ]);
  });

  it.each([
    ['initialises', 0x02],
    ['maintains itself', 0x10],
  ])('are in doubt while the CO2 part %s', (_, fast) => {
    expect(saidAfter(fast)).toEqual([
      'CO2_RESP_RATE 16 questionable',
      'CONC_AWAY_CO2_ET 38 questionable',
      ...OXIMETRY,
    ]);
  });

  it.each([
    ['the end of a breath', 0x08],
    ['one sample that is invalid', 0x01],
  ])('are valid at %s', (_, fast) => {
    expect(saidAfter(fast)).toEqual(['CO2_RESP_RATE 16 valid', 'CONC_AWAY_CO2_ET 38 valid', ...OXIMETRY]);
  });

  it('are not judged by a wave that has stopped', () => {
    expect(saidAfter(0x40, {}, 3000)).toEqual([
      'CO2_RESP_RATE 16 valid',
      'CONC_AWAY_CO2_ET 38 valid',
      ...OXIMETRY,
    ]);
  });
});
