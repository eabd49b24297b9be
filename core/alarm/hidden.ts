/** What ALARM PAUSED keeps from the screen and the loudspeaker. */
import { elapsedMs, type Instant } from '../time.ts';
import { parameterOf } from './parameters.ts';
import type { AlarmEngineState } from './state.ts';
import type { ActiveAlarm } from './types.ts';

/** True while the alarm's parameter is paused: it is made and logged, and neither shown nor sounded. */
export const isHidden = (
  { paused }: AlarmEngineState,
  alarm: Pick<ActiveAlarm, 'key' | 'conditionId' | 'metric'>,
  at: Instant,
): boolean => {
  const parameter = parameterOf(alarm);
  const pause = parameter === null ? undefined : paused[parameter];
  return pause !== undefined && elapsedMs(pause.until, at) < 0;
};
