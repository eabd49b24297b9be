/**
 * A pseudo-terminal made by the program `socat` (macOS, or Linux without the native module). It waits for a host
 * to open the terminal, passes bytes, and ends when the host goes; then it is started anew, so that no host ever
 * gets what another left unread.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { createInbox, messageOf, type Outlet, OutletError, systemErrorCode } from './outlet.ts';
import { removeOwnLink } from './own-link.ts';

/** Bytes waiting for a host that does not read; more are lost. */
const BACKLOG_BYTES_MAX = 16_384;
/**
 * `-d -d`: it tells the terminal's name, and when a host has come. `-t`: it ends this many seconds after the host went,
 * not the usual half second, in which the next host would be given the old terminal.
 */
const ARGUMENTS = ['-d', '-d', '-t', '0.01', '-', 'pty,rawer,wait-slave,pty-interval=0.05'];

type Socat = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts socat and resolves when LINK is there. Rejects with `OutletError` when it cannot be made. */
export const openSocatOutlet = async (link: string): Promise<Outlet> => {
  const inbox = createInbox();
  let failed: string | null = null;
  let closing = false;
  let hosted = false;
  /** Where the link points; the terminal has another name after every start of socat. */
  let linked: string | null = null;
  let child: Socat;

  const start = (ready: () => void, refused: (reason: string) => void): Socat => {
    const started = spawn('socat', ARGUMENTS, { stdio: ['pipe', 'pipe', 'pipe'] });
    let isLinked = false;
    started.stdout.on('data', (bytes: Uint8Array) => inbox.push(bytes));
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      const terminal = /PTY is (?<path>\S+)/.exec(text)?.groups?.path;
      if (terminal !== undefined) {
        try {
          if (linked !== null) removeOwnLink(link, linked);
          symlinkSync(terminal, link);
          linked = terminal;
          isLinked = true;
          ready();
        } catch (error) {
          refused(`${link}: cannot make the link (${messageOf(error)})`);
          started.kill('SIGTERM');
        }
      }
      // The last words of a socat that has ended may come after its successor was started.
      if (text.includes('starting data transfer loop') && child === started) hosted = true;
    });
    // The host went while bytes were on their way to it: 'exit' follows.
    started.stdin.on('error', () => {
      if (child === started) hosted = false;
    });
    started.on('error', (error) => refused(explain(error, link)));
    started.on('exit', () => {
      hosted = false;
      if (closing) return;
      if (isLinked) {
        child = start(
          () => {},
          (reason) => {
            failed = reason;
          },
        );
      } else refused(`${link}: socat ended before it made a pseudo-terminal`);
    });
    return started;
  };

  await new Promise<void>((resolve, reject) => {
    child = start(resolve, (reason) => reject(new OutletError(reason)));
  });

  return {
    address: link,
    read: inbox.take,
    write: (bytes) => {
      if (hosted && child.stdin.writableLength < BACKLOG_BYTES_MAX) child.stdin.write(bytes);
    },
    failure: () => failed,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        if (linked !== null) removeOwnLink(link, linked);
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
};

const explain = (error: unknown, link: string): string =>
  systemErrorCode(error) === 'ENOENT'
    ? `${link}: no pseudo-terminal on this computer: install socat, or use --tcp`
    : `${link}: socat: ${messageOf(error)}`;
