/** What those need to know who sound when no window can: the desktop's main process, and `serve`. */
import type { AlarmPriority, AlarmSnapshot } from './types.ts';

type ChairAlarms = { readonly alarms: Pick<AlarmSnapshot, 'alarms' | 'sounding'> };

/** `alarm`: there is one that must be heard now; `quiet`: there is none yet; null: a window can sound, or need not. */
export const unheardOf = (chairs: readonly ChairAlarms[]): 'quiet' | 'alarm' | null => {
  const open = chairs.flatMap(({ alarms }) =>
    alarms.alarms.filter(({ key, acknowledged }) => key === 'no-sound' && acknowledged === null),
  );
  if (open.length === 0) return null;
  return open.some(({ priority }) => priority === 'high') ? 'alarm' : 'quiet';
};

const PRIORITIES = ['high', 'medium', 'low'] as const;

/** The highest priority that must be audible on any chair, but for the alarm that nothing is audible. */
export const soundingBesides = (chairs: readonly ChairAlarms[]): AlarmPriority | null => {
  const loud = chairs
    .filter(({ alarms }) => !isOnlyNoSound(alarms.alarms))
    .map(({ alarms }) => alarms.sounding);
  return PRIORITIES.find((priority) => loud.includes(priority)) ?? null;
};

const isOnlyNoSound = (alarms: AlarmSnapshot['alarms']): boolean => {
  const open = alarms.filter(({ acknowledged }) => acknowledged === null);
  return open.length > 0 && open.every(({ key }) => key === 'no-sound');
};
