/**
 * Nellcor data port: lines of text, no checksum. The codec judges each line alone; what only its neighbours
 * can tell (clock, leaps) is the driver's.
 */
import type { Codec, Decoded, Decoder } from '../device.ts';
import { latin1Bytes, lineDecoder, printable, type TextLine } from '../framing/line-decoder.ts';
import { formatDataLine, looksLikeData, parseDataLine } from './data-line.ts';
import { formatHeaderLine, parseHeaderLine } from './header-line.ts';
import type { NellcorMessage } from './message.ts';

export { N560 } from './data-line.ts';
export type { Column, DataLine, HeaderLine, ModeLine, NellcorMessage, StatusCode } from './message.ts';

/** No line of the protocol is longer (bytes, without CR LF); menus and error logs are not read at all. */
export const MAX_LINE_BYTES = 160;

/** Bytes ⇄ lines of the data port. Before the first line that can be read, refusals are `noise`, then `syntax`. */
export const nellcorCodec: Codec<NellcorMessage> = {
  decoder: () => nellcorDecoder(),
  encode: (message) =>
    latin1Bytes(`${message.kind === 'data' ? formatDataLine(message) : formatHeaderLine(message)}\r\n`),
};

const nellcorDecoder = (): Decoder<NellcorMessage> => {
  const lines = lineDecoder({ maxLineBytes: MAX_LINE_BYTES });
  let hasBegun = false;
  const read = (decoded: Decoded<TextLine>): Decoded<NellcorMessage> => {
    if (!decoded.ok) return decoded;
    const { byteCount } = decoded;
    const message = parseLine(decoded.message.text);
    if ('kind' in message) {
      hasBegun = true;
      return { ok: true, message, byteCount };
    }
    const reason = message.reason === 'syntax' && !hasBegun ? 'noise' : message.reason;
    return { ok: false, reason, detail: message.detail, byteCount };
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

const parseLine = (text: string) => {
  const header = parseHeaderLine(text);
  if (header !== null) return header;
  const data = parseDataLine(text);
  if ('kind' in data || looksLikeData(text)) return data;
  return { reason: 'syntax', detail: `no line of the data port: ${printable(text, 50)}` } as const;
};
