/** What stands for what may not be seen. */
import type { ActiveAlarm } from '../alarm/types.ts';

/** Instead of a name or of words that somebody typed. */
export const HIDDEN = '•••';

export const hiddenReason = (reason: string | null): string | null => (reason === null ? null : HIDDEN);

/** The one alarm whose message has words that somebody typed: the symptom of BP-10. Its title says enough. */
const SYMPTOM = 'bp-symptom';

export const maskedMessage = (conditionId: string, message: string): string =>
  conditionId === SYMPTOM ? '' : message;

export const maskedAlarm = <A extends Pick<ActiveAlarm, 'conditionId' | 'message'>>(alarm: A): A =>
  alarm.conditionId === SYMPTOM ? { ...alarm, message: '' } : alarm;
