/** An invented answer to a what-if: one alarm of each kind of difference. Never in a build. */
import type { AlarmPriority } from '../../core/alarm/types.ts';
import type { WhatIfAlarm, WhatIfDifference, WhatIfView } from '../../core/api/what-if.ts';
import type { SessionId } from '../../core/ids.ts';
import { type EpochMs, epochMs } from '../../core/time.ts';

const HOUR_MS = 3_600_000;

export const fakeWhatIf = (sessionId: SessionId, presetId: string | null, now: EpochMs): WhatIfView => {
  const from = epochMs(now - HOUR_MS);
  const alarm = (minute: number, priority: AlarmPriority, message: string): WhatIfAlarm => ({
    key: message,
    conditionId: message,
    title: message,
    message,
    priority,
    onsetAt: epochMs(from + minute * 60_000 - 15_000),
    raisedAt: epochMs(from + minute * 60_000),
    endAt: epochMs(from + (minute + 3) * 60_000),
    peak: 88,
    limit: 90,
    sounded: priority !== 'low',
  });
  const found = (
    kind: WhatIfDifference['kind'],
    before: WhatIfAlarm | null,
    after: WhatIfAlarm | null,
    byMs = 0,
  ): WhatIfDifference => ({ kind, before, after, reachedByMs: byMs, durationByMs: -byMs });
  return {
    sessionId,
    from,
    to: now,
    basis: { frames: 7_191, cuffReadings: 12, limitChanges: 1, restarts: 0 },
    names: { before: 'the session’s own limits', after: presetId ?? 'the session’s own limits, 2 changes' },
    before: { alarms: 4, sounded: 3, byPriority: { high: 1, medium: 2, low: 1 }, burdenSeconds: 720 },
    after: { alarms: 4, sounded: 3, byPriority: { high: 0, medium: 3, low: 1 }, burdenSeconds: 690 },
    differences: [
      found('same', alarm(5, 'low', 'SpO₂ 91 < 92'), alarm(5, 'low', 'SpO₂ 91 < 92')),
      found('moved', alarm(12, 'medium', 'SpO₂ 88 < 90'), alarm(12.5, 'medium', 'SpO₂ 88 < 90'), 30_000),
      found('gone', alarm(30, 'high', 'SYS 184 ≥ 180'), null),
      found('came', null, alarm(48, 'medium', 'HR 118 > 110')),
    ],
    counts: { same: 1, moved: 1, gone: 1, came: 1 },
  };
};
