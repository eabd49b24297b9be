/**
 * Accutorr "PC interface": one-character commands, replies of comma-separated fields that end in CR LF, and a prompt `>` without a
 * line end before each command. No checksum. Source: service manual p. 1-37, 1-52 to 1-54.
 */
import type { Codec, Decoded, Decoder } from '../device.ts';
import { padded } from '../framing/civil-time.ts';
import { latin1Bytes, lineDecoder, printable, type TextLine } from '../framing/line-decoder.ts';
import type { AccutorrMessage, LimitPair, Limits, PatientData, Request } from './message.ts';
import { isStatus } from './status.ts';

export type { AccutorrMessage, Limits, PatientData, Request } from './message.ts';

/** The longest reply has 41 characters, the greeting 30 (bytes, without CR LF). */
export const MAX_LINE_BYTES = 64;

const GREETING = 'ACCUTORR PC Interface is ready';
const PROMPT = 0x3e;
const LF = 0x0a;
const CR = 0x0d;
const REQUEST_BYTE: Readonly<Record<Request, number>> = { P: 0x50, L: 0x4c, prompt: 0x03 };

/** The byte that asks. */
export const requestBytes = (request: Request): Uint8Array => Uint8Array.of(REQUEST_BYTE[request]);

/** Bytes ⇄ messages; the decoder reads the monitor's side. */
export const accutorrCodec: Codec<AccutorrMessage> = {
  decoder: () => monitorDecoder(),
  encode: (message) =>
    message.kind === 'request' ? requestBytes(message.request) : latin1Bytes(textOf(message)),
};

/** The host's side of the line, for the simulator: every byte is a command or nothing. */
export const hostRequests = (bytes: Uint8Array): readonly Request[] =>
  [...bytes].flatMap((byte) => {
    const requests: readonly Request[] = ['P', 'L', 'prompt'];
    return requests.filter((request) => REQUEST_BYTE[request] === byte);
  });

const textOf = (message: Exclude<AccutorrMessage, { kind: 'request' }>): string => {
  switch (message.kind) {
    case 'prompt':
      return '>';
    case 'greeting':
      return `${GREETING}\r\n`;
    case 'P': {
      const { spo2, pulse, systolic, fourth, fifth, status, minutes } = message;
      const numbers = [spo2, pulse, systolic, fourth, fifth].map(zeroed);
      const since = minutes === null ? ' --' : String(minutes).padStart(3, ' ');
      return `P:${[...numbers, ...status, since].join(',')}\r\n`;
    }
    case 'L':
      return `L:${message.pairs.flatMap(({ high, low }) => [zeroed(high), zeroed(low)]).join(',')}\r\n`;
    default:
      return message satisfies never;
  }
};

const zeroed = (value: number | null): string => (value === null ? ' --' : padded(value, 3));

const monitorDecoder = (): Decoder<AccutorrMessage> => {
  const lines = lineDecoder({ maxLineBytes: MAX_LINE_BYTES });
  let isAtStart = true;
  let hasBegun = false;

  const read = (decoded: Decoded<TextLine>): Decoded<AccutorrMessage> => {
    if (!decoded.ok) return decoded;
    const { byteCount } = decoded;
    const { text } = decoded.message;
    const message = readLine(text);
    if ('kind' in message) {
      hasBegun = true;
      return { ok: true, message, byteCount };
    }
    const reason = message.reason === 'syntax' && !hasBegun ? 'noise' : message.reason;
    return { ok: false, reason, detail: `${message.detail}: ${printable(text, 40)}`.slice(0, 80), byteCount };
  };

  return {
    push(chunk) {
      const out: Decoded<AccutorrMessage>[] = [];
      let begin = 0;
      for (const [index, byte] of chunk.entries()) {
        if (isAtStart && byte === PROMPT) {
          out.push(...lines.push(chunk.subarray(begin, index)).map(read));
          out.push({ ok: true, message: { kind: 'prompt' }, byteCount: 1 });
          begin = index + 1;
        } else isAtStart = byte === CR || byte === LF;
      }
      out.push(...lines.push(chunk.subarray(begin)).map(read));
      return out;
    },
    end() {
      const out = lines.end().map(read);
      isAtStart = true;
      hasBegun = false;
      return out;
    },
  };
};

interface LineRefusal {
  readonly reason: 'syntax' | 'range';
  readonly detail: string;
}

const REPLY = /^([PL]):([ \d,-]+)$/;
const FIELD = /^(?=.{1,3}$) *(\d{1,3}|-{2,3})$/;
const PATIENT_FIELDS = 9;
const LIMIT_FIELDS = 10;
/** No monitor of this family measures more (mmHg, 1/min). */
const GREATEST = 300;

const readLine = (text: string): AccutorrMessage | LineRefusal => {
  if (text === GREETING) return { kind: 'greeting' };
  const match = REPLY.exec(text);
  const fields = (match?.[2] ?? '').split(',');
  if (match === null) return { reason: 'syntax', detail: 'not a reply' };
  return match[1] === 'P' ? patientData(fields) : limits(fields);
};

/** The number of a field; null for dashes; undefined when it is neither. */
const numberOf = (field: string | undefined): number | null | undefined => {
  const text = FIELD.exec(field ?? '')?.[1];
  if (text === undefined) return undefined;
  return text.startsWith('-') ? null : Number(text);
};

const isNumber = (value: number | null | undefined): value is number | null => value !== undefined;

const patientData = (fields: readonly string[]): PatientData | LineRefusal => {
  const [first = '', second = '', third = ''] = fields.slice(5, 8);
  const values = [...fields.slice(0, 5), fields[8]].map(numberOf).filter(isNumber);
  if (fields.length !== PATIENT_FIELDS || values.length !== 6)
    return { reason: 'syntax', detail: 'not the nine fields of P' };
  const [spo2 = null, pulse = null, systolic = null, fourth = null, fifth = null, minutes = null] = values;
  if (![first, second, third].every(isStatus)) return { reason: 'syntax', detail: 'a status that is none' };
  if ((spo2 ?? 0) > 100 || [pulse, systolic, fourth, fifth].some((value) => (value ?? 0) > GREATEST))
    return { reason: 'range', detail: 'a number that cannot be' };
  return { kind: 'P', spo2, pulse, systolic, fourth, fifth, status: [first, second, third], minutes };
};

const limits = (fields: readonly string[]): Limits | LineRefusal => {
  const values = fields.map(numberOf).filter(isNumber);
  if (fields.length !== LIMIT_FIELDS || values.length !== LIMIT_FIELDS)
    return { reason: 'syntax', detail: 'not the ten fields of L' };
  const pair = (index: number): LimitPair => ({
    high: values[2 * index] ?? null,
    low: values[2 * index + 1] ?? null,
  });
  return { kind: 'L', pairs: [pair(0), pair(1), pair(2), pair(3), pair(4)] };
};
