/**
 * The alarm log of a session, folded from its record: one row for every occurrence of an alarm, one for every
 * pause or switching off, and the figures that tell alarm fatigue. It is in the record, so it survives whatever
 * the record survives. Source: IEC 60601-1-8 clause 6.12 (alarm condition logging), from memory of the standard.
 */
import type { MetricId } from '../nomenclature/metrics.ts';
import type { EpochMs } from '../time.ts';
import type { AlarmParameter } from './parameters.ts';
import type { AlarmCategory, AlarmPriority } from './types.ts';

/** A person's acknowledgement. `afterMs`: since the alarm was raised, came back after it had ended, or sounded again after an earlier one. */
export interface LoggedAcknowledgement {
  readonly at: EpochMs;
  readonly by: string;
  readonly afterMs: number;
}

export interface LoggedEscalation {
  readonly at: EpochMs;
  readonly conditionId: string;
  readonly priority: AlarmPriority;
  readonly value: number | null;
}

/** One alarm from its raising to its end; coming back within a minute counts in the same row. */
export interface AlarmLogRow {
  readonly key: string;
  /** As it was raised; see `escalations` for what it became. */
  readonly conditionId: string;
  readonly category: AlarmCategory;
  /** The highest it reached. */
  readonly priority: AlarmPriority;
  readonly title: string;
  readonly message: string;
  readonly metric: MetricId | null;
  readonly limit: number | null;
  readonly value: number | null;
  readonly peak: number | null;
  readonly onsetAt: EpochMs;
  readonly raisedAt: EpochMs;
  readonly confirmedAt: EpochMs | null;
  /** A repeat reading took it back. */
  readonly notConfirmed: boolean;
  readonly escalations: readonly LoggedEscalation[];
  /** When the condition went away (an alarm that latched stays on after it); null: still there. */
  readonly clearedAt: EpochMs | null;
  /** When the alarm left the screen; null: still on. */
  readonly endedAt: EpochMs | null;
  /** The first one, and how long it took (ms); null: nobody did. */
  readonly acknowledged: LoggedAcknowledgement | null;
  readonly acknowledgements: readonly LoggedAcknowledgement[];
  readonly realarms: number;
  readonly occurrences: number;
  /** What kept it from being seen or heard when it was raised. */
  readonly raisedUnder: 'alarm-paused' | 'audio-off' | null;
}

/** One pause or switching off. `parameter` null: the sound of the whole chair. */
export interface ControlLogRow {
  readonly kind: 'audio-paused' | 'audio-off' | 'alarm-paused' | 'alarm-off';
  readonly parameter: AlarmParameter | null;
  readonly from: EpochMs;
  /** When it was to end by itself; null: never. */
  readonly until: EpochMs | null;
  readonly by: string;
  readonly reason: string | null;
  /** Null: still running. */
  readonly endedAt: EpochMs | null;
  /** Null: its time was up, the phase did not allow it, or the session ended. */
  readonly endedBy: string | null;
}

export interface PriorityFigures {
  readonly raised: number;
  readonly perHour: number;
  readonly acknowledged: number;
  /** Share of all raised that were acknowledged within 60 s, in percent; null: none was raised. */
  readonly percentWithin60s: number | null;
}

export interface AlarmLogFigures {
  readonly hours: number;
  /** Advisories that never sound and what a repeat took back are counted too. */
  readonly byPriority: Readonly<Record<AlarmPriority, PriorityFigures>>;
  readonly medianTimeToAcknowledgeMs: number | null;
}

/** A stretch in which an alarm's condition was there; `to` null: it still is. */
export interface ConditionTime {
  readonly from: EpochMs;
  readonly to: EpochMs | null;
  /** The alarm stayed on the screen when it had gone. */
  readonly isLatched: boolean;
}

export interface AlarmLog {
  readonly rows: readonly AlarmLogRow[];
  /**
   * Of each row, in their order, when its condition was there: an alarm that nobody acknowledged stays one row over hours
   * in which its condition comes and goes.
   */
  readonly conditions: readonly (readonly ConditionTime[])[];
  readonly controls: readonly ControlLogRow[];
  readonly figures: AlarmLogFigures;
}
