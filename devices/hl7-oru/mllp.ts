/**
 * MLLP: where one HL7 message begins and ends in a stream (0B message 1C 0D). Senders that forget the frame are
 * read too: their message begins with `MSH` at the start of a line and ends before the next one, or when the
 * line has gone quiet after a whole segment. What the message says is the codec's business.
 */
import type { Decoded, Decoder } from '../device.ts';

/** Bytes between the frame's marks, and nothing of the marks. */
export interface Envelope {
  readonly bytes: Uint8Array;
}

export interface MllpDecoder extends Decoder<Envelope> {
  /** The line has been quiet for a while: a message without an end mark is taken if its last segment is whole. */
  quiet(): readonly Decoded<Envelope>[];
}

/** No message is longer (bytes; our choice: about ten times a full set of a multi-parameter monitor). */
export const MAX_MESSAGE_BYTES = 65_536;
/** Noise and endless messages are reported every so many bytes, so that they show while they last (our choice). */
const REPORT_BYTES = 4096;

const VT = 0x0b;
const FS = 0x1c;
const CR = 0x0d;
const LF = 0x0a;
const MSH = [0x4d, 0x53, 0x48] as const;

type Place = 'outside' | 'framed' | 'bare' | 'closing' | 'skipping';

/** The bytes of one message in its frame. */
export const mllpFrame = (message: Uint8Array): Uint8Array => {
  const frame = new Uint8Array(message.length + 3);
  frame[0] = VT;
  frame.set(message, 1);
  frame.set([FS, CR], message.length + 1);
  return frame;
};

const isLineEnd = (byte: number): boolean => byte === CR || byte === LF;
/** What may stand as MSH-1: a printable character that is neither letter nor digit. */
const isDelimiter = (byte: number): boolean => /^[!-/:-@[-`{-~]$/.test(String.fromCharCode(byte));

/** A decoder that has seen nothing; its memory is one message. Results do not depend on how the bytes were cut. */
export const mllpDecoder = (): MllpDecoder => {
  const message = new Uint8Array(MAX_MESSAGE_BYTES);
  let length = 0;
  let place: Place = 'outside';
  /** Bytes since the last result. */
  let pending = 0;
  /** Something between two messages is more than line ends. */
  let isNoise = false;
  /** How much of `MSH` stands at the start of this line; null: the line began otherwise. */
  let probe: number | null = 0;
  let out: Decoded<Envelope>[] = [];

  const report = (result: Decoded<Envelope>): void => {
    out.push(result);
    pending = 0;
    isNoise = false;
  };
  const refuse = (reason: 'noise' | 'truncated' | 'overrun', detail: string, byteCount = pending): void => {
    if (byteCount > 0) report({ ok: false, reason, detail, byteCount });
  };
  const leave = (): void => {
    place = 'outside';
    length = 0;
    probe = 0;
  };
  const accept = (): void => {
    report({ ok: true, message: { bytes: message.slice(0, length) }, byteCount: pending });
    leave();
  };
  const endBare = (): void => {
    if (length > 0 && isLineEnd(message[length - 1] ?? 0)) accept();
    else {
      refuse('truncated', 'message without an end');
      leave();
    }
  };
  const openFrame = (): void => {
    if (place === 'bare') endBare();
    else if (place === 'closing') accept();
    else if (place === 'framed') refuse('truncated', 'a new message began in the middle of one');
    else if (place === 'skipping') refuse('overrun', `message longer than ${MAX_MESSAGE_BYTES} bytes`);
    else if (isNoise) refuse('noise', 'bytes between messages');
    leave();
    place = 'framed';
    pending += 1;
  };

  /** Looks for `MSH` and its delimiter at the start of a line; true on the byte that completes them. */
  const completesHeader = (byte: number): boolean => {
    if (probe === MSH.length && isDelimiter(byte)) return true;
    if (isLineEnd(byte)) probe = 0;
    else probe = probe !== null && byte === MSH[probe] ? probe + 1 : null;
    return false;
  };
  const openBare = (delimiter: number): void => {
    leave();
    place = 'bare';
    message.set([...MSH, delimiter]);
    length = MSH.length + 1;
    pending = length;
    probe = null;
  };

  const onOutside = (byte: number): void => {
    const matched = probe ?? 0;
    if (completesHeader(byte)) {
      let lead = pending - MSH.length;
      if (isNoise) {
        refuse('noise', 'bytes between messages', lead);
        lead = 0;
      }
      openBare(byte);
      pending += lead;
      return;
    }
    pending += 1;
    if (isLineEnd(byte) ? matched > 0 : probe === null) isNoise = true;
    if (pending >= REPORT_BYTES && (probe === null || probe === 0)) refuse('noise', 'bytes between messages');
  };

  const append = (byte: number): void => {
    pending += 1;
    if (length === MAX_MESSAGE_BYTES) {
      refuse('overrun', `message longer than ${MAX_MESSAGE_BYTES} bytes`);
      leave();
      place = 'skipping';
      return;
    }
    message[length] = byte;
    length += 1;
  };

  const onFramed = (byte: number): void => {
    append(byte);
    if (place === 'framed' && length <= MSH.length && byte !== MSH[length - 1]) {
      // A start mark in the middle of noise.
      leave();
      isNoise = true;
      probe = isLineEnd(byte) ? 0 : null;
    }
  };

  const onBare = (byte: number): void => {
    if (!completesHeader(byte)) {
      append(byte);
      return;
    }
    length -= MSH.length;
    pending -= MSH.length;
    endBare();
    openBare(byte);
  };

  const onByte = (byte: number): void => {
    if (place === 'closing') {
      if (byte === CR) pending += 1;
      accept();
      if (byte === CR) return;
    }
    if (byte === VT) openFrame();
    else if (place === 'outside') onOutside(byte);
    else if (place === 'skipping') {
      pending += 1;
      if (byte === FS) {
        refuse('overrun', `message longer than ${MAX_MESSAGE_BYTES} bytes`);
        leave();
      } else if (pending >= REPORT_BYTES) refuse('overrun', `message longer than ${MAX_MESSAGE_BYTES} bytes`);
    } else if (byte === FS) {
      pending += 1;
      place = 'closing';
    } else if (place === 'framed') onFramed(byte);
    else onBare(byte);
  };

  const taken = (): readonly Decoded<Envelope>[] => {
    const results = out;
    out = [];
    return results;
  };
  return {
    push(chunk) {
      for (const byte of chunk) onByte(byte);
      return taken();
    },
    quiet() {
      const isWhole = place === 'bare' && isLineEnd(message[length - 1] ?? 0);
      if (place === 'closing' || isWhole) accept();
      return taken();
    },
    end() {
      if (place === 'closing') accept();
      else if (place === 'bare') endBare();
      else if (place === 'framed') refuse('truncated', 'the stream ended inside a message');
      else if (place === 'skipping') refuse('overrun', `message longer than ${MAX_MESSAGE_BYTES} bytes`);
      else refuse('noise', 'bytes after the last message');
      leave();
      return taken();
    },
  };
};
