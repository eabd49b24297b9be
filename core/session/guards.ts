/**
 * What wants a reason before a session moves on. Nothing blocks care: every guard yields to a reason, and
 * the reason becomes part of the record. The minimum of 15 min of recovery and the four vitals before the
 * start follow the clinic's published practice (patient FAQ: blood pressure, heart rate, oxygen and breathing
 * are monitored; watched 15 to 30 min afterwards); a physician must approve them.
 */
import type { GateLevel, StartGate } from '../alarm/start-gate.ts';
import type { ItemState } from '../checklist/state.ts';
import { VITALS, type Vital, vitalNames } from '../nomenclature/vitals.ts';
import { AUTHORITY_WORDS, type Authority, strictest } from '../visit/authorisation.ts';
import type { Phase } from './phase.ts';

/** What stands against a move, and whose word it wants besides a reason. */
export interface Objection {
  readonly text: string;
  readonly authority: Authority;
}

/** What the guards look at. */
export interface MoveFacts {
  readonly from: Phase;
  readonly to: Phase;
  /** Which of the four vitals have a fresh, valid number now (for NIBP: a reading of the last 15 min). */
  readonly vitals: Readonly<Record<Vital, boolean>>;
  /** What the start gate sees in the baseline and the newest vitals (only asked before the start). */
  readonly gate: StartGate;
  /** What the blood-pressure baseline still lacks, in words for the nurse; empty when nothing. */
  readonly baselineAdvice: string;
  /** Time in recovery so far, and the shortest without a reason (ms). */
  readonly recoveryMs: number;
  readonly minimumRecoveryMs: number;
  /** High-priority alarms that nobody acknowledged. */
  readonly openHighAlarms: number;
  /**
   * The start checklist and the discharge criteria as they stand; null: the visit has no protocol. A protocol's
   * items say all that the plain guards say, so one list speaks, not both.
   */
  readonly items: { readonly start: readonly ItemState[]; readonly discharge: readonly ItemState[] } | null;
}

/** The objections to a move, in words for the nurse; empty when it needs no reason. */
export const objections = (facts: MoveFacts): readonly Objection[] => {
  if (facts.to === 'aborted') return [plain('Aborting a session always needs a reason.')];
  if (facts.to === 'cancelled') return [plain('Cancelling a session always needs a reason.')];
  if (facts.to === 'paused') return [];
  if (facts.from === 'baseline' && facts.to === 'infusing') return startObjections(facts);
  if (facts.from === 'paused' && facts.to === 'infusing' && facts.items !== null) return openAlarms(facts);
  if (facts.to === 'discharged') {
    return facts.items === null ? dischargeObjections(facts) : facts.items.discharge.flatMap(openItem);
  }
  return [];
};

/** Whose word all of them together want. */
export const authorityFor = (found: readonly Objection[]): Authority =>
  strictest(found.map(({ authority }) => authority));

const plain = (text: string): Objection => ({ text, authority: 'none' });

/** An item that is neither in order nor excepted; a hard one wants a physician. */
const openItem = ({ state, item, text }: ItemState): readonly Objection[] =>
  state === 'open' ? [{ text: `${item.label}: ${text}.`, authority: item.hard ? 'physician' : 'none' }] : [];

/** What each level of the gate asks for. In a visit without a protocol the reason names who agreed. */
const GATE_WORDS: Readonly<Record<Exclude<GateLevel, 'green'>, string>> = {
  amber: 'let the patient rest 5 min and repeat; name the physician who knows',
  red: AUTHORITY_WORDS.physician,
  blocked: `the start is held; ${AUTHORITY_WORDS['physician-and-second']}`,
};
const GATE_AUTHORITY: Readonly<Record<Exclude<GateLevel, 'green'>, Authority>> = {
  amber: 'physician',
  red: 'physician',
  blocked: 'physician-and-second',
};

const startObjections = (facts: MoveFacts): readonly Objection[] => {
  const missing = VITALS.filter((vital) => !facts.vitals[vital]);
  // What is missing is named with the vitals; the gate's own words are about numbers that are there.
  const gate = facts.gate.reasons
    .filter((reason) => reason.quantity !== null)
    .map((reason) => ({
      text: `${reason.text}: ${GATE_WORDS[reason.level]}.`,
      authority: GATE_AUTHORITY[reason.level],
    }));
  if (facts.items !== null) return [...gate, ...facts.items.start.flatMap(openItem)];
  return [
    ...gate,
    ...(missing.length > 0 ? [plain(`No valid reading now of: ${vitalNames(missing)}.`)] : []),
    ...(facts.baselineAdvice === '' ? [] : [plain(`Blood-pressure baseline: ${facts.baselineAdvice}`)]),
  ];
};

const dischargeObjections = (facts: MoveFacts): readonly Objection[] => [
  ...(facts.recoveryMs < facts.minimumRecoveryMs
    ? [
        plain(
          `Only ${Math.floor(facts.recoveryMs / 60_000)} of at least ${facts.minimumRecoveryMs / 60_000} min of recovery have passed.`,
        ),
      ]
    : []),
  ...openAlarms(facts),
];

/** Also before the drug goes on after a pause: what caused the pause must have been looked at. */
const openAlarms = ({ openHighAlarms: count }: MoveFacts): readonly Objection[] =>
  count > 0 ? [plain(`${count} high-priority alarm${count === 1 ? ' is' : 's are'} not acknowledged.`)] : [];
