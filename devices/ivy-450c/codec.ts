/** Ivy 450C, ANSAR-B: bytes ⇄ blocks of one second. The monitor hears nothing, so there is one direction only. */
import type { Codec, Decoded } from '../device.ts';
import { blockDecoder, encodeBlock, type RawBlock } from './framing.ts';
import type { Block, WaveBytes } from './message.ts';
import { readText, writeText } from './text.ts';

export * from './message.ts';

/** The protocol. */
export const ivyCodec: Codec<Block> = {
  decoder() {
    const blocks = blockDecoder();
    return {
      push: (chunk) => blocks.push(chunk).map(read),
      end: () => blocks.end().map(read),
    };
  },
  encode: (block) => encodeBlock({ waves: joined(block.waves), text: writeText(block) }),
};

const read = (decoded: Decoded<RawBlock>): Decoded<Block> => {
  if (!decoded.ok) return decoded;
  const { byteCount } = decoded;
  const lines = readText(decoded.message.text);
  if (typeof lines === 'string') return { ok: false, reason: 'syntax', detail: lines, byteCount };
  return { ok: true, message: { waves: cut(decoded.message.waves), ...lines }, byteCount };
};

const cut = (bytes: Uint8Array): WaveBytes => ({
  ecg: bytes.slice(0, 200),
  respiration: bytes.slice(200, 250),
  pleth: bytes.slice(250, 300),
  p1: bytes.slice(300, 350),
  p2: bytes.slice(350, 400),
});

const joined = ({ ecg, respiration, pleth, p1, p2 }: WaveBytes): Uint8Array =>
  Uint8Array.from([...ecg, ...respiration, ...pleth, ...p1, ...p2]);
