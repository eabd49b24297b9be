/**
 * What a line protocol without a checksum still offers against a damaged line: its neighbours. A monitor's
 * clock moves by one fixed step a line, and a patient's numbers do not leave and come back within one line.
 *
 * A line whose clock follows the last one and whose numbers moved by a small step is accepted at once. Any
 * other line waits for exactly one more line and is then accepted unchanged or refused; it keeps the time
 * at which its bytes arrived. Nothing is averaged and nothing is changed. Three kinds of change never wait: a number
 * that went away (probe off), a change that the monitor's own alarm announces in the same line, and a trend
 * that goes on at no greater pace. All of this is our choice; the figures behind it are in the READMEs of
 * the families that use it.
 */

/** How far one number may move from line to line without a second line to confirm it. */
export interface StepRule {
  /** Between two successive lines. */
  readonly step: number;
  /** Between the first number after a gap and the one that confirms it. */
  readonly settle: number;
}

/** What the judge needs to know about a family's lines of type `L`. */
export interface ContinuityRules<L> {
  /** The monitor's clock between two successive lines (ms). */
  readonly periodMs: number;
  readonly steps: readonly StepRule[];
  /** The monitor's clock in this line (ms, read as UTC). */
  clockMs(line: L): number;
  /** The line's shape (columns, keys, serial number): constant within one stream. */
  signature(line: L): string;
  /** True when the lines certainly come from two monitors, so that neither speaks for or against the other. */
  isOtherMonitor(a: L, b: L): boolean;
  /** The numbers that would be reported, in the order of `steps`; null where there is none. */
  numbers(line: L): readonly (number | null)[];
  /** True when the monitor's own alarm, beginning in `line`, announces the change of number `index`. */
  isAnnounced(previous: L, line: L, index: number): boolean;
  /** True when the line says at once that there is a number and that there is none: it must say so twice. */
  isContradictory(line: L): boolean;
}

export type Verdict<L> =
  | { readonly accepted: true; readonly line: L }
  | { readonly accepted: false; readonly line: L; readonly detail: string };

export interface Continuity<L> {
  /** The next well-formed line; verdicts come in the order of the lines. */
  push(line: L): readonly Verdict<L>[];
  /** A line was refused for another reason: the clock has moved on. */
  passOver(): void;
  /** The stream ended: a waiting line that nothing speaks against is accepted. */
  end(): readonly Verdict<L>[];
}

type Doubt = 'clock' | 'number' | 'contradiction';

/** A line with what is asked about it again and again. */
interface Entry<L> {
  readonly line: L;
  readonly clockMs: number;
  readonly signature: string;
  readonly numbers: readonly (number | null)[];
  readonly isContradictory: boolean;
}

/** Numbers older than this are no neighbours (ms; our choice: the age at which a number goes stale). */
const NEIGHBOUR_MAX_MS = 10_000;
/** Refused lines between two good ones widen the step by at most this factor (our choice). */
const MAX_STEP_FACTOR = 3;

/** Lines in a new layout (another unit on the same cable) are believed after so many without the old one (our choice). */
const SHAPE_HELD_LINES = 5;

