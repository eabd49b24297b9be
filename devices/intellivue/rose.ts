/**
 * Remote operations (ISO 9072) inside of a data export message: a request, its result, one part of a linked result, an error.
 * Source: README, "Frame". What is well-formed but not used here is kept as `other`.
 */
import { list, type Reader, readerOf, readList, u16, u32, withLength } from './bytes.ts';
import {
  type Attribute,
  attributeBytes,
  POLL_ACTION,
  type PollRequest,
  type PollResult,
  pollRequestBytes,
  pollResultBytes,
  readAttribute,
  readPollRequest,
  readPollResult,
} from './poll.ts';

/** First byte of a data export message; the header is E1 00 00 02. */
export const DATA_EXPORT = 0xe1;
const HEADER_REST = [0x00, 0x00, 0x02] as const;

const RO = { invoke: 1, result: 2, error: 3, linked: 5 } as const;
const COMMAND = {
  eventReport: 0,
  confirmedEventReport: 1,
  get: 3,
  confirmedSet: 5,
  confirmedAction: 7,
} as const;
/** The managed object of everything here: the medical device system itself, context 0, handle 0. */
const MDS_OBJECT = [0x00, 0x21, 0x00, 0x00, 0x00, 0x00] as const;
const MDS_CREATE = 0x0d06;

/** A part of a result that is longer than one message. */
export interface Link {
  readonly state: 'first' | 'middle' | 'last';
  /** 1, 2, 3 … */
  readonly count: number;
}
const LINK_STATES = ['first', 'middle', 'last'] as const;

export type RoseMessage =
  /** The monitor describes itself; it must be answered. `ticks`: relative time of the event. */
  | {
      readonly kind: 'mds-create';
      readonly invokeId: number;
      readonly ticks: number;
      readonly attributes: readonly Attribute[];
    }
  | { readonly kind: 'mds-create-result'; readonly invokeId: number; readonly ticks: number }
  | { readonly kind: 'poll-request'; readonly invokeId: number; readonly request: PollRequest }
  | {
      readonly kind: 'poll-result';
      readonly invokeId: number;
      /** null: a whole result, or the empty one that closes a linked one. */
      readonly link: Link | null;
      readonly result: PollResult;
    }
  /** Which waves (or numerics) the monitor shall send; replaces what was chosen before on this connection. */
  | { readonly kind: 'set-request'; readonly invokeId: number; readonly attributes: readonly Attribute[] }
  | { readonly kind: 'set-result'; readonly invokeId: number; readonly attributes: readonly Attribute[] }
  | { readonly kind: 'error'; readonly invokeId: number; readonly error: number; readonly data: Uint8Array }
  | { readonly kind: 'other'; readonly operation: number; readonly body: Uint8Array };

const REPLACE = 0;

const operation = (type: number, body: readonly number[]): readonly number[] => [
  DATA_EXPORT,
  ...HEADER_REST,
  ...u16(type),
  ...withLength(body),
];

const command = (invokeId: number, code: number, body: readonly number[]): readonly number[] => [
  ...u16(invokeId),
  ...u16(code),
  ...withLength(body),
];

const pollBody = (isExtended: boolean, body: readonly number[], scope: readonly number[]) => [
  ...MDS_OBJECT,
  ...scope,
  ...u16(isExtended ? POLL_ACTION.extended : POLL_ACTION.single),
  ...withLength(body),
];

const modification = (attribute: Attribute): readonly number[] => [
  ...u16(REPLACE),
  ...attributeBytes(attribute),
];

