/**
 * Where a block of the ANSAR-B stream begins and ends: `FF`, `ANSAR-B `, 400 bytes of waves, text, `FE`. The text has no
 * fixed length. FF and FE may stand among the waves, so the waves are counted.
 */
import type { Decoded, Decoder } from '../device.ts';

/** The parts of one block, not yet read. */
export interface RawBlock {
  /** 400 bytes. */
  readonly waves: Uint8Array;
  /** latin1. */
  readonly text: string;
}

export const WAVE_BYTES = 400;
const START = 0xff;
const END = 0xfe;
const HEADER = [START, ...Array.from('ANSAR-B ', (character) => character.charCodeAt(0))];
const TEXT_AT = HEADER.length + WAVE_BYTES;
/** No text is longer (bytes; our choice: four times the recorded one, room for nine alarms). */
const MAX_TEXT_BYTES = 640;
/** Noise is reported every so many bytes, so that it shows while it lasts (our choice). */
const REPORT_BYTES = 4096;

/** The bytes of one block. */
export const encodeBlock = ({ waves, text }: RawBlock): Uint8Array =>
  Uint8Array.from([...HEADER, ...waves, ...Array.from(text, (character) => character.charCodeAt(0)), END]);

/** A decoder of blocks; its memory is one block. Results do not depend on how the bytes were cut. */
export const blockDecoder = (): Decoder<RawBlock> => {
  const block = new Uint8Array(TEXT_AT + MAX_TEXT_BYTES);
  let length = 0;
  let noise = 0;
  /** How many bytes of a header the last bytes are, inside a block. */
  let matched = 0;
  let out: Decoded<RawBlock>[] = [];

  const refuse = (reason: 'noise' | 'truncated' | 'overrun', detail: string, byteCount: number): void => {
    if (byteCount > 0) out.push({ ok: false, reason, detail, byteCount });
  };
  const flushNoise = (): void => {
    refuse('noise', 'bytes between blocks', noise);
    noise = 0;
  };
  const begin = (headerBytes: number): void => {
    block.set(HEADER.slice(0, headerBytes));
    length = headerBytes;
    matched = 0;
  };
  const cutOff = (byteCount: number): void =>
    refuse('truncated', 'a new block began in the middle of one', byteCount);

  /** Before the waves: the header, byte by byte. */
  const onHeaderByte = (byte: number): void => {
    if (byte === HEADER[length]) {
      block[length] = byte;
      length += 1;
      if (length === HEADER.length) flushNoise();
      return;
    }
    noise += length;
    length = 0;
    if (byte === START) begin(1);
    else noise += 1;
    if (noise >= REPORT_BYTES) flushNoise();
  };

  const finish = (): void => {
    const text = String.fromCharCode(...block.subarray(TEXT_AT, length));
    const waves = block.slice(HEADER.length, TEXT_AT);
    out.push({ ok: true, message: { waves, text }, byteCount: length + 1 });
    length = 0;
  };

  const onByte = (byte: number): void => {
    if (length < HEADER.length) {
      onHeaderByte(byte);
      return;
    }
    const isText = length >= TEXT_AT;
    if (isText && byte === END) {
      finish();
      return;
    }
    if (isText && byte === START) {
      cutOff(length);
      begin(1);
      return;
    }
    if (length === block.length) {
      refuse('overrun', `text longer than ${MAX_TEXT_BYTES} bytes`, length + 1);
      length = 0;
      return;
    }
    block[length] = byte;
    length += 1;
    // Only the first byte of a header is FF, so a header that broke off can only begin anew at that byte.
    if (byte === HEADER[matched]) matched += 1;
    else matched = byte === START ? 1 : 0;
    if (matched === HEADER.length) {
      cutOff(length - HEADER.length);
      begin(HEADER.length);
    }
  };

  const taken = (): readonly Decoded<RawBlock>[] => {
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
      if (length >= HEADER.length) refuse('truncated', 'the stream ended inside a block', length);
      else noise += length;
      flushNoise();
      length = 0;
      return taken();
    },
  };
};
