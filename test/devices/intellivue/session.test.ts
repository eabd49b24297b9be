import { describe, expect, it } from 'vitest';
import type { Driver, DriverOutput } from '../../../devices/device.ts';
import type { IntellivueMessage } from '../../../devices/intellivue/codec.ts';
import { silenceLimitMs } from '../../../devices/intellivue/session.ts';
import {
  accept,
  at,
  conditionsOf,
  description,
  hr,
  newDriver,
  result,
  sentIn,
  sentKinds,
  wire,
} from './support.ts';

/** Ticks four times a second, as the station does; what was sent, with its second. */
const tickTo = (driver: Driver, from: number, to: number): readonly string[] => {
  const sent: string[] = [];
  for (let second = from + 0.25; second <= to; second += 0.25)
    sent.push(...sentKinds(driver.tick(at(second))).map((kind) => `${second} ${kind}`));
  return sent;
};
const hear = (
  driver: Driver,
  second: number,
  ...messages: readonly IntellivueMessage[]
): readonly DriverOutput[] => driver.receive(wire(...messages), at(second));

const ERROR = (invokeId: number): IntellivueMessage => ({
  kind: 'error',
  invokeId,
  error: 9,
  data: new Uint8Array(4),
});

/** The invoke id of the last poll that was sent. */
const lastPollId = (outputs: readonly DriverOutput[]): number => {
  const poll = sentIn(outputs).findLast((message) => message.kind === 'poll-request');
  if (poll?.kind !== 'poll-request') throw new Error('no poll');
  return poll.invokeId;
};

describe('the connection', () => {
  it('is asked for at once and every 2 s until it is accepted', () => {
    const driver = newDriver();
    expect(sentKinds(driver.start(at(0)))).toEqual(['association-request']);
    expect(tickTo(driver, 0, 5)).toEqual(['2 association-request', '4 association-request']);
    hear(driver, 5, accept);
    expect(tickTo(driver, 5, 9)).toEqual([]);
  });

  it('the description is answered with its own invoke id, then values, waves and alarms are asked for, one at a time', () => {
    const driver = newDriver();
    driver.start(at(0));
    const outputs = hear(driver, 0, accept, {
      ...description(),
      kind: 'mds-create',
      invokeId: 77,
    } as IntellivueMessage);
    expect(sentIn(outputs)[0]).toMatchObject({ kind: 'mds-create-result', invokeId: 77 });
    expect(sentKinds(outputs)).toEqual(['mds-create-result', 'poll extended 6']);
    expect(tickTo(driver, 0, 1)).toEqual([
      '0.25 set-request',
      '0.5 poll extended 36',
      '0.75 poll extended 9',
    ]);
  });

  it('is hung up and asked for anew when the monitor accepts and says nothing more', () => {
    const driver = newDriver();
    driver.start(at(0));
    hear(driver, 1, accept);
    expect(tickTo(driver, 1, 8)).toEqual(['6 abort', '7 association-request']);
  });

  it('that is refused is ended, as an earlier one may still stand, and asked for anew; a person is told', () => {
    const driver = newDriver();
    driver.start(at(0));
    const first = hear(driver, 1, { kind: 'association-refuse' });
    expect([sentKinds(first), conditionsOf(first)]).toEqual([['abort'], []]);
    expect(tickTo(driver, 1, 2)).toEqual(['2 association-request']);
    const again = hear(driver, 3, { kind: 'association-refuse' });
    expect(conditionsOf(again)).toEqual([
      '+device-fault The monitor refuses the data connection. Is another computer connected to it?',
    ]);
    expect(conditionsOf(hear(driver, 5, accept, description()))).toHaveLength(1);
  });

  it('of an earlier station is ended when its data come, and they are read all the same', () => {
    const driver = newDriver();
    driver.start(at(0));
    const outputs = hear(driver, 0.5, result(1, [hr(72)]));
    expect(sentKinds(outputs)).toEqual(['abort']);
    expect(outputs.some(({ type }) => type === 'observation')).toBe(true);
    expect(tickTo(driver, 0.5, 2)).toEqual(['1.5 association-request']);
  });

  it('that the monitor aborts is asked for anew after a second', () => {
    const driver = newDriver();
    driver.start(at(0));
    hear(driver, 0, accept, description());
    expect(sentKinds(hear(driver, 1, { kind: 'abort' }))).toEqual([]);
    expect(tickTo(driver, 1, 2)).toEqual(['2 association-request']);
  });

  it('without values for 10 s is hung up and begun anew', () => {
    const driver = newDriver({ alarms: false, waves: false });
    driver.start(at(0));
    hear(driver, 0, accept, description());
    hear(driver, 1, result(1, [hr(72)]));
    const sent = tickTo(driver, 1, 12.5);
    expect(sent.slice(-2)).toEqual(['11 abort', '12 association-request']);
    // Before giving up it asks again.
    expect(sent.filter((one) => one.includes('poll')).length).toBeGreaterThanOrEqual(2);
  });
});

