/**
 * MEDIBUS frames: `ESC CODE text CC CR` (command) or `SOH CODE text CC CR` (answer). CC is the sum of all bytes before it,
 * modulo 256, as two upper-case hexadecimal digits. Bytes with bit 7 set are real-time data mixed in between: they belong
 * to no frame, and neither do XON and XOFF.
 */
import type { Codec, Decoded, Decoder } from '../device.ts';
import { latin1Bytes } from '../framing/line-decoder.ts';
import type { MedibusMessage } from './message.ts';

export * from './message.ts';

/** No frame is longer (bytes; our choice: a full page of measured values is a sixth of it). */
export const MAX_FRAME_BYTES = 4096;

const SOH = 0x01;
const ESC = 0x1b;
const CR = 0x0d;
const XON = 0x11;
const XOFF = 0x13;
/** Start, code and two digits of the sum. */
const SHORTEST = 4;

/** The protocol, both directions. `encode` throws a RangeError for text that is not printable ASCII. */
export const medibusCodec: Codec<MedibusMessage> = {
  decoder: () => medibusDecoder(),
  encode: ({ kind, code, text }) => {
    if (!/^[\x20-\x7e]*$/.test(text)) throw new RangeError('MEDIBUS text is printable ASCII');
    const body = latin1Bytes(`${String.fromCharCode(kind === 'command' ? ESC : SOH, code)}${text}`);
    return Uint8Array.from([...body, ...latin1Bytes(sumOf(body)), CR]);
  },
};

/** The bytes of a command without arguments. */
export const commandBytes = (code: number): Uint8Array =>
  medibusCodec.encode({ kind: 'command', code, text: '' });

/** The empty answer to a command of the machine. */
export const answerBytes = (code: number): Uint8Array =>
  medibusCodec.encode({ kind: 'answer', code, text: '' });

/** True for an empty answer to any command, and nothing else. */
export const isEmptyAnswer = (bytes: Uint8Array): boolean => {
  const decoder = medibusDecoder();
  const [only, another] = [...decoder.push(bytes), ...decoder.end()];
  return (
    another === undefined &&
    only?.ok === true &&
    only.message.kind === 'answer' &&
    only.message.text === '' &&
    bytes.length === SHORTEST + 1
  );
};

const sumOf = (body: Uint8Array): string =>
  (body.reduce((sum, byte) => sum + byte, 0) & 0xff).toString(16).toUpperCase().padStart(2, '0');

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const readFrame = (frame: Uint8Array, byteCount: number): Decoded<MedibusMessage> => {
  if (frame.length < SHORTEST)
    return { ok: false, reason: 'length', detail: 'a frame without a sum', byteCount };
  const body = frame.subarray(0, -2);
  const sum = textOf(frame.subarray(-2));
  if (sum !== sumOf(body)) return { ok: false, reason: 'checksum', detail: `sum ${sumOf(body)}`, byteCount };
  const text = textOf(body.subarray(2));
  if (!/^[\x20-\x7e]*$/.test(text)) {
    return { ok: false, reason: 'syntax', detail: 'control characters in a frame', byteCount };
  }
  const kind = frame[0] === ESC ? 'command' : 'answer';
  return { ok: true, message: { kind, code: frame[1] ?? 0, text }, byteCount };
};

const medibusDecoder = (): Decoder<MedibusMessage> => {
  const frame = new Uint8Array(MAX_FRAME_BYTES);
  /** Bytes of the frame so far; 0 outside of one. */
  let length = 0;
  let pending = 0;
  let out: Decoded<MedibusMessage>[] = [];

  const report = (result: Decoded<MedibusMessage>): void => {
    out.push(result);
    pending = 0;
    length = 0;
  };
  const refuse = (reason: 'noise' | 'truncated' | 'overrun', detail: string): void => {
    if (pending > 0) report({ ok: false, reason, detail, byteCount: pending });
  };

  const onByte = (byte: number): void => {
    if (byte === ESC || byte === SOH) {
      if (length > 0) refuse('truncated', 'a new frame began in the middle of one');
      else refuse('noise', 'bytes between frames');
      frame[0] = byte;
      length = 1;
      pending = 1;
      return;
    }
    pending += 1;
    const isMixedIn = byte >= 0x80 || byte === XON || byte === XOFF;
    if (length === 0) {
      if (pending >= MAX_FRAME_BYTES) refuse('noise', 'bytes between frames');
    } else if (byte === CR) report(readFrame(frame.slice(0, length), pending));
    else if (pending > MAX_FRAME_BYTES) refuse('overrun', `frame longer than ${MAX_FRAME_BYTES} bytes`);
    else if (!isMixedIn) {
      frame[length] = byte;
      length += 1;
    }
  };

  const taken = (): readonly Decoded<MedibusMessage>[] => {
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
      if (length > 0) refuse('truncated', 'the stream ended inside a frame');
      else refuse('noise', 'bytes after the last frame');
      return taken();
    },
  };
};
