/** What the entries of a visit add up to: the part of a session beside phases, baseline and limits. */
import type { PresetApproval } from '../alarm/limits.ts';
import type { ChecklistEntries } from '../checklist/items.ts';
import type { DoseState } from '../dose/dose-state.ts';
import type { ChairId, EventId } from '../ids.ts';
import type { ScaleId } from '../scales/scales.ts';
import type { Severity, SideEffectKind } from '../scales/side-effects.ts';
import type { EpochMs } from '../time.ts';
import type { VisitProtocol, WatchedPhase } from './protocol.ts';

/** Common to every list: which entry it is, when and by whom. */
interface Entry {
  readonly id: EventId;
  readonly at: EpochMs;
  readonly by: string;
}

export interface DrugGiven extends Entry {
  readonly name: string;
  readonly amount: number;
  readonly unit: string;
  readonly route: string;
  readonly reason: string | null;
}

export interface ScoreEntry extends Entry {
  readonly scale: ScaleId;
  readonly value: number;
  readonly parts: Readonly<Record<string, number>> | null;
}

export interface SideEffect extends Entry {
  readonly kind: SideEffectKind;
  readonly text: string | null;
  readonly onsetAt: EpochMs;
  readonly endedAt: EpochMs | null;
  /** As it is now, or was when it ended. */
  readonly severity: Severity;
  readonly worst: Severity;
  /** Every severity it had, oldest first. */
  readonly course: readonly { readonly at: EpochMs; readonly by: string; readonly severity: Severity }[];
}

export interface VisitState {
  /** Null: the visit has no protocol (also every visit before there were any); its guards are the old ones. */
  readonly protocol: VisitProtocol | null;
  readonly protocolApproval: PresetApproval;
  readonly checklist: ChecklistEntries;
  readonly dose: DoseState | null;
  readonly drugs: readonly DrugGiven[];
  readonly scores: readonly ScoreEntry[];
  readonly sideEffects: readonly SideEffect[];
  /** When a question of the timetable was last passed over. */
  readonly skipped: Readonly<Partial<Record<ScaleId, EpochMs>>>;
  /** Intervals that a person set for a phase instead of the protocol's. */
  readonly cuffIntervals: Readonly<Partial<Record<WatchedPhase, number>>>;
  readonly informed: readonly (Entry & { readonly physician: string; readonly about: string })[];
  readonly moves: readonly (Entry & {
    readonly from: ChairId;
    readonly to: ChairId;
    readonly reason: string;
  })[];
  readonly leftEarly: { readonly at: EpochMs; readonly reason: string } | null;
  /**
   * Sequence of the last entry about drugs: plan, check, rate, amounts, stop, other drugs, and every change of
   * phase. A command about drugs that was made on less than this is refused.
   */
  readonly drugSequence: number;
  /** That entry in words, for the refusal. */
  readonly drugNews: string;
}

export const NO_VISIT: VisitState = {
  protocol: null,
  protocolApproval: { state: 'not-approved' },
  checklist: {},
  dose: null,
  drugs: [],
  scores: [],
  sideEffects: [],
  skipped: {},
  cuffIntervals: {},
  informed: [],
  moves: [],
  leftEarly: null,
  drugSequence: 0,
  drugNews: '',
};

/** Side effects that have not ended. */
export const runningEffects = (visit: VisitState): readonly SideEffect[] =>
  visit.sideEffects.filter((effect) => effect.endedAt === null);

/** The newest score on a scale; null: none yet. */
export const lastScore = (visit: VisitState, scale: ScaleId): ScoreEntry | null =>
  visit.scores.findLast((score) => score.scale === scale) ?? null;
