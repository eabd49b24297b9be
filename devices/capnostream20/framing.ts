/**
 * Frames of the Capnostream 20: `85 LEN CODE DATA… CHK`. After the first byte, 80 is sent as `80 00` and 85 as `80 05`
 * (the second byte is added), so that 85 is always the beginning of a frame. CHK is the exclusive or of all bytes as sent.
 */
import type { Decoded, Decoder } from '../device.ts';

/** A frame with a correct check byte. */
export interface Frame {
  readonly code: number;
  readonly data: Uint8Array;
}

const START = 0x85;
const ESCAPE = 0x80;
/** Noise is reported every so many bytes, so that it shows while it lasts (our choice). */
const REPORT_BYTES = 4096;

const escapedByte = (byte: number): readonly number[] =>
  byte === START || byte === ESCAPE ? [ESCAPE, byte - ESCAPE] : [byte];

/** The bytes of one frame. @throws RangeError for data that no length byte can count. */
export const encodeFrame = ({ code, data }: Frame): Uint8Array => {
  if (data.length > 254) throw new RangeError(`${data.length} bytes of data: at most 254`);
  const body = [data.length + 1, code, ...data].flatMap(escapedByte);
  const check = body.reduce((sum, byte) => sum ^ byte, 0);
  return Uint8Array.from([START, ...body, ...escapedByte(check)]);
};

/** A decoder of frames; its memory is one frame of at most 256 bytes. Results do not depend on how the bytes were cut. */
export const frameDecoder = (): Decoder<Frame> => {
  const body = new Uint8Array(256);
  /** Bytes of the frame so far, unescaped, from LEN to CHK. */
  let length = 0;
  let isInside = false;
  let isEscaped = false;
  let check = 0;
  /** What the byte that is being read adds to the check; it is the check byte itself when it is the last one. */
  let added = 0;
  let pending = 0;
  let out: Decoded<Frame>[] = [];

  const report = (result: Decoded<Frame>): void => {
    out.push(result);
    pending = 0;
    isInside = false;
  };
  const refuse = (reason: 'noise' | 'truncated' | 'syntax' | 'checksum' | 'length', detail: string): void => {
    if (pending > 0) report({ ok: false, reason, detail, byteCount: pending });
  };
  const begin = (): void => {
    if (isInside) refuse('truncated', 'a new frame began in the middle of one');
    else refuse('noise', 'bytes between frames');
    isInside = true;
    isEscaped = false;
    length = 0;
    check = 0;
    added = 0;
    pending = 1;
  };

  const take = (byte: number): void => {
    body[length] = byte;
    length += 1;
    const wanted = body[0] ?? 0;
    if (wanted === 0) {
      refuse('length', 'a frame without a code');
      return;
    }
    if (length < wanted + 2) {
      check ^= added;
      return;
    }
    if (byte !== check) refuse('checksum', `check byte ${byte}, not ${check}`);
    else
      report({
        ok: true,
        message: { code: body[1] ?? 0, data: body.slice(2, wanted + 1) },
        byteCount: pending,
      });
  };

  const onByte = (byte: number): void => {
    if (byte === START) {
      begin();
      return;
    }
    pending += 1;
    if (!isInside) {
      if (pending >= REPORT_BYTES) refuse('noise', 'bytes between frames');
      return;
    }
    if (isEscaped) {
      isEscaped = false;
      if (byte !== 0 && byte !== START - ESCAPE) refuse('syntax', 'a byte that is never sent after 80');
      else {
        added ^= byte;
        take(ESCAPE + byte);
      }
    } else if (byte === ESCAPE) {
      isEscaped = true;
      added = byte;
    } else {
      added = byte;
      take(byte);
    }
  };

  const taken = (): readonly Decoded<Frame>[] => {
    const results = out;
    out = [];
    return results;
  };
  return {
    push(chunk) {
      for (const byte of chunk) onByte(byte);
      return taken();
    },
    end() {
      if (isInside) refuse('truncated', 'the stream ended inside a frame');
      else refuse('noise', 'bytes after the last frame');
      return taken();
    },
  };
};
