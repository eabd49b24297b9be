import { describe, expect, it } from 'vitest';
import * as reduce from '../../../renderer/store/reduce.ts';
import {
  at,
  chair,
  chairId,
  monitor,
  monitorId,
  note,
  session,
  sessionId,
  station,
  value,
} from '../support.ts';

const state = reduce.fromSnapshot(
  station({ chairs: [chair({ session: session() }), chair({ id: chairId('c2'), name: 'Chair 2' })] }),
  null,
);

describe('what a window knows after a push', () => {
  it('keeps the newest value of each metric, and leaves other chairs alone', () => {
    const after = reduce.withObservations(state, {
      chairId: chairId('c1'),
      values: [value('MDC_ECG_HEART_RATE', 70, at(1)), value('MDC_ECG_HEART_RATE', 72, at(2))],
    });
    expect(after.chairs[0]?.current.MDC_ECG_HEART_RATE?.observation.value).toBe(72);
    expect(after.chairs[1]).toBe(state.chairs[1]);
  });

  it('keeps the values when the rest of a chair changes', () => {
    const before = reduce.withObservations(state, {
      chairId: chairId('c1'),
      values: [value('MDC_ECG_HEART_RATE', 70, at(1))],
    });
    const { current: _current, ...changed } = chair({ name: 'Window seat' });
    const after = reduce.withChair(before, changed);
    expect(after.chairs[0]).toMatchObject({ name: 'Window seat', session: null });
    expect(after.chairs[0]?.current.MDC_ECG_HEART_RATE?.observation.value).toBe(70);
  });

  it('adds a chair it did not know at the end, and takes one away', () => {
    const { current: _current, ...added } = chair({ id: chairId('c9') });
    const after = reduce.withChair(state, added);
    expect(after.chairs.map(({ id }) => id)).toEqual(['c1', 'c2', 'c9']);
    expect(reduce.withoutChair(after, chairId('c1')).chairs.map(({ id }) => id)).toEqual(['c2', 'c9']);
  });

  it('replaces a monitor, adds one, and takes one away', () => {
    const quiet = reduce.withMonitor(state, monitor({ state: 'quiet' }));
    expect(quiet.monitors.map((each) => each.state)).toEqual(['quiet']);
    const two = reduce.withMonitor(state, monitor({ id: monitorId('m2') }));
    expect(reduce.withoutMonitor(two, monitorId('m1')).monitors.map(({ id }) => id)).toEqual(['m2']);
  });

  it('holds each entry of a record once and in order, whatever order they come in', () => {
    const id = sessionId('s1');
    const pushed = reduce.withEvents(state, id, [note(4)]);
    const loaded = reduce.withEvents(pushed, id, [note(1), note(2), note(3), note(4)]);
    expect(loaded.events[id]?.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  it('forgets, with a new snapshot, the entries of sessions that are no longer on a chair', () => {
    const id = sessionId('s1');
    const before = reduce.withEvents(state, id, [note(1)]);
    expect(reduce.fromSnapshot(station(), before).events).toEqual({});
    expect(
      reduce.fromSnapshot(station({ chairs: [chair({ session: session() })] }), before).events[id],
    ).toHaveLength(1);
  });
});
