/** What identifies in a recording of an Accutorr: nothing that the protocol has; text that is no reply becomes zeros. */
import { type Anonymity, anonymiser } from '../framing/anonymise.ts';
import { accutorrCodec } from './codec.ts';

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: ['everything that is no reply'],
  anonymiser: () => anonymiser(accutorrCodec, (message) => message),
};
