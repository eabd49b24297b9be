/**
 * Bounded splitter of a byte stream into text lines, for line protocols without a checksum. It decides only
 * where a line begins and ends; what the line says is the codec's business. Bytes are read as latin1, so
 * that each byte stays one character whatever noise it is.
 */
import type { Decoded, Decoder } from '../device.ts';

/** One line without its end and without the NUL bytes that some monitors send before it; never empty. */
export interface TextLine {
  readonly text: string;
}

export interface LineDecoderOptions {
  /** The longest line of the protocol, without its end (bytes). One byte more and the line is refused. */
  readonly maxLineBytes: number;
}

/** An endless line is reported every so many bytes, so that it shows while it lasts (our choice: 4 s at 9600 baud). */
export const OVERRUN_REPORT_BYTES = 4096;

const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;

/**
 * A decoder of lines that end in LF, CR or CR LF. Blank lines and NULs before a line are separators: their
 * bytes are counted with the line that follows. A line longer than `maxLineBytes` is skipped to its end and
 * refused as `overrun` in pieces of at most `OVERRUN_REPORT_BYTES`; a tail without an end is refused as
 * `truncated` by `end()`. Results do not depend on how the bytes were cut into chunks.
 */
export const lineDecoder = ({ maxLineBytes }: LineDecoderOptions): Decoder<TextLine> => {
  const line = new Uint8Array(maxLineBytes);
  let length = 0;
  /** Bytes since the last result: the line itself, the end of the line before it, blank lines and NULs. */
  let pendingBytes = 0;
  let isSkipping = false;
  let wasCarriageReturn = false;

  const take = (out: Decoded<TextLine>[], result: Decoded<TextLine>): void => {
    out.push(result);
    pendingBytes = 0;
    length = 0;
  };
  const overrun = (): Decoded<TextLine> => ({
    ok: false,
    reason: 'overrun',
    detail: `line longer than ${maxLineBytes} bytes`,
    byteCount: pendingBytes,
  });

  const onLineEnd = (out: Decoded<TextLine>[]): void => {
    if (isSkipping) {
      take(out, overrun());
      isSkipping = false;
    } else if (length > 0) {
      take(out, { ok: true, message: { text: latin1(line, length) }, byteCount: pendingBytes });
    }
  };

  const onByte = (out: Decoded<TextLine>[], byte: number): void => {
    const isSecondHalfOfEnd = byte === LF && wasCarriageReturn;
    wasCarriageReturn = byte === CR;
    pendingBytes += 1;
    if (isSecondHalfOfEnd) return;
    if (byte === CR || byte === LF) onLineEnd(out);
    else if (isSkipping) {
      if (pendingBytes >= OVERRUN_REPORT_BYTES) take(out, overrun());
    } else if (byte === NUL && length === 0) return;
    else if (length === maxLineBytes) isSkipping = true;
    else {
      line[length] = byte;
      length += 1;
    }
  };

  return {
    push(chunk) {
      const out: Decoded<TextLine>[] = [];
      for (const byte of chunk) onByte(out, byte);
      return out;
    },
    end() {
      const out: Decoded<TextLine>[] = [];
      if (isSkipping) take(out, overrun());
      else if (length > 0) {
        const detail = `unfinished line: ${printable(latin1(line, length))}`;
        take(out, { ok: false, reason: 'truncated', detail: detail.slice(0, 80), byteCount: pendingBytes });
      }
      isSkipping = false;
      wasCarriageReturn = false;
      pendingBytes = 0;
      return out;
    },
  };
};

/** Text that is safe in a log line: bytes outside of printable ASCII become `.`, cut to `maxLength`. */
export const printable = (text: string, maxLength = 60): string => {
  const safe = text.replace(/[^\x20-\x7e]/g, '.');
  return safe.length <= maxLength ? safe : `${safe.slice(0, maxLength - 3)}...`;
};

const latin1 = (bytes: Uint8Array, length: number): string => {
  let text = '';
  for (let index = 0; index < length; index += 1) text += String.fromCharCode(bytes[index] ?? 0);
  return text;
};

/** The bytes of a latin1 text, for encoders. Characters above U+00FF are a bug of the caller. */
export const latin1Bytes = (text: string): Uint8Array => {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
};