describe('polling', () => {
  const started = (options = { alarms: false, waves: false }) => {
    const driver = newDriver(options);
    driver.start(at(0));
    return { driver, outputs: hear(driver, 0, accept, description()) };
  };

  it('says something within half of the time after which the monitor hangs up, however long the line is good', () => {
    const { driver } = started();
    const spoken: number[] = [0];
    for (let second = 0.25; second < 120; second += 0.25) {
      if (second % 1 === 0) hear(driver, second, result(second, [hr(72)]));
      if (sentKinds(driver.tick(at(second))).length > 0) spoken.push(second);
    }
    const gaps = spoken.slice(1).map((second, index) => second - (spoken[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4.75);
  });

  it('falls back to single polls every second on a monitor that does not know extended ones', () => {
    const { driver, outputs } = started();
    hear(driver, 0.1, ERROR(lastPollId(outputs)));
    expect(tickTo(driver, 0.1, 3.5).map((one) => one.replace(/^\S+ /, ''))).toEqual([
      'poll single 6',
      'poll single 6',
      'poll single 6',
      'poll single 6',
    ]);
  });

  it('uses single polls from the start where values every second were not agreed on', () => {
    const driver = newDriver({ alarms: false, waves: true });
    driver.start(at(0));
    if (accept.kind !== 'association-accept') throw new Error('not an acceptance');
    const poor: IntellivueMessage = { ...accept, info: { ...accept.info, extendedOptions: 0 } };
    expect(sentKinds(hear(driver, 0, poor, description()))).toEqual(['mds-create-result', 'poll single 6']);
    expect(tickTo(driver, 0, 1)).toEqual(['1 poll single 6']);
  });

  it('goes on asking a monitor that refuses its values, slowly, and tells a person', () => {
    const { driver, outputs } = started();
    hear(driver, 0.1, ERROR(lastPollId(outputs)));
    const second = hear(driver, 0.6, ERROR(lastPollId(driver.tick(at(0.5)))));
    expect(conditionsOf(second)).toEqual([
      '+device-fault The monitor is connected but refuses to send its values.',
    ]);
    expect(tickTo(driver, 0.5, 5.25)).toEqual([]);
    const third = driver.tick(at(5.5));
    expect(sentKinds(third)).toEqual(['poll single 6']);
    hear(driver, 5.6, ERROR(lastPollId(third)));
    expect(tickTo(driver, 5.6, 11)).toEqual(['10.6 poll single 6']);
    expect(conditionsOf(hear(driver, 12, result(12, [hr(72)])))).toHaveLength(1);
  });

  it('does without waves where the monitor refuses them', () => {
    const { driver } = started({ alarms: false, waves: true });
    driver.tick(at(0.25));
    const waves = driver.tick(at(0.5));
    expect(sentKinds(waves)).toEqual(['poll extended 9']);
    hear(driver, 0.6, ERROR(lastPollId(waves)));
    for (let second = 1; second < 30; second += 1) {
      hear(driver, second, result(second, [hr(72)]));
      expect(sentKinds(driver.tick(at(second)))).not.toContain('poll extended 9');
    }
  });
});

it.each([
  [8000, 10_000],
  [26_400, 10_000],
  [80_000, 30_000],
  [344_000, 129_000],
  [400_000, 130_000],
])('a poll period of %i ticks makes the monitor hang up after %i ms', (ticks, ms) => {
  expect(silenceLimitMs(ticks)).toBe(ms);
});
