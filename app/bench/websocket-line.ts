/** A line to a station's API over WebSocket, for the benchmarks. */
import type { Channel } from '../../core/api/envelope.ts';

/** Resolves when it is open; rejects when there is no station. */
export const openWebSocket = (url: string): Promise<Channel> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.addEventListener('error', () => reject(new Error(`no connection to ${new URL(url).host}`)));
    const listeners = new Set<(envelope: unknown) => void>();
    socket.addEventListener('message', ({ data }) => {
      const envelope: unknown = JSON.parse(String(data));
      for (const listener of listeners) listener(envelope);
    });
    socket.addEventListener('open', () =>
      resolve({
        post: (envelope) => socket.send(JSON.stringify(envelope)),
        listen: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        onClosed: (onClosed) => {
          socket.addEventListener('close', onClosed);
          return () => socket.removeEventListener('close', onClosed);
        },
        close: () => socket.close(),
      }),
    );
  });
