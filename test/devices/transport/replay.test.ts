import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/time.ts';
import type { SerialSettings } from '../../../devices/device.ts';
import {
  atLineRate,
  lineBytesPerSecond,
  type ReplayChunk,
  replayTransport,
  type Schedule,
} from '../../../devices/transport/replay.ts';
import { ascii, dataOf, watch } from './observe.ts';

/** A schedule that a test runs by hand; `waits` are the delays that were asked for. */
const handSchedule = () => {
  const waits: number[] = [];
  let due: (() => void)[] = [];
  const schedule: Schedule = (delayMs, run) => {
    waits.push(delayMs);
    due.push(run);
    return () => {
      due = due.filter((other) => other !== run);
    };
  };
  /** Runs what is due next; false when nothing is. */
  const runNext = (): boolean => {
    const next = due.shift();
    next?.();
    return next !== undefined;
  };
  const runAll = () => {
    while (runNext());
  };
  return { schedule, waits, runNext, runAll };
};

const stamp = (offsetMs: number) => instant(5_000 + offsetMs, offsetMs);
const RECORDING: readonly ReplayChunk[] = [
  { offsetMs: 0, bytes: ascii('a') },
  { offsetMs: 100, bytes: ascii('b') },
  { offsetMs: 100, bytes: ascii('c') },
  { offsetMs: 1_100, bytes: ascii('d') },
];

describe('a replayed recording', () => {
  it('plays the same bytes with the same pauses and closes without a cause', () => {
    const { schedule, waits, runAll } = handSchedule();
    const { events } = watch(replayTransport(RECORDING, { label: 'r', speed: 1, schedule, stamp }));
    expect(events).toEqual([]);
    runAll();
    expect(events).toEqual([
      { type: 'open' },
      ...RECORDING.map(({ offsetMs, bytes }) => ({ type: 'data', bytes, at: stamp(offsetMs) })),
      { type: 'closed', cause: null },
    ]);
    expect(waits).toEqual([0, 100, 1_000]);
  });

  it.each([
    [10, [0, 10, 100]],
    [0.5, [0, 200, 2_000]],
    [Number.POSITIVE_INFINITY, [0]],
  ])('at speed %d waits %j ms', (speed, expected) => {
    const { schedule, waits, runAll } = handSchedule();
    const { events } = watch(replayTransport(RECORDING, { label: 'r', speed, schedule, stamp }));
    runAll();
    expect(dataOf(events)).toEqual(ascii('abcd'));
    expect(waits).toEqual(expected);
  });

  it('gives the event loop a turn now and then at unlimited speed', () => {
    const { schedule, waits, runAll } = handSchedule();
    const many = Array.from({ length: 1_000 }, () => ({ offsetMs: 0, bytes: ascii('x') }));
    const { events } = watch(replayTransport(many, { label: 'r', speed: 1, schedule, stamp }));
    runAll();
    expect(dataOf(events)).toHaveLength(1_000);
    expect(waits.length).toBeGreaterThan(3);
  });

  it('stops where it is when closed, and takes writes only while open', async () => {
    const { schedule, runNext, runAll } = handSchedule();
    const transport = replayTransport(RECORDING, { label: 'r', speed: 1, schedule, stamp });
    await expect(transport.write(ascii('poll'))).rejects.toThrow('not open');
    const { events } = watch(transport);
    runNext();
    await transport.write(ascii('poll'));
    await transport.close();
    runAll();
    expect(events.map((event) => event.type)).toEqual(['open', 'data', 'closed']);
    await expect(transport.write(ascii('poll'))).rejects.toThrow('not open');
  });

  it('refuses a speed that is not above 0', () => {
    const { schedule } = handSchedule();
    expect(() => replayTransport([], { label: 'r', speed: 0, schedule, stamp })).toThrow('above 0');
    expect(() => replayTransport([], { label: 'r', speed: Number.NaN, schedule, stamp })).toThrow('above 0');
  });
});

const GE: SerialSettings = {
  baudRate: 19200,
  dataBits: 8,
  parity: 'even',
  stopBits: 1,
  flowControl: 'rtscts',
};

describe('the rate of a line', () => {
  it.each([
    [GE, 19200 / 11],
    [{ ...GE, baudRate: 9600, parity: 'none' } as const, 960],
    [{ ...GE, baudRate: 2400, dataBits: 7, stopBits: 2 } as const, 2400 / 11],
  ])('%o carries %d bytes a second', (settings, expected) => {
    expect(lineBytesPerSecond(settings)).toBeCloseTo(expected, 9);
  });

  it('gives plain bytes rising times that end after length / rate, whatever pieces they came in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat({ max: 500 }), (bytes, cut) => {
        const whole = [...atLineRate(bytes, GE)];
        const place = Math.min(cut, bytes.length);
        const pieces = [
          ...atLineRate(bytes.subarray(0, place), GE),
          ...atLineRate(bytes.subarray(place), GE, place),
        ];
        for (const chunks of [whole, pieces]) {
          expect(Uint8Array.from(chunks.flatMap((chunk) => [...chunk.bytes]))).toEqual(bytes);
          const times = chunks.map((chunk) => chunk.offsetMs);
          expect(times).toEqual([...times].sort((a, b) => a - b));
          if (bytes.length > 0) expect(times.at(-1)).toBeCloseTo((bytes.length * 1_000) / (19200 / 11), 6);
        }
        const inPieces = new Set(pieces.map((chunk) => chunk.offsetMs));
        for (const chunk of whole) expect(inPieces).toContain(chunk.offsetMs);
      }),
      { numRuns: 200 },
    );
  });
});
