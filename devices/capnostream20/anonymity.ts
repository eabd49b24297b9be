/** What identifies in a recording of a Capnostream 20: its serial number, in the message that says who it is. */
import { type Anonymity, anonymiser, blankText } from '../framing/anonymise.ts';
import { type CapnostreamMessage, capnostreamCodec } from './codec.ts';

const blank = (message: CapnostreamMessage): CapnostreamMessage => {
  if (message.kind === 'identity') return { kind: 'identity', text: blankText(message.text) };
  if (message.kind === 'protocol') return { kind: 'protocol', revision: message.revision.map(() => 0) };
  return message;
};

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: [
    'the text that says who the monitor is',
    'the revision of its protocol',
    'everything that is no frame',
  ],
  anonymiser: () => anonymiser(capnostreamCodec, blank),
};
