/** Folds what concerns the dose: the plan, its check, and the stretches that phases and changes of rate make. */
import type { SessionEvent } from '../session/events.ts';
import type { EpochMs } from '../time.ts';
import { epochMs } from '../time.ts';
import type { DoseSegment } from './delivery.ts';
import type { DoseState } from './dose-state.ts';
import { mlPerHour } from './units.ts';

/** How the drug stood before an entry. */
export interface DrugRun {
  /** The phase was infusing. */
  readonly isRunning: boolean;
  /** It had been infusing at some time. */
  readonly hasRun: boolean;
}

/** The dose after one more entry. The same object when nothing changed. */
export const applyDose = (dose: DoseState | null, event: SessionEvent, run: DrugRun): DoseState | null => {
  const { isRunning } = run;
  const { body, at, by, id } = event;
  if (body.type === 'dose-planned') return planned(dose, event, run);
  if (dose === null) return null;
  switch (body.type) {
    case 'dose-verified': {
      const { pumpRateMlPerH, pumpVolumeMl } = body;
      return { ...dose, verified: { at: at.wall, by, pumpRateMlPerH, pumpVolumeMl } };
    }
    case 'phase-changed': {
      if (body.to === 'infusing') return isRunning ? dose : begin(dose, at.wall);
      return isRunning ? { ...dose, segments: ended(dose.segments, at.wall) } : dose;
    }
    case 'dose-rate-changed': {
      const { from, to, reason, authorisations, concentrationMgPerMl, plannedMg } = body;
      const changed: DoseState = {
        ...dose,
        rateMlPerH: to,
        concentrationMgPerMl,
        plannedMg,
        changes: [...dose.changes, { id, at: at.wall, by, from, to, reason, authorisations }],
      };
      return isRunning ? begin({ ...changed, segments: ended(changed.segments, at.wall) }, at.wall) : changed;
    }
    case 'dose-bolus': {
      const bolus = { id, at: at.wall, by, mg: body.mg, reason: body.reason };
      return { ...dose, boluses: [...dose.boluses, bolus] };
    }
    case 'infusion-stopped': {
      const { cause, reason, pumpVolumeMl } = body;
      return { ...dose, stopped: { at: at.wall, cause, reason, pumpVolumeMl } };
    }
    case 'station-restarted': {
      if (!isRunning || body.downForMs === null || body.downForMs <= 0) return dose;
      const startedAt = epochMs(at.wall - body.downForMs);
      return { ...dose, unwatched: [...dose.unwatched, { startedAt, endedAt: at.wall }] };
    }
    case 'entry-struck':
      return { ...dose, boluses: dose.boluses.filter((bolus) => bolus.id !== body.entry) };
    default:
      return dose;
  }
};

/** A new plan before the start replaces the old one; one entered while the drug runs counts from its entry on. */
const planned = (dose: DoseState | null, event: SessionEvent, run: DrugRun): DoseState | null => {
  const { body, at, by } = event;
  if (body.type !== 'dose-planned') return dose;
  const { plan, ordered } = body;
  const state: DoseState = {
    plan,
    ordered,
    plannedAt: at.wall,
    plannedBy: by,
    verified: null,
    plannedMg: plan.doseMg,
    rateMlPerH: plan.kind === 'infusion' ? plan.rateMlPerH : mlPerHour(0),
    concentrationMgPerMl: plan.kind === 'infusion' ? plan.concentrationMgPerMl : null,
    segments: [],
    boluses: [],
    changes: [],
    stopped: null,
    unwatched: [],
    isPartial: run.hasRun,
  };
  return run.isRunning ? begin(state, at.wall) : state;
};

const begin = (dose: DoseState, at: EpochMs): DoseState => {
  const { rateMlPerH, concentrationMgPerMl } = dose;
  if (concentrationMgPerMl === null || rateMlPerH <= 0) return dose;
  return {
    ...dose,
    segments: [...dose.segments, { startedAt: at, endedAt: null, rateMlPerH, concentrationMgPerMl }],
  };
};

const ended = (segments: readonly DoseSegment[], at: EpochMs): readonly DoseSegment[] =>
  segments.map((segment) =>
    segment.endedAt === null ? { ...segment, endedAt: epochMs(Math.max(at, segment.startedAt)) } : segment,
  );
