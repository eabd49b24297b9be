/** Character sets that MSH-18 may name (HL7 table 0211). Digits and codes are ASCII in all of them; names and texts are not. */

const LABELS: ReadonlyMap<string, string> = new Map([
  ['UNICODE UTF-8', 'utf-8'],
  ['UTF-8', 'utf-8'],
  ['8859/1', 'iso-8859-1'],
  ['8859/2', 'iso-8859-2'],
  ['8859/5', 'iso-8859-5'],
  ['8859/7', 'iso-8859-7'],
  ['8859/9', 'iso-8859-9'],
  ['8859/15', 'iso-8859-15'],
  ['GB 18030-2000', 'gb18030'],
  ['BIG-5', 'big5'],
  ['KS X 1001', 'euc-kr'],
]);

/** Text of the bytes; a byte that does not fit the character set becomes U+FFFD and stops nothing. */
export const decodeText = (bytes: Uint8Array, charset: string): string => {
  const label = LABELS.get(charset.toUpperCase());
  if (label !== undefined) return new TextDecoder(label, { ignoreBOM: true }).decode(bytes);
  // Not said, or a name we do not know: senders mostly mean UTF-8, and ASCII reads the same.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
};

/** Bytes of a text. We write UTF-8 only. */
export const encodeText = (text: string): Uint8Array => new TextEncoder().encode(text);
