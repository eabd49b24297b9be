/**
 * Keeps the window's store fed by the station: the snapshot of each new line, then the changes, at most one
 * update of the store per frame; samples go to the rings beside it. Watches that the station is heard.
 */
import type { StoreApi } from 'zustand/vanilla';
import { connect, type StationClient } from '../../core/api/client.ts';
import type { CommandInput, CommandName, CommandResults } from '../../core/api/commands.ts';
import type { Channel } from '../../core/api/envelope.ts';
import type { IdentityView } from '../../core/api/people-views.ts';
import type { StationView, Topics } from '../../core/api/views.ts';
import type { ChairId, SessionId } from '../../core/ids.ts';
import { epochMs, type Instant } from '../../core/time.ts';
import { type ChannelSource, createListeners } from '../channel/channel-source.ts';
import { hasNewSound } from '../view-model/alarm.ts';
import { createBatch, type Frame } from './batch.ts';
import { personKey } from './identity.ts';
import * as reduce from './reduce.ts';
import { createSampleRing, type SampleRing, type SampleSource } from './samples.ts';
import type { StationState, WindowState } from './state.ts';
import { createStationClock } from './station-clock.ts';
import type { Every } from './ticker.ts';

/** No word of the station for longer than this means NOT MONITORING (ms). Design, process model. */
export const SILENT_AFTER_MS = 3_000;
const TICK_MS = 500;

/** The window's own two clocks. */
export interface LocalClock {
  /** `performance.now()`. */
  monoMs(): number;
  /** `Date.now()`. */
  wallMs(): number;
}

export interface LinkDependencies {
  readonly source: ChannelSource;
  readonly store: StoreApi<WindowState>;
  readonly local: LocalClock;
  readonly frame: Frame;
  readonly every: Every;
}

export interface StationLink {
  /** See `StationClient.call`; rejects while there is no line. */
  call<C extends CommandName>(command: C, params: CommandInput<C>): Promise<CommandResults[C]>;
  /** Raw bytes of the monitors this window watches, on whatever line there is. */
  onRaw(listener: (payload: Topics['raw']) => void): () => void;
  /** How far finding out what is on a line has come (`monitor.detect`), on whatever line there is. */
  onDetecting(listener: (payload: Topics['detecting']) => void): () => void;
  /** Waves of the chairs this window watches (`wave.watch`), on whatever line there is. */
  onWaves(listener: (payload: Topics['waves']) => void): () => void;
  samples(chairId: ChairId): SampleSource;
  /** The station's time at this very moment; null before the first word of the station. */
  stationNow(): Instant | null;
  /** Reads the entries of a session into the store. */
  loadEvents(sessionId: SessionId): Promise<void>;
  stop(): void;
}

/**
 * Another person, or nobody: entries that were read before are forgotten, since they may hold what must not be seen
 * now, or lack what may.
 */
const identify = (state: WindowState, identity: IdentityView): WindowState => ({
  ...state,
  identity,
  station:
    state.station === null || personKey(state.identity) === personKey(identity)
      ? state.station
      : { ...state.station, events: {} },
});

