/**
 * Frames of MLLP (HL7 v2 transport, release 1: 0x0B, message, 0x1C 0x0D) and acknowledgements in them (HL7 v2.6,
 * chapter 2, sections 2.9 and 2.14.8).
 */
import { theirWords } from './outcome.ts';

const START = 0x0b;
const END = 0x1c;
const RETURN = 0x0d;

/** An acknowledgement is short; a line that sends more without an end is no listener for HL7 (bytes). */
export const FRAME_MOST = 64 * 1024;

export const frame = (text: string): Uint8Array => {
  const body = new TextEncoder().encode(text);
  const bytes = new Uint8Array(body.length + 3);
  bytes[0] = START;
  bytes.set(body, 1);
  bytes[body.length + 1] = END;
  bytes[body.length + 2] = RETURN;
  return bytes;
};

export interface FrameReader {
  /** The messages that these bytes completed. What stands outside of a frame is dropped. */
  push(chunk: Uint8Array): readonly string[];
  /** More than `FRAME_MOST` came without the end of a frame. */
  isOverrun(): boolean;
}

export const frameReader = (): FrameReader => {
  let body: number[] | null = null;
  let outside = 0;
  let isOverrun = false;
  return {
    push: (chunk) => {
      const found: string[] = [];
      for (const byte of chunk) {
        if (byte === START) {
          // A frame that never ended is no message.
          body = [];
        } else if (body === null) {
          outside += 1;
        } else if (byte === RETURN && body.at(-1) === END) {
          found.push(new TextDecoder().decode(Uint8Array.from(body.slice(0, -1))));
          body = null;
          outside = 0;
        } else {
          body.push(byte);
        }
        if ((body?.length ?? 0) > FRAME_MOST || outside > FRAME_MOST) isOverrun = true;
        if (isOverrun) return found;
      }
      return found;
    },
    isOverrun: () => isOverrun,
  };
};

export const ACK_CODES = ['AA', 'AE', 'AR', 'CA', 'CE', 'CR'] as const;
export type AckCode = (typeof ACK_CODES)[number];

export interface Acknowledgement {
  readonly code: AckCode;
  /** MSA-2: the control id of the message that it answers. */
  readonly controlId: string;
  /** What the receiver says besides (MSA-3, ERR-3, ERR-7, ERR-8); empty: nothing. */
  readonly words: string;
  /** MSH-10 of the acknowledgement itself, where it wants to be accepted in turn (MSH-15 is AL or SU); null: it does not. */
  readonly acceptAs: string | null;
}

/** Null: it is no acknowledgement. */
export const parseAcknowledgement = (text: string): Acknowledgement | null => {
  const segments = text.split(/\r\n|\r|\n/).filter((segment) => segment !== '');
  const [header] = segments;
  if (header === undefined || !/^MSH.[^A-Za-z0-9]{1,5}/.test(header)) return null;
  const separator = header.charAt(3);
  const fieldsOf = (name: string) =>
    segments.map((segment) => segment.split(separator)).filter(([first]) => first === name);
  const [msa] = fieldsOf('MSA');
  const code = ACK_CODES.find((known) => known === msa?.[1]?.trim());
  const controlId = msa?.[2]?.trim() ?? '';
  if (msa === undefined || code === undefined || controlId === '') return null;
  const errors = fieldsOf('ERR').flatMap((err) => [err[3] ?? '', err[7] ?? '', err[8] ?? '']);
  const words = [msa[3] ?? '', ...errors].map((word) => theirWords(word)).filter((word) => word !== '');
  // MSH-1 is the separator itself: field n stands at n - 1.
  const own = header.split(separator);
  const wantsAccept = ['AL', 'SU'].includes(own[14]?.trim() ?? '');
  return {
    code,
    controlId,
    words: theirWords([...new Set(words)].join('; ')),
    acceptAs: wantsAccept ? theirWords(own[9] ?? '', 199) : null,
  };
};
