import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ActiveAlarm, AlarmPriority, AudioState } from '../../../core/alarm/types.ts';
import type { ChairView } from '../../../core/api/views.ts';
import { startAlarmSound } from '../../../renderer/audio/alarm-sound.ts';
import { volumeInForce, windowDemand } from '../../../renderer/audio/demand.ts';
import type { SoundState } from '../../../renderer/audio/sound-health.ts';
import { stepGain, VOLUME } from '../../../renderer/audio/volume.ts';
import { fromSnapshot } from '../../../renderer/store/reduce.ts';
import { initialState, type WindowState } from '../../../renderer/store/state.ts';
import { alarm, at, chair, chairId, epochMs, MONITOR, session, station } from '../support.ts';

const ON: AudioState = { kind: 'on' };
const PAUSED: AudioState = { kind: 'paused', since: at(0), until: at(120), by: 'AB' };

/** A chair with these alarms; `sounding` is what the station says of it. */
const loud = (
  id: string,
  sounding: AlarmPriority | null,
  alarms: readonly ActiveAlarm[],
  audio: AudioState = ON,
): ChairView => {
  const plain = chair({ id: chairId(id) });
  return { ...plain, alarms: { ...plain.alarms, alarms, audio, sounding } };
};
const room = (chairs: readonly ChairView[]): Partial<WindowState> => ({
  link: 'live',
  station: fromSnapshot(station({ chairs }), null),
});

const setUp = (first: Partial<WindowState> = {}) => {
  const store = createStore<WindowState>(() => ({ ...initialState(null), ...first }));
  const heard: string[] = [];
  const gains: number[] = [];
  const output: { state: SoundState; ms: number } = { state: 'ready', ms: 0 };
  let tick: () => void = () => undefined;
  startAlarmSound({
    store,
    player: {
      play: (sound, gain) => {
        heard.push(sound);
        gains.push(gain);
        return output.ms + 20;
      },
      stop: () => heard.push('stop'),
      enable: () => undefined,
      look: () => output.state,
    },
    every: (_periodMs, onTick) => {
      tick = onTick;
      return () => undefined;
    },
    local: { monoMs: () => output.ms, wallMs: () => output.ms },
    report: () => undefined,
  });
  return {
    store,
    heard,
    gains,
    output,
    pass: (ms: number) => {
      for (const end = output.ms + ms; output.ms < end; ) {
        output.ms += 250;
        tick();
      }
    },
  };
};

describe('a window on several chairs', () => {
  it('sounds the highest priority of all of them', () => {
    const { heard } = setUp();
    const { heard: both, store } = setUp();
    store.setState(
      room([loud('c1', 'medium', [alarm('a', 'medium')]), loud('c2', 'high', [alarm('b', 'high')])]),
    );
    expect(both).toEqual(['high']);
    expect(heard).toEqual([]);
  });

  it('is interrupted at once when another chair has a higher one, without waiting for a tick', () => {
    const { heard, store } = setUp(room([]));
    const first = loud('c1', 'medium', [alarm('a', 'medium')]);
    store.setState(room([first]));
    store.setState(room([first, loud('c2', 'high', [alarm('b', 'high')])]));
    expect(heard).toEqual(['medium', 'high']);
  });

  it('goes on with the other chairs when the audio of one is paused', () => {
    const { heard, store, pass } = setUp();
    const quiet = loud('c1', null, [alarm('a', 'high')], PAUSED);
    store.setState(room([quiet, loud('c2', 'medium', [alarm('b', 'medium')])]));
    expect(heard).toEqual(['medium']);
    store.setState(room([quiet, loud('c2', null, [alarm('b', 'medium')], PAUSED)]));
    pass(30_000);
    expect(heard).toEqual(['medium', 'stop']);
  });

  it('sounds a new condition that breaks through the pause of its chair, at once', () => {
    const { heard, store } = setUp();
    store.setState(room([loud('c1', null, [alarm('a', 'high')], PAUSED)]));
    expect(heard).toEqual([]);
    store.setState(room([loud('c1', 'high', [alarm('new', 'high'), alarm('a', 'high')], PAUSED)]));
    expect(heard).toEqual(['high']);
  });

  it('starts the burst again when the same alarm comes on a second chair', () => {
    const { heard, store } = setUp();
    const one = loud('c1', 'high', [alarm('spo2-low', 'high')]);
    store.setState(room([one]));
    store.setState(room([one, loud('c2', 'high', [alarm('spo2-low', 'high')])]));
    expect(heard).toEqual(['high', 'high']);
  });

  it('does not start again for a reading that waits for its confirmation, but when it is confirmed', () => {
    const { heard, store } = setUp();
    const one = alarm('a', 'medium');
    const waiting = alarm('bp-high', 'medium', { state: 'unconfirmed' });
    store.setState(room([loud('c1', 'medium', [one])]));
    store.setState(room([loud('c1', 'medium', [one, waiting])]));
    expect(heard).toEqual(['medium']);
    store.setState(room([loud('c1', 'medium', [one, { ...waiting, state: 'active' }])]));
    expect(heard).toEqual(['medium', 'medium']);
  });
});

