/** Nonin: bytes ⇄ messages. Lines and formats 2 and 7 are told apart by themselves; format 8 has no check and must be chosen. */
import type { Codec } from '../device.ts';
import { asciiForm, writeLine } from './ascii.ts';
import type { NoninMessage } from './message.ts';
import { packetForm, writePacket } from './packet.ts';
import { type Form, scanner } from './scanner.ts';
import { format8Form, spotForm, writeFormat8, writeSpotCheck } from './short-forms.ts';

export * from './message.ts';

/** What is listened for. */
export type NoninFormat = 'auto' | '8' | '13';

const FORMS: Readonly<Record<NoninFormat, readonly Form<NoninMessage>[]>> = {
  auto: [asciiForm, packetForm(2), packetForm(7)],
  '8': [format8Form],
  '13': [spotForm],
};

/** The codec for what a unit is set to; any message can be encoded by each. */
export const noninCodec = (format: NoninFormat): Codec<NoninMessage> => ({
  decoder: () => scanner(FORMS[format]),
  encode(message) {
    switch (message.kind) {
      case 'line':
        return writeLine(message);
      case 'packet':
        return writePacket(message);
      case 'format-8':
        return writeFormat8(message);
      case 'spot-check':
        return writeSpotCheck(message);
      default:
        return message satisfies never;
    }
  },
});
