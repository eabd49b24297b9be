/** What a receiver with other line settings makes of a good stream, bit by bit: never a value. */
import { describe, expect, it } from 'vitest';
import { decodeStream, ecg, nibp, observationsOf, RECORD_TIME_S, record, spo2, wire } from './support.ts';

const SENT_BAUD = 19_200;

const stream = wire(
  ...Array.from({ length: 60 }, (_, index) =>
    record(
      { ...ecg(70 + (index % 20)), ...spo2(9700 - index), ...nibp(0x00b, [120, 80, 93]) },
      { number: index + 1, timeS: RECORD_TIME_S + index },
    ),
  ),
);

/** The line's levels, one per sent bit: start 0, eight data bits, even parity, stop 1, and a pause between frames. */
const levels: readonly number[] = [...stream].flatMap((byte, index) => {
  const data = Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1);
  const parity = data.reduce((sum, bit) => sum ^ bit, 0);
  const pause = byte === 0x7e && stream[index + 1] === 0x7e ? Array<number>(200).fill(1) : [];
  return [0, ...data, parity, 1, ...pause];
});

/** A receiver that waits for a start bit and samples in the middle of its own bits. */
const receivedAt = (baud: number, dataBits: 7 | 8, hasParity: boolean): Uint8Array => {
  const step = SENT_BAUD / baud;
  const level = (time: number): number => levels[Math.floor(time)] ?? 1;
  const bytes: number[] = [];
  for (let time = 0; time < levels.length; time += step / 8) {
    if (level(time) !== 0) continue;
    let byte = 0;
    for (let bit = 0; bit < dataBits; bit += 1) byte |= level(time + (bit + 1.5) * step) << bit;
    bytes.push(byte);
    time += (dataBits + (hasParity ? 1.5 : 0.5) + 1) * step;
  }
  return Uint8Array.from(bytes);
};

describe('S/5 on a line with wrong settings', () => {
  it('with the right settings this receiver gives back the stream', () => {
    expect(receivedAt(SENT_BAUD, 8, true)).toEqual(stream);
    expect(observationsOf(decodeStream(stream)).length).toBeGreaterThan(200);
  });

  it.each([1200, 2400, 4800, 9600, 14_400, 28_800, 38_400, 57_600, 115_200])(
    '%d baud gives no value',
    (baud) => {
      const outputs = decodeStream(receivedAt(baud, 8, true));
      expect(observationsOf(outputs)).toEqual([]);
      expect(outputs.some(({ type }) => type === 'rejected')).toBe(true);
    },
  );

  it('seven data bits give no value', () => {
    expect(observationsOf(decodeStream(receivedAt(SENT_BAUD, 7, true)))).toEqual([]);
  });

  it('without parity, what is lost is lost, and what is left is what was sent', () => {
    const sent = new Set(
      observationsOf(decodeStream(stream)).map(({ metric, value }) => `${metric} ${value}`),
    );
    const got = observationsOf(decodeStream(receivedAt(SENT_BAUD, 8, false)));
    expect(got.filter(({ metric, value }) => !sent.has(`${metric} ${value}`))).toEqual([]);
  });
});
