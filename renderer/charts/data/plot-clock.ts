/**
 * The trend's time axis. It is the wall clock (milliseconds since the epoch) as long as the wall clock behaves.
 * When the station's wall clock is set back, the axis goes on evenly by the monotonic clock, ahead of the wall
 * clock by the size of the jump: otherwise new samples would be drawn over old ones or sorted in between them.
 * When it is set forward the axis follows, which shows as a gap. Clock labels are made with `toWall`, so they
 * always read what the clock on the wall read at that moment.
 *
 * Known limit: stored history and phase spans carry wall time only. A wall time that occurred twice (before and
 * after the clock was set back) is read as the later one.
 */
import type { EpochMs, Instant } from '../../../core/time.ts';

/** Offsets that differ by less than this belong to one clock: slewing and rounding are not jumps (ms). */
export const JUMP_TOLERANCE_MS = 1_000;
/** Monotonic readings farther apart than this are not two readings of one run: we read every second (ms). */
const SAME_RUN_MS = 60_000;
/** How far a new run is placed after the old one when the wall clock cannot say: wide enough to break every line (ms). */
const UNKNOWN_PAUSE_MS = 31_000;

interface Era {
  wallMinusMono: number;
  readonly axisMinusMono: number;
  readonly startWall: number;
  readonly startAxis: number;
  newestMono: number;
  /** What the wall clock read at `newestMono`. */
  newestWall: number;
}

export interface PlotClock {
  /** Position on the axis of a moment that was read from both clocks; learns about jumps from it. */
  place(at: Instant): number;
  /** The same without learning, for moments out of the record, which may come from an earlier run of the station. */
  locate(at: Instant): number;
  /** Position on the axis of a moment of which only the wall clock is known. */
  fromWall(wall: EpochMs | number): number;
  /** What the wall clock read at a position of the axis. */
  toWall(axis: number): number;
}

const shiftOf = (era: Era): number => {
  const shift = era.axisMinusMono - era.wallMinusMono;
  // Slewing within the tolerance is not worth a label that is off by a second.
  return Math.abs(shift) < JUMP_TOLERANCE_MS ? 0 : shift;
};

export const createPlotClock = (): PlotClock => {
  const eras: Era[] = [];
  let newestAxis = Number.NEGATIVE_INFINITY;

  const begin = (at: Instant, axisMinusMono: number): Era => {
    const era: Era = {
      wallMinusMono: at.wall - at.mono,
      axisMinusMono,
      startWall: at.wall,
      startAxis: at.mono + axisMinusMono,
      newestMono: at.mono,
      newestWall: at.wall,
    };
    eras.push(era);
    return era;
  };

  const eraOf = (at: Instant): Era => {
    const offset = at.wall - at.mono;
    const newest = eras.at(-1);
    if (newest === undefined) return begin(at, offset);
    if (Math.abs(offset - newest.wallMinusMono) <= JUMP_TOLERANCE_MS) {
      if (at.mono >= newest.newestMono) newest.wallMinusMono = offset;
      return newest;
    }
    const late = eras.findLast(
      (era) => Math.abs(offset - era.wallMinusMono) <= JUMP_TOLERANCE_MS && at.mono <= era.newestMono,
    );
    if (late !== undefined) return late;
    const wentBack = at.wall < newest.newestWall - JUMP_TOLERANCE_MS;
    if (wentBack && Math.abs(at.mono - newest.newestMono) <= SAME_RUN_MS) {
      return begin(at, newest.axisMinusMono);
    }
    return begin(at, startAfter(newest, at, wentBack) - at.mono);
  };

  /** Where another monotonic clock, or a wall clock that was set forward, begins. Never on what is already drawn. */
  const startAfter = (newest: Era, at: Instant, wentBack: boolean): number => {
    if (at.wall > newestAxis) return at.wall;
    return wentBack ? newestAxis + UNKNOWN_PAUSE_MS : Math.max(newestAxis, at.wall + shiftOf(newest));
  };

  const fromWall = (wall: number): number => {
    const era = eras.findLast((candidate) => candidate.startWall <= wall);
    return era === undefined ? wall : wall + shiftOf(era);
  };

  return {
    fromWall,
    locate(at) {
      const offset = at.wall - at.mono;
      const era = eras.findLast(
        (candidate) =>
          Math.abs(offset - candidate.wallMinusMono) <= JUMP_TOLERANCE_MS && at.mono <= candidate.newestMono,
      );
      return era === undefined ? fromWall(at.wall) : at.mono + era.axisMinusMono;
    },
    place(at) {
      const era = eraOf(at);
      if (at.mono >= era.newestMono) {
        era.newestMono = at.mono;
        era.newestWall = at.wall;
      }
      const axis = at.mono + era.axisMinusMono;
      newestAxis = Math.max(newestAxis, axis);
      return axis;
    },
    toWall(axis) {
      const era = eras.findLast((candidate) => candidate.startAxis <= axis);
      return era === undefined ? axis : axis - shiftOf(era);
    },
  };
};
