/**
 * PM6750: bytes ⇄ messages. The two directions share the frame and not the meaning of its types, so each has a codec of its own.
 */
import type { Codec, Decoded } from '../device.ts';
import { encodeFrame, type Frame, frameDecoder } from './framing.ts';
import type { HostCommand, ModuleMessage } from './message.ts';

export * from './message.ts';

const TYPE = {
  ecgWave: 0x01,
  ecg: 0x02,
  nibp: 0x03,
  spo2: 0x04,
  temperature: 0x05,
  ecgBeat: 0x30,
  plethBeat: 0x31,
  pleth: 0xfe,
  respiration: 0xff,
} as const;

/** Module → host. */
export const moduleCodec: Codec<ModuleMessage> = {
  decoder() {
    const frames = frameDecoder();
    return {
      push: (chunk) => frames.push(chunk).map((decoded) => read(decoded, messageOf)),
      end: () => frames.end().map((decoded) => read(decoded, messageOf)),
    };
  },
  encode: (message) => encodeFrame(frameOf(message)),
};

/** Host → module. */
export const hostCodec: Codec<HostCommand> = {
  decoder() {
    const frames = frameDecoder();
    return {
      push: (chunk) => frames.push(chunk).map((decoded) => read(decoded, commandOf)),
      end: () => frames.end().map((decoded) => read(decoded, commandOf)),
    };
  },
  encode: ({ code, value }) => encodeFrame({ type: code, data: Uint8Array.of(value) }),
};

const read = <M extends object>(decoded: Decoded<Frame>, parse: (frame: Frame) => M | string): Decoded<M> => {
  if (!decoded.ok) return decoded;
  const { byteCount } = decoded;
  const message = parse(decoded.message);
  return typeof message === 'string'
    ? { ok: false, reason: 'syntax', detail: message, byteCount }
    : { ok: true, message, byteCount };
};

const commandOf = ({ type, data }: Frame): HostCommand | string =>
  data.length === 1 ? { code: type, value: data[0] ?? 0 } : `a command with ${data.length} bytes`;

const messageOf = ({ type, data }: Frame): ModuleMessage | string => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = data;
  const wrong = `${data.length} bytes of data in a frame of type ${type}`;
  switch (type) {
    case TYPE.ecgWave:
      return data.length === 7 ? { kind: 'ecg-wave', leads: [...data] } : wrong;
    case TYPE.ecg:
      // Older firmware sends less than the five bytes of the manual.
      if (data.length < 3 || data.length > 5) return wrong;
      return {
        kind: 'ecg',
        status: a,
        heartRate: b,
        respiration: c,
        st: data.length > 3 ? signed(d) : null,
        arrhythmia: data.length > 4 ? e : null,
      };
    case TYPE.nibp:
      return data.length === 5
        ? { kind: 'nibp', status: a, cuff: b * 2, systolic: c, mean: d, diastolic: e }
        : wrong;
    case TYPE.spo2:
      return data.length === 3 ? { kind: 'spo2', status: a, spo2: b, pulse: c } : wrong;
    case TYPE.temperature:
      if (data.length !== 3) return wrong;
      return c > 9 ? `${c} tenths of a degree` : { kind: 'temperature', status: a, whole: b, tenth: c };
    case TYPE.pleth:
      return data.length === 1 ? { kind: 'pleth', value: a } : wrong;
    case TYPE.respiration:
      return data.length === 1 ? { kind: 'respiration', value: a } : wrong;
    case TYPE.ecgBeat:
    case TYPE.plethBeat:
      if (data.length > 1) return wrong;
      return {
        kind: 'beat',
        of: type === TYPE.ecgBeat ? 'ecg' : 'pleth',
        value: data.length === 1 ? a : null,
      };
    default:
      return `unknown type ${type}`;
  }
};

const signed = (byte: number): number => (byte > 127 ? byte - 256 : byte);

const frameOf = (message: ModuleMessage): Frame => {
  const frame = (type: number, ...data: readonly number[]): Frame => ({ type, data: Uint8Array.from(data) });
  switch (message.kind) {
    case 'ecg-wave':
      return frame(TYPE.ecgWave, ...message.leads);
    case 'ecg': {
      const { status, heartRate, respiration, st, arrhythmia } = message;
      const rest = st === null ? [] : [st & 0xff, ...(arrhythmia === null ? [] : [arrhythmia])];
      return frame(TYPE.ecg, status, heartRate, respiration, ...rest);
    }
    case 'nibp':
      return frame(
        TYPE.nibp,
        message.status,
        Math.round(message.cuff / 2),
        message.systolic,
        message.mean,
        message.diastolic,
      );
    case 'spo2':
      return frame(TYPE.spo2, message.status, message.spo2, message.pulse);
    case 'temperature':
      return frame(TYPE.temperature, message.status, message.whole, message.tenth);
    case 'pleth':
      return frame(TYPE.pleth, message.value);
    case 'respiration':
      return frame(TYPE.respiration, message.value);
    case 'beat':
      return frame(
        message.of === 'ecg' ? TYPE.ecgBeat : TYPE.plethBeat,
        ...(message.value === null ? [] : [message.value]),
      );
    default:
      return message satisfies never;
  }
};

/** The bytes of a command. */
export const commandBytes = (code: number, value: number): Uint8Array => hostCodec.encode({ code, value });
