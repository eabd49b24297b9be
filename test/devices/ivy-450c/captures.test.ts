/** The real recording, whole, cut, and with each bit of its lines flipped. Recordings are not in the repository. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ivyCodec } from '../../../devices/ivy-450c/codec.ts';
import { writeText } from '../../../devices/ivy-450c/text.ts';
import { accountedBytes, at, drive, observationsIn, rejectsIn } from '../drive.ts';
import { newDriver } from './support.ts';

const FOLDER = new URL('../../../../shared/data/captures/ivy-450c/', import.meta.url);
const isHere = existsSync(FOLDER);
const recording = isHere
  ? new Uint8Array(readFileSync(new URL('Ivy450C.1.data', FOLDER)))
  : new Uint8Array(0);
const expected = isHere ? readFileSync(new URL('expected_distinct_lines.txt', FOLDER), 'utf8') : '';
const HEAD = 252;
const BLOCK = 562;

const replay = (bytes: Uint8Array) => {
  const driver = newDriver();
  const pieces = [bytes.subarray(0, HEAD)];
  for (let start = HEAD; start < bytes.length; start += BLOCK)
    pieces.push(bytes.subarray(start, start + BLOCK));
  return [
    ...driver.start(at(0)),
    ...pieces.flatMap((piece, index) => driver.receive(piece, at(index * 1000))),
    ...driver.end(at(30_000)),
  ];
};

describe.skipIf(!isHere)('the real recording', () => {
  it('is 27 blocks after half a block, and every byte is accounted for', () => {
    const outputs = drive(newDriver(), recording);
    expect(outputs.filter(({ type }) => type === 'frame')).toHaveLength(27);
    expect(rejectsIn(outputs)).toMatchObject([{ reason: 'noise', byteCount: HEAD }]);
    expect(accountedBytes(outputs)).toBe(recording.length);
  });

  it('has the lines of the expected file, as often as it says, and writes them to the byte', () => {
    const counts = new Map<string, number>();
    const decoder = ivyCodec.decoder();
    for (const result of decoder.push(recording)) {
      if (!result.ok) continue;
      for (const line of writeText(result.message).split('\r').slice(0, -1))
        counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    // The file counts the lines of the half block at the start too.
    const wanted = expected
      .trim()
      .split('\n')
      .map((row) => row.split('\t'))
      .map(([count, line = '']): readonly [string, number] => [line, Number(count)]);
    const head = wanted.map(([line, count]) => count - (counts.get(line) ?? 0));
    expect([...counts.keys()].sort()).toEqual(wanted.map(([line]) => line).sort());
    expect(head.reduce((sum, count) => sum + count, 0)).toBe(9);
    expect(head.every((count) => count === 0 || count === 1)).toBe(true);
  });

  it('tells HR 80, RR 35, SpO2 100, pulse 80 every second and the cuff reading once', () => {
    const counts = new Map<string, number>();
    for (const { metric, value } of observationsIn(replay(recording))) {
      const key = `${metric} ${value}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect([...counts].sort()).toEqual([
      ['MDC_ECG_HEART_RATE 80', 26],
      ['MDC_PRESS_BLD_NONINV_DIA 75', 1],
      ['MDC_PRESS_BLD_NONINV_MEAN 92', 1],
      ['MDC_PRESS_BLD_NONINV_SYS 121', 1],
      ['MDC_PULS_OXIM_PULS_RATE 80', 26],
      ['MDC_PULS_OXIM_SAT_O2 100', 26],
      ['MDC_PULS_RATE_NON_INV 80', 1],
      ['MDC_TTHOR_RESP_RATE 35', 26],
    ]);
  });

  it('says the same however the bytes are cut', () => {
    const outputs = drive(newDriver(), recording);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 10 }), (cuts) => {
        expect(drive(newDriver(), recording, cuts)).toEqual(outputs);
      }),
      { numRuns: 10 },
    );
  });

  /** Measured over all single-bit flips of the text of one block; there is no checksum. */
  it('of the 1216 flipped bits of one block’s lines, 13 tell a number that was not sent, none further off than 10', () => {
    const first = HEAD + BLOCK * 3;
    const part = recording.slice(HEAD, HEAD + BLOCK * 6);
    const sent = new Set(observationsIn(replayBlocks(part)).map(({ metric, value }) => `${metric} ${value}`));
    const textAt = first - HEAD + 409;
    let flips = 0;
    let wrong = 0;
    let worst = 0;
    for (let bit = textAt * 8; bit < (first - HEAD + BLOCK - 1) * 8; bit += 1) {
      const damaged = Uint8Array.from(part);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      flips += 1;
      const others = observationsIn(replayBlocks(damaged)).filter(
        ({ metric, value }) => value !== null && !sent.has(`${metric} ${value}`),
      );
      if (others.length > 0) wrong += 1;
      for (const { metric, value } of others) {
        const right = [...sent].find((each) => each.startsWith(`${metric} `));
        worst = Math.max(worst, Math.abs(Number(right?.split(' ')[1]) - (value ?? 0)));
      }
    }
    expect([flips, wrong, worst]).toEqual([1216, 13, 10]);
  });
});

const replayBlocks = (bytes: Uint8Array) => {
  const driver = newDriver();
  const out = [...driver.start(at(0))];
  for (let start = 0, index = 0; start < bytes.length; start += BLOCK, index += 1)
    out.push(...driver.receive(bytes.subarray(start, start + BLOCK), at(index * 1000)));
  return out;
};
