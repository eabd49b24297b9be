/** What a window must sound, how loud, and what has just arrived: read from what the window knows. */
import type { ChairView } from '../../core/api/views.ts';
import type { ChairId } from '../../core/ids.ts';
import type { StationState, WindowState } from '../store/state.ts';
import { type SoundDemand, soundDemand } from '../view-model/alarm.ts';
import type { SoundSettings } from './sound-settings.ts';
import { allowedStep } from './volume.ts';

const NOT_MONITORING: SoundDemand = {
  priority: 'high',
  keys: ['not-monitoring'],
  standing: ['not-monitoring'],
};

/** What this window must sound now. `wallMs` is the window's own clock. */
export const windowDemand = (state: WindowState, wallMs: number): SoundDemand | null => {
  if (state.link === 'silent') {
    const isPaused = state.silencedUntil !== null && wallMs < state.silencedUntil;
    return isPaused ? null : NOT_MONITORING;
  }
  return state.station === null ? null : soundDemand(state.station.chairs);
};

/** While a session is open on any chair, or the station is not heard, the floor of the volume holds. */
export const isFloorHeld = ({ link, station }: WindowState): boolean =>
  link === 'silent' || (station?.chairs ?? []).some(({ session }) => session !== null);

/** The step of the volume in force. */
export const volumeInForce = (state: WindowState): number =>
  allowedStep(state.soundSettings.volume, isFloorHeld(state));

/** What wants the soft tone: a number per chair and cause that rises with each new occasion. */
export interface Occasions {
  /** When the last cuff reading came (station's clock, ms). */
  readonly readings: ReadonlyMap<ChairId, number>;
  /** How often the reminder of what is OFF has been due. */
  readonly reminders: ReadonlyMap<ChairId, number>;
}

export const occasions = (station: StationState | null): Occasions => ({
  readings: perChair(station, ({ cuff }) => cuff.last?.receivedAt.mono ?? null),
  reminders: perChair(station, ({ alarms }) => alarms.reminder?.count ?? null),
});

/** True when something new is there to be told. Readings only where somebody wants them; reminders always. */
export const wantsTone = (before: Occasions, now: Occasions, { isReadingTone }: SoundSettings): boolean =>
  hasRisen(before.reminders, now.reminders) || (isReadingTone && hasRisen(before.readings, now.readings));

const perChair = (
  station: StationState | null,
  read: (chair: ChairView) => number | null,
): ReadonlyMap<ChairId, number> =>
  new Map(
    (station?.chairs ?? []).flatMap((chair) => {
      const found = read(chair);
      return found === null ? [] : [[chair.id, found] as const];
    }),
  );

/** What was there before this window knew of it is not news. */
const hasRisen = (before: ReadonlyMap<ChairId, number>, now: ReadonlyMap<ChairId, number>): boolean =>
  [...now].some(([id, value]) => {
    const last = before.get(id);
    return last !== undefined && value > last;
  });
