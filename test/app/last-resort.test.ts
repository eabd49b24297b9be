import { expect, it } from 'vitest';
import { startLastResort } from '../../app/cli/last-resort.ts';
import { alarm, chair } from '../renderer/support.ts';
import { fakeClock } from '../support/fake-clock.ts';

const NO_SOUND = alarm('no-sound', 'medium', { category: 'technical' });

const start = () => {
  const clock = fakeClock();
  const said: string[] = [];
  let alarms: readonly (typeof NO_SOUND)[] = [];
  const stop = startLastResort({
    clock,
    chairs: () => {
      const plain = chair();
      return [{ ...plain, alarms: { ...plain.alarms, alarms } }];
    },
    write: (text) => said.push(text),
  });
  return {
    clock,
    stop,
    set: (next: readonly (typeof NO_SOUND)[]) => {
      alarms = next;
    },
    bells: () => said.filter((text) => text === '\u0007').length,
    lines: () => said.filter((text) => text !== '\u0007'),
  };
};

it('says nothing while a window can sound, or somebody has acknowledged that none can', async () => {
  const it = start();
  await it.clock.advance(60_000);
  it.set([{ ...NO_SOUND, acknowledged: { at: it.clock.now(), by: 'N' } }]);
  await it.clock.advance(60_000);
  expect([it.bells(), it.lines()]).toEqual([0, []]);
});

it('rings every 10 s and says why once a minute when no window can sound, and says when one can again', async () => {
  const it = start();
  it.set([NO_SOUND]);
  await it.clock.advance(60_000);
  expect(it.bells()).toBe(6);
  expect(it.lines()).toHaveLength(1);
  expect(it.lines()[0]).toContain('No window can sound alarms');
  await it.clock.advance(10_000);
  expect(it.lines()).toHaveLength(2);
  it.set([]);
  await it.clock.advance(2_000);
  expect(it.lines().at(-1)).toBe('A window can sound alarms again.\n');
});

it('rings every 2 s from the moment an alarm is on that nobody can hear', async () => {
  const it = start();
  it.set([NO_SOUND]);
  await it.clock.advance(4_000);
  expect(it.bells()).toBe(1);
  it.set([{ ...NO_SOUND, priority: 'high' }]);
  await it.clock.advance(10_000);
  expect(it.bells()).toBe(6);
  expect(it.lines().at(-1)).toContain('ALARM that no window can sound');
  it.stop();
  await it.clock.advance(10_000);
  expect(it.bells()).toBe(6);
});
