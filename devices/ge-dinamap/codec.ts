/** DINAMAP host communication: lines that end in CR, both directions. */
import type { Codec, Decoded, Decoder } from '../device.ts';
import { latin1Bytes, lineDecoder, printable, type TextLine } from '../framing/line-decoder.ts';
import { checkOf } from './check.ts';
import { COMMANDS, type Command, type DinamapMessage } from './message.ts';
import { bodyLengthOf, formatBody, parseBody } from './replies.ts';

export { checkOf } from './check.ts';
export {
  type Command,
  type DinamapMessage,
  NIBP_STATUS,
  OXIMETER_STATUS,
  RATE_SOURCE,
  type Reply,
} from './message.ts';

/** The longest known reply has 21 characters; room for a longer tail (bytes, without the CR). */
export const MAX_LINE_BYTES = 64;

/** The line that says this to the monitor, without its end. */
export const commandText = (command: Command): string => ` ${command}${checkOf(` ${command}`)}`;

const BY_TEXT = new Map<string, Command>(COMMANDS.map((command) => [commandText(command), command]));

/** `required`: a wrong check refuses the line. `ignored`: replies are read by their places alone. */
export type CheckRule = 'required' | 'ignored';

/** Bytes ⇄ messages, with the check required. */
export const dinamapCodec: Codec<DinamapMessage> = {
  decoder: () => dinamapDecoder('required'),
  encode: (message) => latin1Bytes(`${lineOf(message)}\r`),
};

const lineOf = (message: DinamapMessage): string => {
  if (message.kind === 'command') return commandText(message.command);
  const body = message.kind === 'other' ? message.body : formatBody(message);
  return body + checkOf(body);
};

/** A decoder. Before the first line that can be read, refusals are `noise`, then what they are. */
export const dinamapDecoder = (check: CheckRule): Decoder<DinamapMessage> => {
  const lines = lineDecoder({ maxLineBytes: MAX_LINE_BYTES });
  let hasBegun = false;
  const read = (decoded: Decoded<TextLine>): Decoded<DinamapMessage> => {
    if (!decoded.ok) return decoded;
    const { byteCount } = decoded;
    const { text } = decoded.message;
    const result = readLine(text, check);
    if ('kind' in result) {
      hasBegun = true;
      return { ok: true, message: result, byteCount };
    }
    const reason = result.reason === 'syntax' && !hasBegun ? 'noise' : result.reason;
    return { ok: false, reason, detail: `${result.detail}: ${printable(text, 30)}`.slice(0, 80), byteCount };
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

interface LineRefusal {
  readonly reason: 'syntax' | 'range' | 'checksum';
  readonly detail: string;
}

const SHORTEST = 5;
const MESSAGE = /^ [A-Z]{2}[ -~]*$/;

const readLine = (text: string, check: CheckRule): DinamapMessage | LineRefusal => {
  const command = BY_TEXT.get(text);
  if (command !== undefined) return { kind: 'command', command };
  if (text.length < SHORTEST || !MESSAGE.test(text)) return { reason: 'syntax', detail: 'not a message' };
  const isRight = checkOf(text.slice(0, -2)) === text.slice(-2);
  if (check === 'required') {
    if (!isRight) return { reason: 'checksum', detail: 'wrong check characters' };
    const body = text.slice(0, -2);
    return parseBody(body) ?? { kind: 'other', body };
  }
  const length = bodyLengthOf(text);
  if (length === null) return { kind: 'other', body: isRight ? text.slice(0, -2) : text };
  return parseBody(text.slice(0, length)) ?? { reason: 'syntax', detail: 'not a message' };
};
