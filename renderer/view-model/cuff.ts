/** What the blood pressure tile and the countdown to the next cuff reading show. */
import type { ChairView, MonitorView } from '../../core/api/views.ts';
import type { Instant } from '../../core/time.ts';
import type { MonitorFace } from './monitor-faces.ts';
import { NO_NUMBER, type NumericState } from './numeric.ts';
import { sinceMs } from './time-text.ts';

/** A reading older than this many intervals is greyed: the next one is overdue (alarm rules, section 7). */
const OVERDUE_INTERVALS = 1.5;
/** Without a session there is no interval; a reading older than this is greyed (ms). Our choice. */
const OLD_WITHOUT_SESSION_MS = 15 * 60_000;

/** No cuff stays inflated longer on an adult (IEC 80601-2-30: 180 s); then "measuring" is a word left standing (ms). */
const LONGEST_MEASUREMENT_MS = 180_000;

export interface CuffTile {
  readonly state: NumericState;
  /** "128/82", or "--". */
  readonly text: string;
  /** "97", or null where the monitor gave none. */
  readonly mean: string | null;
  /** Always shown with the number. */
  readonly ageMs: number | null;
  readonly note: string | null;
  readonly source: string | null;
}

/** The last complete reading. `now` null shows no number at all. */
export const cuffTile = (
  chair: ChairView,
  monitors: readonly MonitorFace[],
  now: Instant | null,
): CuffTile => {
  const { last } = chair.cuff;
  const blank = { text: NO_NUMBER, mean: null, ageMs: null, source: null };
  if (now === null) return { ...blank, state: 'expired', note: 'not monitoring' };
  const measuring = measuringFor(chair, monitors, now) === null ? null : 'measuring…';
  if (last === null) return { ...blank, state: 'absent', note: measuring ?? cuffFault(chair, monitors) };
  const ageMs = sinceMs(last.receivedAt, now) + last.ageAtReceiptMs;
  const isBefore = chair.session !== null && now.wall - ageMs < chair.session.openedAt;
  const interval = chair.session?.nibpIntervalMs;
  const isOld = ageMs > (interval === undefined ? OLD_WITHOUT_SESSION_MS : interval * OVERDUE_INTERVALS);
  return {
    state: isOld || isBefore ? 'stale' : 'fresh',
    text: `${last.systolic.toFixed(0)}/${last.diastolic.toFixed(0)}`,
    mean: last.mean === null ? null : last.mean.toFixed(0),
    ageMs,
    note: measuring ?? cuffFault(chair, monitors) ?? (isBefore ? 'before this session' : null),
    source: monitors.find(({ id }) => id === last.monitorId)?.name ?? null,
  };
};

/**
 * For how long the cuff has been measuring (ms); null when it is not, or when nobody knows any more: its monitor is not
 * heard, or it said so longer ago than a measurement takes.
 */
const measuringFor = (chair: ChairView, monitors: readonly MonitorFace[], now: Instant): number | null => {
  const { last, measuringSince } = chair.cuff;
  if (measuringSince === null) return null;
  const own = monitors.filter(({ chairId }) => chairId === chair.id);
  const known = own.filter(({ id }) => id === last?.monitorId);
  const possible = known.length > 0 ? known : own;
  const isHeard = possible.length === 0 || possible.some(({ state }) => state === 'associated');
  const forMs = sinceMs(measuringSince, now);
  return isHeard && forMs <= LONGEST_MEASUREMENT_MS ? forMs : null;
};

const cuffFault = (chair: ChairView, monitors: readonly MonitorFace[]): string | null =>
  monitors.some(
    (monitor) =>
      monitor.chairId === chair.id &&
      monitor.conditions.some(({ code, present }) => present && code === 'cuff-fault'),
  )
    ? 'cuff fault'
    : null;

export type CuffPlan =
  /** The station's time is not known: nothing is counted. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | { readonly kind: 'measuring'; readonly forMs: number }
  | { readonly kind: 'due-in'; readonly leftMs: number }
  | { readonly kind: 'overdue'; readonly byMs: number };

/** When the next reading is expected. */
export const cuffPlan = (
  chair: ChairView,
  monitors: readonly MonitorFace[],
  now: Instant | null,
): CuffPlan => {
  if (now === null) return { kind: 'unknown' };
  const { nextDueAt } = chair.cuff;
  const forMs = measuringFor(chair, monitors, now);
  if (forMs !== null) return { kind: 'measuring', forMs };
  if (nextDueAt === null) return { kind: 'none' };
  const leftMs = nextDueAt.mono - now.mono;
  return leftMs >= 0 ? { kind: 'due-in', leftMs } : { kind: 'overdue', byMs: -leftMs };
};

/** The monitor of this chair whose cuff may be started from here; null: the person presses NIBP on the monitor. */
export const startableCuff = (chair: ChairView, monitors: readonly MonitorView[]): MonitorView | null =>
  monitors.find(
    (monitor) => monitor.chairId === chair.id && monitor.canStartNibp && monitor.state === 'associated',
  ) ?? null;
