/** Bytes and results of the Nonin tests. */
import { type NoninFormat, noninCodec } from '../../../devices/nonin/codec.ts';
import { bytesOf, chunks } from '../drive.ts';

export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
export const lineBytes = (text: string): Uint8Array => bytesOf(`${text}\r\n`);

export const decode = (format: NoninFormat, bytes: Uint8Array, cuts: readonly number[] = [bytes.length]) => {
  const decoder = noninCodec(format).decoder();
  return [...chunks(bytes, cuts).flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
};

export const bytesIn = (results: ReturnType<typeof decode>): number =>
  results.reduce((sum, { byteCount }) => sum + byteCount, 0);

/** The test fixtures name their format by a word. */
export const formatOf = (name: string): NoninFormat => (name === '8' || name === '13' ? name : 'auto');
