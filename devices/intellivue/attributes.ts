/**
 * What the attributes of numerics and waves say, in the monitor's own terms.
 * Source: README, "Values" and "Waves"; alarms are in `alerts.ts`.
 */
import { list, parsedOrNull, type Reader, readList, u16, u32, withLength } from './bytes.ts';
import type { Attribute } from './poll.ts';

/** Attribute identifiers. */
export const ATTRIBUTE = {
  physiologicalAlerts: 0x0902,
  technicalAlerts: 0x0904,
  alertCondition: 0x0916,
  bedLabel: 0x091e,
  handle: 0x0921,
  label: 0x0924,
  labelString: 0x0927,
  model: 0x0928,
  type: 0x092f,
  metricSpec: 0x093f,
  operatingMode: 0x0946,
  compoundNumeric: 0x094b,
  numeric: 0x0950,
  compoundSamples: 0x0967,
  sampleSpec: 0x096d,
  samples: 0x096e,
  scale: 0x096f,
  systemId: 0x0984,
  absoluteTime: 0x0987,
  samplePeriod: 0x098d,
  relativeTime: 0x098f,
  absoluteTimeStamp: 0x0990,
  unit: 0x0996,
  fixedValues: 0x0a16,
  wavePriority: 0xf23a,
  pollLifetime: 0xf13e,
} as const;

/** Bits of a measurement's state. */
export const STATE = {
  invalid: 0x8000,
  questionable: 0x4000,
  unavailable: 0x2000,
  calibrating: 0x1000,
  test: 0x0800,
  demo: 0x0400,
  early: 0x0040,
  ongoing: 0x0020,
  inAlarm: 0x0002,
} as const;

/** Unit codes of ISO/IEEE 11073-10101 as this monitor uses them. */
export const UNIT = {
  dimensionless: 0x0200,
  percent: 0x0220,
  perMinute: 0x0aa0,
  breathsPerMinute: 0x0ae0,
  kilopascal: 0x0f03,
  mmHg: 0x0f20,
  ohm: 0x10c0,
  millivolt: 0x10b2,
  fahrenheit: 0x1140,
  celsius: 0x17a0,
} as const;

/** One observed value: what, how good, in which unit, and the 32 bits of its FLOAT. */
export interface ObservedValue {
  readonly physioId: number;
  readonly state: number;
  readonly unit: number;
  readonly bits: number;
}

/** A stretch of samples of one signal, unscaled. */
export interface ObservedSamples {
  readonly physioId: number;
  readonly state: number;
  readonly samples: readonly number[];
}

/** How samples are packed. */
export interface SampleSpec {
  readonly arraySize: number;
  readonly sampleBits: number;
  readonly significantBits: number;
  readonly flags: number;
}

/** The line through two points that turns samples into values (FLOAT bits). */
export interface Scale {
  readonly lowerBits: number;
  readonly upperBits: number;
  readonly lowerSample: number;
  readonly upperSample: number;
}

/** The value of an attribute; null when the object does not have it. */
export const attributeOf = (attributes: readonly Attribute[], id: number): Uint8Array | null =>
  attributes.find((attribute) => attribute.id === id)?.value ?? null;

/** What `read` makes of the whole attribute; null when it is not there or malformed. */
export const attributeAs = <T>(
  attributes: readonly Attribute[],
  id: number,
  read: (reader: Reader) => T,
): T | null => {
  const value = attributeOf(attributes, id);
  return value === null ? null : parsedOrNull(value, read);
};

/** Reads two bytes; for `attributeAs`. */
export const readU16 = (reader: Reader): number => reader.u16();
/** Reads four bytes; for `attributeAs`. */
export const readU32 = (reader: Reader): number => reader.u32();

const readValue = (reader: Reader): ObservedValue => ({
  physioId: reader.u16(),
  state: reader.u16(),
  unit: reader.u16(),
  bits: reader.u32(),
});

const valueBytes = ({ physioId, state, unit, bits }: ObservedValue): readonly number[] => [
  ...u16(physioId),
  ...u16(state),
  ...u16(unit),
  ...u32(bits),
];

/** All observed values of a numeric, single and compound; empty when it carries none. */
export const observedValues = (attributes: readonly Attribute[]): readonly ObservedValue[] => {
  const single = attributeAs(attributes, ATTRIBUTE.numeric, readValue);
  const compound = attributeAs(attributes, ATTRIBUTE.compoundNumeric, (reader) =>
    readList(reader, readValue),
  );
  return [...(single === null ? [] : [single]), ...(compound ?? [])];
};

/** Text in UTF-16 behind its length in bytes, up to the first NUL; read to its end. */
export const readText = (reader: Reader): string => {
  const part = reader.part(reader.u16());
  let text = '';
  while (part.left >= 2) text += String.fromCharCode(part.u16());
  return (text.split('\0')[0] ?? '').trim();
};

