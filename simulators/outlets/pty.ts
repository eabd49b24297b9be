/**
 * A pseudo-terminal: the host opens LINK like a serial port. Made natively where the prebuilt module is (Linux),
 * else through `socat`, else refused in one line. A pseudo-terminal ignores speed and parity: it proves nothing
 * about line settings.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, lstatSync, openSync, readSync, symlinkSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { messageOf, type Outlet, OutletError, systemErrorCode } from './outlet.ts';
import { removeOwnLink } from './own-link.ts';
import { openSocatOutlet } from './socat.ts';

/** Opens a pseudo-terminal and makes LINK point to it. Rejects with `OutletError` when it cannot. */
export const openPtyOutlet = async (link: string): Promise<Outlet> => {
  if (exists(link)) {
    throw new OutletError(
      `${link} exists already: remove it, or choose another name for the pseudo-terminal`,
    );
  }
  const open = nativeOpen();
  return open === null ? openSocatOutlet(link) : openNative(open, link);
};

/** The part of the native module that is used: both ends of a new terminal, not blocking, and its name. */
type NativeOpen = (columns: number, rows: number) => { master: number; slave: number; pty: string };

const READ_BYTES = 4096;

const openNative = (open: NativeOpen, link: string): Outlet => {
  const { master, slave, pty } = open(80, 24);
  try {
    // Raw: no echo, no line editing, no translation of CR and LF, all 256 byte values pass.
    execFileSync('stty', ['-F', pty, 'raw', '-echo'], { stdio: ['ignore', 'ignore', 'pipe'] });
    symlinkSync(pty, link);
  } catch (error) {
    closeSync(slave);
    closeSync(master);
    throw new OutletError(
      `${link}: cannot make the pseudo-terminal (${messageOf(error).split('\n')[0] ?? ''})`,
    );
  }
  // With our own copy closed, reading says EIO exactly while no host has the terminal open.
  closeSync(slave);
  const buffer = new Uint8Array(READ_BYTES);
  let hosted = false;
  let failed: string | null = null;

  const read = (): Uint8Array => {
    try {
      const count = readSync(master, buffer, 0, READ_BYTES, null);
      hosted = true;
      return buffer.slice(0, count);
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === 'EIO' && hosted) forgetUnread(pty);
      if (code !== 'EIO' && code !== 'EAGAIN') failed = `${link}: ${messageOf(error)}`;
      hosted = code === 'EAGAIN';
      return new Uint8Array(0);
    }
  };

  return {
    address: link,
    read,
    write: (bytes) => {
      if (!hosted) return;
      try {
        writeSync(master, bytes);
      } catch (error) {
        // EAGAIN: the host does not read and the buffer is full; on a serial line these bytes would be lost.
        if (systemErrorCode(error) !== 'EAGAIN') failed = `${link}: ${messageOf(error)}`;
      }
    },
    failure: () => failed,
    hostCount: () => (hosted ? 1 : 0),
    close: async () => {
      closeSync(master);
      removeOwnLink(link, pty);
    },
  };
};

/** What the last host left unread must not greet the next one: a serial port forgets it on closing, too. */
const forgetUnread = (pty: string): void => {
  const slave = openSync(pty, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const buffer = new Uint8Array(READ_BYTES);
  try {
    while (readSync(slave, buffer, 0, READ_BYTES, null) > 0);
  } catch (error) {
    if (systemErrorCode(error) !== 'EAGAIN') throw error;
  } finally {
    closeSync(slave);
  }
};

const nativeOpen = (): NativeOpen | null => {
  if (process.platform !== 'linux') return null;
  try {
    const loaded: unknown = createRequire(import.meta.url)(`@lydell/node-pty-linux-${process.arch}/pty.node`);
    return hasOpen(loaded) ? loaded.open : null;
  } catch (error) {
    // Not installed for this machine: socat is tried next.
    if (systemErrorCode(error) === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
};

const hasOpen = (loaded: unknown): loaded is { open: NativeOpen } =>
  typeof loaded === 'object' && loaded !== null && 'open' in loaded && typeof loaded.open === 'function';

const exists = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
