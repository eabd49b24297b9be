/**
 * Makes a pulled adapter end the line. On Linux and macOS a read of a terminal that has hung up returns 0 bytes
 * (read(2): end of file). @serialport/bindings-cpp 13.0.0 answers that by reading again at once, for ever: the
 * loss is not reported and memory grows until the process dies (its issue 162; seen with a PTY that was closed
 * before the first poll). Here a read of 0 bytes is the error that it is, which serialport reports as a disconnect.
 */
import { read } from 'node:fs';

/** What the Linux and macOS bindings offer, as far as it is needed here. */
interface PolledPort {
  readonly fd: number | null;
  readonly isOpen: boolean;
  readonly poller: { once(event: 'readable', done: (error: Error | null) => void): unknown };
  read: (buffer: Buffer, offset: number, length: number) => Promise<{ buffer: Buffer; bytesRead: number }>;
}

const isPolled = (port: object): port is PolledPort => 'fd' in port && 'poller' in port && 'read' in port;

/** Replaces the read of an open port of a polled binding; other bindings (Windows, the mock) are left alone. */
export const endOnHangUp = (port: object | undefined): void => {
  if (port === undefined || !isPolled(port)) return;
  port.read = async (buffer, offset, length) => {
    for (;;) {
      const bytesRead = await readNow(port, buffer, offset, length);
      if (bytesRead === 0) throw new Error('hung up');
      if (bytesRead !== null) return { buffer, bytesRead };
      await new Promise<void>((resolve, reject) => {
        port.poller.once('readable', (error) => (error ? reject(error) : resolve()));
      });
    }
  };
};

/** Bytes read, 0 after a hang-up, null when there is nothing to read yet. */
const readNow = (port: PolledPort, buffer: Buffer, offset: number, length: number): Promise<number | null> =>
  new Promise((resolve, reject) => {
    if (!port.isOpen || port.fd === null) {
      reject(canceled());
      return;
    }
    read(port.fd, buffer, offset, length, null, (error, bytesRead) => {
      if (error === null) resolve(bytesRead);
      else if (!port.isOpen) reject(canceled());
      else if (NOTHING_YET.has(error.code ?? '')) resolve(null);
      else reject(error);
    });
  });

const NOTHING_YET: ReadonlySet<string> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/** What serialport expects of a read that ended because the port was closed on purpose. */
const canceled = (): Error => Object.assign(new Error('Port is not open'), { canceled: true });
