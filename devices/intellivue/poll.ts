/**
 * Poll requests and their results: the bodies of the actions "single poll" and "extended poll".
 * Source: README, "Polls and results".
 */
import { list, type Reader, readList, u16, u32, withLength } from './bytes.ts';

/** Action types of the two kinds of poll. */
export const POLL_ACTION = { single: 0x0c16, extended: 0xf13b } as const;

/** Object classes that are polled (partition 1). */
export const OBJECT_CLASS = {
  numerics: 0x0006,
  waves: 0x0009,
  patient: 0x002a,
  mds: 0x0021,
  alerts: 0x0036,
} as const;

/** Groups of attributes. */
export const ATTRIBUTE_GROUP = {
  all: 0x0000,
  alerts: 0x0801,
  observed: 0x0803,
  application: 0x080a,
} as const;

const OBJECT_PARTITION = 1;

/** One attribute as sent. */
export interface Attribute {
  readonly id: number;
  readonly value: Uint8Array;
}

/** All attributes of one object (a numeric, a wave, the alert monitor). */
export interface PolledObject {
  readonly handle: number;
  readonly attributes: readonly Attribute[];
}

/** The objects of one context, mostly one measurement module. */
export interface PolledContext {
  readonly context: number;
  readonly objects: readonly PolledObject[];
}

/** What the host asks. */
export interface PollRequest {
  readonly isExtended: boolean;
  readonly pollNumber: number;
  readonly objectClass: number;
  readonly group: number;
  /** Only of extended polls. */
  readonly attributes: readonly Attribute[];
}

/** What the monitor answers. */
export interface PollResult {
  readonly isExtended: boolean;
  readonly pollNumber: number;
  /** Counts the results of one extended poll. */
  readonly sequence: number;
  /** The monitor's relative time of the data (1/8 ms, 32 bits). */
  readonly ticks: number;
  /** Eight BCD bytes, all FF when there is none. */
  readonly absoluteTime: Uint8Array;
  readonly objectClass: number;
  readonly group: number;
  readonly contexts: readonly PolledContext[];
}

/** Reads one attribute. */
export const readAttribute = (reader: Reader): Attribute => ({
  id: reader.u16(),
  value: reader.bytes(reader.u16()),
});

/** The bytes of one attribute. */
export const attributeBytes = ({ id, value }: Attribute): readonly number[] => [
  ...u16(id),
  ...withLength([...value]),
];

const objectType = (objectClass: number): readonly number[] => [
  ...u16(OBJECT_PARTITION),
  ...u16(objectClass),
];

const readObjectType = (reader: Reader): number => {
  reader.u16();
  return reader.u16();
};

/** The body of a poll action. */
export const pollRequestBytes = (request: PollRequest): readonly number[] => [
  ...u16(request.pollNumber),
  ...objectType(request.objectClass),
  ...u16(request.group),
  ...(request.isExtended ? list(request.attributes.map(attributeBytes)) : []),
];

/** Reads the body of a poll action. */
export const readPollRequest = (reader: Reader, isExtended: boolean): PollRequest => ({
  isExtended,
  pollNumber: reader.u16(),
  objectClass: readObjectType(reader),
  group: reader.u16(),
  attributes: isExtended ? readList(reader, readAttribute) : [],
});

const objectBytes = ({ handle, attributes }: PolledObject): readonly number[] => [
  ...u16(handle),
  ...list(attributes.map(attributeBytes)),
];

const contextBytes = ({ context, objects }: PolledContext): readonly number[] => [
  ...u16(context),
  ...list(objects.map(objectBytes)),
];

/** The body of a poll's result. */
export const pollResultBytes = (result: PollResult): readonly number[] => [
  ...u16(result.pollNumber),
  ...(result.isExtended ? u16(result.sequence) : []),
  ...u32(result.ticks),
  ...result.absoluteTime,
  ...objectType(result.objectClass),
  ...u16(result.group),
  ...list(result.contexts.map(contextBytes)),
];

const readObject = (reader: Reader): PolledObject => ({
  handle: reader.u16(),
  attributes: readList(reader, readAttribute),
});

const readContext = (reader: Reader): PolledContext => ({
  context: reader.u16(),
  objects: readList(reader, readObject),
});

/** Reads the body of a poll's result. */
export const readPollResult = (reader: Reader, isExtended: boolean): PollResult => ({
  isExtended,
  pollNumber: reader.u16(),
  sequence: isExtended ? reader.u16() : 0,
  ticks: reader.u32(),
  absoluteTime: reader.bytes(8),
  objectClass: readObjectType(reader),
  group: reader.u16(),
  contexts: readList(reader, readContext),
});
