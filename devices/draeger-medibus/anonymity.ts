/** What identifies in a recording of MEDIBUS: the machine's identity, and texts whose form is not known. */
import { type Anonymity, anonymiser, blankText } from '../framing/anonymise.ts';
import { CODE, type MedibusMessage, medibusCodec } from './codec.ts';
import { readAlarms, readMeasured, writeAlarms } from './texts.ts';

const blank = (message: MedibusMessage): MedibusMessage => {
  const { code, text } = message;
  if (code === CODE.measured && readMeasured(text) !== null) {
    // Values are digits; letters in their place are none.
    return { ...message, text: measuredOnly(text) };
  }
  if (code === CODE.alarms) {
    const alarms = readAlarms(text);
    if (alarms !== null) {
      const words = alarms.map((alarm) => ({ ...alarm, text: blankText(alarm.text) }));
      return { ...message, text: writeAlarms(words) };
    }
  }
  return { ...message, text: blankText(text) };
};

/** Six characters each: two of the code, four of the value. */
const measuredOnly = (text: string): string =>
  (text.match(/.{6}/g) ?? [])
    .map((item) => item.slice(0, 2) + item.slice(2).replaceAll(/[^0-9 .+-]/g, 'X'))
    .join('');

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: [
    'name, number and revision of the machine',
    'the words of its alarms',
    'every text that is no list of values',
    'real-time bytes and everything that is no frame',
  ],
  anonymiser: () => anonymiser(medibusCodec, blank),
};
