/**
 * Philips IntelliVue Data Export over MIB/RS-232, both directions. Frames in `framing.ts`, the opening and closing of the
 * connection in `association.ts`, operations in `rose.ts`, polls in `poll.ts`, what attributes say in
 * `attributes.ts`. Nothing here knows MDC names, and nothing looks from one message to the next.
 */
import type { Codec, Decoded } from '../device.ts';
import { type AssociationMessage, buildAssociation, parseAssociation } from './association.ts';
import { parsing, ShortBytes } from './bytes.ts';
import { createFrameDecoder, type Frame, framePayload } from './framing.ts';
import { buildRose, DATA_EXPORT, type RoseMessage, readRose } from './rose.ts';

export { ALERT_STATE, ALERT_TYPE, type Alert, alertAttributes } from './alerts.ts';
export { type AssociationMessage, EXTENDED_OPTIONS, type UserInfo } from './association.ts';
export * from './attributes.ts';
export { buildFloat32, FLOAT_NAN } from './float.ts';
export {
  ATTRIBUTE_GROUP,
  type Attribute,
  OBJECT_CLASS,
  type PolledContext,
  type PolledObject,
  type PollRequest,
  type PollResult,
} from './poll.ts';
export type { Link, RoseMessage } from './rose.ts';
export { buildAbsoluteTime, NO_ABSOLUTE_TIME, TICKS_PER_MS } from './time.ts';

/** One message of either side. */
export type IntellivueMessage = AssociationMessage | RoseMessage;

const parsePayload = (payload: Uint8Array): IntellivueMessage | string =>
  parsing(payload, (reader) => {
    const kind = reader.u8();
    if (kind === DATA_EXPORT) return readRose(reader);
    const association = parseAssociation(kind, reader);
    if (association === null) throw new ShortBytes(`unknown message ${kind}`);
    return association;
  });

const decodeFrame = (frame: Frame): Decoded<IntellivueMessage> => {
  const { byteCount } = frame;
  if (!frame.ok) return frame;
  const message = parsePayload(frame.payload);
  return typeof message === 'string'
    ? { ok: false, reason: 'length', detail: message, byteCount }
    : { ok: true, message, byteCount };
};

const isAssociation = (message: IntellivueMessage): message is AssociationMessage =>
  message.kind.startsWith('association-') || message.kind.startsWith('release-') || message.kind === 'abort';

/** The protocol, both directions. `encode` throws a RangeError for a message that does not fit into a frame. */
export const intellivueCodec: Codec<IntellivueMessage> = {
  decoder() {
    const frames = createFrameDecoder();
    return {
      push: (chunk) => frames.push(chunk).map(decodeFrame),
      end: () => frames.end().map(decodeFrame),
    };
  },
  encode: (message) =>
    framePayload(Uint8Array.from(isAssociation(message) ? buildAssociation(message) : buildRose(message))),
};
