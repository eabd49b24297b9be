/** Reading and writing big-endian fields. A read past the end throws `ShortBytes`, which only `parsing` catches. */

/** The bytes end before the structure does, or its lengths contradict each other. */
export class ShortBytes extends Error {}

/** A cursor over bytes that never reads outside of them. */
export interface Reader {
  readonly left: number;
  u8(): number;
  u16(): number;
  u32(): number;
  /** A copy of the next `count` bytes. */
  bytes(count: number): Uint8Array;
  /** A cursor over exactly the next `count` bytes, which this one then has behind it. */
  part(count: number): Reader;
  /** Throws unless everything was read. */
  finish(): void;
}

/** A cursor at the beginning of `bytes`. */
export const readerOf = (bytes: Uint8Array): Reader => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const step = (count: number): number => {
    if (at + count > bytes.length) throw new ShortBytes(`${count} bytes wanted, ${bytes.length - at} left`);
    const from = at;
    at += count;
    return from;
  };
  const slice = (count: number): Uint8Array => {
    const from = step(count);
    return bytes.slice(from, from + count);
  };
  return {
    get left() {
      return bytes.length - at;
    },
    u8: () => view.getUint8(step(1)),
    u16: () => view.getUint16(step(2)),
    u32: () => view.getUint32(step(4)),
    bytes: slice,
    part: (count) => readerOf(slice(count)),
    finish: () => {
      if (at !== bytes.length) throw new ShortBytes(`${bytes.length - at} bytes too many`);
    },
  };
};

/** What `parse` makes of all of `bytes`, or a sentence that says why it cannot. */
export const parsing = <T>(bytes: Uint8Array, parse: (reader: Reader) => T): T | string => {
  try {
    const reader = readerOf(bytes);
    const parsed = parse(reader);
    reader.finish();
    return parsed;
  } catch (error) {
    if (error instanceof ShortBytes) return error.message;
    throw error;
  }
};

/** The same for a field that is not worth refusing a message for: null when it cannot be parsed. */
export const parsedOrNull = <T>(bytes: Uint8Array, parse: (reader: Reader) => T): T | null => {
  const parsed = parsing(bytes, (reader) => ({ value: parse(reader) }));
  return typeof parsed === 'string' ? null : parsed.value;
};

/** Two bytes, big endian. */
export const u16 = (value: number): readonly number[] => [(value >>> 8) & 0xff, value & 0xff];
/** Four bytes, big endian. */
export const u32 = (value: number): readonly number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];

/** The bytes with their length (u16) before them. Throws a RangeError when they are too many for it. */
export const withLength = (body: readonly number[]): readonly number[] => {
  if (body.length > 0xffff) throw new RangeError(`${body.length} bytes do not fit a 16-bit length`);
  return [...u16(body.length), ...body];
};

/** A list: count (u16), length in bytes (u16), items. */
export const list = (items: readonly (readonly number[])[]): readonly number[] => [
  ...u16(items.length),
  ...withLength(items.flat()),
];

/** Reads a list: `item` is called `count` times and must use up exactly the length. */
export const readList = <T>(reader: Reader, item: (reader: Reader) => T): readonly T[] => {
  const count = reader.u16();
  const body = reader.part(reader.u16());
  const items: T[] = [];
  for (let index = 0; index < count; index += 1) items.push(item(body));
  body.finish();
  return items;
};
