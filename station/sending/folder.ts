/**
 * Hands records on as files in a folder. A file is there whole or not at all: it is written under another name, flushed,
 * and renamed. The name is that of the session, so that a record with an addendum takes the place of the one before;
 * a file that we did not write is never replaced.
 */
import { createHash } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { FolderDestination } from './config.ts';
import { type Carrier, errorCode, type Outcome, type Parcel, type Part } from './outcome.ts';

/** The name of a part's file; what is no patient's record says so before anything else. */
export const fileName = (parcel: Pick<Parcel, 'sessionId' | 'isLive'>, part: Part): string => {
  const session = parcel.sessionId.replaceAll(/[^A-Za-z0-9-]+/g, '_');
  const saysIt = part.extension.split('.').includes(part.name);
  const format = saysIt ? '' : `.${part.name}`;
  return `${parcel.isLive ? '' : 'NOT-LIVE-'}chairside-${session}${format}.${part.extension}`;
};

/** How much is hashed without a rest (bytes): about a millisecond. */
const HASH_PIECE = 512 * 1024;

/** Hexadecimal. A record of a long day as JSON has 20 MB: hashed at once, alarms would wait. */
const sha256 = async (bytes: Uint8Array): Promise<string> => {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += HASH_PIECE) {
    hash.update(bytes.subarray(at, at + HASH_PIECE));
    await setImmediate();
  }
  return hash.digest('hex');
};

export const folderCarrier = (destination: Pick<FolderDestination, 'path'>): Carrier => ({
  deliver: async (parcel, stop) => {
    try {
      const folder = await stat(destination.path);
      if (!folder.isDirectory()) return { kind: 'gave-up', problem: `${destination.path} is not a folder.` };
      const names: string[] = [];
      for (const part of parcel.parts) {
        stop.throwIfAborted();
        const problem = await place(destination.path, parcel, part);
        if (problem !== null) return { kind: 'gave-up', problem };
        names.push(fileName(parcel, part));
      }
      return { kind: 'sent', acknowledgement: `Written: ${names.join(', ')}` };
    } catch (error) {
      if (stop.aborted) return { kind: 'unanswered', problem: 'Stopped.' };
      const code = errorCode(error);
      if (code === null) throw error;
      return meaningOf(code, destination.path);
    }
  },
});

/** Writes one file. Why it may not, in words; null: it is there. */
const place = async (folder: string, parcel: Parcel, part: Part): Promise<string | null> => {
  const target = join(folder, fileName(parcel, part));
  const there = await readIfThere(target);
  if (there !== null) {
    const hash = await sha256(there);
    if (hash === (await sha256(part.bytes))) return null;
    if (!parcel.sentBefore.some((sent) => sent[part.name] === hash)) {
      return `${target} is there and is not what was written before: it was not replaced.`;
    }
  }
  const draft = join(folder, `.${fileName(parcel, part)}.part`);
  await rm(draft, { force: true });
  // Made anew or not at all: whatever somebody else puts there in between is not written through.
  const file = await open(draft, 'wx', 0o640);
  try {
    await file.writeFile(part.bytes);
    await file.sync();
  } catch (error) {
    await file.close();
    await rm(draft, { force: true });
    throw error;
  }
  await file.close();
  await rename(draft, target);
  await flushFolder(folder);
  return null;
};

const readIfThere = async (path: string): Promise<Uint8Array | null> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
};

/** The new name itself on disk, where the system can do that; Windows and some shares cannot. */
const flushFolder = async (folder: string): Promise<void> => {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF'].includes(errorCode(error) ?? ''))
      throw error;
  }
};

/** What a code of the file system means for the record. Exported for its table of cases. */
export const meaningOf = (code: string, path: string): Outcome => {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ESTALE':
    case 'ENODEV':
    case 'EHOSTDOWN':
      return {
        kind: 'unreachable',
        problem: `The folder ${path} is not there (${code}). It is not made: mount or create it.`,
      };
    case 'ENOSPC':
    case 'EDQUOT':
      return { kind: 'unreachable', problem: `There is no room left in ${path} (${code}).` };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        kind: 'gave-up',
        problem: `Chairside may not write into ${path} (${code}): check the permissions.`,
      };
    case 'EISDIR':
      return {
        kind: 'gave-up',
        problem: `In ${path} there is a folder of the name that the file should have.`,
      };
    default:
      return { kind: 'unreachable', problem: `${path} cannot be written now (${code}).` };
  }
};