/** The label's text. */
export const labelString = (attributes: readonly Attribute[]): string | null =>
  attributeAs(attributes, ATTRIBUTE.labelString, readText);

/** The bytes of a text: UTF-16 with a closing NUL, its length in bytes before it. */
export const textBytes = (text: string): readonly number[] =>
  withLength([...text, '\0'].flatMap((character) => u16(character.charCodeAt(0))));

const readSamples = (reader: Reader): ObservedSamples => {
  const physioId = reader.u16();
  const state = reader.u16();
  const part = reader.part(reader.u16());
  const samples: number[] = [];
  while (part.left >= 2) samples.push(part.u16());
  part.finish();
  return { physioId, state, samples };
};

const samplesBytes = ({ physioId, state, samples }: ObservedSamples): readonly number[] => [
  ...u16(physioId),
  ...u16(state),
  ...withLength(samples.flatMap(u16)),
];

/** All sample arrays of a wave, single and compound. Only for 16-bit samples. */
export const observedSamples = (attributes: readonly Attribute[]): readonly ObservedSamples[] => {
  const single = attributeAs(attributes, ATTRIBUTE.samples, readSamples);
  const compound = attributeAs(attributes, ATTRIBUTE.compoundSamples, (reader) =>
    readList(reader, readSamples),
  );
  return [...(single === null ? [] : [single]), ...(compound ?? [])];
};

/** How the samples are packed; null when not sent. */
export const sampleSpec = (attributes: readonly Attribute[]): SampleSpec | null =>
  attributeAs(attributes, ATTRIBUTE.sampleSpec, (reader) => ({
    arraySize: reader.u16(),
    sampleBits: reader.u8(),
    significantBits: reader.u8(),
    flags: reader.u16(),
  }));

/** How samples become values; null when not sent. */
export const scaleOf = (attributes: readonly Attribute[]): Scale | null =>
  attributeAs(attributes, ATTRIBUTE.scale, (reader) => ({
    lowerBits: reader.u32(),
    upperBits: reader.u32(),
    lowerSample: reader.u16(),
    upperSample: reader.u16(),
  }));

/** Kinds of samples that mean something else (1: invalid), each with the bits that mark it; empty when not sent. */
export const fixedValues = (
  attributes: readonly Attribute[],
): readonly { readonly id: number; readonly mask: number }[] =>
  attributeAs(attributes, ATTRIBUTE.fixedValues, (reader) =>
    readList(reader, (entry) => ({ id: entry.u16(), mask: entry.u16() })),
  ) ?? [];

const readWord = (reader: Reader): string => {
  const part = reader.part(reader.u16());
  return (String.fromCharCode(...part.bytes(part.left)).split('\0')[0] ?? '').trim();
};

/** Manufacturer and model; null when not sent. */
export const modelOf = (attributes: readonly Attribute[]): string | null =>
  attributeAs(attributes, ATTRIBUTE.model, (reader) => `${readWord(reader)} ${readWord(reader)}`.trim());

/** The monitor's system identifier, its MAC address, as six pairs of digits; null when not sent or all zero. */
export const systemIdOf = (attributes: readonly Attribute[]): string | null => {
  const bytes = attributeAs(attributes, ATTRIBUTE.systemId, (reader) => reader.bytes(reader.u16()));
  if (bytes === null || bytes.every((byte) => byte === 0)) return null;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');
};

/** Builds attributes, for the simulator and for tests. */
export const attributeWith = {
  u16: (id: number, value: number): Attribute => ({ id, value: Uint8Array.from(u16(value)) }),
  u32: (id: number, value: number): Attribute => ({ id, value: Uint8Array.from(u32(value)) }),
  bytes: (id: number, value: Iterable<number>): Attribute => ({ id, value: Uint8Array.from(value) }),
  text: (id: number, text: string): Attribute => ({ id, value: Uint8Array.from(textBytes(text)) }),
  value: (value: ObservedValue): Attribute => ({
    id: ATTRIBUTE.numeric,
    value: Uint8Array.from(valueBytes(value)),
  }),
  compound: (values: readonly ObservedValue[]): Attribute => ({
    id: ATTRIBUTE.compoundNumeric,
    value: Uint8Array.from(list(values.map(valueBytes))),
  }),
  samples: (samples: ObservedSamples): Attribute => ({
    id: ATTRIBUTE.samples,
    value: Uint8Array.from(samplesBytes(samples)),
  }),
  compoundSamples: (arrays: readonly ObservedSamples[]): Attribute => ({
    id: ATTRIBUTE.compoundSamples,
    value: Uint8Array.from(list(arrays.map(samplesBytes))),
  }),
  /** A list of text ids, as in the choice of waves. */
  textIds: (id: number, textIds: readonly number[]): Attribute => ({
    id,
    value: Uint8Array.from(list(textIds.map(u32))),
  }),
};
