/**
 * The messages that open and close the connection: session, presentation and ACSE headers of ISO 8327/8823/8650, which are
 * fixed bytes on this line, around the one structure that says something, MDSEUserInfoStd.
 * Sources: README, "Association"; the accept is a real one, byte for byte.
 */
import { list, type Reader, readerOf, ShortBytes, u16, u32, withLength } from './bytes.ts';

/** First byte of each message. */
export const SESSION = {
  associationRequest: 0x0d,
  associationAccept: 0x0e,
  associationRefuse: 0x0c,
  releaseRequest: 0x09,
  releaseResponse: 0x0a,
  abort: 0x19,
} as const;

const SYSTEM_TYPE = { client: 0x8000_0000, server: 0x0080_0000 } as const;
const POLL_PROFILE_SUPPORT = 0x0001;
const POLL_PROFILE_EXTENSION = 0xf001;

/** Bits of the extended options of the poll profile. */
export const EXTENDED_OPTIONS = { numericsEverySecond: 0x8000_0000, waves: 0x0800_0000 } as const;

/** What the two sides agree on. */
export interface UserInfo {
  /** 80000000 hot, 40000000 warm, 20000000 cold start. */
  readonly startupMode: number;
  /** The least time between two polls (ticks of 1/8 ms); the monitor's silence time-out follows from it. */
  readonly minPollPeriod: number;
  /** Largest payload, in bytes. */
  readonly maxMtuReceive: number;
  readonly maxMtuSend: number;
  readonly extendedOptions: number;
}

export type AssociationMessage =
  | { readonly kind: 'association-request'; readonly info: UserInfo }
  | { readonly kind: 'association-accept'; readonly info: UserInfo }
  /** The body is not the same in all sources and is not interpreted. */
  | { readonly kind: 'association-refuse' }
  | { readonly kind: 'release-request' }
  | { readonly kind: 'release-response' }
  | { readonly kind: 'abort' };

const hex = (text: string): readonly number[] => text.split(/\s+/).map((pair) => Number.parseInt(pair, 16));

const SESSION_PART = hex('05 08 13 01 00 16 01 02 80 00 14 02 00 02');
const REQUEST_HEAD =
  hex(`31 80 a0 80 80 01 01 00 00 a2 80 a0 03 00 00 01 a4 80 30 80 02 01 01 06 04 52 01 00 01 30 80 06 02
  51 01 00 00 00 00 30 80 02 01 02 06 0c 2a 86 48 ce 14 02 01 00 00 00 01 01 30 80 06 0c 2a 86 48 ce 14 02 01 00 00 00
  02 01 00 00 00 00 00 00 61 80 30 80 02 01 01 a0 80 60 80 a1 80 06 0c 2a 86 48 ce 14 02 01 00 00 00 03 01 00 00 be 80
  28 80 06 0c 2a 86 48 ce 14 02 01 00 00 00 01 01 02 01 02 81`);
const ACCEPT_HEAD =
  hex(`31 80 a0 80 80 01 01 00 00 a2 80 a0 03 00 00 01 a5 80 30 80 80 01 00 81 02 51 01 00 00 30 80 80 01
  00 81 0c 2a 86 48 ce 14 02 01 00 00 00 02 01 00 00 00 00 61 80 30 80 02 01 01 a0 80 61 80 a1 80 06 0c 2a 86 48 ce 14
  02 01 00 00 00 03 01 00 00 a2 03 02 01 00 a3 05 a1 03 02 01 00 be 80 28 80 02 01 02 81`);
/** The user information follows these bytes, wherever the headers before them end. */
const USER_INFO_MARK = hex('02 01 02 81');
const TAIL = new Array<number>(16).fill(0);

const REFUSE = hex('0c 03 32 01 00');
const RELEASE_REQUEST = hex('09 18 c1 16 61 80 30 80 02 01 01 a0 80 62 80 80 01 00 00 00 00 00 00 00 00 00');
const RELEASE_RESPONSE = hex('0a 18 c1 16 61 80 30 80 02 01 01 a0 80 63 80 80 01 00 00 00 00 00 00 00 00 00');
const ABORT =
  hex(`19 2e 11 01 03 c1 29 a0 80 a0 80 30 80 02 01 01 06 02 51 01 00 00 00 00 61 80 30 80 02 01 01 a0 80 64 80
  80 01 01 00 00 00 00 00 00 00 00 00 00`);

/** A length of the session layer: one byte below 255, else FF and two. */
const sessionLength = (length: number): readonly number[] =>
  length < 0xff ? [length] : [0xff, ...u16(length)];
/** A length of ASN.1: one byte up to 127, else 82 and two. */
const asnLength = (length: number): readonly number[] => (length < 0x80 ? [length] : [0x82, ...u16(length)]);

