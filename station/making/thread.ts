/**
 * The inside of the thread that makes files: for each order a connection of its own, for reading only, on which everything
 * is read as of one moment; the station goes on writing meanwhile.
 */
import type { MessagePort } from 'node:worker_threads';
import { openDatabase } from '../../db/open.ts';
import { makeFiles, type RecordMakers } from './make.ts';
import { type Answer, answerOf, type Order } from './messages.ts';

/** Answers each order that comes. */
export const serveOrders = (port: Pick<MessagePort, 'on' | 'postMessage'>, makers: RecordMakers): void => {
  const serve = async (order: Order): Promise<void> => {
    const answer = await made(order, makers).catch(answerOf);
    // The bytes change hands: they are not copied, which would take the station's time.
    port.postMessage(answer, answer.type === 'made' ? buffersOf(answer) : []);
  };
  // What cannot even be answered ends the thread, and is told to who asked as that.
  port.on('message', (order: Order) => void serve(order));
};

const made = async ({ path, kind, job }: Order, makers: RecordMakers): Promise<Answer> => {
  const db = openDatabase(path, {
    kind,
    readonly: true,
    isOpenInThisProcess: true,
    readClockWall: () => job.writtenAt,
  });
  try {
    const endReading = db.beginReading();
    try {
      const result = await makeFiles(db, job, makers);
      return { type: 'made', made: { ...result, files: result.files.map(ownBytes) } };
    } finally {
      endReading();
    }
  } finally {
    db.close();
  }
};

/** A part of a larger buffer cannot be given away. */
const ownBytes = <T extends { readonly bytes: Uint8Array }>(file: T): T =>
  file.bytes.byteLength === file.bytes.buffer.byteLength && file.bytes.constructor === Uint8Array
    ? file
    : { ...file, bytes: Uint8Array.from(file.bytes) };

const buffersOf = (answer: Extract<Answer, { readonly type: 'made' }>): ArrayBuffer[] =>
  answer.made.files.flatMap(({ bytes: { buffer } }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
