/** Builders for the tests of the family: objects with values, results, drivers fed with messages. */
import { readFileSync } from 'node:fs';
import type { Observation } from '../../../core/observation/observation.ts';
import { instant } from '../../../core/time.ts';
import type { Driver, DriverOutput } from '../../../devices/device.ts';
import {
  ATTRIBUTE,
  attributeWith,
  buildAbsoluteTime,
  buildFloat32,
  FLOAT_NAN,
  type IntellivueMessage,
  intellivueCodec,
  type Link,
  NO_ABSOLUTE_TIME,
  type ObservedValue,
  type PolledObject,
  UNIT,
} from '../../../devices/intellivue/codec.ts';
import { createIntellivueDriver } from '../../../devices/intellivue/driver.ts';

/** The bedside clock when the monitor described itself, in the tests. */
export const BEDSIDE_MS = Date.UTC(2026, 2, 1, 10, 0, 0);
/** Relative time at that moment. */
export const TICKS_0 = 80_000;

export const hexToBytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
export const at = (seconds: number) => instant(1_772_373_600_000 + seconds * 1000, seconds * 1000);
export const wire = (...messages: readonly IntellivueMessage[]): Uint8Array =>
  new Uint8Array(Buffer.concat(messages.map(intellivueCodec.encode)));

/** A driver to which a person said that the channel "Temp" measures the body. */
export const newDriver = (options = { alarms: true, waves: true }): Driver =>
  createIntellivueDriver({ ...options, tempIsBody: true });

/** Messages in bytes; a refusal fails the test. */
export const messagesIn = (bytes: Uint8Array): readonly IntellivueMessage[] =>
  intellivueCodec
    .decoder()
    .push(bytes)
    .map((decoded) => {
      if (!decoded.ok) throw new Error(decoded.detail);
      return decoded.message;
    });

/** A message as in the fixtures: bytes as hex. */
export const plain = (message: unknown): unknown =>
  JSON.parse(
    JSON.stringify(message, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    ),
  );

export const fixture = <T>(name: string): readonly T[] =>
  JSON.parse(readFileSync(new URL(`../../fixtures/intellivue/${name}.json`, import.meta.url), 'utf8'));

export const value = (
  physioId: number,
  unit: number,
  number: number | null,
  { state = 0, decimals = 0 } = {},
): ObservedValue => ({
  physioId,
  unit,
  state,
  bits: number === null ? FLOAT_NAN : buildFloat32(number, decimals),
});

export const numeric = (handle: number, observed: ObservedValue, label?: string): PolledObject => ({
  handle,
  attributes: [
    ...(label === undefined ? [] : [attributeWith.text(ATTRIBUTE.labelString, label)]),
    attributeWith.value(observed),
  ],
});

export const hr = (rate: number | null, state = 0) =>
  numeric(0x82cf, value(0x4182, UNIT.perMinute, rate, { state }));

/** The cuff's object; `stampS` counts from `BEDSIDE_MS`; null: no time stamp. */
export const cuff = (
  pressures: readonly [number, number, number] | null,
  stampS: number | null,
  state = 0,
): PolledObject => ({
  handle: 0x8272,
  attributes: [
    ...(stampS === null
      ? []
      : [attributeWith.bytes(ATTRIBUTE.absoluteTimeStamp, buildAbsoluteTime(BEDSIDE_MS + stampS * 1000))]),
    attributeWith.compound(
      [0x4a05, 0x4a06, 0x4a07].map((id, index) =>
        value(id, UNIT.mmHg, pressures?.[index] ?? null, { state }),
      ),
    ),
  ],
});

export const cuffPulse = (rate: number) => numeric(0x8275, value(0xf0e5, UNIT.perMinute, rate));

/** A whole result of an extended poll, `seconds` after the description. */
export const result = (
  seconds: number,
  objects: readonly PolledObject[],
  {
    link = null,
    objectClass = 6,
    ticks = TICKS_0 + Math.round(seconds * 8000),
  }: { link?: Link | null; objectClass?: number; ticks?: number } = {},
): IntellivueMessage => ({
  kind: 'poll-result',
  invokeId: 3,
  link,
  result: {
    isExtended: true,
    pollNumber: 1,
    sequence: 0,
    ticks: ticks % 2 ** 32,
    absoluteTime: NO_ABSOLUTE_TIME,
    objectClass,
    group: 0,
    contexts: objects.length === 0 ? [] : [{ context: 1, objects }],
  },
});

export const accept: IntellivueMessage = {
  kind: 'association-accept',
  info: {
    startupMode: 0x8000_0000,
    minPollPeriod: 8000,
    maxMtuReceive: 996,
    maxMtuSend: 996,
    extendedOptions: 0x8e00_0000,
  },
};

export const description = (ticks = TICKS_0, bedsideMs = BEDSIDE_MS): IntellivueMessage => ({
  kind: 'mds-create',
  invokeId: 1,
  ticks,
  attributes: [
    attributeWith.bytes(ATTRIBUTE.absoluteTime, buildAbsoluteTime(bedsideMs)),
    attributeWith.u32(ATTRIBUTE.relativeTime, ticks),
  ],
});

/** A driver that is connected and was told the bedside clock. */
export const connected = (options = { alarms: true, waves: true }) => {
  const driver = newDriver(options);
  driver.start(at(0));
  driver.receive(wire(accept, description()), at(0));
  return {
    driver,
    hear: (seconds: number, ...messages: readonly IntellivueMessage[]) =>
      driver.receive(wire(...messages), at(seconds)),
  };
};

export const observationsOf = (outputs: readonly DriverOutput[]): readonly Observation[] =>
  outputs.flatMap((output) => (output.type === 'observation' ? [output.observation] : []));

/** `metric without MDC_`: value or validity, in order; a doubted value with a question mark. */
export const told = (outputs: readonly DriverOutput[]): readonly string[] =>
  observationsOf(outputs).map(
    ({ metric, value: number, validity }) =>
      `${metric.replace('MDC_', '')} ${number ?? validity}${validity === 'questionable' ? '?' : ''}`,
  );

export const conditionsOf = (outputs: readonly DriverOutput[]): readonly string[] =>
  outputs.flatMap((output) =>
    output.type === 'condition'
      ? [`${output.condition.present ? '+' : '-'}${output.condition.code} ${output.condition.text}`]
      : [],
  );

/** What the driver sends, as messages. */
export const sentIn = (outputs: readonly DriverOutput[]): readonly IntellivueMessage[] =>
  outputs.flatMap((output) => (output.type === 'request' ? messagesIn(output.bytes) : []));

/** Kinds of what is sent; polls with their object class. */
export const sentKinds = (outputs: readonly DriverOutput[]): readonly string[] =>
  sentIn(outputs).map((message) =>
    message.kind === 'poll-request'
      ? `poll ${message.request.isExtended ? 'extended' : 'single'} ${message.request.objectClass.toString(16)}`
      : message.kind,
  );
