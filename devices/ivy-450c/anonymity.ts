/** What identifies in a recording of an Ivy 450C: nothing that is known; its words are blanked but for the source of HR. */
import { type Anonymity, anonymiser, onlyIf } from '../framing/anonymise.ts';
import { type Block, ivyCodec } from './codec.ts';

const LABEL = /^(ECG(-[A-Z0-9]{1,4}){0,2}|SPO2|PLETH|BP|P[12]|ART|NIBP|\d{1,3}( ?SEC)?|)$/i;
const ALARM = /^$/;

const worded = <T extends { readonly alarm: string }>(line: T): T => ({
  ...line,
  alarm: onlyIf(line.alarm, ALARM),
});
const labelled = <T extends { readonly alarm: string; readonly label: string }>(line: T): T => ({
  ...worded(line),
  label: onlyIf(line.label, LABEL),
});

const blank = (block: Block): Block => ({
  waves: block.waves,
  hr: labelled(block.hr),
  rr: labelled(block.rr),
  etco2: labelled(block.etco2),
  spo2: worded(block.spo2),
  nibp: labelled(block.nibp),
  p1: labelled(block.p1),
  p2: labelled(block.p2),
  t1: labelled(block.t1),
  t2: labelled(block.t2),
});

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: ['the words of alarms', 'labels other than sources and delays', 'everything that is no block'],
  anonymiser: () => anonymiser(ivyCodec, blank),
};
