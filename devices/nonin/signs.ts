/**
 * Signs that come and go within one second: in formats 2 and 7 some stand only in the frames of a pulse beat. A sign lasts
 * until it was missing for a second, so that conditions do not flicker; what is said of the perfusion lasts until something else is
 * said. The numbers themselves are judged by the signs of their own packet.
 */
import type { Signs } from './observe.ts';

/** Packets in a second. */
const PACKETS = 3;

export interface SignMemory {
  /** The signs of one more packet; returns those that stand now. */
  next(signs: Signs): Signs;
}

export const createSignMemory = (): SignMemory => {
  let recent: readonly Signs[] = [];
  let perfusion: Signs['perfusion'] = null;
  return {
    next(signs) {
      recent = [...recent, signs].slice(-PACKETS);
      if (signs.isSensorAlarm) perfusion = null;
      else perfusion = signs.perfusion ?? perfusion;
      return {
        isSensorAlarm: signs.isSensorAlarm,
        isOutOfTrack: recent.some(({ isOutOfTrack }) => isOutOfTrack),
        isArtefact: recent.some(({ isArtefact }) => isArtefact),
        perfusion,
        isBatteryLow: signs.isBatteryLow,
      };
    },
  };
};
