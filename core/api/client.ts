/**
 * The window's side of the contract: typed calls and typed pushes over any `Channel`. Knows nothing of
 * Electron or WebSocket.
 */
import type { CommandInput, CommandName, CommandResults } from './commands.ts';
import type { ApiError, ApiErrorCode, Channel } from './envelope.ts';
import type { TopicName, Topics } from './views.ts';

/** A call that the station refused or could not answer. `message` is one clear line for people. */
export class CallError extends Error {
  readonly code: ApiErrorCode;
  constructor(error: ApiError) {
    super(error.message);
    this.name = 'CallError';
    this.code = error.code;
  }
}

export interface StationClient {
  /** Asks the station. Rejects with a `CallError`; when the channel goes, every open call rejects with `channel-closed`. */
  call<C extends CommandName>(command: C, params: CommandInput<C>): Promise<CommandResults[C]>;
  /** Listens to a topic; returns the function that stops it. */
  on<T extends TopicName>(topic: T, listener: (payload: Topics[T]) => void): () => void;
  /** Pushes were missed: ask for `station.snapshot`. Returns the function that stops listening. */
  onGap(listener: () => void): () => void;
  /** The line to the station has gone. Returns the function that stops listening. */
  onClosed(listener: () => void): () => void;
  close(): void;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: CallError): void;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Speaks the contract over `channel` until it closes. */
export const connect = (channel: Channel): StationClient => {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  const gapListeners = new Set<() => void>();
  const closedListeners = new Set<() => void>();
  let nextId = 1;
  let lastSequence = 0;
  let closed = false;

  const settle = (id: unknown, act: (call: Pending) => void): void => {
    if (typeof id !== 'number') return;
    const call = pending.get(id);
    if (call === undefined) return;
    pending.delete(id);
    act(call);
  };

  const onPush = (sequence: unknown, topic: unknown, payload: unknown): void => {
    if (typeof sequence !== 'number' || typeof topic !== 'string') return;
    const missed = sequence !== lastSequence + 1;
    lastSequence = sequence;
    // The payload's type is what the station's `push` was compiled against; the carrier only moves JSON.
    for (const listener of listeners.get(topic) ?? []) listener(payload as never);
    if (missed) for (const listener of gapListeners) listener();
  };

  channel.listen((envelope) => {
    if (!isRecord(envelope)) return;
    if (envelope.kind === 'push') onPush(envelope.sequence, envelope.topic, envelope.payload);
    else if (envelope.kind === 'ok') settle(envelope.id, (call) => call.resolve(envelope.result));
    else if (envelope.kind === 'error') {
      settle(envelope.id, (call) => call.reject(new CallError(envelope.error as ApiError)));
    }
  });

  channel.onClosed(() => {
    closed = true;
    const lost = new CallError({
      code: 'channel-closed',
      message: 'The connection to the station was lost.',
    });
    for (const call of pending.values()) call.reject(lost);
    pending.clear();
    for (const listener of closedListeners) listener();
  });

  const subscribe = <L>(set: Set<L>, listener: L): (() => void) => {
    set.add(listener);
    return () => {
      set.delete(listener);
    };
  };

  return {
    call: (command, params) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(
            new CallError({ code: 'channel-closed', message: 'There is no connection to the station.' }),
          );
          return;
        }
        const id = nextId++;
        // The result's type is fixed by `CommandResults`; results of our own station are trusted.
        pending.set(id, { resolve: resolve as (result: unknown) => void, reject });
        channel.post({ kind: 'call', id, command, params });
      }),
    on: (topic, listener) => {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set);
      return subscribe(set, listener as (payload: never) => void);
    },
    onGap: (listener) => subscribe(gapListeners, listener),
    onClosed: (listener) => subscribe(closedListeners, listener),
    close: () => channel.close(),
  };
};
