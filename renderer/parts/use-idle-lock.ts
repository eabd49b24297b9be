/**
 * Tells the station that somebody is at this window; it is the station that locks. When it is not heard, the window
 * hides the names itself.
 */
import { useEffect } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { maskedPush } from '../../core/people/masking.ts';
import type { Place } from '../../core/people/presence.ts';
import { useApp } from '../app-context.tsx';
import { fromSnapshot } from '../store/reduce.ts';
import type { WindowState } from '../store/state.ts';
import type { Route } from '../view-model/route.ts';

/** How often the station is told at most (ms): little against the shortest lock of half a minute. */
const TELL_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 5_000;
const SIGNS = ['pointerdown', 'keydown', 'wheel'] as const;

/** Where records are read names fill the screen: the shorter idle time counts. */
export const placeOf = (route: Route): Place => (REVIEWING.includes(route.screen) ? 'review' : 'work');
const REVIEWING: readonly Route['screen'][] = ['sessions', 'patients', 'course', 'clinic', 'people'];

export const useIdleLock = (route: Route): void => {
  const { link, store } = useApp();
  const place = placeOf(route);
  useEffect(() => {
    let activeAt = performance.now();
    let toldAt = Number.NEGATIVE_INFINITY;
    const tell = () => {
      const now = performance.now();
      activeAt = now;
      if (now - toldAt < TELL_EVERY_MS || store.getState().identity?.state !== 'signed-in') return;
      toldAt = now;
      // What cannot be said now is said with the next sign; the station locks when it hears none.
      link.call('auth.active', { place }).catch(() => undefined);
    };
    // A change of place counts at once: it changes how long the window stays open.
    tell();
    const look = setInterval(() => {
      const { identity } = store.getState();
      if (identity?.state !== 'signed-in') return;
      const limit = place === 'review' ? identity.idle.reviewMs : identity.idle.workMs;
      if (performance.now() - activeAt < limit + LOOK_EVERY_MS) return;
      link.call('auth.lock', {}).catch(() => hideNames(store));
    }, LOOK_EVERY_MS);
    for (const sign of SIGNS) addEventListener(sign, tell, { passive: true });
    return () => {
      clearInterval(look);
      for (const sign of SIGNS) removeEventListener(sign, tell);
    };
  }, [link, store, place]);
};

/** Nothing of a patient stays on a window that has lost the station and that nobody touches. */
export const hideNames = (store: StoreApi<WindowState>): void => {
  store.setState(({ identity, station, now }) => {
    const locked = identity === null ? null : ({ ...identity, state: 'locked' } as const);
    if (station === null || now === null) return { identity: locked };
    const masked = maskedPush('snapshot', { ...station, now });
    return {
      identity: locked,
      station: masked === null ? null : { ...fromSnapshot(masked, null), events: {} },
    };
  });
};
