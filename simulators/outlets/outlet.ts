/** Where a simulated monitor's bytes go, and where the host's bytes come from. */

/** An open outlet. It has no timer: the runner reads it some twenty times a second. */
export interface Outlet {
  /** For people and scripts: "127.0.0.1:4001", "/tmp/monitor". */
  readonly address: string;
  /** Never waits. Bytes that nobody takes are lost, as on a serial line. */
  write(bytes: Uint8Array): void;
  /** Everything that came from the host since the last call. */
  read(): Uint8Array;
  /** Why the outlet came to its end by itself, in one line; null while it works. */
  failure(): string | null;
  /** How many hosts have the line now, where the outlet can tell. */
  readonly hostCount?: () => number;
  close(): Promise<void>;
}

/** An outlet that could not be opened; the message is one line for people. */
export class OutletError extends Error {
  override readonly name = 'OutletError';
}

/** Bytes from the host are kept up to this many between two reads; a host never sends so much. */
const INBOX_BYTES_MAX = 65_536;

/** Collects the host's bytes between two reads, with bounded memory. */
export const createInbox = (): { push(bytes: Uint8Array): void; take(): Uint8Array } => {
  let chunks: Uint8Array[] = [];
  let size = 0;
  return {
    push: (bytes) => {
      const room = bytes.subarray(0, INBOX_BYTES_MAX - size);
      if (room.length === 0) return;
      chunks.push(Uint8Array.from(room));
      size += room.length;
    },
    take: () => {
      const taken = new Uint8Array(Buffer.concat(chunks));
      chunks = [];
      size = 0;
      return taken;
    },
  };
};

/** The `code` of a system error ("EADDRINUSE"), or an empty string. */
export const systemErrorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
