/** What identifies in a recording of Masimo ASCII 1: the serial number, and fields whose form is not known. */
import { type Anonymity, anonymiser, blankText, fillWithNuls } from '../framing/anonymise.ts';
import { type MasimoLine, masimoCodec } from './codec.ts';

/** Measurements besides those that are read: their numbers stay. */
const MEASURED = /^(SPCO|SPMET|DESAT|PIDELTA|PVI|SPHB|SPOC)$/;

const blank = (line: MasimoLine): MasimoLine => ({
  ...line,
  serial: line.serial === null ? null : blankText(line.serial),
  others: line.others.map(({ key, text }) => ({
    key,
    text: MEASURED.test(key) && /^[-+.%\d ]{0,8}$/.test(text) ? text : blankText(text),
  })),
});

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: [
    'SN, the serial number',
    'fields that are no measurement',
    'everything that is no line of the protocol',
  ],
  anonymiser: () => anonymiser(masimoCodec, blank, fillWithNuls),
};
