/**
 * Efficia CM serial export: HL7 segments that end in CR, one message after another. Where a message ends is not marked on
 * a serial line unless the block characters of MLLP are sent (0Bh before, 1Ch after; both are taken). Without them
 * an answer ends where the next message begins, or when the line is quiet: `quiet()` says so.
 */
import type { Codec, Decoded, Decoder, RejectReason } from '../device.ts';
import { latin1Bytes, lineDecoder, type TextLine } from '../framing/line-decoder.ts';
import type { EfficiaMessage } from './message.ts';
import { formatMessage, parseMessage } from './parse.ts';
import { type Segment, segmentOf } from './segments.ts';

export type { Alert, EfficiaMessage, Item, Query, Report } from './message.ts';

/** Longest segment (bytes); a PID with names fits. */
export const MAX_SEGMENT_BYTES = 1024;
/** A message has some twenty segments; more than this is no message of this monitor. */
const MAX_SEGMENTS = 128;
const BLOCK_BEGIN = '\x0b';
const BLOCK_END = '\x1c';

export interface EfficiaDecoder extends Decoder<EfficiaMessage> {
  /** The line has been quiet for long enough: the message that has begun is whole. Half a segment stays. */
  quiet(): readonly Decoded<EfficiaMessage>[];
  /** True when a message has begun that has not ended. */
  isInside(): boolean;
}

export interface EfficiaCodec extends Codec<EfficiaMessage> {
  decoder(): EfficiaDecoder;
}

/** Bytes ⇄ messages, without block characters. */
export const efficiaCodec: EfficiaCodec = {
  decoder: () => efficiaDecoder(),
  encode: (message) => latin1Bytes(textOf(message)),
};

const textOf = (message: EfficiaMessage): string =>
  formatMessage(message)
    .map((segment) => `${segment}\r`)
    .join('');

/** The message between the block characters of MLLP. */
export const encodeInBlock = (message: EfficiaMessage): Uint8Array =>
  latin1Bytes(`${BLOCK_BEGIN}${textOf(message)}${BLOCK_END}\r`);

/** The last segment of messages that have a known one. */
const lastSegmentOf = (msh: Segment): string | null => {
  const type = msh[9] ?? '';
  if (type.startsWith('QRY')) return 'QRD';
  return type.startsWith('ACK') ? 'MSA' : null;
};

const efficiaDecoder = (): EfficiaDecoder => {
  const lines = lineDecoder({ maxLineBytes: MAX_SEGMENT_BYTES });
  let segments: Segment[] = [];
  /** Why the message that has begun is none. */
  let wrong: { readonly reason: RejectReason; readonly detail: string } | null = null;
  /** Bytes of the message that has begun, and of block characters between messages. */
  let byteCount = 0;

  const finish = (out: Decoded<EfficiaMessage>[]): void => {
    if (segments.length === 0) return;
    const result = wrong ?? parseMessage(segments);
    out.push(
      'kind' in result ? { ok: true, message: result, byteCount } : { ok: false, ...result, byteCount },
    );
    segments = [];
    wrong = null;
    byteCount = 0;
  };

  const onLine = (out: Decoded<EfficiaMessage>[], decoded: Decoded<TextLine>): void => {
    if (!decoded.ok) {
      byteCount += decoded.byteCount;
      if (segments.length > 0) wrong ??= { reason: decoded.reason, detail: 'a segment without an end' };
      else {
        out.push({ ...decoded, byteCount });
        byteCount = 0;
      }
      return;
    }
    const text = decoded.message.text;
    const isEnd = text.startsWith(BLOCK_END);
    const bare = isEnd ? text.slice(1) : text;
    const line = bare.startsWith(BLOCK_BEGIN) ? bare.slice(1) : bare;
    const segment = line === '' ? null : segmentOf(line);
    if (isEnd && line === '') {
      byteCount += decoded.byteCount;
      finish(out);
      return;
    }
    if (isEnd || segment?.[0] === 'MSH') finish(out);
    byteCount += decoded.byteCount;
    if (segment?.[0] === 'MSH') segments = [segment];
    else if (segments.length === 0) {
      // What a line says may be a patient's name: it is not repeated.
      out.push({ ok: false, reason: 'noise', detail: 'a line outside of a message', byteCount });
      byteCount = 0;
    } else if (segment === null) wrong ??= { reason: 'syntax', detail: 'a line that is no segment' };
    else segments.push(segment);

    if (segments.length > MAX_SEGMENTS || byteCount > MAX_SEGMENTS * MAX_SEGMENT_BYTES) {
      wrong ??= { reason: 'overrun', detail: `more than ${MAX_SEGMENTS} segments` };
      finish(out);
    }
    const last = segments[0] === undefined ? null : lastSegmentOf(segments[0]);
    if (last !== null && segment?.[0] === last) finish(out);
  };

  return {
    push(chunk) {
      const out: Decoded<EfficiaMessage>[] = [];
      for (const decoded of lines.push(chunk)) onLine(out, decoded);
      return out;
    },
    quiet() {
      const out: Decoded<EfficiaMessage>[] = [];
      finish(out);
      return out;
    },
    isInside: () => segments.length > 0,
    end() {
      const out: Decoded<EfficiaMessage>[] = [];
      for (const decoded of lines.end()) {
        // The unfinished segment may be a patient's name: its text is not repeated.
        onLine(out, decoded.ok ? decoded : { ...decoded, detail: 'unfinished segment' });
      }
      if (segments.length > 0) {
        wrong ??= { reason: 'truncated', detail: 'a message without an end' };
        finish(out);
      }
      byteCount = 0;
      return out;
    },
  };
};
