/**
 * The law of a transport's life, in one place for all of them: one call of `open`, then exactly one `open` or
 * `closed`, and after `closed` nothing at all.
 */
import type { Instant } from '../../core/time.ts';
import type { TransportError, TransportEvent } from './transport.ts';

type Phase = 'idle' | 'opening' | 'open' | 'closed';

export interface Lifecycle {
  readonly phase: () => Phase;
  /** Takes the listener. Throws when the transport was opened before: one transport is one line, used once. */
  begin(listener: (event: TransportEvent) => void): void;
  /** Reports `open`; nothing when the line was closed meanwhile. */
  opened(): void;
  /** Reports bytes; nothing when they are none or the line is not open. */
  data(bytes: Uint8Array, at: Instant): void;
  /** Reports bytes that were given up; nothing when they are none or the line is not open. */
  dropped(byteCount: number, at: Instant): void;
  /** Tells people something; nothing before `begin` and after the end. */
  notice(message: string): void;
  /** Reports `closed`, the first time only. Before `begin` it only marks the transport as used up. */
  closed(cause: TransportError | null): void;
}

/** A fresh life; `label` is named in errors. */
export const lifecycle = (label: string): Lifecycle => {
  let phase: Phase = 'idle';
  let listener: ((event: TransportEvent) => void) | null = null;
  return {
    phase: () => phase,
    begin(on) {
      if (phase !== 'idle')
        throw new Error(`${label}: a transport is opened once; make a new one to reconnect`);
      phase = 'opening';
      listener = on;
    },
    opened() {
      if (phase !== 'opening') return;
      phase = 'open';
      listener?.({ type: 'open' });
    },
    data(bytes, at) {
      if (phase === 'open' && bytes.length > 0) listener?.({ type: 'data', bytes, at });
    },
    dropped(byteCount, at) {
      if (phase === 'open' && byteCount > 0) listener?.({ type: 'dropped', byteCount, at });
    },
    notice(message) {
      if (phase !== 'closed') listener?.({ type: 'notice', message });
    },
    closed(cause) {
      if (phase === 'closed') return;
      phase = 'closed';
      listener?.({ type: 'closed', cause });
    },
  };
};

/** The error with which `write` rejects on a line that is not open. */
export const notOpen = (label: string): Error => new Error(`${label} is not open`);
