/** The session's phase, its running time and the next steps, as the screen offers them. */
import { isClosed, PHASE_LABELS, type Phase } from '../../core/session/phase.ts';
import { type Session, timeInPhases } from '../../core/session/session.ts';
import type { Instant } from '../../core/time.ts';
import { countdownText, durationText } from './time-text.ts';

export interface PhaseView {
  readonly label: string;
  /** Running time of the phase: "0:42:10". Of the whole infusion while infusing; of this pause while paused. */
  readonly elapsed: string;
  /** What the phase counts towards: "of 60 min", "30 min recovery: 12:20 left"; null where nothing is counted. */
  readonly goal: string | null;
  /** The goal is reached (planned time over). */
  readonly isDue: boolean;
}

/** Null without a session or before the station's time is known. */
export const phaseView = (session: Session | null, now: Instant | null): PhaseView | null => {
  if (session === null || now === null) return null;
  const { phase } = session;
  const label = PHASE_LABELS[phase];
  if (phase === 'infusing' || phase === 'paused') {
    const infusedMs = timeInPhases(session, ['infusing'], now);
    const planned = `of ${minutes(session.plannedInfusionMs)} min`;
    const isDue = infusedMs >= session.plannedInfusionMs;
    const infused = durationText(infusedMs);
    if (phase === 'infusing') return { label, elapsed: infused, goal: planned, isDue };
    // Beside “Paused” stands how long this pause lasts: the infusion's time there would be taken for it.
    const pausedAt = session.spans.findLast((span) => span.phase === 'paused')?.startedAt ?? now.wall;
    return {
      label,
      elapsed: durationText(now.wall - pausedAt),
      goal: `infused ${infused} ${planned}`,
      isDue,
    };
  }
  if (phase === 'recovery') {
    const inRecoveryMs = timeInPhases(session, ['recovery'], now);
    const leftMs = session.plannedRecoveryMs - inRecoveryMs;
    return {
      label,
      elapsed: durationText(inRecoveryMs),
      goal:
        leftMs > 0
          ? `${countdownText(leftMs)} left of ${minutes(session.plannedRecoveryMs)} min`
          : `planned ${minutes(session.plannedRecoveryMs)} min are over`,
      isDue: leftMs <= 0,
    };
  }
  return { label, elapsed: durationText(timeInPhases(session, [phase], now)), goal: null, isDue: false };
};

const minutes = (ms: number): string => String(Math.round(ms / 60_000));

/** The steps of a visit, in the fixed order of their buttons, and when each may be pressed. */
export const STEPS = [
  { id: 'start-baseline', from: ['intake'], to: 'baseline' },
  { id: 'start-infusion', from: ['baseline'], to: 'infusing' },
  { id: 'pause', from: ['infusing'], to: 'paused' },
  { id: 'resume', from: ['paused'], to: 'infusing' },
  { id: 'stop', from: ['infusing', 'paused'], to: 'recovery' },
  { id: 'discharge', from: ['recovery'], to: 'discharged' },
] as const satisfies readonly { id: string; from: readonly Phase[]; to: Phase }[];

export type StepId = (typeof STEPS)[number]['id'];

/** True while the chair has a session that is not over. */
export const isOpen = (session: Session | null): session is Session =>
  session !== null && !isClosed(session.phase);
