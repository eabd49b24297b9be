/** Entry of the thread that makes files of records (`station/making/`): from source, or built beside the desktop's station. */
import { parentPort, workerData } from 'node:worker_threads';
import { serveOrders } from '../station/making/thread.ts';
import { recordMakers } from './record-makers.ts';
import { recordWorkerData } from './record-worker-data.ts';

if (parentPort === null) throw new Error('record-worker runs as a thread only');
serveOrders(parentPort, recordMakers(recordWorkerData.parse(workerData).version));
