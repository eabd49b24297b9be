/**
 * Batches the bytes of a line protocol into whole lines before the driver sees them, through `ReadlineParser`.
 * The codec stays the judge of what a line means; this step only refuses what cannot be a line:
 *
 * - A line longer than `maxLineBytes` is dropped whole, up to and with its delimiter: no tail of it can be taken
 *   for a sentence. Memory stays bounded at `maxLineBytes` and one chunk.
 * - A line with a pause of more than `maxGapMs` inside it lost bytes (a cable pulled and put back): the head and
 *   the rest are dropped, so that a value is never glued together from two moments. A lone line end or blank
 *   left over from the line before is no head; it is passed on with what follows.
 * - What is unfinished when the line closes is passed on before `closed`, with the time of its last chunk: the
 *   codec sees the truncation and counts it.
 *
 * Everything dropped is reported as `dropped`; so the bytes in are always the bytes out plus the bytes dropped.
 * `ReadlineParser` has no length limit and its default utf8 destroys bytes from 0x80 up, hence the bound here and
 * latin1 (seen with @serialport/parser-readline 13.0.0).
 */
import { ReadlineParser } from '@serialport/parser-readline';
import type { Instant } from '../../core/time.ts';
import type { Framing } from '../device.ts';
import type { Transport, TransportEvent } from './transport.ts';

/** A pause inside a line longer than this breaks the line (ms; our choice: several times any line's own length). */
export const MAX_GAP_IN_LINE_MS = 1_000;

export interface LineBatchingOptions {
  /** What ends a line, one or more characters of latin1. */
  readonly delimiter: string;
  /** A line with its delimiter is at most so long. */
  readonly maxLineBytes: number;
  readonly maxGapMs?: number;
}

/** `transport` with each `data` event holding exactly one line, stamped when the chunk that completed it came. */
export const lineBatching = (transport: Transport, options: LineBatchingOptions): Transport => {
  const batcher = lineBatcher(options);
  return {
    label: transport.label,
    isCalled: transport.isCalled === true,
    open: (listener) => transport.open((event) => batcher(event, listener)),
    write: (bytes) => transport.write(bytes),
    close: () => transport.close(),
  };
};

/** `transport` as a family with this framing wants it: line by line, or as it is. */
export const framedTransport = (transport: Transport, framing: Framing): Transport =>
  framing.kind === 'lines' ? lineBatching(transport, framing) : transport;

type Listener = (event: TransportEvent) => void;

const lineBatcher = ({ delimiter, maxLineBytes, maxGapMs = MAX_GAP_IN_LINE_MS }: LineBatchingOptions) => {
  const seamBytes = delimiter.length - 1;
  let split = lineSplitter(delimiter);
  /** The unfinished line: what the parser holds too. */
  let held: Uint8Array = new Uint8Array(0);
  let heldSince: Instant | null = null;
  let isSkipping = false;
  let isEmitting = false;
  let isClosed = false;

  /** Gives up the unfinished line and skips to the next delimiter, of which a part may be at the end of `held`. */
  const giveUp = (at: Instant, emit: Listener) => {
    const seam = held.slice(held.length - Math.min(seamBytes, held.length));
    const byteCount = held.length - seam.length;
    split = lineSplitter(delimiter);
    split(seam);
    held = seam;
    if (held.length === 0) heldSince = null;
    isSkipping = true;
    if (byteCount > 0) emit({ type: 'dropped', byteCount, at });
  };

  const take = (chunk: Uint8Array, at: Instant, emit: Listener) => {
    const isStale = heldSince !== null && at.mono - heldSince.mono > maxGapMs;
    if (isStale && !isSkipping && held.some((byte) => byte > SPACE)) giveUp(at, emit);

    const lines = split(chunk);
    held = joined(held, chunk).slice(lines.reduce((sum, line) => sum + line.length, 0));
    heldSince = held.length > 0 ? at : null;
    isEmitting = true;
    for (const line of lines) {
      // The listener may close the line while it handles one; nothing follows then.
      if (isClosed) return;
      if (isSkipping || line.length > maxLineBytes) emit({ type: 'dropped', byteCount: line.length, at });
      else emit({ type: 'data', bytes: line, at });
      isSkipping = false;
    }
    isEmitting = false;
    if (held.length > maxLineBytes || (isSkipping && held.length > seamBytes)) giveUp(at, emit);
  };

  return (event: TransportEvent, emit: Listener): void => {
    if (event.type === 'data') {
      take(event.bytes, event.at, emit);
      return;
    }
    if (event.type === 'closed') {
      isClosed = true;
      if (heldSince !== null && !isEmitting)
        emit(
          isSkipping
            ? { type: 'dropped', byteCount: held.length, at: heldSince }
            : { type: 'data', bytes: held, at: heldSince },
        );
    }
    emit(event);
  };
};

const SPACE = 0x20;

/** One `ReadlineParser`, read synchronously so that lines keep their order and the stamp of their chunk. */
const lineSplitter = (delimiter: string): ((chunk: Uint8Array) => readonly Uint8Array[]) => {
  const parser = new ReadlineParser({
    delimiter,
    encoding: 'latin1',
    includeDelimiter: true,
    readableObjectMode: true,
  });
  return (chunk) => {
    parser.write(Buffer.from(chunk));
    const lines: Uint8Array[] = [];
    for (let line: unknown = parser.read(); line !== null; line = parser.read()) {
      if (typeof line === 'string') lines.push(Uint8Array.from(Buffer.from(line, 'latin1')));
    }
    return lines;
  };
};

const joined = (head: Uint8Array, tail: Uint8Array): Uint8Array => {
  const whole = new Uint8Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
};
