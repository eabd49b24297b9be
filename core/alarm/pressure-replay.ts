/**
 * The pressure rules after a restart: the log holds only the rule that spoke, so all of them are found again by
 * taking the session's readings once more, in the limits of now.
 */
import type { NibpReading } from '../session/events.ts';
import { addMs, elapsedMs } from '../time.ts';
import { promoteOverdue, reviewRules, takeReading } from './pressure.ts';
import { type AlarmEngineState, type CuffFact, NO_CUFF, type Restored, type RuleStatus } from './state.ts';

type Unjudged = NonNullable<Restored['unjudged']>;

/**
 * The cuff as the readings leave it, those since the restart included. `state` knows the baseline, or that there
 * is none.
 */
export const rejudged = (state: AlarmEngineState, unjudged: Unjudged): CuffFact => {
  const { readings, baselineSince, spoken } = unjudged;
  const last = readings.at(-1);
  const since = state.cuff.readings.filter(
    (reading) => last === undefined || elapsedMs(last.receivedAt, reading.receivedAt) > 0,
  );
  const all = [...readings, ...since];
  const isEarly = (reading: NibpReading) =>
    baselineSince !== null && elapsedMs(reading.receivedAt, baselineSince) > 0;
  const early = all.filter(isEarly);
  const before = { ...state, baseline: null, cuff: replayed({ ...state, baseline: null }, early, NO_CUFF) };
  const frozen = { ...state, cuff: before.cuff };
  const cuff = replayed(state, all.slice(early.length), reviewRules(before, frozen));
  const { rejected, inflatingSince } = state.cuff;
  return { ...cuff, rules: withSpoken(cuff.rules, spoken, all), rejected, inflatingSince };
};

const replayed = (state: AlarmEngineState, readings: readonly NibpReading[], from: CuffFact): CuffFact =>
  readings.reduce((cuff, reading) => {
    // A repeat that comes just as the wait ends is still the repeat.
    const waited = promoteOverdue(cuff, addMs(reading.receivedAt, -1));
    return takeReading({ ...state, cuff: waited }, reading);
  }, from);

/** What the log says of a reading that was not handed in cannot be found again: it stays as it was said. */
const withSpoken = (
  rules: readonly RuleStatus[],
  spoken: readonly RuleStatus[],
  readings: readonly NibpReading[],
): readonly RuleStatus[] => {
  const last = readings.at(-1);
  const lost = spoken.filter(
    (rule) =>
      rules.every((known) => known.ruleId !== rule.ruleId) &&
      (last === undefined || elapsedMs(last.receivedAt, rule.since) > 0),
  );
  return lost.length === 0 ? rules : [...rules, ...lost];
};
