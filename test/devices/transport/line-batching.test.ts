import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../core/time.ts';
import {
  framedTransport,
  lineBatching,
  MAX_GAP_IN_LINE_MS,
} from '../../../devices/transport/line-batching.ts';
import { memoryTransport } from '../../../devices/transport/memory.ts';
import type { TransportEvent } from '../../../devices/transport/transport.ts';
import { ascii, dataOf, watch } from './observe.ts';

const at = (ms: number) => instant(1_000_000 + ms, ms);

const batched = (options: { delimiter?: string; maxLineBytes?: number } = {}) => {
  const line = memoryTransport();
  const { events } = watch(lineBatching(line, { delimiter: '\r\n', maxLineBytes: 64, ...options }));
  return { line, events };
};

/** Events as short texts: `data "97\r\n" 5`, `dropped 12 5`. */
const shown = (events: readonly TransportEvent[]): readonly string[] =>
  events.map((event) => {
    if (event.type === 'data')
      return `data ${JSON.stringify(Buffer.from(event.bytes).toString('latin1'))} ${event.at.mono}`;
    return event.type === 'dropped' ? `dropped ${event.byteCount} ${event.at.mono}` : event.type;
  });

const bytesIn = (events: readonly TransportEvent[]): number =>
  events.reduce(
    (sum, event) =>
      sum + (event.type === 'data' ? event.bytes.length : event.type === 'dropped' ? event.byteCount : 0),
    0,
  );

/** Cuts of some bytes at arbitrary places. */
const cutsOf = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  return places.slice(1).map((to, index) => bytes.slice(places[index], to));
};

