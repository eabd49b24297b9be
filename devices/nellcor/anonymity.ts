/** What identifies in a recording of a Nellcor data port: nothing in its lines; text that is no line becomes zeros. */
import { type Anonymity, anonymiser } from '../framing/anonymise.ts';
import { type NellcorMessage, nellcorCodec } from './codec.ts';

const blank = (message: NellcorMessage): NellcorMessage =>
  message.kind === 'header' ? { ...message, crc: 'XXXX' } : message;

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: [
    'the four characters of the header whose meaning is not known',
    'menus, logs and everything that is no line',
  ],
  anonymiser: () => anonymiser(nellcorCodec, blank),
};
