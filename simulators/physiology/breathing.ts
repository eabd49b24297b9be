/**
 * The train of breaths: each breath's length depends on the rate at its start and on its number, so the train
 * is one fixed list. It is built as far as somebody asked and remembered; infusion commands do not move it
 * (ketamine keeps the respiratory drive).
 */
import { gaussian, smoothNoise, stream } from '../random.ts';
import { type Body, isApneic } from './body.ts';
import { movedTowards, openWindow } from './envelope.ts';

/** Breathing as a monitor can see it at a moment. */
export interface BreathState {
  /** Mean of the last breaths (1/min); 0 once an apnoea has lasted `APNEA_SHOWN_AFTER_S`. */
  readonly rate: number;
  readonly sinceBreathMs: number;
  /** 0 at the last breath, 1 when the next one is due (and on, while an apnoea keeps it away). */
  readonly phase: number;
}

/** Answers for any moment not more than some minutes before the latest that was asked for. */
export type BreathTrain = (seconds: number) => BreathState;

/** A monitor goes on showing its average for a while after the last breath. */
const APNEA_SHOWN_AFTER_S = 10;
const AVERAGED_BREATHS = 5;
/** Bounds the memory of a simulator that runs for days: 2048 breaths are more than 40 min. */
const KEPT_BREATHS = 2048;

/** The breaths of a body under a seed, from a moment before the monitor was switched on. */
export const createBreathTrain = (body: Body, seed: number): BreathTrain => {
  const drift = stream(seed, 'breathing.drift');
  const jitter = stream(seed, 'breathing.jitter');
  const intervalAfter = (seconds: number, number: number): number => {
    const resting = body.patient.respiratoryRate + 1.1 * smoothNoise(drift, seconds / 70);
    const rate = Math.max(2, movedTowards(resting, body.events['respiratory-rate'], seconds));
    return (60 / rate) * Math.max(0.6, 1 + 0.07 * gaussian(jitter, number));
  };
  let breaths: number[] = [-30];
  let dropped = 0;

  const extendBeyond = (seconds: number): void => {
    let last = breaths.at(-1) ?? 0;
    while (last <= seconds) {
      last += intervalAfter(last, dropped + breaths.length);
      last = afterApnea(body, last);
      breaths.push(last);
    }
    if (breaths.length > 2 * KEPT_BREATHS) {
      dropped += breaths.length - KEPT_BREATHS;
      breaths = breaths.slice(-KEPT_BREATHS);
    }
  };

  return (seconds) => {
    extendBeyond(seconds);
    let next = breaths.length - 1;
    while (next > 1 && (breaths[next - 1] ?? 0) > seconds) next -= 1;
    const last = breaths[next - 1] ?? 0;
    const since = seconds - last;
    // As it was planned, not as it came: what happens later must not change what is seen now.
    const interval = intervalAfter(last, dropped + next);
    const silent = isApneic(body, seconds) && since > APNEA_SHOWN_AFTER_S;
    return {
      rate: silent ? 0 : meanRate(breaths, next - 1),
      sinceBreathMs: since * 1000,
      phase: Math.min(1, since / interval),
    };
  };
};

/** The moment itself, or the end of the apnoea (or of several that overlap) it falls into. */
const afterApnea = (body: Body, seconds: number): number => {
  const apnea = openWindow(body.events.apnea, seconds);
  return apnea === null ? seconds : afterApnea(body, apnea.atS + apnea.durationS);
};

/** Breaths per minute over the last breaths; a pause is not averaged into the breathing after it. */
const meanRate = (breaths: readonly number[], last: number): number => {
  let sum = 0;
  let count = 0;
  for (let index = last; index > 0 && count < AVERAGED_BREATHS; index -= 1) {
    const interval = (breaths[index] ?? 0) - (breaths[index - 1] ?? 0);
    if (count > 0 && interval > 3 * (sum / count)) break;
    sum += interval;
    count += 1;
  }
  return count === 0 || sum === 0 ? 0 : (60 * count) / sum;
};
