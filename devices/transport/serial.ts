/**
 * A serial port, through `serialport`. The only module that imports it. Line settings are passed on exactly;
 * opening again after a loss is the device session's business.
 */
import { SerialPort, type SerialPortMock } from 'serialport';
import { describeSettings } from '../../core/line/line-settings.ts';
import type { SerialSettings } from '../device.ts';
import { endOnHangUp } from './hang-up.ts';
import { lifecycle, notOpen } from './lifecycle.ts';
import { explainLoss, explainOpenFailure } from './serial-errors.ts';
import type { ReadClock, Transport, TransportError } from './transport.ts';

/** The options given to `serialport`; every one is stated, none left to its defaults. */
export interface SerialOpenOptions {
  readonly path: string;
  readonly baudRate: number;
  readonly dataBits: 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
  readonly rtscts: boolean;
  readonly xon: boolean;
  readonly xoff: boolean;
  readonly xany: boolean;
  /** Take the port for ourselves: two readers would each get a part of the bytes. */
  readonly lock: true;
  /** DTR falls on close, so that a monitor sees that nobody listens. */
  readonly hupcl: true;
  readonly autoOpen: false;
}

/** Makes the port; tests give one that makes a `SerialPortMock`. */
export type MakePort = (options: SerialOpenOptions) => SerialPort | SerialPortMock;

/** Options of `serialport` for a port with these line settings. */
export const serialOpenOptions = (path: string, settings: SerialSettings): SerialOpenOptions => ({
  path,
  baudRate: settings.baudRate,
  dataBits: settings.dataBits,
  parity: settings.parity,
  stopBits: settings.stopBits,
  rtscts: settings.flowControl === 'rtscts',
  xon: settings.flowControl === 'xonxoff',
  xoff: settings.flowControl === 'xonxoff',
  xany: false,
  lock: true,
  hupcl: true,
  autoOpen: false,
});

/** What `serialport` itself lists; `listSerialPorts` makes it usable. */
export const systemPortList = () => SerialPort.list();

const realPort: MakePort = (options) => new SerialPort(options);

/**
 * The serial port at `path`. Errors: `not-found`, `denied` (names the group to join), `busy`, `io` on opening;
 * `lost` when an open port ends (hot-unplug). Bytes are stamped as soon as they are read.
 */
export const serialTransport = (
  path: string,
  settings: SerialSettings,
  readClock: ReadClock,
  makePort: MakePort = realPort,
): Transport => {
  const label = `${path} ${describeSettings(settings)}`;
  const life = lifecycle(label);
  const unfinishedWrites = new Set<(error: Error) => void>();
  let port: SerialPort | SerialPortMock | null = null;
  let openingDone: Promise<void> = Promise.resolve();
  let released: Promise<void> | null = null;

  const finish = (cause: TransportError | null) => {
    for (const reject of unfinishedWrites) reject(notOpen(label));
    unfinishedWrites.clear();
    life.closed(cause);
  };

  const release = (): Promise<void> => {
    const made = port;
    if (released === null)
      released = made === null ? Promise.resolve() : openingDone.then(() => closePort(made));
    return released;
  };

  const loseLine = () => {
    if (life.phase() !== 'open' || released !== null) return;
    void release().then(() => finish(explainLoss(path)));
  };

  const opened = (made: SerialPort | SerialPortMock) => {
    if (released !== null) return;
    if (!made.isOpen) {
      finish(explainLoss(path));
      return;
    }
    endOnHangUp(made.port);
    made.on('data', (bytes: Buffer) => life.data(Uint8Array.from(bytes), readClock()));
    made.on('end', loseLine);
    made.on('close', loseLine);
    life.opened();
  };

  return {
    label,
    open(listener) {
      life.begin(listener);
      try {
        port = makePort(serialOpenOptions(path, settings));
      } catch (error) {
        finish({ code: 'io', message: `${label}: ${String(error)}` });
        return;
      }
      const made = port;
      made.on('error', loseLine);
      openingDone = new Promise((resolve) => {
        made.open((error) => {
          resolve();
          if (released !== null) return;
          if (error) {
            void explainOpenFailure(path, error).then(finish);
            return;
          }
          // The system raises DTR and RTS on opening; this states it for adapters that do not. A line without
          // modem signals (a PTY) refuses, which is no failure: if the port is really gone, reading says so.
          made.set({ dtr: true, rts: true }, () => opened(made));
        });
      });
    },
    write(bytes) {
      return new Promise((resolve, reject) => {
        if (life.phase() !== 'open' || port === null) {
          reject(notOpen(label));
          return;
        }
        unfinishedWrites.add(reject);
        port.write(Buffer.from(bytes), (error) => {
          unfinishedWrites.delete(reject);
          if (error) reject(error);
          else resolve();
        });
      });
    },
    async close() {
      await release();
      finish(null);
    },
  };
};

/** Throws away what waits to be sent, then closes. Resolves when others can open the port. */
const closePort = (port: SerialPort | SerialPortMock): Promise<void> =>
  new Promise((resolve) => {
    if (!port.isOpen) {
      resolve();
      return;
    }
    // What a stopped flow control still holds back would delay the close by up to 30 s (Linux closing_wait),
    // hence the flush. A failure of either step means that the port is gone already, which is what we want.
    port.flush(() => port.close(() => resolve()));
  });
