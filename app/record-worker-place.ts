/** Where the thread that makes files has its program when the product runs from source. */
export const RECORD_WORKER_SOURCE = new URL('./record-worker.ts', import.meta.url);
