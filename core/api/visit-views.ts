/** What a window is shown of a visit besides the folded session: what follows from the data and the time. */
import type { PresetApproval } from '../alarm/limits.ts';
import type { StartGate } from '../alarm/start-gate.ts';
import type { ItemState } from '../checklist/state.ts';
import type { BaselineProposal } from '../session/baseline.ts';
import type { Objection } from '../session/guards.ts';
import type { Instant } from '../time.ts';
import type { NextItem } from '../visit/next.ts';
import type { VisitProtocol } from '../visit/protocol.ts';

export interface ProtocolView {
  readonly protocol: VisitProtocol;
  readonly approval: PresetApproval;
}

/**
 * A chair's visit at the moment it was pushed; pushed again whenever anything in it changes, also by the mere
 * passing of time. Instants are absolute: a window counts down by itself. The dose at this moment is `doseStatus`
 * of `session.visit.dose` and the window's now.
 */
export interface VisitView {
  /** The start checklist; empty without a protocol. */
  readonly checklist: readonly ItemState[];
  /** The discharge criteria; empty without a protocol. */
  readonly discharge: readonly ItemState[];
  /** What stands against the step that comes next (start, or discharge); empty: it needs no reason. */
  readonly startObjections: readonly Objection[];
  readonly dischargeObjections: readonly Objection[];
  readonly baseline: BaselineProposal;
  readonly gate: StartGate;
  /** When to measure again because the gate is not green; null: it is, or there is no reading. */
  readonly remeasureAt: Instant | null;
  /** The cuff's interval in force and why. */
  readonly cuff: { readonly intervalMs: number; readonly why: string };
  /** What is due, soonest first; past ones are due now. Never sounds. */
  readonly next: readonly NextItem[];
}
