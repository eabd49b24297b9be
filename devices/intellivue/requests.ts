/** Everything that Chairside ever says to this monitor, each kind with its exact form. */
import type { Transmit } from '../device.ts';
import { exactly } from '../framing/transmit.ts';
import { EXTENDED_OPTIONS } from './association.ts';
import { ATTRIBUTE, attributeWith } from './attributes.ts';
import { type IntellivueMessage, intellivueCodec } from './codec.ts';
import { WANTED_WAVES } from './nomenclature.ts';
import { ATTRIBUTE_GROUP, OBJECT_CLASS, type PollRequest } from './poll.ts';
import { TICKS_PER_MS } from './time.ts';

/** The connection's largest message, as the monitor of the real capture had it about. */
const MTU = 1000;
const POLL_PERIOD_MS = 1000;
/** For so long the monitor goes on sending by itself after an extended poll. */
const LIFETIME_MS = 60_000;

/** What is polled. */
export type PollKind = 'numerics' | 'waves' | 'alerts';

const POLLS: Readonly<Record<PollKind, Omit<PollRequest, 'isExtended' | 'attributes'>>> = {
  numerics: { pollNumber: 1, objectClass: OBJECT_CLASS.numerics, group: ATTRIBUTE_GROUP.all },
  waves: { pollNumber: 2, objectClass: OBJECT_CLASS.waves, group: ATTRIBUTE_GROUP.all },
  alerts: { pollNumber: 3, objectClass: OBJECT_CLASS.alerts, group: ATTRIBUTE_GROUP.alerts },
};

/** The request for a connection: one poll a second, numerics every second, waves. */
export const associationRequest = (): Uint8Array =>
  intellivueCodec.encode({
    kind: 'association-request',
    info: {
      startupMode: 0x2000_0000,
      minPollPeriod: POLL_PERIOD_MS * TICKS_PER_MS,
      maxMtuReceive: MTU,
      maxMtuSend: MTU,
      extendedOptions: (EXTENDED_OPTIONS.numericsEverySecond | EXTENDED_OPTIONS.waves) >>> 0,
    },
  });

/** The end of a connection that is no longer right. */
export const abortRequest = (): Uint8Array => intellivueCodec.encode({ kind: 'abort' });

/** The answer to the monitor's description of itself. */
export const createAnswer = (invokeId: number): Uint8Array =>
  intellivueCodec.encode({ kind: 'mds-create-result', invokeId, ticks: 0 });

/** A request for one kind of data: once, or for the next minute. */
export const pollMessage = (kind: PollKind, isExtended: boolean, invokeId: number): IntellivueMessage => ({
  kind: 'poll-request',
  invokeId,
  request: {
    ...POLLS[kind],
    isExtended,
    attributes: isExtended ? [attributeWith.u32(ATTRIBUTE.pollLifetime, LIFETIME_MS * TICKS_PER_MS)] : [],
  },
});

/** The choice of the waves that this connection is sent. */
export const wavesChoice = (invokeId: number): IntellivueMessage => ({
  kind: 'set-request',
  invokeId,
  attributes: [attributeWith.textIds(ATTRIBUTE.wavePriority, WANTED_WAVES)],
});

/** The one message that these bytes are; null when they are not exactly one. */
const onlyMessage = (bytes: Uint8Array): IntellivueMessage | null => {
  const [first, ...others] = intellivueCodec.decoder().push(bytes);
  return first?.ok === true && others.length === 0 && first.byteCount === bytes.length ? first.message : null;
};

const sameBytes = (message: IntellivueMessage, bytes: Uint8Array): boolean =>
  exactly(...intellivueCodec.encode(message))(bytes);

const isPoll =
  (kind: PollKind) =>
  (bytes: Uint8Array): boolean => {
    const message = onlyMessage(bytes);
    return (
      message?.kind === 'poll-request' &&
      sameBytes(pollMessage(kind, message.request.isExtended, message.invokeId), bytes)
    );
  };

/** The family's list of what its driver may send. */
export const TRANSMITS: readonly Transmit[] = [
  { name: 'request for the data connection', effect: 'asks', matches: exactly(...associationRequest()) },
  { name: 'end of the data connection', effect: 'asks', matches: exactly(...abortRequest()) },
  {
    name: "answer to the monitor's description of itself",
    effect: 'answers',
    matches: (bytes) => {
      const message = onlyMessage(bytes);
      return message?.kind === 'mds-create-result' && exactly(...createAnswer(message.invokeId))(bytes);
    },
  },
  { name: 'request for values', effect: 'asks', matches: isPoll('numerics') },
  { name: 'request for waves', effect: 'asks', matches: isPoll('waves') },
  { name: "request for the monitor's alarms", effect: 'asks', matches: isPoll('alerts') },
  {
    name: 'choice of the waves that are sent on this line',
    effect: 'asks',
    matches: (bytes) => {
      const message = onlyMessage(bytes);
      return message?.kind === 'set-request' && sameBytes(wavesChoice(message.invokeId), bytes);
    },
  },
];
