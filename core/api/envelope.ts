/**
 * What crosses the boundary between the station and a window: JSON values only, on every carrier (a
 * MessagePort, a WebSocket, an in-memory pair in tests). No Date, Map, typed array or undefined.
 */

export interface ApiError {
  readonly code: ApiErrorCode;
  /** One clear line for people. */
  readonly message: string;
}

export type ApiErrorCode =
  | 'unknown-command'
  | 'invalid-params'
  | 'not-found'
  | 'not-allowed'
  | 'sign-in-needed' // nobody is signed in at this window, or it is locked
  | 'conflict' // somebody else was faster, or the state does not allow it
  | 'storage-failed' // it is NOT on disk; nothing was changed
  | 'channel-closed'
  | 'internal';

export type Envelope =
  | { readonly kind: 'call'; readonly id: number; readonly command: string; readonly params: unknown }
  | { readonly kind: 'ok'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly error: ApiError }
  /** `sequence` counts pushes of this channel from 1; a gap means: ask for a snapshot again. */
  | { readonly kind: 'push'; readonly sequence: number; readonly topic: string; readonly payload: unknown };

/** One two-way line between the station and one window. */
export interface Channel {
  post(envelope: Envelope): void;
  /** Calls `onEnvelope` for each message; returns the function that stops it. */
  listen(onEnvelope: (envelope: unknown) => void): () => void;
  /** Calls `onClosed` once when the line has gone; returns the function that stops it. */
  onClosed(onClosed: () => void): () => void;
  close(): void;
}
