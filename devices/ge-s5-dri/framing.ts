/**
 * The outermost layer of the line: `7E | record | checksum | 7E`. The checksum is the 8-bit sum of the record
 * bytes before escaping; `7E` and `7D` inside travel as `7D 5E` and `7D 5D`.
 * Source: GE Computer Interface M1017617, 12th edition (frame); the doubled `7E 7E` between frames is in the
 * real B450/B650 logs. We are stricter than the document in one place: it says that the receiver sets bit 5 of
 * any byte after `7D`; no sender escapes anything but those two bytes, so everything else after `7D` is an error.
 */
import type { RejectReason } from '../device.ts';
import { HEADER_BYTES, MAX_RECORD_BYTES } from './header.ts';

const FLAG = 0x7e;
const ESCAPE = 0x7d;
const ESCAPED_FLAG = 0x5e;
const ESCAPED_ESCAPE = 0x5d;
/** A record and its checksum byte. */
const MAX_FRAME_BYTES = MAX_RECORD_BYTES + 1;
/** Bytes outside of frames are reported at the latest after this many, so that an endless one is seen. */
const NOISE_REPORT_BYTES = 4096;

/** A record whose length and checksum agree, or what was refused; `byteCount` counts the bytes on the wire. */
export type Frame =
  | { readonly ok: true; readonly record: Uint8Array; readonly byteCount: number }
  | {
      readonly ok: false;
      readonly reason: RejectReason;
      readonly detail: string;
      readonly byteCount: number;
    };

/** 8-bit sum of the unescaped bytes. */
export const sum8 = (bytes: Uint8Array): number => {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum & 0xff;
};

/** Frames one record: flags, escaping and checksum. */
export const frameRecord = (record: Uint8Array): Uint8Array => {
  const wire: number[] = [FLAG];
  const put = (byte: number): void => {
    if (byte === FLAG) wire.push(ESCAPE, ESCAPED_FLAG);
    else if (byte === ESCAPE) wire.push(ESCAPE, ESCAPED_ESCAPE);
    else wire.push(byte);
  };
  record.forEach(put);
  put(sum8(record));
  wire.push(FLAG);
  return Uint8Array.from(wire);
};

/** Cuts a byte stream into records. Memory is one frame; resynchronises on any `7E`; never throws on bytes. */
export interface FrameDecoder {
  push(chunk: Uint8Array): readonly Frame[];
  /** The stream ended: an open frame is `truncated`, stray bytes are `noise`. Usable again afterwards. */
  end(): readonly Frame[];
}

/** A decoder that waits for its first flag. */
export const createFrameDecoder = (): FrameDecoder => {
  const buffer = new Uint8Array(MAX_FRAME_BYTES);
  let length = 0;
  /** Bytes on the wire since the last report. */
  let wireCount = 0;
  let inFrame = false;
  let escaping = false;
  let badEscape = false;

  const reset = (nowInFrame: boolean): void => {
    length = 0;
    wireCount = 0;
    inFrame = nowInFrame;
    escaping = false;
    badEscape = false;
  };

  const refuse = (reason: RejectReason, detail: string): Frame => ({
    ok: false,
    reason,
    detail,
    byteCount: wireCount,
  });

  const close = (): Frame => {
    if (escaping) return refuse('truncated', 'the frame ended in an escape');
    if (badEscape) return refuse('syntax', 'a byte was escaped that never needs escaping');
    if (length <= HEADER_BYTES) return refuse('truncated', `${length} bytes: no room for a header`);
    const recordBytes = length - 1;
    const declared = (buffer[0] ?? 0) | ((buffer[1] ?? 0) << 8);
    const record = buffer.subarray(0, recordBytes);
    if (sum8(record) !== buffer[recordBytes]) {
      return recordBytes < declared
        ? refuse('truncated', `${recordBytes} of ${declared} bytes`)
        : refuse('checksum', `sum is not ${buffer[recordBytes] ?? 0}`);
    }
    if (declared !== recordBytes) return refuse('length', `says ${declared} bytes, has ${recordBytes}`);
    return { ok: true, record: record.slice(), byteCount: wireCount };
  };

  return {
    push(chunk) {
      const frames: Frame[] = [];
      for (const byte of chunk) {
        wireCount += 1;
        if (byte === FLAG) {
          if (!inFrame) {
            // Whatever came before the first flag is not a frame we saw from its start.
            if (wireCount > 1) {
              wireCount -= 1;
              frames.push(refuse('noise', 'bytes outside of a frame'));
            }
            reset(true);
            wireCount = 1;
          } else if (length > 0 || escaping || badEscape) {
            frames.push(close());
            reset(true);
          }
          continue;
        }
        if (!inFrame) {
          if (wireCount >= NOISE_REPORT_BYTES) {
            frames.push(refuse('noise', 'bytes outside of a frame'));
            reset(false);
          }
          continue;
        }
        if (byte === ESCAPE && !escaping) {
          escaping = true;
          continue;
        }
        if (length === MAX_FRAME_BYTES) {
          frames.push(refuse('overrun', `longer than ${MAX_RECORD_BYTES} bytes`));
          reset(false);
          continue;
        }
        if (escaping && byte !== ESCAPED_FLAG && byte !== ESCAPED_ESCAPE) badEscape = true;
        buffer[length] = escaping ? byte | 0x20 : byte;
        length += 1;
        escaping = false;
      }
      return frames;
    },
    end() {
      const open = inFrame && (length > 0 || escaping);
      const stray = !inFrame && wireCount > 0;
      const frames: Frame[] = [];
      if (open) frames.push(refuse('truncated', 'the stream ended inside a frame'));
      else if (stray) frames.push(refuse('noise', 'bytes outside of a frame'));
      reset(false);
      return frames;
    },
  };
};
