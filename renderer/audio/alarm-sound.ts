/** Joins the store to the loudspeaker: what the station wants heard is heard, and NOT MONITORING most of all. */
import type { StoreApi } from 'zustand/vanilla';
import type { AlarmPriority } from '../../core/alarm/types.ts';
import type { WindowState } from '../store/state.ts';
import type { Every } from '../store/ticker.ts';
import { isFloorHeld, occasions, volumeInForce, wantsTone, windowDemand } from './demand.ts';
import type { Player } from './player.ts';
import { type Sounding, soundStep } from './sounder.ts';
import { allowedStep, stepGain } from './volume.ts';

/** How often the repeat interval and the output's health are looked at; changes of the store act at once (ms). */
const TICK_MS = 250;

/** One burst that has been given to the loudspeaker. */
export interface BurstStart {
  readonly priority: AlarmPriority;
  /** What asked for it (`SoundDemand.keys`). */
  readonly keys: readonly string[];
  /** `performance.now()` time at which the first pulse begins (ms). */
  readonly startsAtMs: number;
}

export interface SoundDependencies {
  readonly store: StoreApi<WindowState>;
  readonly player: Player;
  readonly every: Every;
  readonly local: { monoMs(): number; wallMs(): number };
  /** Hears of every burst that was started. */
  readonly report: (start: BurstStart) => void;
}

/** Starts; returns the function that stops. */
export const startAlarmSound = (dependencies: SoundDependencies): (() => void) => {
  const { store, player, every, local, report } = dependencies;
  let sounding: Sounding | null = null;
  let told = occasions(null);

  const look = () => {
    const sound = player.look();
    if (store.getState().sound !== sound) store.setState({ sound });
    const state = store.getState();
    // What could not be heard does not count as sounded: once sound is free, the burst starts at once.
    const demand = sound === 'ready' ? windowDemand(state, local.wallMs()) : null;
    const { next, action } = soundStep(sounding, demand, local.monoMs());
    sounding = next;
    if (action.kind === 'stop') player.stop();
    if (action.kind === 'start') {
      const step = allowedStep(volumeInForce(state) + action.louderSteps, isFloorHeld(state));
      const startsAtMs = player.play(action.priority, stepGain(step));
      // The output went away between the look and the burst: it counts as not sounded.
      if (startsAtMs === null) sounding = null;
      else report({ priority: action.priority, keys: demand?.keys ?? [], startsAtMs });
    }
    const before = told;
    told = occasions(state.station);
    const isQuiet = sounding === null && sound === 'ready' && state.link === 'live';
    if (isQuiet && wantsTone(before, told, state.soundSettings)) {
      player.play('information', stepGain(volumeInForce(state)));
    }
  };
  const unsubscribe = store.subscribe(look);
  const stopTicks = every(TICK_MS, look);
  return () => {
    unsubscribe();
    stopTicks();
    player.stop();
  };
};
