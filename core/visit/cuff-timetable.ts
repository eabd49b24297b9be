/**
 * How often the cuff measures now, by the protocol, by what a person set for this phase, and closer after a change
 * of rate; and when the next reading is due. Clinical practice in docs/visit.md; a physician must approve it.
 */
import { measuredAt } from '../alarm/cuff-reading.ts';
import { proposeBaseline } from '../session/baseline.ts';
import type { NibpReading } from '../session/events.ts';
import { isUnderTreatment } from '../session/phase.ts';
import { infusionStartedAt, type Session } from '../session/session.ts';
import { type EpochMs, type Instant, instant } from '../time.ts';
import type { CuffStep, WatchedPhase } from './protocol.ts';

export interface CuffInterval {
  readonly intervalMs: number;
  readonly why: string;
}

/** A reading this long before a guaranteed minute stands for it. */
export const GUARANTEED_TOLERANCE_MS = 90_000;

/**
 * The interval in force at `now`. A visit without a protocol has the one that was set for it.
 * @param readings those of the visit, oldest first: they say whether the baseline is taken.
 */
export const cuffInterval = (
  session: Session,
  now: EpochMs,
  readings: readonly NibpReading[] = [],
): CuffInterval => {
  const { protocol, cuffIntervals } = session.visit;
  const phase = watched(session.phase);
  if (protocol === null || phase === null)
    return { intervalMs: session.nibpIntervalMs, why: 'set for the visit' };
  const own = cuffIntervals[phase];
  const { cuff } = protocol;
  if (phase === 'baseline') {
    if (own !== undefined) return { intervalMs: own, why: 'set by hand' };
    const isTaken = readings.length >= cuff.baseline.readings && proposeBaseline(readings).agreed;
    // Who waits for the start with a baseline is not squeezed every 90 s.
    return isTaken
      ? { intervalMs: stepAt(cuff.infusing, 0), why: 'the baseline is taken' }
      : { intervalMs: cuff.baseline.intervalMs, why: 'readings for the baseline' };
  }
  const planned = phase === 'recovery' ? cuff.recovery : cuff.infusing;
  const base: CuffInterval =
    own === undefined
      ? { intervalMs: stepAt(planned, inPhase(session, phase, now)), why: 'by the protocol' }
      : { intervalMs: own, why: 'set by hand' };
  const changedAt = lastChange(session);
  const isClose = changedAt !== null && now - changedAt < cuff.afterChange.forMs && phase !== 'recovery';
  return isClose && cuff.afterChange.intervalMs < base.intervalMs
    ? { intervalMs: cuff.afterChange.intervalMs, why: 'after a change of the dose' }
    : base;
};

const watched = (phase: Session['phase']): WatchedPhase | null =>
  phase === 'baseline' || phase === 'infusing' || phase === 'paused' || phase === 'recovery' ? phase : null;

const stepAt = (steps: readonly CuffStep[], elapsedMs: number): number => {
  const step = steps.find(({ untilMs }) => untilMs === null || elapsedMs < untilMs);
  return step?.intervalMs ?? steps.at(-1)?.intervalMs ?? 5 * 60_000;
};

/** Recovery counts from its begin; the infusion from its first start, with the time paused. */
const inPhase = (session: Session, phase: WatchedPhase, now: EpochMs): number => {
  const since =
    phase === 'recovery'
      ? session.spans.find((span) => span.phase === 'recovery')?.startedAt
      : infusionStartedAt(session);
  return Math.max(0, now - (since ?? now));
};

/** The last change of rate or amount at once; null: none. */
export const lastChange = ({ visit: { dose } }: Session): EpochMs | null => {
  const times = [...(dose?.changes ?? []), ...(dose?.boluses ?? [])].map(({ at }) => at);
  return times.length === 0 ? null : (Math.max(...times) as EpochMs);
};

/**
 * When the next reading is due: an interval after the last one was measured, and never past a guaranteed minute
 * after the start, also when the drug has ended before it. The first one of a baseline is due when the phase begins.
 * Null: nothing is planned in this phase.
 */
export const nextCuffDue = (
  session: Session,
  last: NibpReading | null,
  now: Instant,
  readings: readonly NibpReading[] = [],
): Instant | null => {
  if (session.closedAt !== null || session.phase === 'intake') return null;
  if (last === null) return firstDue(session, now);
  const at = measuredAt(last);
  const due = at.mono + cuffInterval(session, now.wall, readings).intervalMs;
  const guaranteed = nextGuaranteed(session, at.wall);
  const sooner = guaranteed === null ? due : Math.min(due, at.mono + (guaranteed - at.wall));
  return instant(at.wall + (sooner - at.mono), sooner);
};

const firstDue = (session: Session, now: Instant): Instant | null => {
  const began = session.spans.at(-1)?.startedAt;
  if (session.visit.protocol === null || session.phase !== 'baseline' || began === undefined) return null;
  return instant(began, now.mono - (now.wall - began));
};

const nextGuaranteed = (session: Session, lastAt: EpochMs): EpochMs | null => {
  const startedAt = infusionStartedAt(session);
  if (!isUnderTreatment(session.phase) || startedAt === null) return null;
  const minutes = session.visit.protocol?.cuff.guaranteedAtMs ?? [];
  const next = minutes.map((ms) => startedAt + ms).find((at) => at > lastAt + GUARANTEED_TOLERANCE_MS);
  return next === undefined ? null : (next as EpochMs);
};

/** How often the cuff measures: "5 min", "90 s". Never rounded: what is said is what is done. */
export const intervalWords = (ms: number): string =>
  ms % 60_000 === 0 ? `${ms / 60_000} min` : `${Math.round(ms / 1000)} s`;
