/** Format 8 (four bytes a second, no check) and format 13 (one frame for each measurement, with a check). */
import { type Format8, type SpotCheck, STATUS8 } from './message.ts';
import { type Form, MORE, NO } from './scanner.ts';

const FORMAT8_BYTES = 4;

/** The top bit tells the first byte from the other three; nothing else does. */
export const format8Form: Form<Format8> = {
  maxBytes: FORMAT8_BYTES,
  look(bytes, length, seen) {
    for (let index = seen; index < length; index += 1) {
      const isStart = ((bytes[index] ?? 0) & STATUS8.always) !== 0;
      if (isStart !== (index === 0)) return NO;
    }
    if (length < FORMAT8_BYTES) return MORE;
    const [status = 0, low = 0, spo2 = 0, status2 = 0] = bytes;
    const message: Format8 = { kind: 'format-8', status, pulse: ((status & 3) << 7) | low, spo2, status2 };
    return { kind: 'message', message, byteCount: FORMAT8_BYTES };
  },
};

/** The bytes of a frame of format 8. */
export const writeFormat8 = ({ status, pulse, spo2, status2 }: Format8): Uint8Array =>
  Uint8Array.of(
    STATUS8.always | (status & 0x7c) | ((pulse >> 7) & 3),
    pulse & 0x7f,
    spo2 & 0x7f,
    status2 & 0x7f,
  );

const NUL = 0x00;
const STX = 0x02;
const ETX = 0x03;
const HEAD_BYTES = 6;
const CLOCK_BYTES = 8;
/** The data of a spot check; newer units may send more, which is not read. */
const SPOT_BYTES = 14;
const SPOT_MAX_BYTES = 64;

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);

/** `00 02`, type, length, data, the low byte of the sum of the data, `03`. */
export const spotForm: Form<SpotCheck> = {
  maxBytes: HEAD_BYTES + SPOT_MAX_BYTES + 2,
  look(bytes, length) {
    if (bytes[0] !== NUL || (length > 1 && bytes[1] !== STX)) return NO;
    if (length < HEAD_BYTES) return MORE;
    const dataBytes = word(bytes, 4);
    if (dataBytes < SPOT_BYTES || dataBytes > SPOT_MAX_BYTES) return NO;
    const byteCount = HEAD_BYTES + dataBytes + 2;
    if (length < byteCount) return MORE;
    const data = bytes.slice(HEAD_BYTES, HEAD_BYTES + dataBytes);
    const sum = data.reduce((total, byte) => total + byte, 0) & 0xff;
    if (bytes[byteCount - 2] !== sum || bytes[byteCount - 1] !== ETX)
      return { kind: 'damaged', reason: 'checksum', detail: 'wrong sum or no ETX', byteCount: 2 };
    const message: SpotCheck = {
      kind: 'spot-check',
      packetType: word(bytes, 2),
      clock: [...data.subarray(0, CLOCK_BYTES)],
      status: word(data, 8),
      pulse: word(data, 10),
      spo2: data[13] ?? 0,
    };
    return { kind: 'message', message, byteCount };
  },
};

/** The bytes of a spot check. */
export const writeSpotCheck = ({ packetType, clock, status, pulse, spo2 }: SpotCheck): Uint8Array => {
  const data = [...clock, status >> 8, status & 0xff, pulse >> 8, pulse & 0xff, 0, spo2];
  const sum = data.reduce((total, byte) => total + byte, 0) & 0xff;
  return Uint8Array.from([NUL, STX, packetType >> 8, packetType & 0xff, 0, data.length, ...data, sum, ETX]);
};
