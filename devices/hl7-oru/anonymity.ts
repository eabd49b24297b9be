/** What identifies in HL7 messages: all of PID, PV1 and OBR, who sends, message numbers, devices, and texts. */
import {
  type Anonymiser,
  type Anonymity,
  anonymiser,
  blankText,
  fitSegments,
  onlyIf,
  pseudonyms,
} from '../framing/anonymise.ts';
import { type Group, type Header, type Hl7Message, hl7Codec, hl7Decoder, type ObxRow } from './codec.ts';

/** A number, with what may stand around one; anything else in a value is a text. */
const NUMBER = /^[<>=]*\^?[+-]?[\d.]+(\^[-:/+]\^?[\d.]*)?$/;
/** A code of the nomenclature, or its name. */
const CODE = /^(\d{0,8}|MDC[A-Z0-9_]*)$/;

const createAnonymiser = (): Anonymiser => {
  // Which patient and which bed has to stay apart: the driver goes by it.
  const named = pseudonyms();
  const headerOf = (header: Header): Header => ({
    ...header,
    sendingApplication: blankText(header.sendingApplication),
    sendingFacility: blankText(header.sendingFacility),
    controlId: named(header.controlId),
  });
  const blank = (message: Hl7Message): Hl7Message | null => {
    const header = headerOf(message.header);
    if (message.kind === 'other') return { kind: 'other', header };
    if (message.kind === 'ack') return null;
    const { ward, room, bed } = message.location;
    return {
      kind: 'oru',
      header,
      patientId: named(message.patientId),
      location: { ward: named(ward), room: named(room), bed: named(bed) },
      groups: message.groups.map(groupOf),
    };
  };
  return anonymiser({ ...hl7Codec, decoder: hl7Decoder }, blank, fitSegments);
};

const groupOf = ({ time, rows }: Group): Group => ({ time, rows: rows.map(rowOf) });

const rowOf = (row: ObxRow): ObxRow => ({
  ...row,
  id: { ...row.id, code: onlyIf(row.id.code, CODE), name: onlyIf(row.id.name, CODE) },
  subId: onlyIf(row.subId, /^[\d.]*$/),
  values: row.values.map((value) => onlyIf(value, NUMBER)),
  range: onlyIf(row.range, /^[\d. <>=-]*$/),
  flags: row.flags.map((flag) => onlyIf(flag, /^[A-Z]{0,4}$/)),
  equipment: { id: blankText(row.equipment.id), name: blankText(row.equipment.name) },
});

export const ANONYMITY: Anonymity = {
  kind: 'blanks',
  what: [
    'all of PID, PV1 and OBR but the time and an invented patient and bed',
    'MSH-3 to MSH-6 and MSH-10',
    'texts in OBX-5, private names in OBX-3, and OBX-18',
    'every other segment, and everything that is no message',
  ],
  anonymiser: createAnonymiser,
};
