/** What identifies in a recording of a Nonin unit: nothing that the protocol has; bytes that are no frame become zeros. */
import { type Anonymity, anonymiser } from '../framing/anonymise.ts';
import { noninCodec } from './codec.ts';

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: ['everything that is no line, packet or frame'],
  anonymiser: ({ format }) =>
    anonymiser(noninCodec(format === '8' || format === '13' ? format : 'auto'), (message) => message),
};
