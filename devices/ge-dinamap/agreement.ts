/**
 * For monitors whose check is not the one we know (option `replyCheck` = `repeat`): a reply counts when the one before it
 * to the same question says the same. Ages may differ by the time between them.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { Reply } from './message.ts';

/** The reply before must not be older than this (ms). */
const PAIR_MS = 3000;
const AGE_SLACK_S = 4;

/** True when the reply agrees with the one before it; remembers it either way. */
export type Agreement = (reply: Reply, at: Instant) => boolean;

/** An agreement that has seen no reply yet. Memory: one reply a question. */
export const createAgreement = (): Agreement => {
  const before = new Map<Reply['kind'], { readonly reply: Reply; readonly at: Instant }>();
  return (reply, at) => {
    const last = before.get(reply.kind);
    before.set(reply.kind, { reply, at });
    return last !== undefined && elapsedMs(last.at, at) <= PAIR_MS && agree(last.reply, reply);
  };
};

const ageOf = (reply: Reply): number | null => ('ageS' in reply ? reply.ageS : null);

const agree = (a: Reply, b: Reply): boolean => {
  const [ageA, ageB] = [ageOf(a), ageOf(b)];
  if (ageA === null || ageB === null) {
    if (ageA !== ageB) return false;
  } else if (Math.abs(ageA - ageB) > AGE_SLACK_S) return false;
  return JSON.stringify({ ...a, ageS: null }) === JSON.stringify({ ...b, ageS: null });
};
