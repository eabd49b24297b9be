/** HL7 v2 over MLLP: bytes ⇄ messages, both directions (the monitor's observations, the host's acknowledgements). */
import type { Codec, Decoded, Decoder } from '../device.ts';
import { encodeText } from './charset.ts';
import { escaped } from './grammar.ts';
import type { Coded, Group, Header, Hl7Message, ObxRow } from './message.ts';
import { type Envelope, mllpDecoder, mllpFrame } from './mllp.ts';
import { parseMessage, type Refused } from './parse.ts';

export * from './message.ts';

/** What a refused message still tells: its header, for the answer. */
export type Hl7Decoded = Decoded<Hl7Message> & { readonly refusedHeader?: Header };

export interface Hl7Decoder extends Decoder<Hl7Message> {
  push(chunk: Uint8Array): readonly Hl7Decoded[];
  end(): readonly Hl7Decoded[];
  /** The line has been quiet for a while: takes a message that has no end mark. */
  quiet(): readonly Hl7Decoded[];
}

/** The protocol. `encode` writes UTF-8 with `\r` after each segment, in an MLLP frame. */
export const hl7Codec: Codec<Hl7Message> = {
  decoder: () => hl7Decoder(),
  encode: (message) =>
    mllpFrame(
      encodeText(
        segmentsOf(message)
          .map((line) => `${line}\r`)
          .join(''),
      ),
    ),
};

/** The decoder, with what only the driver needs. */
export const hl7Decoder = (): Hl7Decoder => {
  const frames = mllpDecoder();
  return {
    push: (chunk) => frames.push(chunk).map(read),
    end: () => frames.end().map(read),
    quiet: () => frames.quiet().map(read),
  };
};

const read = (decoded: Decoded<Envelope>): Hl7Decoded => {
  if (!decoded.ok) return decoded;
  const { byteCount } = decoded;
  const message = parseMessage(decoded.message.bytes);
  if (!isRefused(message)) return { ok: true, message, byteCount };
  const refusal = { ok: false, reason: 'syntax', detail: message.detail, byteCount } as const;
  return message.header === null ? refusal : { ...refusal, refusedHeader: message.header };
};

const isRefused = (message: Hl7Message | Refused): message is Refused => 'detail' in message;

const segmentsOf = (message: Hl7Message): readonly string[] => {
  const { header } = message;
  const msh = mshOf(header);
  const line = (...fields: readonly string[]): string => fields.join(header.delimiters.field);
  const text = (value: string): string => escaped(value, header.delimiters);
  switch (message.kind) {
    case 'other':
      return [msh];
    case 'ack':
      return [msh, line('MSA', message.code, message.controlId, text(message.text))];
    case 'oru': {
      const { ward, room, bed } = message.location;
      const place = [ward, room, bed].map(text).join(header.delimiters.component);
      return [
        msh,
        line('PID', '', '', text(message.patientId)),
        line('PV1', '', 'I', place),
        ...message.groups.flatMap((group) => groupLines(group, header)),
      ];
    }
    default:
      return message satisfies never;
  }
};

const mshOf = (header: Header): string => {
  const { field, component, repetition, escape: mark, subcomponent } = header.delimiters;
  const fields = [
    `MSH${field}${component}${repetition}${mark}${subcomponent}`,
    header.sendingApplication,
    header.sendingFacility,
    '',
    '',
    header.time,
    '',
    header.type,
    header.controlId,
    header.processingId,
    header.version,
    '',
    '',
    // Always acknowledge at the level of the application, never at the level of the transport.
    'AL',
    'NE',
    '',
    header.charset,
  ];
  return fields.join(field);
};

const groupLines = ({ time, rows }: Group, header: Header): readonly string[] => {
  const { field, component } = header.delimiters;
  const id = ['182777000', 'monitoring of patient', 'SCT'].join(component);
  const order = `${header.controlId}${component}${header.sendingApplication}`;
  return [
    ['OBR', '1', order, order, id, '', '', time].join(field),
    ...rows.map((row, index) => rowLine(row, index + 1, header)),
  ];
};

const rowLine = (row: ObxRow, number: number, { delimiters }: Header): string => {
  const text = (value: string): string => escaped(value, delimiters);
  const coded = ({ code, name, system }: Coded): string =>
    `${code}${name}${system}` === '' ? '' : [code, name, system].map(text).join(delimiters.component);
  const repeated = (values: readonly string[]): string => values.map(text).join(delimiters.repetition);
  const fields = [
    'OBX',
    `${number}`,
    text(row.valueType),
    coded(row.id),
    text(row.subId),
    repeated(row.values),
  ];
  fields.push(coded(row.unit), text(row.range), repeated(row.flags), '', '', text(row.status), '', '');
  const { id, name } = row.equipment;
  const equipment = `${id}${name}` === '' ? '' : [id, name].map(text).join(delimiters.component);
  fields.push(text(row.time), '', '', row.isAperiodic ? `${delimiters.component}APERIODIC` : '', equipment);
  return fields.join(delimiters.field).replace(new RegExp(`\\${delimiters.field}+$`), '');
};
