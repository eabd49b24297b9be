/**
 * Every duration and margin of the alarm engine that is not part of a limit. Numbers marked "approve" are
 * our choice and want a physician's approval (listed in docs/alarms.md).
 */
import type { MetricId } from '../nomenclature/metrics.ts';
import type { AlarmPriority } from './types.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * A lost line becomes an alarm this long after the monitor was last heard: with a tick, the screen and a busy
 * computer it is seen within 10 s (approve).
 */
export const LINK_LOST_AFTER_MS = 8 * SECOND;
/** A line lost this long while the drug is or was just running is a high-priority alarm. */
export const LINK_LOST_HIGH_AFTER_MS = 60 * SECOND;

/** An alarm clears only after the value has been well inside for this long (F-2, approve). */
export const CLEAR_AFTER_MS = 5 * SECOND;
/** How far inside the limit a value must be to count towards clearing, in the metric's unit (F-2, approve). */
export const HYSTERESIS: Readonly<Partial<Record<MetricId, number>>> = {
  MDC_PULS_OXIM_SAT_O2: 1,
  MDC_ECG_HEART_RATE: 3,
  MDC_PULS_OXIM_PULS_RATE: 3,
  MDC_RESP_RATE: 1,
  MDC_TTHOR_RESP_RATE: 1,
  MDC_CO2_RESP_RATE: 1,
  MDC_CONC_AWAY_CO2_ET: 2,
  MDC_TEMP_BODY: 0.2,
};

/** Heart rate and pulse rate further apart than this (1/min) do not measure the same thing (F-4). */
export const RATE_DISAGREEMENT = 15;
/** A doubtful signal holds a medium limit alarm this long, then it becomes a technical alarm (F-5). */
export const POOR_SIGNAL_AFTER_MS = 30 * SECOND;
/** Perfusion index (%) below which the oximeter's numbers count as doubtful (F-5, approve). */
export const LOW_PERFUSION_INDEX = 0.3;

/** A condition that comes back within this time re-opens its alarm with one more occurrence (F-8). */
export const REOPEN_WITHIN_MS = 60 * SECOND;
/** An acknowledged alarm that is still true sounds again after this time (approve); low never does. */
export const REALARM_AFTER_MS: Readonly<Record<AlarmPriority, number | null>> = {
  high: 2 * MINUTE,
  medium: 5 * MINUTE,
  low: null,
};
/** AUDIO PAUSED lasts this long and ends by itself. */
export const AUDIO_PAUSE_MS = 120 * SECOND;
/** ALARM PAUSED: how long unless asked otherwise, and at most (approve). */
export const ALARM_PAUSE_MS = { usual: 2 * MINUTE, longest: 3 * MINUTE } as const;
/** While AUDIO OFF or ALARM OFF is set a reminder sounds this often, unless the configuration says otherwise (C-3). */
export const REMINDER_EVERY_MS = 2 * MINUTE;

/** An unconfirmed pressure is promoted to confirmed when no repeat came in this time (fail loud). */
export const CONFIRM_WITHIN_MS = 3 * MINUTE;
/** A repeat reading takes a pressure alarm back only when it is below the limit by more than this (mmHg). */
export const CONFIRM_MARGIN_MMHG = 5;
/** Two readings at most this far apart can show a rate of rise (BP-6). */
export const STEP_WINDOW_MS = 10 * MINUTE;
/** Pulse pressure below this (mmHg) is an artefact. */
export const MINIMUM_PULSE_PRESSURE_MMHG = 10;
/** No valid cuff reading for this many intervals: overdue; and when that becomes high priority (BP-8). */
export const OVERDUE_INTERVALS = { medium: 1.5, high: 2.5 } as const;
/** While a cuff is inflated a lost SpO2 is held back, at most this long (T-2). */
export const CUFF_WINDOW_MS = 60 * SECOND;

/** When the cuff is wanted sooner than its interval says (clinic practice, approve). */
export const FOLLOW_UP = {
  /** To confirm a first reading beyond a limit. */
  confirmAfterMs: 2 * MINUTE,
  /** After a confirmed alarm, until `calmReadings` readings in a row met no rule. */
  spikeEveryMs: 3 * MINUTE,
  calmReadings: 2,
  /** After a fast rise, for `readingsAfterRise` readings. */
  riseEveryMs: 2 * MINUTE,
  readingsAfterRise: 3,
} as const;
/** So many medium alarms of one kind in this time: ask whether the limits fit the patient (F-9). */
export const TAILOR_HINT = { alarms: 3, withinMs: 10 * MINUTE } as const;

/** A SpO2 that falls by more than `dropPercent` within `withinMs` while perfusion falls is doubtful (F-11). */
export const IMPOSSIBLE_STEP = { dropPercent: 20, withinMs: 2 * SECOND, perfusionFall: 0.3 } as const;
/** A doubt after an impossible step ends when the number comes back, at the latest after this (approve). */
export const DOUBT_AFTER_STEP_MS = 60 * SECOND;

/** A symptom counts together with a high or alarming pressure for this long after it was entered (approve). */
export const SYMPTOM_COUNTS_MS = 10 * MINUTE;
/** Systolic pressure (mmHg) at which a symptom is an emergency even without a pressure alarm (BP-10). */
export const SYMPTOM_SYSTOLIC_MMHG = 160;

/** A sensor that changes from one way of being off to another within this time is still off. */
export const SENSOR_CHANGE_MS = 2 * SECOND;

/** A jump of the computer's clock is shown for this long (approve). */
export const CLOCK_JUMP_SHOWN_MS = 5 * MINUTE;
/** After a restart, alarms of monitors nobody has spoken of yet are kept this long (approve). */
export const RESTORE_GRACE_MS = 30 * SECOND;

/** Free space (bytes) below which the disk is low, and above which it no longer is; the same for very low (approve). */
export const DISK_ROOM = {
  low: { below: 1_000_000_000, clearAbove: 1_200_000_000 },
  veryLow: { below: 100_000_000, clearAbove: 150_000_000 },
} as const;
/** A required vital without a source is an alarm after this time: a monitor may be exchanged meanwhile (approve). */
export const UNWATCHED_AFTER_MS = 10 * SECOND;
/** No window can sound for this long: longer than a page takes to load anew, on a slow computer too (approve). */
export const UNHEARD_AFTER_MS = 15 * SECOND;
