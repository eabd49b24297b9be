/** Raw bytes of a monitor's line as an engineer reads them: hexadecimal beside printable text. */

export interface RawLine {
  readonly hex: string;
  readonly printable: string;
}

const BYTES_PER_LINE = 16;

/** Splits a string of hexadecimal digits into lines of 16 bytes; what is not printable ASCII shows as a dot. */
export const rawLines = (hex: string): readonly RawLine[] => {
  const bytes = hex.match(/../g) ?? [];
  const lines: RawLine[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    const part = bytes.slice(at, at + BYTES_PER_LINE);
    lines.push({ hex: part.join(' '), printable: part.map(printable).join('') });
  }
  return lines;
};

const printable = (byte: string): string => {
  const code = Number.parseInt(byte, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·';
};
