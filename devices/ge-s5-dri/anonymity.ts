/** What identifies in a recording of DRI: the plug's identifier, alarm texts, and bytes that are carried uninterpreted. */
import { type Anonymity, anonymiser, blankText } from '../framing/anonymise.ts';
import { type DriMessage, driCodec, type PhysiologicalSubrecord, type RecordHeader } from './codec.ts';

const headerOf = (header: RecordHeader): RecordHeader => ({ ...header, plugId: 0, reserved: 0 });

const subrecordOf = (subrecord: PhysiologicalSubrecord): PhysiologicalSubrecord => {
  if (subrecord.type === 4) return { ...subrecord, rest: subrecord.rest.map(() => 0) };
  const plain = { ...subrecord, marker: 0, reserved: 0 };
  return plain.class === 0 ? plain : { ...plain, data: plain.data.map(() => 0) };
};

const blank = (message: DriMessage): DriMessage | null => {
  switch (message.kind) {
    case 'physiological':
      return {
        ...message,
        header: headerOf(message.header),
        subrecords: message.subrecords.map(subrecordOf),
      };
    case 'wave':
      return { ...message, header: headerOf(message.header) };
    case 'alarm':
      return {
        ...message,
        header: headerOf(message.header),
        status: {
          ...message.status,
          lines: message.status.lines.map((line) => ({ ...line, text: blankText(line.text) })),
        },
      };
    default:
      // A request of a host does not come from a monitor.
      return null;
  }
};

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: [
    'the identifier of the plug',
    'alarm texts',
    'markers, reserved bytes, and classes that are carried uninterpreted',
    'everything that is no record',
  ],
  anonymiser: () => anonymiser(driCodec, blank),
};
