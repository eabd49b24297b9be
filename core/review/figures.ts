/**
 * What one visit comes to in figures: the physician's summary, the exports' tables and the lists across visits.
 * How each is worked out, and why so: docs/review.md.
 */
import type { AlarmLogFigures } from '../alarm/log.ts';
import type { AlarmPriority } from '../alarm/types.ts';
import type { EventId, MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { BloodPressureBaseline } from '../session/events.ts';
import type { Phase } from '../session/phase.ts';
import type { EpochMs } from '../time.ts';

/** The highest or lowest value of something, and when it was measured. */
export interface Extreme {
  readonly value: number;
  /** Which quantity: the highest heart rate may be the oximeter's pulse rate. */
  readonly metric: MetricId;
  readonly at: EpochMs;
  /** Since the infusion first started (ms), negative before; null: it never started. */
  readonly sinceInfusionMs: number | null;
  readonly monitorId: MonitorId;
}

/**
 * How long the values that a limit judges lay beyond it in one phase, each held until the next; of several monitors
 * any one is enough, as for the alarm. Rows without any time are left out.
 */
export interface TimeBeyond {
  readonly limitId: string;
  readonly metric: MetricId;
  readonly side: 'low' | 'high';
  readonly priority: AlarmPriority;
  /** The threshold in force; where it was changed within the phase, each one has its row. */
  readonly threshold: number;
  readonly phase: Phase;
  readonly ms: number;
}

/** The same against a mark that no one can change, from the start of the infusion on: visits can be compared. */
export interface TimeAtMark {
  readonly metric: MetricId;
  readonly side: 'low' | 'high';
  readonly threshold: number;
  /** `high`: at or above the mark; `low`: below it (ms). */
  readonly ms: number;
  /** Time that had values to judge (ms). */
  readonly coveredMs: number;
}

/** A metric's mean over a phase, each value weighted with the time for which it stood. */
export interface PhaseMean {
  readonly metric: MetricId;
  readonly phase: Phase;
  readonly mean: number;
  /** Time that had values (ms); gaps count for nothing. */
  readonly coveredMs: number;
}

/** A stretch without a number, told from the last value on (or from when one was expected) to the next. */
export interface Gap {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** How much of the time a metric had numbers while it was expected to have them: under treatment. */
export interface Completeness {
  readonly metric: MetricId;
  readonly expectedMs: number;
  readonly coveredMs: number;
  /** 0 to 100; 100 when nothing was expected. */
  readonly percent: number;
  readonly gaps: number;
  readonly longestGap: Gap | null;
  /** Those longer than a minute, oldest first. */
  readonly longGaps: readonly Gap[];
}

/** Values that the monitor itself doubted, or that cannot be a pressure: on record, in no figure. */
export interface DoubtfulValues {
  readonly metric: MetricId;
  readonly values: number;
  readonly lowest: number;
  readonly highest: number;
}

/** The pressures nearest to a drug that was given besides: the last within 10 min before, the last within 10 min after. */
export interface PressureAroundDrug {
  readonly drug: EventId;
  readonly at: EpochMs;
  readonly before: { readonly systolic: number; readonly diastolic: number; readonly at: EpochMs } | null;
  readonly after: { readonly systolic: number; readonly diastolic: number; readonly at: EpochMs } | null;
}

export interface SessionFigures {
  readonly from: EpochMs;
  /** The end of the visit, or the moment of asking while it is open. */
  readonly to: EpochMs;
  readonly baseline: BloodPressureBaseline | null;
  /** From the start of the infusion on; null: no value. */
  readonly peak: {
    readonly systolic: Extreme | null;
    readonly diastolic: Extreme | null;
    readonly mean: Extreme | null;
    readonly heartRate: Extreme | null;
  };
  /** From the start of the infusion on; null: no value. */
  readonly lowest: {
    readonly systolic: Extreme | null;
    readonly heartRate: Extreme | null;
    readonly spo2: Extreme | null;
    readonly respiration: Extreme | null;
  };
  /** Peak systolic less baseline; null without both. */
  readonly peakRise: { readonly mmHg: number; readonly percent: number } | null;
  readonly beyond: readonly TimeBeyond[];
  /** SYS 160 and 180, SpO₂ 90. */
  readonly marks: readonly TimeAtMark[];
  readonly means: readonly PhaseMean[];
  /**
   * From the systolic peak to the first later reading from which on all stay within 20 % of the
   * baseline's systolic (the PADSS band); null: not within the record, or nothing to return from. Our choice.
   */
  readonly returnToBaselineMs: number | null;
  /** Pauses of the drug: how often, and for how long together (ms). */
  readonly interruptions: { readonly count: number; readonly ms: number };
  readonly drugs: readonly PressureAroundDrug[];
  readonly recovery: {
    /** From the stop of the drug to the discharge; null: one of them did not happen. */
    readonly toDischargeMs: number | null;
    /**
     * From the stop of the drug until every criterion of the protocol was met, looked at each minute and at each entry;
     * null: not within the record, or no protocol.
     */
    readonly toReadyMs: number | null;
  };
  readonly alarms: AlarmLogFigures & {
    readonly count: number;
    /** Of the alarms that waited for a repeat reading, how many percent it confirmed; null: none waited. */
    readonly percentConfirmed: number | null;
    /** Time with at least one alarm condition of this priority (ms). */
    readonly burdenMs: Readonly<Record<AlarmPriority, number>>;
  };
  readonly completeness: readonly Completeness[];
  readonly doubtful: readonly DoubtfulValues[];
  /** Values and readings left out as artefacts. */
  readonly excluded: { readonly values: number; readonly readings: number };
}
