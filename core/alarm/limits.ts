/**
 * Alarm limits as data: which metric, which side, which priority, and after what delay. A preset is a
 * versioned set of limits that a physician approves in the product; until then it says so everywhere.
 */
import type { MetricId } from '../nomenclature/metrics.ts';
import type { AlarmPriority } from './types.ts';

export type LimitSide = 'low' | 'high';

/** One alarm limit. The alarm is on while the value is strictly below `low` / at or above or strictly above `high` (see `inclusive`). */
export interface AlarmLimit {
  readonly id: string;
  readonly metric: MetricId;
  readonly side: LimitSide;
  readonly priority: AlarmPriority;
  /** In the metric's unit; null means ALARM OFF for this limit. */
  readonly threshold: number | null;
  /** True: equality violates ("SYS ≥ 180"); false: only beyond violates ("SpO2 < 90"). */
  readonly inclusive: boolean;
  /** How long the violation must last before it becomes an alarm (ms). */
  readonly delayMs: number;
}

/** The limits in force on a chair, and where they came from. */
export interface LimitSet {
  readonly presetId: string;
  readonly presetName: string;
  readonly presetVersion: number;
  readonly limits: readonly AlarmLimit[];
  /** Rules against the patient's own starting point. A set stored without them is judged by the defaults. */
  readonly relative?: readonly RelativeLimit[];
}

/**
 * - `rise`: value minus the session's baseline (mmHg)
 * - `rise-ratio`: value above baseline, as a share of it (0.25: 25 % above)
 * - `fall-ratio`: value below baseline, as a share of it
 * - `step`: rise from the previous valid reading, at most 10 min earlier (mmHg)
 */
export type RelativeBasis = 'rise' | 'rise-ratio' | 'fall-ratio' | 'step';

/** A limit on the distance from the patient's own baseline or last reading. Without a baseline it is not judged. */
export interface RelativeLimit {
  readonly id: string;
  readonly metric: MetricId;
  readonly basis: RelativeBasis;
  readonly priority: AlarmPriority;
  /**
   * In the metric's unit, or a share (see `RelativeBasis`). Reaching a rise or a step violates, a share must
   * be exceeded. Null means ALARM OFF.
   */
  readonly threshold: number | null;
  readonly delayMs: number;
}

/** A physician's approval of a preset's defaults, or its absence. */
export type PresetApproval =
  | { readonly state: 'not-approved' }
  | { readonly state: 'approved'; readonly by: string; readonly atEpochMs: number };
