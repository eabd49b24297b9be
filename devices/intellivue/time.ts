/**
 * The monitor's two clocks. Relative time counts eighths of a millisecond in 32 bits and rolls over after 149 h; absolute time is
 * the bedside clock in BCD, without a zone. Results carry relative time only (absolute is FF… in the whole real
 * capture), so the relation of the two that the MDS create event tells is carried along.
 * Source: README, "Two clocks".
 */
import { type EpochMs, epochMs } from '../../core/time.ts';
import { civilToMs, msToCivil } from '../framing/civil-time.ts';

/** Relative time counts eight of these a millisecond. */
export const TICKS_PER_MS = 8;
const ROLL_OVER = 2 ** 32;
const ABSOLUTE_BYTES = 8;

/** "There is no absolute time". */
export const NO_ABSOLUTE_TIME: Uint8Array = new Uint8Array(ABSOLUTE_BYTES).fill(0xff);

/** Milliseconds since the epoch of eight BCD bytes read as UTC; null when they are no date and time. */
export const parseAbsoluteTime = (bytes: Uint8Array): number | null => {
  if (bytes.length !== ABSOLUTE_BYTES) return null;
  const digits = Array.from(bytes.subarray(0, 7), (byte) =>
    byte >> 4 <= 9 && (byte & 15) <= 9 ? (byte >> 4) * 10 + (byte & 15) : Number.NaN,
  );
  const [century = 0, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits;
  if (digits.some(Number.isNaN) || month < 1 || month > 12) return null;
  // The eighth byte, a fraction, is not used: no source says of what.
  return civilToMs({ year: century * 100 + year, month, day, hour, minute, second });
};

/** The eight BCD bytes of milliseconds since the epoch; parts of a second are cut off. */
export const buildAbsoluteTime = (ms: number): Uint8Array => {
  const { year, month, day, hour, minute, second } = msToCivil(ms);
  const bcd = (value: number): number => (Math.floor(value / 10) << 4) | (value % 10);
  return Uint8Array.of(...[Math.floor(year / 100), year % 100, month, day, hour, minute, second].map(bcd), 0);
};

/** Relative time without roll-over, and the bedside clock that belongs to it. */
export interface MonitorClock {
  /** Ticks since an arbitrary origin, counted on over every roll-over; may be a little behind the last one. */
  unrolled(ticks: number): number;
  /** From now on: at `ticks` the bedside clock showed `absoluteMs`. */
  set(ticks: number, absoluteMs: number): void;
  /** Another monitor, or another start of it: what was known of the two clocks no longer counts. */
  forget(): void;
  /** The bedside clock at `ticks` (whole ms); null while nothing has set it. */
  at(ticks: number): EpochMs | null;
}

/** A clock that has heard nothing yet. */
export const createMonitorClock = (): MonitorClock => {
  let last: number | null = null;
  let anchor: { readonly ticks: number; readonly absoluteMs: number } | null = null;

  const unrolled = (ticks: number): number => {
    if (last === null) last = ticks;
    else {
      const wrapped = ((last % ROLL_OVER) + ROLL_OVER) % ROLL_OVER;
      let step = ticks - wrapped;
      if (step < -ROLL_OVER / 2) step += ROLL_OVER;
      else if (step >= ROLL_OVER / 2) step -= ROLL_OVER;
      last += step;
    }
    return last;
  };

  return {
    unrolled,
    set: (ticks, absoluteMs) => {
      anchor = { ticks: unrolled(ticks), absoluteMs };
    },
    forget: () => {
      last = null;
      anchor = null;
    },
    at: (ticks) =>
      anchor === null
        ? null
        : epochMs(anchor.absoluteMs + Math.floor((unrolled(ticks) - anchor.ticks) / TICKS_PER_MS)),
  };
};