/** The payload of a data export message. Throws a RangeError when it does not fit. */
export const buildRose = (message: RoseMessage): readonly number[] => {
  switch (message.kind) {
    case 'mds-create': {
      const info = [...MDS_OBJECT, ...list(message.attributes.map(attributeBytes))];
      const event = [...MDS_OBJECT, ...u32(message.ticks), ...u16(MDS_CREATE), ...withLength(info)];
      return operation(RO.invoke, command(message.invokeId, COMMAND.confirmedEventReport, event));
    }
    case 'mds-create-result': {
      const event = [...MDS_OBJECT, ...u32(message.ticks), ...u16(MDS_CREATE), ...withLength([])];
      return operation(RO.result, command(message.invokeId, COMMAND.confirmedEventReport, event));
    }
    case 'poll-request': {
      const body = pollBody(message.request.isExtended, pollRequestBytes(message.request), u32(0));
      return operation(RO.invoke, command(message.invokeId, COMMAND.confirmedAction, body));
    }
    case 'poll-result': {
      const body = pollBody(message.result.isExtended, pollResultBytes(message.result), []);
      const result = command(message.invokeId, COMMAND.confirmedAction, body);
      if (message.link === null) return operation(RO.result, result);
      const { state, count } = message.link;
      return operation(RO.linked, [LINK_STATES.indexOf(state) + 1, count, ...result]);
    }
    case 'set-request': {
      const body = [...MDS_OBJECT, ...u32(0), ...list(message.attributes.map(modification))];
      return operation(RO.invoke, command(message.invokeId, COMMAND.confirmedSet, body));
    }
    case 'set-result': {
      const body = [...MDS_OBJECT, ...list(message.attributes.map(attributeBytes))];
      return operation(RO.result, command(message.invokeId, COMMAND.confirmedSet, body));
    }
    case 'error':
      return operation(RO.error, command(message.invokeId, message.error, [...message.data]));
    case 'other':
      return operation(message.operation, [...message.body]);
    default:
      return message satisfies never;
  }
};

const readEvent = (reader: Reader) => {
  reader.bytes(MDS_OBJECT.length);
  return { ticks: reader.u32(), type: reader.u16(), info: reader.part(reader.u16()) };
};

const readModification = (reader: Reader): Attribute => {
  reader.u16();
  return readAttribute(reader);
};

const readInvoke = (invokeId: number, code: number, body: Reader): RoseMessage | null => {
  switch (code) {
    case COMMAND.confirmedEventReport: {
      const { ticks, type, info } = readEvent(body);
      if (type !== MDS_CREATE) return null;
      info.bytes(MDS_OBJECT.length);
      return { kind: 'mds-create', invokeId, ticks, attributes: readList(info, readAttribute) };
    }
    case COMMAND.confirmedAction: {
      body.bytes(MDS_OBJECT.length + 4);
      const action = body.u16();
      const part = body.part(body.u16());
      const isExtended = action === POLL_ACTION.extended;
      if (!isExtended && action !== POLL_ACTION.single) return null;
      return { kind: 'poll-request', invokeId, request: readPollRequest(part, isExtended) };
    }
    case COMMAND.confirmedSet:
      body.bytes(MDS_OBJECT.length + 4);
      return { kind: 'set-request', invokeId, attributes: readList(body, readModification) };
    default:
      return null;
  }
};

const readResult = (invokeId: number, code: number, body: Reader, link: Link | null): RoseMessage | null => {
  switch (code) {
    case COMMAND.confirmedEventReport: {
      const { ticks, type } = readEvent(body);
      return type === MDS_CREATE ? { kind: 'mds-create-result', invokeId, ticks } : null;
    }
    case COMMAND.confirmedAction: {
      body.bytes(MDS_OBJECT.length);
      const action = body.u16();
      const part = body.part(body.u16());
      const isExtended = action === POLL_ACTION.extended;
      if (!isExtended && action !== POLL_ACTION.single) return null;
      const result = readPollResult(part, isExtended);
      part.finish();
      return { kind: 'poll-result', invokeId, link, result };
    }
    case COMMAND.confirmedSet:
      body.bytes(MDS_OBJECT.length);
      return { kind: 'set-result', invokeId, attributes: readList(body, readAttribute) };
    default:
      return null;
  }
};

const readLink = (reader: Reader): Link => {
  const state = LINK_STATES[reader.u8() - 1] ?? 'middle';
  return { state, count: reader.u8() };
};

/** Reads a data export message behind its first byte. Throws `ShortBytes` when its lengths contradict each other. */
export const readRose = (reader: Reader): RoseMessage => {
  reader.bytes(HEADER_REST.length);
  const type = reader.u16();
  const raw = reader.bytes(reader.u16());
  const body = readerOf(raw);
  const other: RoseMessage = { kind: 'other', operation: type, body: raw };
  const known: readonly number[] = Object.values(RO);
  if (!known.includes(type)) return other;
  const link = type === RO.linked ? readLink(body) : null;
  const invokeId = body.u16();
  const code = body.u16();
  const part = body.part(body.u16());
  if (type === RO.error) return { kind: 'error', invokeId, error: code, data: part.bytes(part.left) };
  const read = type === RO.invoke ? readInvoke(invokeId, code, part) : readResult(invokeId, code, part, link);
  return read ?? other;
};