describe('batching into lines', () => {
  it('gives one event a line, stamped with the chunk that completed it', () => {
    const { line, events } = batched();
    line.feed(ascii('SPO2=9'), at(1));
    line.feed(ascii('7\r'), at(2));
    line.feed(ascii('\nA\r\nB\r\nC'), at(3));
    line.feed(ascii('\r\n'), at(4));
    expect(shown(events)).toEqual([
      'open',
      'data "SPO2=97\\r\\n" 3',
      'data "A\\r\\n" 3',
      'data "B\\r\\n" 3',
      'data "C\\r\\n" 4',
    ]);
  });

  it('gives the same lines however the bytes are cut, and keeps every byte value', () => {
    const content = fc.uint8Array({ maxLength: 20 }).map((bytes) => bytes.filter((byte) => byte !== 0x0a));
    fc.assert(
      fc.property(
        fc.array(content, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\x03'),
        fc.array(fc.nat(), { maxLength: 30 }),
        (contents, delimiter, cuts) => {
          const end = Buffer.from(delimiter, 'latin1');
          const clean = contents.map((bytes) => bytes.filter((byte) => byte !== 0x03));
          const stream = Uint8Array.from(clean.flatMap((bytes) => [...bytes, ...end]));
          const { line, events } = batched({ delimiter });
          for (const chunk of cutsOf(stream, cuts)) line.feed(chunk, at(1));
          expect(events.slice(1).map((event) => (event.type === 'data' ? [...event.bytes] : event))).toEqual(
            clean.map((bytes) => [...bytes, ...end]),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('loses no byte without saying so: bytes in are bytes out plus bytes dropped', () => {
    const noisy = fc
      .uint8Array({ maxLength: 400 })
      .map((bytes) => bytes.map((byte) => (byte < 40 ? 0x0a : byte)));
    fc.assert(
      fc.property(
        fc.oneof(noisy, fc.uint8Array({ maxLength: 400 })),
        fc.constantFrom('\n', '\r\n', '\r\n\n'),
        fc.integer({ min: 3, max: 50 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        fc.array(fc.constantFrom(1, 10, MAX_GAP_IN_LINE_MS + 1), { minLength: 25, maxLength: 25 }),
        (stream, delimiter, maxLineBytes, cuts, pauses) => {
          const { line, events } = batched({ delimiter, maxLineBytes });
          let now = 0;
          for (const [index, chunk] of cutsOf(stream, cuts).entries()) {
            now += pauses[index] ?? 1;
            line.feed(chunk, at(now));
          }
          line.finish();
          expect(bytesIn(events)).toBe(stream.length);
          expect(events.at(-1)?.type).toBe('closed');
          for (const event of events)
            if (event.type === 'data') expect(event.bytes.length).toBeLessThanOrEqual(maxLineBytes);
          const stamps = events.flatMap((event) => ('at' in event ? [event.at.mono] : []));
          expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('drops an over-long line whole, with its end, and goes on with the next', () => {
    const { line, events } = batched({ maxLineBytes: 8 });
    line.feed(ascii('123456789'), at(1));
    line.feed(ascii('0 SPO2=97\r\nOK\r\n'), at(2));
    expect(shown(events)).toEqual(['open', 'dropped 8 1', 'dropped 12 2', 'data "OK\\r\\n" 2']);
    expect(bytesIn(events)).toBe(24);
  });

  it('sees the end of an over-long line although a chunk ends inside the delimiter', () => {
    const { line, events } = batched({ maxLineBytes: 8 });
    line.feed(ascii('12345678\r'), at(1));
    line.feed(ascii('\nOK\r\n'), at(2));
    expect(shown(events)).toEqual(['open', 'dropped 8 1', 'dropped 2 2', 'data "OK\\r\\n" 2']);
  });

  it('a line of exactly the limit passes; one byte more does not', () => {
    const { line, events } = batched({ maxLineBytes: 6 });
    line.feed(ascii('1234\r\n12345\r\n'), at(1));
    expect(shown(events)).toEqual(['open', 'data "1234\\r\\n" 1', 'dropped 7 1']);
  });

  it('1 MB without a line end holds no more than the limit, and the next line is whole', () => {
    const { line, events } = batched({ maxLineBytes: 256 });
    const chunk = new Uint8Array(1_024).fill(0x41);
    let unreported = 0;
    for (let count = 1; count <= 1_024; count += 1) {
      line.feed(chunk, at(count));
      unreported = Math.max(unreported, count * chunk.length - bytesIn(events));
    }
    expect(unreported).toBeLessThanOrEqual(256);
    expect(dataOf(events)).toHaveLength(0);
    line.feed(ascii('\r\nSPO2=97\r\n'), at(2_000));
    expect(shown(events.slice(-1))).toEqual(['data "SPO2=97\\r\\n" 2000']);
  });

  it('never glues a line together across a pause: head and rest are dropped, the next line is whole', () => {
    const { line, events } = batched();
    line.feed(ascii('SPO2=9'), at(0));
    line.feed(ascii('8 BPM=071\r\nSPO2=88\r\n'), at(MAX_GAP_IN_LINE_MS + 1));
    expect(shown(events)).toEqual([
      'open',
      `dropped 5 ${MAX_GAP_IN_LINE_MS + 1}`,
      `dropped 12 ${MAX_GAP_IN_LINE_MS + 1}`,
      `data "SPO2=88\\r\\n" ${MAX_GAP_IN_LINE_MS + 1}`,
    ]);
  });

  it('a pause of just the allowed length does not break a line', () => {
    const { line, events } = batched();
    line.feed(ascii('SPO2=9'), at(0));
    line.feed(ascii('7\r\n'), at(MAX_GAP_IN_LINE_MS));
    expect(shown(events)).toEqual(['open', `data "SPO2=97\\r\\n" ${MAX_GAP_IN_LINE_MS}`]);
  });

  it('a line end left over from the line before is no broken head', () => {
    const { line, events } = batched({ delimiter: '\r' });
    line.feed(ascii('A\r\n'), at(0));
    line.feed(ascii('B\r\n'), at(2_000));
    expect(shown(events)).toEqual(['open', 'data "A\\r" 0', 'data "\\nB\\r" 2000']);
  });

  it('passes an unfinished line on before `closed`, with its own time, so that the codec sees the truncation', () => {
    const { line, events } = batched();
    line.feed(ascii('A\r\nSPO2=9'), at(1));
    line.fail({ code: 'lost', message: 'pulled' });
    expect(shown(events)).toEqual(['open', 'data "A\\r\\n" 1', 'data "SPO2=9" 1', 'closed']);
  });

  it('says nothing after `closed`, also when the listener closes in the middle of a chunk', async () => {
    const line = memoryTransport();
    const seen: TransportEvent[] = [];
    const lines = lineBatching(line, { delimiter: '\n', maxLineBytes: 64 });
    lines.open((event) => {
      seen.push(event);
      if (event.type === 'data') void lines.close();
    });
    line.feed(ascii('A\nB\nC'), at(1));
    await lines.close();
    expect(shown(seen)).toEqual(['open', 'data "A\\n" 1', 'closed']);
  });

  it('passes writes through and is left out for families that are not line by line', async () => {
    const line = memoryTransport();
    const lines = framedTransport(line, { kind: 'lines', delimiter: '\n', maxLineBytes: 64 });
    expect(lines).not.toBe(line);
    lines.open(() => undefined);
    await lines.write(ascii('poll'));
    expect(line.written).toEqual([ascii('poll')]);
    expect(framedTransport(line, { kind: 'raw' })).toBe(line);
  });
});
