/** CRC-32 as of ISO/IEC 3309 and zlib (polynomial EDB88320 reflected); the check of a capture's lines. */

const TABLE: readonly number[] = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** CRC-32 of a text of ASCII characters, as eight lower-case hex digits. */
export const crc32Hex = (ascii: string): string => {
  let crc = 0xffffffff;
  for (let index = 0; index < ascii.length; index += 1)
    crc = (TABLE[(crc ^ ascii.charCodeAt(index)) & 0xff] ?? 0) ^ (crc >>> 8);
  return ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
};
