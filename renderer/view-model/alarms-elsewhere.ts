/**
 * Alarms of chairs that are not on the screen: the sound is the whole room's, so the screen must say whose it is,
 * whatever somebody is looking at.
 */
import type { ChairView } from '../../core/api/views.ts';
import type { ChairId } from '../../core/ids.ts';
import { type AlarmLine, alarmLine, foremost } from './alarm.ts';
import { ownOnly } from './room-alarms.ts';

/** One chair that wants somebody: its foremost alarm, and how many more nobody has acknowledged. */
export interface ElsewhereLine {
  readonly chairId: ChairId;
  readonly chair: string;
  readonly alarm: AlarmLine;
  /** What it is in few words: the numbers of a limit, the name of a fault. */
  readonly words: string;
  readonly more: number;
}

/** How many chairs have a place of their own; the rest is counted (alarm rules V-8). */
export const ELSEWHERE_SHOWN = 3;

/**
 * Chairs with an alarm that nobody has acknowledged, except those that `isInView`; the most urgent first, then in the
 * order of the room. Without what concerns the whole room: that has its own line on every screen.
 */
export const alarmsElsewhere = (
  chairs: readonly Pick<ChairView, 'id' | 'name' | 'alarms'>[],
  isInView: (id: ChairId) => boolean,
): readonly ElsewhereLine[] => {
  const open = chairs.flatMap((chair) => {
    const alarms = ownOnly(chair.alarms.alarms).filter(({ acknowledged }) => acknowledged === null);
    const first = foremost(alarms);
    return first === null || isInView(chair.id) ? [] : [{ chair, first, more: alarms.length - 1 }];
  });
  const rank = { high: 0, medium: 1, low: 2 } as const;
  return open
    .sort((a, b) => rank[a.first.priority] - rank[b.first.priority])
    .map(({ chair, first, more }) => {
      // Without an age: what counts here is where to go.
      const alarm = alarmLine(first, null);
      return { chairId: chair.id, chair: chair.name, alarm, words: shortWords(alarm), more };
    });
};

/** A sentence of advice is longer than this (characters); the crossing of a limit is not. */
const ADVICE_FROM = 52;

/** A fault of the equipment that is a sentence of advice has a short name too; a limit says itself what is crossed. */
export const shortWords = ({ category, title, message }: AlarmLine): string =>
  message === '' || (category === 'technical' && message.length > ADVICE_FROM) ? title : message;
