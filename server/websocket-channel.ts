/** The API contract over one WebSocket: one JSON text per envelope. */
import type { WebSocket } from 'ws';
import type { Channel, Envelope } from '../core/api/envelope.ts';

/** A window that lets this much pile up is cut off: it reconnects and gets the state anew (bytes). */
export const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;

/** The payload that was made into text last: every window gets the same one, one after the other. */
let known: { readonly payload: object; readonly text: string } | null = null;

/** The envelope as JSON. A push's payload is made into text once, however many windows there are; nobody changes it. */
const textOf = (envelope: Envelope): string => {
  if (envelope.kind !== 'push' || typeof envelope.payload !== 'object' || envelope.payload === null) {
    return JSON.stringify(envelope);
  }
  const { kind, sequence, topic, payload } = envelope;
  if (known?.payload !== payload) known = { payload, text: JSON.stringify(payload) };
  return `${JSON.stringify({ kind, sequence, topic }).slice(0, -1)},"payload":${known.text}}`;
};

export const webSocketChannel = (socket: WebSocket): Channel => ({
  post: (envelope) => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MAX_BACKLOG_BYTES) {
      socket.terminate();
      return;
    }
    socket.send(textOf(envelope));
  },
  listen: (onEnvelope) => {
    const onMessage = (data: Buffer, isBinary: boolean): void => {
      if (isBinary) return;
      let envelope: unknown;
      try {
        envelope = JSON.parse(data.toString('utf8'));
      } catch {
        // Not one of our windows: nothing of it is used, and the line is cut.
        socket.close(1007, 'not JSON');
        return;
      }
      onEnvelope(envelope);
    };
    socket.on('message', onMessage);
    return () => {
      socket.off('message', onMessage);
    };
  },
  onClosed: (onClosed) => {
    socket.once('close', onClosed);
    return () => {
      socket.off('close', onClosed);
    };
  },
  close: () => socket.close(1001, 'the station is stopping'),
});
