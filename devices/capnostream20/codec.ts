/** Capnostream 20: bytes ⇄ messages, both directions. A command has no data, a message of the monitor always has some. */
import type { Codec, Decoded } from '../device.ts';
import { encodeFrame, type Frame, frameDecoder } from './framing.ts';
import { type CapnostreamMessage, COMMANDS, type Command } from './message.ts';
import { readNumerics, writeNumerics } from './numerics.ts';

export * from './message.ts';

const RESPONSE = { wave: 0x00, numerics: 0x01, identity: 0x04, protocol: 0x09 } as const;
const WAVE_BYTES = 4;

/** The protocol. `encode` throws a RangeError for what does not fit into a frame. */
export const capnostreamCodec: Codec<CapnostreamMessage> = {
  decoder() {
    const frames = frameDecoder();
    return {
      push: (chunk) => frames.push(chunk).map(read),
      end: () => frames.end().map(read),
    };
  },
  encode: (message) => encodeFrame(frameOf(message)),
};

const read = (decoded: Decoded<Frame>): Decoded<CapnostreamMessage> => {
  if (!decoded.ok) return decoded;
  const { byteCount } = decoded;
  const message = messageOf(decoded.message);
  return typeof message === 'string'
    ? { ok: false, reason: 'syntax', detail: message, byteCount }
    : { ok: true, message, byteCount };
};

const isCommand = (name: string): name is Command => Object.hasOwn(COMMANDS, name);

const messageOf = ({ code, data }: Frame): CapnostreamMessage | string => {
  if (data.length === 0) {
    const command = Object.keys(COMMANDS)
      .filter(isCommand)
      .find((name) => COMMANDS[name] === code);
    return command === undefined ? `unknown command ${code}` : { kind: 'command', command };
  }
  switch (code) {
    case RESPONSE.wave: {
      if (data.length !== WAVE_BYTES) return `wave of ${data.length} bytes`;
      const [number = 0, whole = 0, fraction = 0, fast = 0] = data;
      return { kind: 'wave', number, raw: whole * 256 + fraction, fast };
    }
    case RESPONSE.numerics:
      return readNumerics(data);
    case RESPONSE.identity:
      return data.every((byte) => byte >= 0x20 && byte <= 0x7e)
        ? { kind: 'identity', text: String.fromCharCode(...data) }
        : 'identity that is no text';
    case RESPONSE.protocol:
      return { kind: 'protocol', revision: data };
    default:
      return `unknown message ${code}`;
  }
};

const frameOf = (message: CapnostreamMessage): Frame => {
  switch (message.kind) {
    case 'command':
      return { code: COMMANDS[message.command], data: new Uint8Array(0) };
    case 'wave':
      return {
        code: RESPONSE.wave,
        data: Uint8Array.of(message.number, message.raw >> 8, message.raw & 0xff, message.fast),
      };
    case 'numerics':
      return { code: RESPONSE.numerics, data: writeNumerics(message) };
    case 'identity':
      return {
        code: RESPONSE.identity,
        data: Uint8Array.from(message.text, (character) => character.charCodeAt(0)),
      };
    case 'protocol':
      return { code: RESPONSE.protocol, data: message.revision };
    default:
      return message satisfies never;
  }
};

/** The bytes of a command. */
export const commandBytes = (command: Command): Uint8Array =>
  capnostreamCodec.encode({ kind: 'command', command });
