/**
 * The outermost layer of the line: `C0 | header | payload | FCS | C1`, with `C0`, `C1` and `7D` inside sent as `7D` and the
 * byte with bit 5 flipped. The FCS is the reflected CRC-CCITT of X.25 over header and payload, low byte first.
 * Source: README, "Frame"; right for all 795 frames of the real capture.
 */
import type { RejectReason } from '../device.ts';

const BEGIN = 0xc0;
const END = 0xc1;
const ESCAPE = 0x7d;
const FLIP = 0x20;
/** Protocol "data export", message type 1. */
const PROTOCOL = 0x11;
const MESSAGE_TYPE = 0x01;
const HEADER_BYTES = 4;
const FCS_BYTES = 2;
/** More than any message of the protocol: the largest unit that a monitor may negotiate is 1364 bytes. */
export const MAX_PAYLOAD_BYTES = 4096;
const MAX_FRAME_BYTES = HEADER_BYTES + MAX_PAYLOAD_BYTES + FCS_BYTES;
/** Bytes outside of frames are reported at the latest after this many, so that an endless run is seen. */
const NOISE_REPORT_BYTES = 4096;
/** The CRC over data and FCS together, when they agree. */
const GOOD_RESIDUE = 0xf0b8;

/** A checked payload, or what was refused; `byteCount` counts the bytes on the wire. */
export type Frame =
  | { readonly ok: true; readonly payload: Uint8Array; readonly byteCount: number }
  | {
      readonly ok: false;
      readonly reason: RejectReason;
      readonly detail: string;
      readonly byteCount: number;
    };

const CRC_TABLE: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1;
  return crc;
});

const crcOf = (bytes: Iterable<number>): number => {
  let crc = 0xffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return crc;
};

/** The frame check sequence of these bytes, as a number; it is sent low byte first. */
export const frameCheck = (bytes: Iterable<number>): number => crcOf(bytes) ^ 0xffff;

/** `C0`, the bytes and their check, escaped, `C1`: without a header, as the vectors of OpenICE have it. */
export const wrap = (bytes: readonly number[]): Uint8Array => {
  const check = frameCheck(bytes);
  const wire: number[] = [BEGIN];
  for (const byte of [...bytes, check & 0xff, check >>> 8]) {
    if (byte === BEGIN || byte === END || byte === ESCAPE) wire.push(ESCAPE, byte ^ FLIP);
    else wire.push(byte);
  }
  wire.push(END);
  return Uint8Array.from(wire);
};

/** Frames one payload. Throws a RangeError when it is longer than any frame may be. */
export const framePayload = (payload: Uint8Array): Uint8Array => {
  if (payload.length > MAX_PAYLOAD_BYTES) throw new RangeError(`${payload.length} bytes in one frame`);
  return wrap([PROTOCOL, MESSAGE_TYPE, payload.length >>> 8, payload.length & 0xff, ...payload]);
};

/** Cuts a byte stream into payloads. Memory is one frame; resynchronises on any `C0`; never throws on bytes. */
export interface FrameDecoder {
  push(chunk: Uint8Array): readonly Frame[];
  /** The stream ended: an open frame is `truncated`, stray bytes are `noise`. Usable again afterwards. */
  end(): readonly Frame[];
}

/** A decoder that waits for its first `C0`. */
export const createFrameDecoder = (): FrameDecoder => {
  const buffer = new Uint8Array(MAX_FRAME_BYTES);
  let length = 0;
  /** Bytes on the wire since the last result. */
  let wireCount = 0;
  let isInFrame = false;
  let isEscaping = false;
  let hasBadEscape = false;

  const reset = (isNowInFrame: boolean): void => {
    length = 0;
    wireCount = isNowInFrame ? 1 : 0;
    isInFrame = isNowInFrame;
    isEscaping = false;
    hasBadEscape = false;
  };

  const refuse = (reason: RejectReason, detail: string): Frame => ({
    ok: false,
    reason,
    detail,
    byteCount: wireCount,
  });

  const close = (): Frame => {
    if (isEscaping) return refuse('truncated', 'the frame was aborted by its sender');
    if (hasBadEscape) return refuse('syntax', 'a byte was escaped that never needs escaping');
    if (length < HEADER_BYTES + FCS_BYTES)
      return refuse('truncated', `${length} bytes: no room for a header`);
    const payloadBytes = length - HEADER_BYTES - FCS_BYTES;
    const declared = ((buffer[2] ?? 0) << 8) | (buffer[3] ?? 0);
    if (crcOf(buffer.subarray(0, length)) !== GOOD_RESIDUE) {
      return payloadBytes < declared
        ? refuse('truncated', `${payloadBytes} of ${declared} bytes`)
        : refuse('checksum', 'the frame check is wrong');
    }
    if (buffer[0] !== PROTOCOL || buffer[1] !== MESSAGE_TYPE)
      return refuse('syntax', 'a frame of another protocol');
    if (declared !== payloadBytes) return refuse('length', `says ${declared} bytes, has ${payloadBytes}`);
    const payload = buffer.slice(HEADER_BYTES, HEADER_BYTES + payloadBytes);
    return { ok: true, payload, byteCount: wireCount };
  };

  const onByte = (byte: number, frames: Frame[]): void => {
    if (byte === BEGIN) {
      if (wireCount > 0) {
        frames.push(
          isInFrame
            ? refuse('truncated', 'a new frame began inside of this one')
            : refuse('noise', 'bytes between frames'),
        );
      }
      reset(true);
      return;
    }
    wireCount += 1;
    if (!isInFrame) {
      if (wireCount >= NOISE_REPORT_BYTES) {
        frames.push(refuse('noise', 'bytes between frames'));
        reset(false);
      }
    } else if (byte === END) {
      frames.push(close());
      reset(false);
    } else if (length === MAX_FRAME_BYTES) {
      frames.push(refuse('overrun', `longer than ${MAX_PAYLOAD_BYTES} bytes`));
      reset(false);
    } else if (byte === ESCAPE && !isEscaping) {
      isEscaping = true;
    } else {
      const plain = isEscaping ? byte ^ FLIP : byte;
      if (isEscaping && plain !== BEGIN && plain !== END && plain !== ESCAPE) hasBadEscape = true;
      buffer[length] = plain;
      length += 1;
      isEscaping = false;
    }
  };

  return {
    push(chunk) {
      const frames: Frame[] = [];
      for (const byte of chunk) onByte(byte, frames);
      return frames;
    },
    end() {
      const frames: Frame[] = [];
      if (wireCount > 0) {
        frames.push(
          isInFrame
            ? refuse('truncated', 'the stream ended inside a frame')
            : refuse('noise', 'bytes between frames'),
        );
      }
      reset(false);
      return frames;
    },
  };
};
