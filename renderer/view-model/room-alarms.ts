/** Conditions of the whole room, which every chair has: said once, across the top of every screen. */
import type { ActiveAlarm } from '../../core/alarm/types.ts';
import type { ChairView } from '../../core/api/views.ts';
import { type AlarmLine, alarmLine, foremost } from './alarm.ts';

/** By the catalogue, the gravest first. */
const OF_THE_ROOM = ['no-sound', 'disk-low'] as const;

/** One line for each that is on at any chair, at its highest priority there. */
export const roomAlarms = (chairs: readonly Pick<ChairView, 'alarms'>[]): readonly AlarmLine[] =>
  OF_THE_ROOM.flatMap((conditionId) => {
    const found = foremost(
      chairs.flatMap(({ alarms }) => alarms.alarms.filter((alarm) => alarm.conditionId === conditionId)),
    );
    // Without an age: the line says what is, not since when at which chair.
    return found === null ? [] : [alarmLine(found, null)];
  });

const isOfTheRoom = ({ conditionId }: Pick<ActiveAlarm, 'conditionId'>): boolean =>
  OF_THE_ROOM.some((each) => each === conditionId);

/**
 * A chair's alarms with its own first, in their order: what concerns the whole room stands across the top of the
 * screen already, and must not hide what concerns this patient.
 */
export const ownFirst = (alarms: readonly ActiveAlarm[]): readonly ActiveAlarm[] => [
  ...ownOnly(alarms),
  ...alarms.filter(isOfTheRoom),
];

/** A chair's alarms without those that concern the whole room. */
export const ownOnly = (alarms: readonly ActiveAlarm[]): readonly ActiveAlarm[] =>
  alarms.filter((alarm) => !isOfTheRoom(alarm));

/** The alarm that stands for the chair: the foremost of its own; one of the room's only where there is no other. */
export const foremostOfChair = (alarms: readonly ActiveAlarm[]): ActiveAlarm | null =>
  foremost(ownOnly(alarms)) ?? foremost(alarms);
