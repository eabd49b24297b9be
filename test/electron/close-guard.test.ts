import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createCloseGuard } from '../../electron/close-guard.ts';
import { settle } from '../support/fake-clock.ts';
import { last, resetElectron, world } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).electronModule);

beforeEach(resetElectron);

const guard = (underTreatment: boolean | null) =>
  createCloseGuard(
    () => underTreatment,
    () => null,
  );

describe('closing', () => {
  it('stops without a question when no patient is under treatment', async () => {
    expect(await guard(false).ask()).toBe('stop');
    expect(world.questions).toEqual([]);
  });

  it('asks while a patient is under treatment, and the default keeps monitoring', async () => {
    const answer = guard(true).ask();
    const question = last(world.questions);
    expect(question.options.buttons).toEqual([
      'Keep monitoring in the background',
      'Stop monitoring…',
      'Cancel',
    ]);
    question.answer(question.options.defaultId ?? -1);
    expect(await answer).toBe('background');
    expect(world.questions).toHaveLength(1);
  });

  it('needs two deliberate answers to stop, and the second one’s default goes on monitoring', async () => {
    const first = guard(true);
    const hesitant = first.ask();
    last(world.questions).answer('Stop monitoring…');
    await settle();
    expect(world.questions).toHaveLength(2);
    last(world.questions).answer(last(world.questions).options.defaultId ?? -1);
    expect(await hesitant).toBe('background');

    const decided = first.ask();
    last(world.questions).answer('Stop monitoring…');
    await settle();
    last(world.questions).answer('Stop monitoring');
    expect(await decided).toBe('stop');
  });

  it('can be called off', async () => {
    const answer = guard(true).ask();
    last(world.questions).answer('Cancel');
    expect(await answer).toBe('cancel');
  });

  it('asks when the station has not said whether somebody is under treatment', async () => {
    const answer = guard(null).ask();
    expect(last(world.questions).options.message).toContain('may be under treatment');
    last(world.questions).answer('Cancel');
    await answer;
  });

  it('asks one question at a time', async () => {
    const one = guard(true);
    const first = one.ask();
    expect(await one.ask()).toBe('cancel');
    expect(world.questions).toHaveLength(1);
    last(world.questions).answer('Cancel');
    await first;
  });
});
