/**
 * Where bytes come from: bytes with a time, nothing about medicine. Reconnecting is not a transport's
 * business; the station's device session does it once for all of them.
 */
import type { Instant } from '../../core/time.ts';

export type TransportErrorCode = 'not-found' | 'busy' | 'denied' | 'refused' | 'lost' | 'io';

/** What failed and what to do, in one line for people. */
export interface TransportError {
  readonly code: TransportErrorCode;
  readonly message: string;
}

export type TransportEvent =
  | { readonly type: 'open' }
  /** `at` is stamped here, when the bytes arrived, and never again. */
  | { readonly type: 'data'; readonly bytes: Uint8Array; readonly at: Instant }
  /** Bytes given up before they reached the driver (an endless line): counted, never silent. */
  | { readonly type: 'dropped'; readonly byteCount: number; readonly at: Instant }
  /** Something people should know while the line waits or goes on: who is waited for, who was turned away. */
  | { readonly type: 'notice'; readonly message: string }
  /** `cause` is null when we closed it ourselves or a replayed recording came to its end. */
  | { readonly type: 'closed'; readonly cause: TransportError | null };

export interface Transport {
  /** For people and logs: "/dev/ttyUSB0 19200 8E1", "192.0.2.7:4001". */
  readonly label: string;
  /** True: the other side connects to us, and while it holds the line nobody else can. */
  readonly isCalled?: boolean;
  /** Starts opening. Exactly one `open` or `closed` follows; after `closed`, nothing. One call per transport. */
  open(listener: (event: TransportEvent) => void): void;
  /** Resolves when the bytes were handed to the line. Rejects with an Error when it is not open. */
  write(bytes: Uint8Array): Promise<void>;
  /** Idempotent; emits nothing after it resolved. */
  close(): Promise<void>;
}

/** The one clock of a process, injected where time is stamped. */
export type ReadClock = () => Instant;