/** Starts; see the module. */
export const startStationLink = (dependencies: LinkDependencies): StationLink => {
  const { source, store, local, frame, every } = dependencies;
  const clock = createStationClock();
  const raw = createListeners<Topics['raw']>();
  const detecting = createListeners<Topics['detecting']>();
  const waves = createListeners<Topics['waves']>();
  const rings = new Map<ChairId, SampleRing>();
  const ring = (chairId: ChairId): SampleRing => {
    const found = rings.get(chairId) ?? createSampleRing();
    rings.set(chairId, found);
    return found;
  };
  const startedAt = { monoMs: local.monoMs(), wallMs: local.wallMs() };
  let heardAt: { readonly monoMs: number; readonly wallMs: number } | null = null;
  let client: StationClient | null = null;

  const { change, flush } = createBatch<WindowState>((fold) => store.setState(fold), frame);
  const changeStation = (step: (station: StationState) => StationState) =>
    change((state) => (state.station === null ? state : { ...state, station: step(state.station) }));

  const heard = (now: Instant) => {
    heardAt = { monoMs: local.monoMs(), wallMs: local.wallMs() };
    clock.sync(now, heardAt.monoMs);
    const lastHeardAt = epochMs(heardAt.wallMs);
    const line = client;
    // A line that closed before this frame must not make the window look live again.
    change((state) =>
      client === line && line !== null
        ? { ...state, link: 'live', lastHeardAt, now: clock.at(local.monoMs()) }
        : state,
    );
  };
  const receiveSnapshot = (view: StationView) => {
    change((state) => ({ ...state, station: reduce.fromSnapshot(view, state.station) }));
    heard(view.now);
  };
  /** At once, not with the next frame: from here on nothing may look live. */
  const silence = () => {
    if (store.getState().link !== 'silent') store.setState({ link: 'silent' });
  };

  const subscribe = (line: StationClient) => {
    line.on('snapshot', receiveSnapshot);
    line.on('heartbeat', ({ now }) => heard(now));
    line.on('observations', (payload) => {
      ring(payload.chairId).append(payload.values);
      changeStation((station) => reduce.withObservations(station, payload));
    });
    line.on('chair', (chair) => {
      const before = store.getState().station?.chairs.filter(({ id }) => id === chair.id) ?? [];
      changeStation((station) => reduce.withChair(station, chair));
      // A frame can take long on a busy computer; the sound does not wait for it.
      if (hasNewSound(before, [chair])) flush();
    });
    line.on('chairRemoved', ({ id }) => changeStation((station) => reduce.withoutChair(station, id)));
    line.on('monitor', (monitor) => changeStation((station) => reduce.withMonitor(station, monitor)));
    line.on('monitorRemoved', ({ id }) => changeStation((station) => reduce.withoutMonitor(station, id)));
    line.on('event', (event) =>
      changeStation((station) => reduce.withEvents(station, event.sessionId, [event])),
    );
    line.on('identity', (identity) => change((state) => identify(state, identity)));
    line.on('storage', ({ fault }) => changeStation((station) => ({ ...station, storageFault: fault })));
    line.on('sending', (sending) => changeStation((station) => ({ ...station, sending })));
    line.on('raw', raw.tell);
    line.on('detecting', detecting.tell);
    line.on('waves', waves.tell);
    line.onGap(() => {
      line.call('station.snapshot', {}).then(receiveSnapshot, () => line.close());
    });
  };

  const stopSource = source.start((channel: Channel) => {
    client?.close();
    clock.reset();
    for (const each of rings.values()) each.clear();
    const line = connect(channel);
    client = line;
    subscribe(line);
    line.onClosed(() => {
      if (client !== line) return;
      client = null;
      silence();
    });
    change((state) => ({ ...state, connection: state.connection + 1 }));
  });

  const stopTicks = every(TICK_MS, () => {
    const last = heardAt ?? startedAt;
    // Either clock may be the one that stood still (a sleeping computer) or ran on: the longer silence counts.
    const silentForMs = Math.max(local.monoMs() - last.monoMs, local.wallMs() - last.wallMs);
    if (silentForMs > SILENT_AFTER_MS) silence();
    store.setState({ now: clock.at(local.monoMs()) });
  });

  const call: StationLink['call'] = (command, params) => {
    if (client === null) return Promise.reject(new Error('There is no connection to the station.'));
    return client.call(command, params);
  };

  return {
    call,
    onRaw: raw.add,
    onDetecting: detecting.add,
    onWaves: waves.add,
    samples: ring,
    stationNow: () => clock.at(local.monoMs()),
    loadEvents: async (sessionId) => {
      const events = await call('history.events', { sessionId });
      changeStation((station) => reduce.withEvents(station, sessionId, events));
    },
    stop: () => {
      stopTicks();
      stopSource();
      client?.close();
    },
  };
};
