/** The phases of the visit as stretches of the time axis. */
import { PHASE_LABELS, type Phase } from '../../../core/session/phase.ts';
import type { PhaseSpan } from '../../../core/session/session.ts';

/** A stretch of the window in one phase. */
export interface PhaseBand {
  readonly phase: Phase;
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The bands inside a window, in order, clipped to it. A running phase ends at `now`: what has not happened yet is
 * not shaded. Closed phases have no stretch.
 * @param toAxis places a wall-clock time on the axis.
 */
export const phaseBands = (
  spans: readonly PhaseSpan[],
  window: { readonly from: number; readonly to: number },
  now: number,
  toAxis: (wall: number) => number,
): readonly PhaseBand[] =>
  spans.flatMap((span) => {
    const from = Math.max(window.from, toAxis(span.startedAt));
    const to = Math.min(window.to, span.endedAt === null ? now : toAxis(span.endedAt));
    return to > from ? [{ phase: span.phase, label: PHASE_LABELS[span.phase], from, to }] : [];
  });
