/** What the host answers (HL7 v2.6, chapter 2, section 2.9; GE B40 manual 2062665-001: without answers data can be lost). */
import type { Instant } from '../../core/time.ts';
import { latin1Bytes } from '../framing/line-decoder.ts';
import { type AckCode, type Header, hl7Decoder } from './codec.ts';
import { formatTime } from './time.ts';

const APPLICATION = 'CHAIRSIDE';
/** Ours is short; a header that would make it longer is not echoed. */
const MAX_ACK_BYTES = 1024;

/** The bytes that answer a message. `number` makes our own MSH-10. */
export const acknowledge = (
  to: Header,
  code: AckCode,
  { now, number, text }: { readonly now: Instant; readonly number: number; readonly text: string },
): Uint8Array => {
  const { component, field } = to.delimiters;
  // MSH-5 and MSH-6 of the answer are MSH-3 and MSH-4 of the question, as they stand.
  const header = [
    `MSH${field}${Object.values(to.delimiters).slice(1).join('')}`,
    APPLICATION,
    '',
    plain(to.sendingApplication),
    plain(to.sendingFacility),
    formatTime(now.wall, '+0000'),
    '',
    ['ACK', 'R01', 'ACK'].join(component),
    `CHAIRSIDE${number}`,
    'P',
    /^2(\.\d){1,2}$/.test(to.version) ? to.version : '2.6',
  ].join(field);
  const answer = ['MSA', code, to.controlId, ...(text === '' ? [] : [text])].join(field);
  return latin1Bytes(`\x0b${header}\r${answer}\r\x1c\r`);
};

/** A field of the sender's that may be echoed: printable ASCII of a modest length. */
const plain = (field: string): string => (/^[\x20-\x7e]{0,200}$/.test(field) ? field : '');

/** True for one whole acknowledgement of ours and nothing else. */
export const isAcknowledgement = (bytes: Uint8Array): boolean => {
  if (bytes.length < 4 || bytes.length > MAX_ACK_BYTES || bytes[0] !== 0x0b) return false;
  const decoder = hl7Decoder();
  const [only, another] = [...decoder.push(bytes), ...decoder.end()];
  if (another !== undefined || only?.ok !== true || only.byteCount !== bytes.length) return false;
  return only.message.kind === 'ack' && only.message.header.sendingApplication === APPLICATION;
};
