import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Handlers } from '../../../core/api/commands.ts';
import type { Channel } from '../../../core/api/envelope.ts';
import { memoryChannelPair } from '../../../core/api/memory-channel.ts';
import { serveChannel } from '../../../core/api/serve.ts';
import type { StationView } from '../../../core/api/views.ts';
import { initialState, type WindowState } from '../../../renderer/store/state.ts';
import { SILENT_AFTER_MS, startStationLink } from '../../../renderer/store/station-link.ts';
import { alarm, at, chair, chairId, session, sessionId, station, value } from '../support.ts';

/** A window whose clocks, frames and lines the test moves by hand. */
const setUp = () => {
  const clock = { mono: 1_000, wall: 50_000 };
  let frames: (() => void)[] = [];
  let tick: () => void = () => undefined;
  let accept: (channel: Channel) => void = () => undefined;
  const store = createStore<WindowState>(() => initialState(null));
  let updates = 0;
  store.subscribe(() => {
    updates += 1;
  });
  const link = startStationLink({
    store,
    source: {
      start: (onChannel) => {
        accept = onChannel;
        return () => undefined;
      },
    },
    local: { monoMs: () => clock.mono, wallMs: () => clock.wall },
    frame: (flush) => {
      frames.push(flush);
    },
    every: (_period, onTick) => {
      tick = onTick;
      return () => undefined;
    },
  });
  const drawFrame = () => {
    const due = frames;
    frames = [];
    for (const flush of due) flush();
  };
  return {
    store,
    link,
    drawFrame,
    updates: () => updates,
    pass: (ms: number) => {
      clock.mono += ms;
      clock.wall += ms;
      tick();
    },
    jumpWall: (ms: number) => {
      clock.wall += ms;
      tick();
    },
    /** A new line; `posted` lets the test lose a push on its way. */
    openLine: (view: StationView, handlers: Partial<Handlers> = {}) => {
      const [near, far] = memoryChannelPair();
      // The commands that a test does not call need no handler.
      const served = serveChannel(far, handlers as Handlers, () => undefined);
      accept(near);
      served.push('snapshot', view);
      drawFrame();
      return { served, far };
    },
  };
};

const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

describe('the window’s line to the station', () => {
  it('is live with the first snapshot, and tells the station’s time', () => {
    const window = setUp();
    window.openLine(station({ now: at(10) }));
    expect(window.store.getState()).toMatchObject({ link: 'live', connection: 1 });
    window.pass(1_500);
    expect(window.link.stationNow()).toEqual(at(11.5));
    expect(window.store.getState().now).toEqual(at(11.5));
  });

  it('is silent after more than 3 s without a word, and live again with the next heartbeat', () => {
    const window = setUp();
    const { served } = window.openLine(station({ now: at(0) }));
    window.pass(SILENT_AFTER_MS);
    expect(window.store.getState().link).toBe('live');
    window.pass(1);
    expect(window.store.getState().link).toBe('silent');
    served.push('heartbeat', { now: at(3) });
    window.drawFrame();
    expect(window.store.getState().link).toBe('live');
  });

  it('takes 3 s on the wall clock for silence too: a computer that slept shows nothing old as live', () => {
    const window = setUp();
    window.openLine(station({ now: at(0) }));
    window.jumpWall(60_000);
    expect(window.store.getState().link).toBe('silent');
  });

  it('is silent when it never reached the station', () => {
    const window = setUp();
    window.pass(SILENT_AFTER_MS + 1);
    expect(window.store.getState()).toMatchObject({ link: 'silent', station: null });
  });

  it('is silent at once when the line closes, even with a heartbeat waiting for its frame', () => {
    const window = setUp();
    const { served, far } = window.openLine(station({ now: at(0) }));
    served.push('heartbeat', { now: at(1) });
    far.close();
    expect(window.store.getState().link).toBe('silent');
    window.drawFrame();
    expect(window.store.getState().link).toBe('silent');
  });

  it('takes over the whole state of a new line, and forgets the samples of the old one', () => {
    const window = setUp();
    const first = window.openLine(station({ now: at(0) }));
    first.served.push('observations', {
      chairId: chairId('c1'),
      values: [value('MDC_ECG_HEART_RATE', 70, at(0))],
    });
    window.drawFrame();
    expect(window.link.samples(chairId('c1')).since(0).values).toHaveLength(1);
    first.far.close();
    window.openLine(station({ chairs: [chair({ name: 'Renamed' })], now: at(5) }));
    const state = window.store.getState();
    expect(state).toMatchObject({ link: 'live', connection: 2 });
    expect(state.station?.chairs[0]).toMatchObject({ name: 'Renamed', current: {} });
    expect(window.link.samples(chairId('c1')).since(0).values).toEqual([]);
  });

  it('does not let a new alarm wait for a frame, but everything else', () => {
    const window = setUp();
    const quiet = chair({ id: chairId('c1') });
    const { served } = window.openLine(station({ chairs: [quiet] }));
    const { current: _values, ...rest } = quiet;
    const push = (alarms: Partial<typeof rest.alarms>) =>
      served.push('chair', { ...rest, alarms: { ...rest.alarms, ...alarms } });
    const shown = () => window.store.getState().station?.chairs[0]?.alarms.alarms.length;
    push({ alarms: [alarm('a', 'high')], sounding: 'high' });
    expect(shown()).toBe(1);
    push({ alarms: [], sounding: null });
    expect(shown()).toBe(1);
    window.drawFrame();
    expect(shown()).toBe(0);
  });

  it('updates the store once a frame, however many pushes came', () => {
    const window = setUp();
    const { served } = window.openLine(station({ now: at(0) }));
    const before = window.updates();
    for (let second = 1; second <= 50; second += 1) {
      served.push('observations', {
        chairId: chairId('c1'),
        values: [value('MDC_ECG_HEART_RATE', 60 + second, at(second))],
      });
    }
    expect(window.updates()).toBe(before);
    window.drawFrame();
    expect(window.updates()).toBe(before + 1);
    const shown = window.store.getState().station?.chairs[0]?.current.MDC_ECG_HEART_RATE;
    expect(shown?.observation.value).toBe(110);
    expect(window.link.samples(chairId('c1')).since(0).values).toHaveLength(50);
  });

  it('asks for the whole state when a push was missed', async () => {
    const window = setUp();
    const { far } = window.openLine(station({ now: at(0) }), {
      'station.snapshot': () => station({ chairs: [chair({ name: 'After the gap' })], now: at(2) }),
    });
    far.post({ kind: 'push', sequence: 7, topic: 'heartbeat', payload: { now: at(1) } });
    await settle();
    window.drawFrame();
    expect(window.store.getState().station?.chairs[0]?.name).toBe('After the gap');
  });

  it('refuses a call while there is no line, and loads the record of a session when there is one', async () => {
    const window = setUp();
    await expect(window.link.call('station.snapshot', {})).rejects.toThrow('no connection');
    window.openLine(station({ chairs: [chair({ session: session() })] }), { 'history.events': () => [] });
    await window.link.loadEvents(sessionId('s1'));
    window.drawFrame();
    expect(window.store.getState().station?.events).toEqual({ s1: [] });
  });
});
