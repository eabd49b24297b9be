/** The answer to "what if this session had had other limits": two sets of alarms side by side. */
import type { AlarmPriority } from '../alarm/types.ts';
import type { SessionId } from '../ids.ts';
import type { EpochMs } from '../time.ts';

/** One alarm as it would have been. */
export interface WhatIfAlarm {
  readonly key: string;
  readonly conditionId: string;
  readonly title: string;
  readonly message: string;
  /** The highest it would have reached. */
  readonly priority: AlarmPriority;
  readonly onsetAt: EpochMs;
  readonly raisedAt: EpochMs;
  /** Null: still on at the end. */
  readonly endAt: EpochMs | null;
  readonly peak: number | null;
  readonly limit: number | null;
  /** False: only shown (an advisory, or a reading that was never confirmed). */
  readonly sounded: boolean;
}

/** What became of one alarm. `moved`: at another time, of another length or of another priority. */
export interface WhatIfDifference {
  readonly kind: 'same' | 'moved' | 'gone' | 'came';
  /** Null for `came`. */
  readonly before: WhatIfAlarm | null;
  /** Null for `gone`. */
  readonly after: WhatIfAlarm | null;
  /** Its highest priority was reached so much later (positive) or earlier (ms); 0 unless `moved`. */
  readonly reachedByMs: number;
  /** So much longer or shorter (ms); 0 unless `moved`. */
  readonly durationByMs: number;
}

export interface WhatIfFigures {
  readonly alarms: number;
  readonly sounded: number;
  readonly byPriority: Readonly<Record<AlarmPriority, number>>;
  /** How long these alarms were on, added up (s). */
  readonly burdenSeconds: number;
}

export interface WhatIfView {
  readonly sessionId: SessionId;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** What it rests on. */
  readonly basis: {
    readonly frames: number;
    readonly cuffReadings: number;
    readonly limitChanges: number;
    readonly restarts: number;
  };
  /** The name of each set of limits: "the session’s own limits", "Adult hypertensive, version 1, 2 changes". */
  readonly names: { readonly before: string; readonly after: string };
  readonly before: WhatIfFigures;
  readonly after: WhatIfFigures;
  /** In order of time, `same` ones included. */
  readonly differences: readonly WhatIfDifference[];
  readonly counts: Readonly<Record<WhatIfDifference['kind'], number>>;
}
