/** The chair of the invented visit, as a window would be shown it. */
import { DEFAULT_PRESET } from '../../core/alarm/presets.ts';
import type { ChairView } from '../../core/api/views.ts';
import { chairId } from '../../core/ids.ts';
import { epochMs } from '../../core/time.ts';
import { NO_VISIT } from '../../core/visit/visit-state.ts';
import { MOMENTS, SESSION, type Visit } from './synthetic.ts';

export const chairOf = (visit: Visit): ChairView => {
  const when = (share: number) => epochMs(visit.begin + share * (visit.end - visit.begin));
  const id = chairId('chair');
  return {
    id,
    name: 'Chair 1',
    origin: 'simulated',
    session: {
      id: SESSION,
      chairId: id,
      patientInitials: 'AB',
      indication: 'depression',
      patient: null,
      course: null,
      origin: 'simulated',
      openedAt: epochMs(visit.begin),
      closedAt: null,
      phase: 'recovery',
      spans: [
        { phase: 'intake', startedAt: when(0), endedAt: when(MOMENTS.baseline) },
        { phase: 'baseline', startedAt: when(MOMENTS.baseline), endedAt: when(MOMENTS.infusion) },
        { phase: 'infusing', startedAt: when(MOMENTS.infusion), endedAt: when(MOMENTS.pause) },
        { phase: 'paused', startedAt: when(MOMENTS.pause), endedAt: when(MOMENTS.resume) },
        { phase: 'infusing', startedAt: when(MOMENTS.resume), endedAt: when(MOMENTS.recovery) },
        { phase: 'recovery', startedAt: when(MOMENTS.recovery), endedAt: null },
      ],
      plannedInfusionMs: 40 * 60_000,
      plannedRecoveryMs: 30 * 60_000,
      nibpIntervalMs: 5 * 60_000,
      baseline: { systolic: 124, diastolic: 78, mean: 93, heartRate: 72, readings: 3 },
      limits: null,
      withoutVitals: [],
      visit: NO_VISIT,
      sequence: 14,
    },
    current: {},
    cuff: { last: null, measuringSince: null, nextDueAt: null, repeatReason: null },
    limits: DEFAULT_PRESET,
    approval: { state: 'not-approved' },
    alarms: {
      alarms: [],
      audio: { kind: 'on' },
      sounding: null,
      paused: [],
      off: [],
      reminder: null,
      unwatched: [],
    },
    restored: null,
    visit: null,
    sourceOrder: {},
  };
};
