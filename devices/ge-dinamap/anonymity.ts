/** What identifies in a recording of a DINAMAP: nothing that is known; replies of an unknown form are blanked. */
import { type Anonymity, anonymiser } from '../framing/anonymise.ts';
import { dinamapCodec } from './codec.ts';

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: ['replies of an unknown form', 'everything that is no reply'],
  anonymiser: () => anonymiser(dinamapCodec, (message) => (message.kind === 'other' ? null : message)),
};
