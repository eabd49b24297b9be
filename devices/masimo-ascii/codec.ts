/**
 * Masimo ASCII 1: lines of text, no checksum. The codec judges each line alone; what only its neighbours
 * can tell (clock, leaps) is the driver's.
 */
import type { Codec, Decoded, Decoder } from '../device.ts';
import { latin1Bytes, lineDecoder, printable, type TextLine } from '../framing/line-decoder.ts';
import { formatLine, parseLine } from './line.ts';
import type { MasimoLine } from './message.ts';

export { ALARM, EXC, type LineForm, type MasimoLine, type RawField } from './message.ts';

/** The longest line seen has 187 characters; room for fields of newer boards (bytes, without CR LF). */
export const MAX_LINE_BYTES = 320;

/** Bytes ⇄ lines. Before the first line that can be read, refusals are `noise`, then `syntax`. */
export const masimoCodec: Codec<MasimoLine> = {
  decoder: () => masimoDecoder(),
  encode: (line) => latin1Bytes(`${formatLine(line)}\r\n`),
};

const masimoDecoder = (): Decoder<MasimoLine> => {
  const lines = lineDecoder({ maxLineBytes: MAX_LINE_BYTES });
  let hasBegun = false;
  const read = (decoded: Decoded<TextLine>): Decoded<MasimoLine> => {
    if (!decoded.ok) return decoded;
    const { byteCount } = decoded;
    const { text } = decoded.message;
    const line = parseLine(text);
    if ('clockMs' in line) {
      hasBegun = true;
      return { ok: true, message: line, byteCount };
    }
    const reason = line.reason === 'syntax' && !hasBegun ? 'noise' : line.reason;
    return { ok: false, reason, detail: `${line.detail}: ${printable(text, 40)}`.slice(0, 80), byteCount };
  };
  return {
    push: (chunk) => lines.push(chunk).map(read),
    end: () => {
      const out = lines.end().map(read);
      hasBegun = false;
      return out;
    },
  };
};