const userInfoBytes = (info: UserInfo, systemType: number): readonly number[] => {
  const profile = [
    ...u32(0x8000_0000),
    ...u32(info.minPollPeriod),
    ...u32(info.maxMtuReceive),
    ...u32(info.maxMtuSend),
    ...u32(0xffff_ffff),
    ...u32(0x6000_0000),
    ...list([[...u16(POLL_PROFILE_EXTENSION), ...withLength([...u32(info.extendedOptions), ...list([])])]]),
  ];
  return [
    ...u32(0x8000_0000),
    ...u32(0x4000_0000),
    ...u32(0),
    ...u32(systemType),
    ...u32(info.startupMode),
    ...list([]),
    ...list([[...u16(POLL_PROFILE_SUPPORT), ...withLength(profile)]]),
  ];
};

const withUserInfo = (
  kind: number,
  head: readonly number[],
  info: UserInfo,
  systemType: number,
): readonly number[] => {
  const user = userInfoBytes(info, systemType);
  const presentation = [...head, ...asnLength(user.length), ...user, ...TAIL];
  const body = [...SESSION_PART, 0xc1, ...sessionLength(presentation.length), ...presentation];
  return [kind, ...sessionLength(body.length), ...body];
};

/** The payload of an association message. */
export const buildAssociation = (message: AssociationMessage): readonly number[] => {
  switch (message.kind) {
    case 'association-request':
      return withUserInfo(SESSION.associationRequest, REQUEST_HEAD, message.info, SYSTEM_TYPE.client);
    case 'association-accept':
      return withUserInfo(SESSION.associationAccept, ACCEPT_HEAD, message.info, SYSTEM_TYPE.server);
    case 'association-refuse':
      return REFUSE;
    case 'release-request':
      return RELEASE_REQUEST;
    case 'release-response':
      return RELEASE_RESPONSE;
    case 'abort':
      return ABORT;
    default:
      return message satisfies never;
  }
};

const readAttributes = (reader: Reader): ReadonlyMap<number, Reader> => {
  const count = reader.u16();
  const body = reader.part(reader.u16());
  const found = new Map<number, Reader>();
  for (let index = 0; index < count; index += 1) {
    const id = body.u16();
    found.set(id, body.part(body.u16()));
  }
  return found;
};

const parseUserInfo = (reader: Reader): UserInfo => {
  for (let word = 0; word < 4; word += 1) reader.u32();
  const startupMode = reader.u32();
  readAttributes(reader);
  const profile = readAttributes(reader).get(POLL_PROFILE_SUPPORT);
  if (profile === undefined) throw new ShortBytes('no poll profile in it');
  profile.u32();
  const minPollPeriod = profile.u32();
  const maxMtuReceive = profile.u32();
  const maxMtuSend = profile.u32();
  profile.u32();
  profile.u32();
  const extendedOptions = readAttributes(profile).get(POLL_PROFILE_EXTENSION)?.u32() ?? 0;
  return { startupMode, minPollPeriod, maxMtuReceive, maxMtuSend, extendedOptions };
};

const startOfUserInfo = (bytes: Uint8Array): number => {
  const mark = bytes.findIndex((_, at) => USER_INFO_MARK.every((byte, index) => bytes[at + index] === byte));
  if (mark < 0) throw new ShortBytes('no user information in it');
  return mark + USER_INFO_MARK.length;
};

/** The user information behind whatever headers stand before it. */
const userInfoIn = (body: Uint8Array): UserInfo => {
  const reader = readerOf(body.subarray(startOfUserInfo(body)));
  const first = reader.u8();
  const length = first === 0x82 ? reader.u16() : first === 0x81 ? reader.u8() : first;
  return parseUserInfo(reader.part(length));
};

/** Reads the message whose first byte is `kind`; null when it is not one of the association's. */
export const parseAssociation = (kind: number, reader: Reader): AssociationMessage | null => {
  if (!Object.values<number>(SESSION).includes(kind)) return null;
  const short = reader.u8();
  const length = short === 0xff ? reader.u16() : short;
  const body = reader.bytes(length);
  switch (kind) {
    case SESSION.associationRequest:
    case SESSION.associationAccept: {
      const info = userInfoIn(body);
      return {
        kind: kind === SESSION.associationRequest ? 'association-request' : 'association-accept',
        info,
      };
    }
    case SESSION.associationRefuse:
      return { kind: 'association-refuse' };
    case SESSION.releaseRequest:
      return { kind: 'release-request' };
    case SESSION.releaseResponse:
      return { kind: 'release-response' };
    default:
      return { kind: 'abort' };
  }
};