describe('a window whose sound is held back', () => {
  it('says so, and sounds at once when it is free', () => {
    const { heard, store, output, pass } = setUp();
    output.state = 'stalled';
    store.setState(room([loud('c1', 'high', [alarm('a', 'high')])]));
    pass(5_000);
    expect([store.getState().sound, heard]).toEqual(['stalled', []]);
    output.state = 'ready';
    pass(250);
    expect([store.getState().sound, heard]).toEqual(['ready', ['high']]);
  });
});

describe('the volume of a window', () => {
  const quietest = { ...initialState(null).soundSettings, volume: VOLUME.min };
  const inSession = { ...loud('c1', 'high', [alarm('a', 'high')]), session: session() };

  it('cannot be undercut while a session is open, whatever was set before', () => {
    const { gains, store } = setUp({ soundSettings: quietest });
    store.setState(room([inSession]));
    expect(gains).toEqual([stepGain(VOLUME.sessionFloor)]);
  });

  it('holds its floor while the station is not heard', () => {
    expect(volumeInForce({ ...initialState(null), soundSettings: quietest, link: 'silent' })).toBe(
      VOLUME.sessionFloor,
    );
    expect(volumeInForce({ ...initialState(null), soundSettings: quietest, link: 'live' })).toBe(VOLUME.min);
  });

  it('goes up by a step for a high alarm that nobody answered for a minute, not above the loudest', () => {
    const { gains, store, pass } = setUp();
    store.setState(room([inSession]));
    pass(70_000);
    expect([gains[0], gains.at(-1)]).toEqual([stepGain(VOLUME.initial), stepGain(VOLUME.initial + 1)]);
    const top = setUp({ soundSettings: { ...quietest, volume: VOLUME.max } });
    top.store.setState(room([inSession]));
    top.pass(70_000);
    expect(new Set(top.gains)).toEqual(new Set([1]));
  });
});

describe('the soft tone', () => {
  const reading = (seconds: number): ChairView =>
    chair({
      cuff: {
        ...chair().cuff,
        last: {
          systolic: 120,
          diastolic: 80,
          mean: 93,
          pulseRate: null,
          receivedAt: at(seconds),
          ageAtReceiptMs: 0,
          monitorId: MONITOR,
        },
      },
    });
  const wanted = { ...initialState(null).soundSettings, isReadingTone: true };

  it('comes with a new cuff reading where it is wanted, not with the one that was there before', () => {
    const { heard, store } = setUp({ soundSettings: wanted });
    store.setState(room([reading(10)]));
    expect(heard).toEqual([]);
    store.setState(room([reading(70)]));
    store.setState(room([reading(70)]));
    expect(heard).toEqual(['information']);
  });

  it('does not come where nobody wanted it', () => {
    const { heard, store } = setUp();
    store.setState(room([reading(10)]));
    store.setState(room([reading(70)]));
    expect(heard).toEqual([]);
  });

  it('never comes between the bursts of an alarm', () => {
    const { heard, store } = setUp({ soundSettings: wanted });
    const alarming = loud('c2', 'low', [alarm('a', 'low')]);
    store.setState(room([reading(10), alarming]));
    store.setState(room([reading(70), alarming]));
    expect(heard).toEqual(['low']);
  });
});

describe('what a window demands', () => {
  const calling = { ...initialState(null), ...room([loud('c1', 'low', [alarm('a', 'low')])]) };

  it('is what the station wants heard', () => {
    expect(windowDemand(calling, 0)?.priority).toBe('low');
  });

  it('is a high burst while the station is not heard, unless it is paused in this window for its two minutes', () => {
    expect(windowDemand({ ...calling, link: 'silent' }, 0)).toEqual({
      priority: 'high',
      keys: ['not-monitoring'],
      standing: ['not-monitoring'],
    });
    const paused = { ...calling, link: 'silent' as const, silencedUntil: epochMs(1_000) };
    expect(windowDemand(paused, 999)).toBeNull();
    expect(windowDemand(paused, 1_000)?.priority).toBe('high');
  });

  it('is nothing before the station was heard', () => {
    expect(windowDemand(initialState(null), 0)).toBeNull();
  });
});
