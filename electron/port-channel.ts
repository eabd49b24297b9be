/**
 * The API contract over one MessagePort, at the station's end. The port clones structures; what crosses it are
 * the JSON values of the envelope, as they are, and the station validates every call at its boundary.
 */
import type { MessageEvent, MessagePortMain } from 'electron';
import type { Channel } from '../core/api/envelope.ts';

/** The part of a port that is used here. */
export type StationPort = Pick<MessagePortMain, 'postMessage' | 'start' | 'close' | 'on' | 'off' | 'once'>;

/** A channel that closes when the window, its renderer process or the port at the other end has gone. */
export const messagePortChannel = (port: StationPort): Channel => {
  let isClosed = false;
  port.once('close', () => {
    isClosed = true;
  });
  return {
    post: (envelope) => {
      // A port that was disconnected throws or drops: nobody is there to read it.
      if (!isClosed) port.postMessage(envelope);
    },
    listen: (onEnvelope) => {
      const onMessage = (event: MessageEvent): void => onEnvelope(event.data);
      port.on('message', onMessage);
      port.start(); // what came before was queued
      return () => {
        port.off('message', onMessage);
      };
    },
    onClosed: (onClosed) => {
      port.once('close', onClosed);
      return () => {
        port.off('close', onClosed);
      };
    },
    close: () => port.close(),
  };
};
