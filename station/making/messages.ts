/** What the station and the thread that makes files say to each other. */
import { type DatabaseKind, StorageError, type StorageErrorCode } from '../../db/open.ts';
import { type Made, MakingError, type MakingErrorCode, type MakingJob } from './job.ts';

/** To the thread: one job; the next one only after its answer. */
export interface Order {
  readonly path: string;
  readonly kind: DatabaseKind;
  readonly job: MakingJob;
}

/** From the thread, once for each order. Errors lose their class on the way: they are told by what they are. */
export type Answer =
  | { readonly type: 'made'; readonly made: Made }
  | { readonly type: 'unreadable'; readonly code: StorageErrorCode; readonly message: string }
  | { readonly type: 'failed'; readonly code: MakingErrorCode; readonly message: string };

export const answerOf = (error: unknown): Answer => {
  if (error instanceof StorageError) return { type: 'unreadable', code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { type: 'failed', code: error instanceof MakingError ? error.code : 'failed', message };
};

/** What was made. @throws StorageError and MakingError, as they were on the other side. */
export const madeOf = (answer: Answer): Made => {
  switch (answer.type) {
    case 'made':
      return answer.made;
    case 'unreadable':
      throw new StorageError(answer.code, answer.message);
    case 'failed':
      throw new MakingError(answer.code, answer.message);
    default:
      return answer satisfies never;
  }
};
