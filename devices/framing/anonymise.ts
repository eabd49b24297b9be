/**
 * How a recording of a monitor becomes a fixture that holds nothing of a patient or of one device: every message is
 * decoded, what identifies in it is blanked, and it is encoded anew. So lengths and checks are right, and bytes that
 * the codec does not understand cannot come through at all: they become zeros.
 */
import type { Codec, Decoded, Decoder } from '../device.ts';

/** Turns the bytes from a monitor into those of the fixture, as they come. */
export interface Anonymiser {
  push(chunk: Uint8Array): Uint8Array;
  /** The line was quiet for a while: a message without an end mark may be whole now. */
  quiet(): Uint8Array;
  /** The line ended. */
  end(): Uint8Array;
}

/** A family says what it blanks and how; or why it cannot, and then no fixture is made. */
export type Anonymity =
  | {
      readonly kind: 'blanks';
      /** For people: which fields are blanked. */
      readonly what: readonly string[];
      /** @param options those of the driver: they may say which form the monitor sends. */
      readonly anonymiser: (options: Readonly<Record<string, number | boolean | string>>) => Anonymiser;
    }
  | { readonly kind: 'refuses'; readonly why: string };

/** What a decoder of a line without end marks has besides. */
type QuietDecoder<M> = Decoder<M> & { quiet?(): readonly Decoded<M>[] };

/**
 * Decodes, blanks and encodes anew.
 * @param blank the message without what identifies; null: it holds nothing that a fixture needs and becomes zeros.
 * @param fill brings the bytes of a message to the length it had on the line, where the codec drops what it does not use.
 */
export const anonymiser = <M>(
  codec: Codec<M>,
  blank: (message: M) => M | null,
  fill: (bytes: Uint8Array, byteCount: number) => Uint8Array = (bytes) => bytes,
): Anonymiser => {
  const decoder: QuietDecoder<M> = codec.decoder();
  const through = (results: readonly Decoded<M>[]): Uint8Array =>
    joined(
      results.map((result) => {
        if (!result.ok) return new Uint8Array(result.byteCount);
        const message = blank(result.message);
        return message === null
          ? new Uint8Array(result.byteCount)
          : fill(codec.encode(message), result.byteCount);
      }),
    );
  return {
    push: (chunk) => through(decoder.push(chunk)),
    quiet: () => through(decoder.quiet?.() ?? []),
    end: () => through(decoder.end()),
  };
};

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

/** The text with every letter an X and every digit a 0, at the same length; signs and blanks stay. */
export const blankText = (text: string): string =>
  text.replaceAll(/[0-9]/g, '0').replaceAll(/[^\x20-\x7e]|[A-Za-z]/g, 'X');

/** `text` where the pattern says that it is one of the protocol's own words, else blanked. */
export const onlyIf = (text: string, pattern: RegExp): string =>
  pattern.test(text) ? text : blankText(text);

/**
 * Names that have to stay apart (a message's number, a bed): each becomes a number of its own, padded to the same length
 * as long as that can be.
 */
export const pseudonyms = (): ((name: string) => string) => {
  const known = new Map<string, string>();
  return (name) => {
    if (name === '') return '';
    const before = known.get(name);
    if (before !== undefined) return before;
    const made = String(known.size + 1).padStart(name.length, '0');
    known.set(name, made);
    return made;
  };
};

/** Fills an HL7 message up to `byteCount` with a segment of its own, behind its last one and before the end marks. */
export const fitSegments = (bytes: Uint8Array, byteCount: number): Uint8Array => {
  const missing = byteCount - bytes.length;
  const empty = 'ZZZ|\r';
  if (missing < empty.length) return bytes;
  const filler = `ZZZ|${'X'.repeat(missing - empty.length)}\r`;
  // End marks of MLLP: FS CR.
  const tail = bytes.at(-2) === 0x1c ? 2 : 0;
  return joined([
    bytes.subarray(0, bytes.length - tail),
    Uint8Array.from(filler, (character) => character.charCodeAt(0)),
    bytes.subarray(bytes.length - tail),
  ]);
};

/** Fills a line up to `byteCount` with NULs before it, where the codec lets blank lines and NULs lead. */
export const fillWithNuls = (bytes: Uint8Array, byteCount: number): Uint8Array =>
  joined([new Uint8Array(Math.max(0, byteCount - bytes.length)), bytes]);
