/**
 * The container of a backup: a plain tar file (POSIX ustar), so that what is in it can be got at without Chairside.
 * Only what this writer makes is read: every byte of a header or of the padding that is not as it would be written is
 * damage.
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { StorageError } from '../storage-error.ts';

const BLOCK = 512;
/** Two empty blocks end a tar file. */
const END = Buffer.alloc(2 * BLOCK);
const CHUNK = 1024 * 1024;

/** A file within the container. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
  /** Where its content begins. */
  readonly offset: number;
}

/** What is written: a name and where the bytes come from. */
export interface TarSource {
  readonly name: string;
  readonly bytes: number;
  readonly content:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'text'; readonly text: string };
}

/** Writes the container to an open file. @param seconds time of every entry, since 1970. */
export const writeTar = (descriptor: number, sources: readonly TarSource[], seconds: number): void => {
  for (const { name, bytes, content } of sources) {
    writeAll(descriptor, header(name, bytes, seconds));
    if (content.kind === 'text') writeAll(descriptor, Buffer.from(content.text, 'utf8'));
    else copyInto(descriptor, content.path, bytes);
    writeAll(descriptor, Buffer.alloc(padding(bytes)));
  }
  writeAll(descriptor, END);
};

/**
 * The entries of a container, in order.
 * @throws StorageError `bad-backup`: not a backup, cut off, or damaged outside of its files.
 */
export const readTar = (path: string, descriptor: number): readonly TarEntry[] => {
  const { size } = fstatSync(descriptor);
  const entries: TarEntry[] = [];
  let at = 0;
  for (;;) {
    if (at + BLOCK > size) throw cutOff(path, size);
    const block = readAt(descriptor, at, BLOCK);
    if (block.equals(END.subarray(0, BLOCK)) && entries.length > 0) break;
    const { name, bytes } = readHeader(path, block, entries.length === 0);
    const entry = { name, bytes, offset: at + BLOCK };
    at = entry.offset + bytes + padding(bytes);
    if (at > size) throw cutOff(path, size);
    const rest = readAt(descriptor, entry.offset + bytes, padding(bytes));
    if (rest.some((byte) => byte !== 0)) throw damaged(path, `after ${name}`);
    entries.push(entry);
  }
  if (size < at + END.length) throw cutOff(path, size);
  const end = readAt(descriptor, at, Math.min(size - at, END.length + 1));
  if (!end.equals(END)) throw damaged(path, 'at its end');
  return entries;
};

/** The content of an entry, piece by piece. */
export const piecesOf = function* (descriptor: number, { offset, bytes }: TarEntry): Generator<Buffer> {
  for (let at = 0; at < bytes; at += CHUNK) {
    yield readAt(descriptor, offset + at, Math.min(CHUNK, bytes - at));
  }
};

/** The error for a backup that is not as it was written. */
export const damaged = (path: string, where: string): StorageError =>
  new StorageError(
    'bad-backup',
    `${path}: the backup is damaged ${where}; use another one, nothing was changed`,
  );

const cutOff = (path: string, size: number): StorageError =>
  new StorageError(
    'bad-backup',
    `${path}: the backup is cut off after ${size} bytes; get the whole file, nothing was changed`,
  );

const padding = (bytes: number): number => (BLOCK - (bytes % BLOCK)) % BLOCK;

const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;

/** A header block (POSIX.1-1988 ustar): a regular file for its owner only. */
const header = (name: string, bytes: number, seconds: number): Buffer => {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100, 'ascii');
  block.write(octal(0o600, 8), 100, 'ascii');
  block.write(octal(0, 8), 108, 'ascii');
  block.write(octal(0, 8), 116, 'ascii');
  if (bytes < 8 ** 11) block.write(octal(bytes, 12), 124, 'ascii');
  else {
    // From 8 GiB on the size is written in binary (GNU and star do so).
    block.writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(bytes), 128);
  }
  block.write(octal(seconds, 12), 136, 'ascii');
  block.fill(' ', 148, 156);
  block.write('0', 156, 'ascii');
  block.write('ustar\u000000', 257, 'ascii');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return block;
};

const readHeader = (
  path: string,
  block: Buffer,
  isFirst: boolean,
): { readonly name: string; readonly bytes: number } => {
  const name = block.toString('ascii', 0, 100).replace(/\0.*$/s, '');
  const bytes =
    block[124] === 0x80
      ? Number(block.readBigUInt64BE(128))
      : Number.parseInt(block.toString('ascii', 124, 135), 8);
  const seconds = Number.parseInt(block.toString('ascii', 136, 147), 8);
  const isSound =
    Number.isSafeInteger(bytes) &&
    Number.isSafeInteger(seconds) &&
    header(name, bytes, seconds).equals(block);
  if (isSound) return { name, bytes };
  if (isFirst && block.toString('latin1', 257, 262) !== 'ustar') {
    throw new StorageError('bad-backup', `${path}: this is not a backup of Chairside; nothing was changed`);
  }
  throw damaged(path, 'in its list of files');
};

const readAt = (descriptor: number, position: number, length: number): Buffer => {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const read = readSync(descriptor, buffer, done, length - done, position + done);
    if (read === 0) break; // the file was made shorter under our hands: the rest stays empty and fits no hash
    done += read;
  }
  return buffer;
};

const writeAll = (descriptor: number, buffer: Buffer): void => {
  let done = 0;
  while (done < buffer.length) done += writeSync(descriptor, buffer, done);
};

const copyInto = (descriptor: number, path: string, bytes: number): void => {
  const source = openSync(path, 'r');
  try {
    for (const piece of piecesOf(source, { name: path, bytes, offset: 0 })) writeAll(descriptor, piece);
  } finally {
    closeSync(source);
  }
};
