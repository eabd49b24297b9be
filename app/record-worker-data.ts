/** What the thread that makes files is told when it starts. */
import { z } from 'zod';

export const recordWorkerData = z.object({
  /** The program's, which every export names. */
  version: z.string(),
});
export type RecordWorkerData = z.output<typeof recordWorkerData>;
