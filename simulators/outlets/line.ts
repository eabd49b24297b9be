/** A real serial port (or any transport of that shape) as an outlet. */
import { createInbox, type Outlet, OutletError } from './outlet.ts';

/** What is needed of a transport; the serial transport of the device layer has this shape. */
export interface LineTransport {
  readonly label: string;
  open(listener: (event: LineEvent) => void): void;
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

type LineEvent =
  | { readonly type: 'open' }
  | { readonly type: 'data'; readonly bytes: Uint8Array }
  | { readonly type: 'dropped'; readonly byteCount: number }
  | { readonly type: 'notice'; readonly message: string }
  | { readonly type: 'closed'; readonly cause: { readonly message: string } | null };

/** Bytes handed to the line and not yet gone; more than this are lost, as in a UART without flow control. */
const PENDING_BYTES_MAX = 65_536;

/** Opens the line. Rejects with `OutletError` when it cannot be opened. */
export const openLineOutlet = async (transport: LineTransport): Promise<Outlet> => {
  const inbox = createInbox();
  let failed: string | null = null;
  let pending = 0;
  await new Promise<void>((resolve, reject) => {
    transport.open((event) => {
      if (event.type === 'open') resolve();
      if (event.type === 'data') inbox.push(event.bytes);
      if (event.type === 'closed') {
        failed = event.cause?.message ?? `${transport.label} was closed`;
        reject(new OutletError(failed));
      }
    });
  });
  const send = async (bytes: Uint8Array): Promise<void> => {
    pending += bytes.length;
    try {
      await transport.write(bytes);
    } catch (error) {
      failed ??= `${transport.label}: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      pending -= bytes.length;
    }
  };
  return {
    address: transport.label,
    write: (bytes) => {
      if (pending + bytes.length <= PENDING_BYTES_MAX) void send(bytes);
    },
    read: inbox.take,
    failure: () => failed,
    close: () => transport.close(),
  };
};
