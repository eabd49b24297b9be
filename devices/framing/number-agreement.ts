/**
 * For protocols without a check that answer polls: a number is told when the answer before it said nearly the same.
 * A number that leaps waits for the next answer; that one is told, with its own time, if it agrees with the leap or if the
 * numbers move on the same way at no greater pace, from one that was told. A number that goes away never waits. Nothing is averaged or changed. One
 * damaged answer can so be wrong by `tolerance` at most. All of this is our choice.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';

export interface AgreementOptions {
  /** How far two answers in succession may differ and still agree, in the number's unit. */
  readonly tolerance: number;
  /** An answer older than this speaks for nothing (ms). */
  readonly maxGapMs: number;
}

export interface NumberAgreement {
  /** The next answer's number, or null for none. True: tell it; false: wait for the next answer. */
  offer(value: number | null, at: Instant): boolean;
}

/** A judge of one number. Memory: two answers. */
export const createNumberAgreement = ({ tolerance, maxGapMs }: AgreementOptions): NumberAgreement => {
  let last: { readonly value: number; readonly at: Instant } | null = null;
  let lastStep: number | null = null;
  /** Whether the last answer's number was told, and the one before it. */
  let wasTold = false;
  let wasToldBefore = false;
  const settle = (isTold: boolean): boolean => {
    wasToldBefore = wasTold;
    wasTold = isTold;
    return isTold;
  };
  return {
    offer(value, at) {
      const before = last !== null && elapsedMs(last.at, at) <= maxGapMs ? last : null;
      last = value === null ? null : { value, at };
      if (value === null || before === null) {
        lastStep = null;
        wasTold = false;
        return settle(value === null);
      }
      const step = value - before.value;
      // The way back from a damaged number is no trend: neither end of it was told.
      const isTrend =
        (wasTold || wasToldBefore) &&
        lastStep !== null &&
        Math.sign(step) === Math.sign(lastStep) &&
        Math.abs(step) <= Math.abs(lastStep);
      lastStep = step;
      return settle(Math.abs(step) <= tolerance || isTrend);
    },
  };
};
