/**
 * Puts the cuff's three numbers together as one reading and knows whether a measurement is running and when
 * the next one is due by the session's schedule.
 */
import type { RepeatRequest } from '../core/alarm/advice.ts';
import type { CuffView } from '../core/api/views.ts';
import type { MonitorId } from '../core/ids.ts';
import type { MetricId } from '../core/nomenclature/metrics.ts';
import type { Observation } from '../core/observation/observation.ts';
import type { NibpReading } from '../core/session/events.ts';
import type { Session } from '../core/session/session.ts';
import type { Instant } from '../core/time.ts';
import { nextCuffDue } from '../core/visit/cuff-timetable.ts';

export interface CuffTracker {
  /** Takes one frame's observations; returns the reading it completed, or null. `changed`: the view differs. */
  accept(
    monitorId: MonitorId,
    observations: readonly Observation[],
  ): { reading: NibpReading | null; changed: boolean };
  /**
   * @param repeat the reading that the alarm engine wants repeated, if any.
   * @param readings those of the session, oldest first.
   */
  view(
    session: Session | null,
    repeat: RepeatRequest | null,
    now: Instant,
    readings?: readonly NibpReading[],
  ): CuffView;
  /** Sets the last reading again after a restart of the station. */
  restore(reading: NibpReading | null): void;
  /** The last reading may be `ms` older than the monotonic clock says (the computer may have slept). */
  grewOlder(ms: number): void;
  forget(): void;
}

const SYS: MetricId = 'MDC_PRESS_BLD_NONINV_SYS';
const DIA: MetricId = 'MDC_PRESS_BLD_NONINV_DIA';
const MEAN: MetricId = 'MDC_PRESS_BLD_NONINV_MEAN';
const CUFF_PULSE: MetricId = 'MDC_PULS_RATE_NON_INV';

export const createCuffTracker = (): CuffTracker => {
  let last: NibpReading | null = null;
  let measuringSince: Instant | null = null;

  return {
    accept: (monitorId, observations) => {
      const find = (metric: MetricId): Observation | undefined =>
        observations.find((observation) => observation.metric === metric);
      const systolic = find(SYS);
      if (systolic === undefined) return { reading: null, changed: false };
      const diastolic = find(DIA);
      if (systolic.value === null || diastolic === undefined || diastolic.value === null) {
        const wasMeasuring = measuringSince !== null;
        measuringSince = systolic.validity === 'ongoing' ? (measuringSince ?? systolic.receivedAt) : null;
        return { reading: null, changed: wasMeasuring !== (measuringSince !== null) };
      }
      const reading: NibpReading = {
        systolic: systolic.value,
        diastolic: diastolic.value,
        mean: find(MEAN)?.value ?? null,
        pulseRate: find(CUFF_PULSE)?.value ?? null,
        receivedAt: systolic.receivedAt,
        ageAtReceiptMs: systolic.ageAtReceiptMs,
        monitorId,
        ...([systolic, diastolic, find(MEAN)].some((part) => part?.validity === 'questionable')
          ? { questionable: true }
          : {}),
      };
      last = reading;
      measuringSince = null;
      return { reading, changed: true };
    },
    view: (session, repeat, now, readings) => {
      const planned = session === null ? null : nextCuffDue(session, last, now, readings);
      const isSooner = repeat !== null && planned !== null && repeat.dueAt.mono < planned.mono;
      return {
        last,
        measuringSince,
        nextDueAt: isSooner ? repeat.dueAt : planned,
        repeatReason: isSooner ? repeat.reason : null,
      };
    },
    restore: (reading) => {
      last = reading;
    },
    grewOlder: (ms) => {
      if (last !== null) last = { ...last, ageAtReceiptMs: last.ageAtReceiptMs + ms };
    },
    forget: () => {
      last = null;
      measuringSince = null;
    },
  };
};
