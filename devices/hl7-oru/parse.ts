/** One message: bytes between the marks → segments → what a vital-signs feed needs. */
import { decodeText } from './charset.ts';
import { component, readDelimiters, readSegment, type Segment, unescaped } from './grammar.ts';
import type { AckCode, Coded, Delimiters, Group, Header, Hl7Message, Location, ObxRow } from './message.ts';

/** A message that cannot be used; with its header where that could be read, so that the sender can be told. */
export interface Refused {
  readonly detail: string;
  readonly header: Header | null;
}

/** The longest MSH-10 of any version (HL7 v2.6: 199). */
const MAX_CONTROL_ID = 199;

const latin1 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

/** Reads one message. A refusal never carries a value. */
export const parseMessage = (bytes: Uint8Array): Hl7Message | Refused => {
  const end = bytes.findIndex((byte) => byte === 0x0d || byte === 0x0a);
  const firstLine = latin1(end < 0 ? bytes : bytes.subarray(0, end));
  const delimiters = firstLine.startsWith('MSH') ? readDelimiters(firstLine) : null;
  if (delimiters === null) return { detail: 'does not begin with a message header (MSH)', header: null };
  const rawHeader = readSegment(firstLine, delimiters);
  if (typeof rawHeader === 'string') return { detail: rawHeader, header: null };
  const charset = component(rawHeader.fields[18] ?? '', 1, delimiters, '');

  const lines = decodeText(bytes, charset).split(/[\r\n]+/);
  const segments: Segment[] = [];
  let broken = '';
  for (const line of lines) {
    if (line === '') continue;
    const segment = readSegment(line, delimiters);
    if (typeof segment === 'string') broken ||= segment;
    else segments.push(segment);
  }
  const [msh, ...rest] = segments;
  const header = msh === undefined ? null : readHeader(msh, delimiters, charset);
  if (header === null) return { detail: 'MSH-10 is missing, too long or not plain text', header: null };
  if (broken !== '') return { detail: broken, header };
  if (rest.some(({ name }) => name === 'MSH')) return { detail: 'two headers in one message', header };
  return readBody(header, rest);
};

const readHeader = ({ fields }: Segment, delimiters: Delimiters, charset: string): Header | null => {
  const controlId = fields[10] ?? '';
  if (!/^[\x20-\x7e]+$/.test(controlId) || controlId.length > MAX_CONTROL_ID) return null;
  return {
    delimiters,
    sendingApplication: fields[3] ?? '',
    sendingFacility: fields[4] ?? '',
    time: component(fields[7] ?? '', 1, delimiters, charset),
    type: fields[9] ?? '',
    controlId,
    processingId: component(fields[11] ?? '', 1, delimiters, charset),
    version: component(fields[12] ?? '', 1, delimiters, charset),
    charset,
  };
};

const readBody = (header: Header, segments: readonly Segment[]): Hl7Message | Refused => {
  const { delimiters, charset } = header;
  const [kind, event] = header.type.split(delimiters.component);
  const at = (segment: Segment | undefined, field: number, part = 1): string =>
    component(segment?.fields[field] ?? '', part, delimiters, charset);
  const named = (name: string): readonly Segment[] => segments.filter((segment) => segment.name === name);

  if (kind === 'ACK') {
    const [msa] = named('MSA');
    const code = at(msa, 1);
    if (!isAckCode(code)) return { detail: 'an acknowledgement without a code', header };
    return { kind: 'ack', header, code, controlId: msa?.fields[2] ?? '', text: at(msa, 3) };
  }
  if (kind !== 'ORU' || event !== 'R01') return { kind: 'other', header };
  const [pid, another] = named('PID');
  if (another !== undefined) return { detail: 'several patients in one message', header };
  const [pv1] = named('PV1');
  return {
    kind: 'oru',
    header,
    patientId: at(pid, 3),
    location: readLocation(pv1?.fields[3] ?? '', header),
    groups: readGroups(segments, header),
  };
};

const isAckCode = (code: string): code is AckCode => code === 'AA' || code === 'AE' || code === 'AR';

/** One maker writes the bed as an empty subcomponent and a number: the parts that are not empty are the name. */
const readLocation = (field: string, { delimiters, charset }: Header): Location => {
  const parts = (field.split(delimiters.repetition, 1)[0] ?? '').split(delimiters.component);
  const named = (text: string | undefined): string =>
    (text ?? '')
      .split(delimiters.subcomponent)
      .map((part) => unescaped(part, delimiters, charset).trim())
      .filter((part) => part !== '' && part !== '""')
      .join('&');
  return { ward: named(parts[0]), room: named(parts[1]), bed: named(parts[2]) };
};

/** Every OBX under the OBR before it. */
const readGroups = (segments: readonly Segment[], header: Header): readonly Group[] => {
  const groups: { time: string; rows: ObxRow[] }[] = [];
  for (const segment of segments) {
    if (segment.name === 'OBR') {
      const time = component(segment.fields[7] ?? '', 1, header.delimiters, header.charset);
      groups.push({ time, rows: [] });
    }
    if (segment.name !== 'OBX') continue;
    if (groups.length === 0) groups.push({ time: '', rows: [] });
    groups.at(-1)?.rows.push(readRow(segment, header));
  }
  return groups;
};

const readRow = ({ fields }: Segment, { delimiters, charset }: Header): ObxRow => {
  const text = (number: number): string => component(fields[number] ?? '', 1, delimiters, charset);
  const whole = (field: string): readonly string[] =>
    field === ''
      ? []
      : field.split(delimiters.repetition).map((each) => unescaped(each, delimiters, charset));
  const coded = (number: number): Coded => ({
    code: text(number),
    name: component(fields[number] ?? '', 2, delimiters, charset),
    system: component(fields[number] ?? '', 3, delimiters, charset),
  });
  const method = component(fields[17] ?? '', 2, delimiters, charset);
  return {
    valueType: text(2),
    id: coded(3),
    subId: text(4),
    values: whole(fields[5] ?? ''),
    unit: coded(6),
    range: whole(fields[7] ?? '')[0] ?? '',
    flags: whole(fields[8] ?? ''),
    status: text(11),
    time: text(14),
    equipment: { id: text(18), name: component(fields[18] ?? '', 2, delimiters, charset) },
    isAperiodic: method === 'APERIODIC' || text(13) === 'APERIODIC' || text(17) === 'APERIODIC',
  };
};
