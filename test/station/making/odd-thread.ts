/** A thread that answers an order as its session's id says: with the id, late, with an error, or never. */
import { parentPort } from 'node:worker_threads';
import type { Answer, Order } from '../../../station/making/messages.ts';

const orders: string[] = [];

const answer = (id: string): Answer => ({
  type: 'made',
  made: {
    // Which orders this thread had, so that a test sees when there is a new one.
    headHash: orders.join(),
    origin: 'live',
    patientId: null,
    files: [
      {
        name: 'csv',
        extension: 'csv',
        mediaType: 'text/csv',
        fileName: id,
        bytes: new TextEncoder().encode(id),
        sha256: '',
        entries: null,
      },
    ],
  },
});

parentPort?.on('message', ({ job }: Order) => {
  const id: string = job.sessionId;
  orders.push(id);
  if (id === 'exit') process.exit(3);
  if (id === 'throw') throw new TypeError('the name of A. B.');
  if (id === 'busy for ever') for (;;);
  if (id === 'unreadable') {
    parentPort?.postMessage({ type: 'unreadable', code: 'corrupt', message: 'damaged' } satisfies Answer);
    return;
  }
  if (id === 'failed') {
    parentPort?.postMessage({ type: 'failed', code: 'failed', message: 'a bug' } satisfies Answer);
    return;
  }
  parentPort?.postMessage(answer(id));
});
