/**
 * The real B450/B650 logs (not part of this repository; skipped where they are not there). The expected values were decoded
 * independently of this driver.
 */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, decodeStream, isSubset, linesOf, newDriver, observationsOf, refusalsOf } from './support.ts';

const FOLDER = new URL('../../../../shared/data/captures/ge-s5-dri/', import.meta.url);
const LOGS = ['db02', 'notebook_raw'] as const;
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${name}.raw`, FOLDER)));

/** The columns of the expected table and what they are here; EtCO2 is compared as mmHg at the log's 759.8. */
const COLUMNS: readonly (readonly [column: string, metric: string, scale: number])[] = [
  ['ecg_hr', 'MDC_ECG_HEART_RATE', 1],
  ['imp_rr', 'MDC_TTHOR_RESP_RATE', 1],
  ['spo2', 'MDC_PULS_OXIM_SAT_O2', 1],
  ['spo2_pr', 'MDC_PULS_OXIM_PULS_RATE', 1],
  ['etco2_pct', 'MDC_CONC_AWAY_CO2_ET', 7.598],
  ['co2_rr', 'MDC_CO2_RESP_RATE', 1],
  ['t1_C', 'MDC_TEMP_BODY', 1],
];

const expectedRows = (name: string): readonly Readonly<Record<string, string>>[] => {
  const [head = '', ...lines] = readFileSync(new URL(`${name}_decoded_phdb.csv`, FOLDER), 'utf8')
    .trim()
    .split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index], cell])));
};

describe.skipIf(!existsSync(FOLDER))('S/5 real logs', () => {
  it.each(LOGS)('%s: every row of the independent decode, and nothing else', (name) => {
    const told = observationsOf(decodeStream(bytesOf(name)));
    const rows = expectedRows(name);
    const continuous = rows.flatMap((row) =>
      COLUMNS.flatMap(([column, metric, scale]) => {
        const cell = row[column] ?? '';
        const value = Math.round(Number(cell) * scale * 100) / 100;
        return cell === '' ? [] : [`${row.time_utc} ${metric} ${value}`];
      }),
    );
    const cuff = ['SYS 93', 'DIA 48', 'MEAN 69'].map(
      (text) => `${rows[0]?.time_utc} MDC_PRESS_BLD_NONINV_${text}`,
    );
    const lines = told.map(({ deviceTime, metric, value }) => {
      const time = new Date(deviceTime ?? 0).toISOString().replace('.000Z', 'Z');
      return `${time} ${metric} ${value}`;
    });
    expect(lines.toSorted()).toEqual([...continuous, ...cuff].toSorted());
    expect(told.every(({ validity }) => validity === 'valid')).toBe(true);
  });

  it.each([
    ['db02', 213],
    ['notebook_raw', 21],
  ])('%s: all %d complete frames are accepted, the cut one is refused', (name, frames) => {
    const outputs = decodeStream(bytesOf(name));
    expect(outputs.filter(({ type }) => type === 'frame')).toHaveLength(frames);
    expect(refusalsOf(outputs)).toEqual(['truncated']);
  });

  it('notebook_raw: cut anywhere, the pieces decode to the same', () => {
    const bytes = bytesOf('notebook_raw');
    const whole = linesOf(decodeStream(bytes));
    const inPieces = (edges: readonly number[]): readonly string[] => {
      const driver = newDriver();
      driver.start(at(0));
      const pieces = edges.slice(1).map((end, index) => bytes.slice(edges[index], end));
      return linesOf([...pieces.flatMap((piece) => driver.receive(piece, at(1))), ...driver.end(at(2))]);
    };
    expect(inPieces(Array.from({ length: bytes.length + 1 }, (_, index) => index))).toEqual(whole);
    const cuts = fc.array(fc.nat(bytes.length), { maxLength: 40 });
    const law = fc.property(cuts, (inner) => {
      expect(inPieces([0, ...inner.toSorted((a, b) => a - b), bytes.length])).toEqual(whole);
    });
    fc.assert(law, { numRuns: 50 });
  });

  it('the first three frames, with any one bit flipped: never a value that was not sent', () => {
    const bytes = bytesOf('db02').slice(0, 2780);
    const whole = linesOf(decodeStream(bytes));
    expect(whole).toHaveLength(15);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (!isSubset(linesOf(decodeStream(flipped)), whole)) expect.fail(`bit ${bit} made a value`);
    }
  });

  it('one flipped bit in each of any set of frames, flags included: a subset of the clean decode', () => {
    const bytes = bytesOf('db02');
    const whole = linesOf(decodeStream(bytes));
    // A frame begins at the first of two flags in a row, counting them in pairs.
    const starts: number[] = [];
    for (let index = 0, open = false; index < bytes.length; index += 1) {
      if (bytes[index] !== 0x7e) continue;
      open = !open;
      if (open) starts.push(index);
    }
    expect(starts).toHaveLength(214);
    const hit = fc.record({ isHit: fc.integer({ min: 0, max: 99 }), place: fc.nat(0x3fffffff) });
    const hits = fc.array(hit, { minLength: starts.length, maxLength: starts.length });
    const law = fc.property(hits, fc.constantFrom(2, 10, 50), (places, percent) => {
      const flipped = bytes.slice();
      for (const [index, { isHit, place }] of places.entries()) {
        if (isHit >= percent) continue;
        const start = starts[index] ?? 0;
        const end = starts[index + 1] ?? bytes.length;
        const target = start + ((place >> 3) % (end - start));
        flipped[target] = (flipped[target] ?? 0) ^ (1 << (place & 7));
      }
      return isSubset(linesOf(decodeStream(flipped)), whole);
    });
    fc.assert(law, { numRuns: 60 });
  });
});
