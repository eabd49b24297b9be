/**
 * Packets of formats 2 and 7: 25 frames of five bytes, 75 frames a second. A packet is read only if all 25 checks are right
 * and the sync bit stands in its first frame alone, so a damaged frame costs a third of a second and gives no number.
 */
import { FRAMES_PER_PACKET, type Packet, type PacketFrame, STATUS } from './message.ts';
import { type Form, MORE, NO } from './scanner.ts';

const FRAME_BYTES = 5;
const PACKET_BYTES = FRAME_BYTES * FRAMES_PER_PACKET;
const FORMAT2_START = 0x01;

const isSync = (status: number): boolean => (status & STATUS.sync) !== 0;

/** Whether the byte at `place` of frame `index` can be what the format has there. */
const isPossible = (format: 2 | 7, bytes: Uint8Array, index: number, place: number): boolean => {
  const start = index * FRAME_BYTES;
  const byte = bytes[start + place] ?? 0;
  if (format === 2 && place === 0) return byte === FORMAT2_START;
  if (place === (format === 2 ? 1 : 0)) return (byte & STATUS.always) !== 0 && isSync(byte) === (index === 0);
  if (place < FRAME_BYTES - 1) return true;
  let sum = 0;
  for (let at = start; at < start + FRAME_BYTES - 1; at += 1) sum += bytes[at] ?? 0;
  return byte === (sum & 0xff);
};

const frameAt = (format: 2 | 7, bytes: Uint8Array, index: number): PacketFrame => {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES);
  return format === 2 ? { status: b, pleth: c, value: d } : { status: a, pleth: b * 256 + c, value: d };
};

/** The form of one of the two formats. */
export const packetForm = (format: 2 | 7): Form<Packet> => ({
  maxBytes: PACKET_BYTES,
  look(bytes, length, seen) {
    for (let place = seen; place < length; place += 1) {
      const index = Math.floor(place / FRAME_BYTES);
      if (isPossible(format, bytes, index, place % FRAME_BYTES)) continue;
      if (index === 0) return NO;
      // The frames that were good are no beginning: their sync bits are clear.
      const detail = `frame ${index + 1} of a packet is damaged`;
      return { kind: 'damaged', reason: 'checksum', detail, byteCount: index * FRAME_BYTES };
    }
    if (length < PACKET_BYTES) return MORE;
    const frames = Array.from({ length: FRAMES_PER_PACKET }, (_, index) => frameAt(format, bytes, index));
    return { kind: 'message', message: { kind: 'packet', format, frames }, byteCount: PACKET_BYTES };
  },
});

/** The bytes of a packet. */
export const writePacket = ({ format, frames }: Packet): Uint8Array =>
  Uint8Array.from(
    frames.flatMap(({ status, pleth, value }) => {
      const body =
        format === 2 ? [FORMAT2_START, status, pleth, value] : [status, pleth >> 8, pleth & 0xff, value];
      return [...body, body.reduce((sum, byte) => sum + byte, 0) & 0xff];
    }),
  );
