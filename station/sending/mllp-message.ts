/**
 * The messages of a record as they leave: the export's, with the addresses of the configuration in MSH-3 to MSH-6 and a
 * control id (MSH-10) that is the same in every attempt and different for every state of every record, so that a
 * receiver can tell a repetition (HL7 v2.6, chapter 2, section 2.14.9).
 */
import { createHash } from 'node:crypto';
import type { MllpDestination } from './config.ts';
import { ASKED } from './mllp-turn.ts';
import type { Parcel } from './outcome.ts';

export interface OutgoingMessage {
  readonly controlId: string;
  readonly text: string;
}

type Addresses = Pick<
  MllpDestination,
  'sendingApplication' | 'sendingFacility' | 'receivingApplication' | 'receivingFacility' | 'acknowledgement'
>;

/** Characters of the hash in a control id: with a letter before and a number behind, 20 as old systems allow at most. */
const HASH_DIGITS = 15;

/** The same for every attempt of the same record to the same destination. */
export const controlIdBase = (destination: string, parcel: Pick<Parcel, 'sessionId' | 'headHash'>): string =>
  `C${createHash('sha256')
    .update(JSON.stringify([destination, parcel.sessionId, parcel.headHash]))
    .digest('hex')
    .slice(0, HASH_DIGITS)
    .toUpperCase()}`;

/**
 * Splits what the export wrote into messages and addresses each.
 * @throws Error when it does not begin with a header: a bug of the export, not of the receiver.
 */
export const outgoingMessages = (
  bytes: Uint8Array,
  addresses: Addresses,
  base: string,
  isLive: boolean,
): readonly OutgoingMessage[] => {
  const segments = new TextDecoder('utf-8', { fatal: true })
    .decode(bytes)
    .split(/\r\n|\r|\n/)
    .filter((segment) => segment !== '');
  if (segments[0]?.startsWith('MSH') !== true) throw new Error('what is sent as HL7 does not begin with MSH');
  const messages: string[][] = [];
  for (const segment of segments) {
    if (segment.startsWith('MSH')) messages.push([segment]);
    else messages.at(-1)?.push(segment);
  }
  return messages.map(([header = '', ...rest], index) => {
    const controlId = `${base}${String(index + 1).padStart(4, '0')}`;
    const addressed = address(header, addresses, controlId, isLive);
    return { controlId, text: [addressed, ...rest].map((segment) => `${segment}\r`).join('') };
  });
};

const address = (header: string, to: Addresses, controlId: string, isLive: boolean): string => {
  const separator = header.charAt(3);
  // MSH-1 is the separator itself: field n of the header stands at n - 1.
  const fields = header.split(separator);
  const put = (field: number, value: string): void => {
    while (fields.length < field) fields.push('');
    if (value !== '') fields[field - 1] = value;
  };
  put(3, to.sendingApplication);
  put(4, to.sendingFacility);
  put(5, to.receivingApplication);
  put(6, to.receivingFacility);
  put(10, controlId);
  const [accept, application] = ASKED[to.acknowledgement];
  put(15, accept);
  put(16, application);
  // T: for training, HL7 table 0103. What is no patient's must not be filed as one's.
  if (!isLive) put(11, 'T');
  return fields.join(separator);
};

/**
 * The accept acknowledgement for an acknowledgement that wants one (HL7 v2.6, 2.9.3.2): else its sender would send it
 * again for ever. Its time is the one of our message.
 */
export const acceptOf = (message: OutgoingMessage, theirs: string): string => {
  const [header = ''] = message.text.split('\r', 1);
  const fields = header.split(header.charAt(3));
  const own = [
    ...fields.slice(0, 8),
    'ACK',
    // Never that of a message of ours.
    `A${message.controlId.slice(1)}`,
    fields[10] ?? 'P',
    fields[11] ?? '2.6',
  ];
  return `${own.join('|')}\rMSA|CA|${theirs}\r`;
};