/** A judge for one stream. Memory is two lines. */
export const createContinuity = <L>(rules: ContinuityRules<L>): Continuity<L> => {
  let last: Entry<L> | null = null;
  let lastDeltas: readonly number[] = [];
  /** Lines since `last` and since `waiting`, refused ones included. */
  let sinceLast = 0;
  let sinceWaiting = 0;
  let waiting: { readonly entry: Entry<L>; readonly doubt: Doubt } | null = null;

  const isOther = (a: Entry<L>, b: Entry<L>): boolean => rules.isOtherMonitor(a.line, b.line);
  const follows = (next: Entry<L>, earlier: Entry<L>, lines: number): boolean =>
    isSameShape(next, earlier) && next.clockMs - earlier.clockMs === lines * rules.periodMs;

  /** A layout that was believed stays the only one until it has not been seen for some lines. */
  const isShapeHeld = (entry: Entry<L>): boolean =>
    last !== null && !isSameShape(entry, last) && !isOther(entry, last) && sinceLast <= SHAPE_HELD_LINES;

  const accept = (entry: Entry<L>, lines: number): Verdict<L> => {
    const before = numbersBefore(last, entry);
    lastDeltas = entry.numbers.map((value, index) => (value ?? 0) - (before[index] ?? value ?? 0));
    last = entry;
    sinceLast = lines;
    return { accepted: true, line: entry.line };
  };

  const isBelievable = (entry: Entry<L>, previous: Entry<L>): boolean => {
    const before = numbersBefore(previous, entry);
    return entry.numbers.every((value, index) => {
      if (value === null) return true;
      const from = before[index] ?? null;
      if (from === null) return false;
      const delta = value - from;
      const trend = lastDeltas[index] ?? 0;
      const allowed = (rules.steps[index]?.step ?? 0) * Math.min(sinceLast, MAX_STEP_FACTOR);
      return (
        Math.abs(delta) <= allowed ||
        (delta * trend > 0 && Math.abs(delta) <= Math.abs(trend)) ||
        rules.isAnnounced(previous.line, entry.line, index)
      );
    });
  };

  /** Why the waiting line is refused in the light of the next one (null at the end); '' when it is accepted. */
  const refusal = (entry: Entry<L>, doubt: Doubt, next: Entry<L> | null): string => {
    const isAlone = next === null || !isSameShape(entry, next);
    if (doubt === 'clock') {
      const reason = clockRefusal(entry, next);
      if (reason !== '' || isAlone) return reason;
    }
    if (entry.isContradictory && next?.isContradictory !== true) {
      return 'status contradicts the numbers, in one line only';
    }
    const before = numbersBefore(last, entry);
    const isUnconfirmed = entry.numbers.some(
      (value, index) => value !== null && (before[index] ?? null) === null,
    );
    // Two lines of one monitor in two layouts: one of them is damaged, and it may be this one.
    if (isAlone && next !== null && !isOther(entry, next) && isUnconfirmed)
      return 'nothing confirms the number';
    return isSpanned(entry.numbers, before, isAlone ? [] : next.numbers, rules.steps)
      ? ''
      : 'number left and came back within one line';
  };

  const clockRefusal = (entry: Entry<L>, next: Entry<L> | null): string => {
    const unconfirmed = 'clock step not confirmed';
    if (next === null) return last === null || isOther(entry, last) ? '' : unconfirmed;
    if (last !== null && follows(next, last, sinceLast)) return 'clock or layout off for one line';
    if (follows(next, entry, sinceWaiting)) return isShapeHeld(entry) ? 'layout changed' : '';
    return isOther(entry, next) && (last === null || isOther(next, last)) ? '' : unconfirmed;
  };

  const settle = (next: Entry<L> | null): readonly Verdict<L>[] => {
    if (waiting === null) return [];
    const { entry, doubt } = waiting;
    waiting = null;
    const detail = refusal(entry, doubt, next);
    return detail === '' ? [accept(entry, sinceWaiting)] : [{ accepted: false, line: entry.line, detail }];
  };

  const doubtAbout = (entry: Entry<L>): Doubt | null => {
    if (last === null || !follows(entry, last, sinceLast)) return 'clock';
    if (entry.isContradictory && !last.isContradictory) return 'contradiction';
    return isBelievable(entry, last) ? null : 'number';
  };

  const judge = (entry: Entry<L>): readonly Verdict<L>[] => {
    const doubt = doubtAbout(entry);
    if (doubt === null) return [accept(entry, 0)];
    waiting = { entry, doubt };
    sinceWaiting = 0;
    return [];
  };

  return {
    push(line) {
      sinceLast += 1;
      sinceWaiting += 1;
      const entry: Entry<L> = {
        line,
        clockMs: rules.clockMs(line),
        signature: rules.signature(line),
        numbers: rules.numbers(line),
        isContradictory: rules.isContradictory(line),
      };
      return [...settle(entry), ...judge(entry)];
    },
    passOver() {
      sinceLast += 1;
      sinceWaiting += 1;
    },
    end() {
      const out = settle(null);
      last = null;
      lastDeltas = [];
      sinceLast = 0;
      sinceWaiting = 0;
      return out;
    },
  };
};

const isSameShape = <L>(a: Entry<L>, b: Entry<L>): boolean => a.signature === b.signature;

/** The last accepted numbers before `entry`, unless they are too old or another monitor's. */
const numbersBefore = <L>(last: Entry<L> | null, entry: Entry<L>): readonly (number | null)[] => {
  if (last === null || !isSameShape(last, entry)) return [];
  const ageMs = entry.clockMs - last.clockMs;
  return ageMs > 0 && ageMs <= NEIGHBOUR_MAX_MS ? last.numbers : [];
};

/** True when no number stands outside of what the numbers before and after it span, give or take a step. */
const isSpanned = (
  numbers: readonly (number | null)[],
  before: readonly (number | null)[],
  after: readonly (number | null)[],
  steps: readonly StepRule[],
): boolean =>
  numbers.every((value, index) => {
    const rule = steps[index];
    const from = before[index] ?? null;
    const to = after[index] ?? null;
    const nearest = from ?? to;
    if (value === null || rule === undefined || nearest === null) return true;
    if (from === null || to === null) {
      return Math.abs(value - nearest) <= (from === null ? rule.settle : rule.step);
    }
    return value >= Math.min(from, to) - rule.step && value <= Math.max(from, to) + rule.step;
  });
