/** What identifies in a recording of a PM6750: nothing that the protocol has; bytes that are no frame become zeros. */
import { type Anonymity, anonymiser } from '../framing/anonymise.ts';
import { moduleCodec } from './codec.ts';

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: ['everything that is no frame with values'],
  anonymiser: () => anonymiser(moduleCodec, (message) => message),
};
