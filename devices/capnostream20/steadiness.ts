/**
 * What stands beside a check of eight bits: the settings that every numerics message repeats, and the clock. A message whose
 * settings (limits, unit, no-breath time, oximeter) or clock do not follow the last one is refused, unless the next one
 * agrees with it. So a known fault of the monitor (bytes that moved, so that the SpO2 is the respiration rate of the
 * message before) gives no number either. All of this is our choice.
 */
import type { Instant } from '../../core/time.ts';
import { type Numerics, SLOW } from './message.ts';

export interface Steadiness {
  /** Why the message is refused; null: it is believed. */
  next(numerics: Numerics, at: Instant): string | null;
}

interface Seen {
  readonly numerics: Numerics;
  readonly settings: string;
  /** The monitor's clock before ours (ms): constant but for delays on the way, which make it less. */
  readonly leadMs: number;
}

/** The monitor's clock may be so much further ahead of ours than ever before (ms): its grain, and drift. */
const MAX_AHEAD_MS = 5_000;
/** An SpO2 that is the last respiration rate and this far from the last SpO2 (%) is the monitor's fault. */
const FAULT_STEP = 10;

const settingsOf = ({ limits, unit, noBreathS, slow }: Numerics): string =>
  JSON.stringify([limits, unit, noBreathS, slow & SLOW.masimo]);

/** A judge that has seen nothing; it believes the first message. */
export const createSteadiness = (): Steadiness => {
  let last: Seen | null = null;
  let doubted: Seen | null = null;
  let bestLeadMs = Number.NEGATIVE_INFINITY;

  const objection = (seen: Seen, before: Seen, leadMs: number): string | null => {
    if (seen.settings !== before.settings) return 'settings that the message before did not have';
    return seen.leadMs - leadMs > MAX_AHEAD_MS ? 'clock far ahead of the messages before' : null;
  };
  const isShifted = ({ spo2 }: Numerics): boolean => {
    if (last === null || spo2 === null || spo2 !== last.numerics.rate) return false;
    const before = last.numerics.spo2;
    return before === null || Math.abs(before - spo2) > FAULT_STEP;
  };

  return {
    next(numerics, at) {
      const leadMs = numerics.timeS * 1000 - at.mono;
      const seen: Seen = { numerics, settings: settingsOf(numerics), leadMs };
      if (isShifted(numerics)) return 'SpO2 is the last respiration rate: bytes moved inside the monitor';
      const why = last === null ? null : objection(seen, last, bestLeadMs);
      if (why !== null && (doubted === null || objection(seen, doubted, doubted.leadMs) !== null)) {
        doubted = seen;
        return why;
      }
      last = seen;
      doubted = null;
      bestLeadMs = Math.max(bestLeadMs, leadMs);
      return null;
    },
  };
};
