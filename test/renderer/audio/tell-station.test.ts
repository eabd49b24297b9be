import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { tellStationOfSound } from '../../../renderer/audio/tell-station.ts';
import { initialState, type WindowState } from '../../../renderer/store/state.ts';
import type { StationLink } from '../../../renderer/store/station-link.ts';

const start = () => {
  const store = createStore<WindowState>(() => initialState(null));
  const told: string[] = [];
  let tick: () => void = () => undefined;
  const call = (async (_command: string, params: { readonly state: string }) => {
    told.push(params.state);
    if (told.length === 1) throw new Error('the line broke');
    return {};
  }) as unknown as StationLink['call'];
  const stop = tellStationOfSound({
    store,
    call,
    every: (_periodMs, onTick) => {
      tick = onTick;
      return () => {
        tick = () => undefined;
      };
    },
  });
  return { store, told, tick: () => tick(), stop };
};

it('a window tells the station whether it can be heard: on a new line, on every change, and steadily', () => {
  const { store, told, tick } = start();
  tick();
  expect(told).toEqual([]);
  store.setState({ link: 'live', connection: 1 });
  store.setState({ sound: 'ready' });
  tick();
  store.setState({ sound: 'stalled' });
  store.setState({ connection: 2 });
  expect(told).toEqual(['blocked', 'ready', 'ready', 'stalled', 'stalled']);
});

it('and says nothing while the station is not heard, or once it has stopped', () => {
  const { store, told, tick, stop } = start();
  store.setState({ link: 'live', connection: 1 });
  store.setState({ link: 'silent' });
  tick();
  expect(told).toEqual(['blocked']);
  stop();
  store.setState({ link: 'live' });
  tick();
  expect(told).toEqual(['blocked']);
});
