/** Frames of both directions: `55 AA N A1 … An SUM`. N counts itself, the data and SUM; SUM = ~(N + A1 + … + An). */
import type { Decoded, Decoder } from '../device.ts';

/** A frame with a correct sum: its type (A1) and what follows it. */
export interface Frame {
  readonly type: number;
  readonly data: Uint8Array;
}

const SYNC = [0x55, 0xaa] as const;
const MIN_N = 3;
/** No frame of the protocol is longer; the longest one that is known has 10. */
const MAX_N = 32;
/** Noise is reported every so many bytes, so that it shows while it lasts (our choice). */
const REPORT_BYTES = 4096;

const sumOf = (bytes: Iterable<number>): number => {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return ~sum & 0xff;
};

/** The bytes of one frame. @throws RangeError for more data than a frame can have. */
export const encodeFrame = ({ type, data }: Frame): Uint8Array => {
  const n = data.length + 3;
  if (n > MAX_N) throw new RangeError(`${data.length} bytes of data`);
  const body = [n, type, ...data];
  return Uint8Array.from([...SYNC, ...body, sumOf(body)]);
};

/** A decoder of frames; its memory is one frame. Results do not depend on how the bytes were cut. */
export const frameDecoder = (): Decoder<Frame> => {
  const buffer = new Uint8Array(MAX_N + 2);
  let length = 0;
  let noise = 0;
  let out: Decoded<Frame>[] = [];

  const refuse = (
    reason: 'noise' | 'length' | 'checksum' | 'truncated',
    detail: string,
    byteCount: number,
  ) => {
    if (byteCount > 0) out.push({ ok: false, reason, detail, byteCount });
  };
  const flushNoise = (): void => {
    refuse('noise', 'bytes between frames', noise);
    noise = 0;
  };
  const drop = (count: number): void => {
    buffer.copyWithin(0, count, length);
    length -= count;
  };
  const skip = (count: number): void => {
    noise += count;
    drop(count);
    if (noise >= REPORT_BYTES) flushNoise();
  };

  /** The next place after the first byte at which a frame may begin; `length` when there is none. */
  const nextBeginning = (): number => {
    for (let index = 1; index < length; index += 1) {
      if (buffer[index] === SYNC[0] && (index + 1 === length || buffer[index + 1] === SYNC[1])) return index;
    }
    return length;
  };

  /** Looks at what is gathered; true when something was taken out and there may be more. */
  const step = (): boolean => {
    if (length === 0) return false;
    if (buffer[0] !== SYNC[0] || (length > 1 && buffer[1] !== SYNC[1])) {
      skip(1);
      return true;
    }
    if (length < 3) return false;
    const n = buffer[2] ?? 0;
    if (n < MIN_N || n > MAX_N) {
      flushNoise();
      refuse('length', `a frame of length ${n}`, 2);
      drop(2);
      return true;
    }
    if (length < n + 2) return false;
    flushNoise();
    if (sumOf(buffer.subarray(2, n + 1)) === buffer[n + 1]) {
      const message = { type: buffer[3] ?? 0, data: buffer.slice(4, n + 1) };
      out.push({ ok: true, message, byteCount: n + 2 });
      drop(n + 2);
    } else {
      const lost = nextBeginning();
      refuse('checksum', 'wrong sum', lost);
      drop(lost);
    }
    return true;
  };

  const taken = (): readonly Decoded<Frame>[] => {
    const results = out;
    out = [];
    return results;
  };
  return {
    push(chunk) {
      for (const byte of chunk) {
        buffer[length] = byte;
        length += 1;
        while (step());
      }
      return taken();
    },
    end() {
      flushNoise();
      refuse('truncated', 'the stream ended inside a frame', length);
      length = 0;
      return taken();
    },
  };
};
