/** The loudspeaker's watch and way back, on a stand-in for the browser's audio: its states and its clock. */
import { describe, expect, it } from 'vitest';
import { createPlayer } from '../../../renderer/audio/player.ts';

/** The part of an AudioContext that is watched; no sound is made. */
class FakeContext extends EventTarget {
  state: AudioContextState = 'suspended';
  currentTime = 0;
  resumed = 0;
  allows = true;
  resume(): Promise<void> {
    this.resumed += 1;
    if (!this.allows) return new Promise(() => undefined);
    this.state = 'running';
    this.dispatchEvent(new Event('statechange'));
    return Promise.resolve();
  }
  close(): Promise<void> {
    this.state = 'closed';
    this.dispatchEvent(new Event('statechange'));
    return Promise.resolve();
  }
}

const setUp = () => {
  const opened: FakeContext[] = [];
  const clock = { ms: 0 };
  const player = createPlayer({
    open: () => {
      const context = new FakeContext();
      opened.push(context);
      // The fake has what the player uses; the tests of the voice run in a real browser.
      return context as unknown as AudioContext;
    },
    nowMs: () => clock.ms,
    onChange: () => undefined,
  });
  /** Looks four times a second; the newest context's clock moves if `isMoving`. */
  const pass = (ms: number, isMoving: boolean) => {
    for (const end = clock.ms + ms; clock.ms < end; ) {
      clock.ms += 250;
      const newest = opened.at(-1);
      if (isMoving && newest?.state === 'running') newest.currentTime += 0.25;
      player.look();
    }
    return player.look();
  };
  const newest = (): FakeContext => opened.at(-1) ?? new FakeContext();
  return { player, opened, newest, pass };
};

describe('the loudspeaker of a window', () => {
  it('is blocked until it is enabled, and cannot be played', () => {
    const { player, newest, pass } = setUp();
    expect(player.look()).toBe('blocked');
    expect(player.play('high', 1)).toBeNull();
    newest().allows = false;
    player.enable();
    expect(pass(1_000, true)).toBe('blocked');
    newest().allows = true;
    player.enable();
    expect(pass(500, true)).toBe('ready');
  });

  it('says that it has failed when the browser closes it, and builds a new one by itself', async () => {
    const { player, opened, newest, pass } = setUp();
    player.enable();
    expect(pass(6_000, true)).toBe('ready');
    await newest().close();
    // Long since the last try: the next look says it and tries at once.
    expect(player.look()).toBe('failed');
    expect(opened.length).toBe(2);
    expect(pass(6_000, true)).toBe('ready');
  });

  it('says that it is stalled when its clock stands still, and keeps saying so until a clock moves', () => {
    const { player, opened, pass } = setUp();
    player.enable();
    pass(1_000, true);
    expect(pass(2_500, false)).toBe('stalled');
    expect(pass(3_000, false)).not.toBe('ready');
    expect(opened.length).toBeGreaterThan(1);
    expect(pass(12_000, true)).toBe('ready');
  });

  it('takes an error of the output seriously although the context says that it runs', () => {
    const { player, newest, pass } = setUp();
    player.enable();
    pass(1_000, true);
    newest().dispatchEvent(new Event('error'));
    expect(player.look()).toBe('failed');
  });

  it('says that there is no sound where the browser has none', () => {
    const player = createPlayer({ open: () => null, nowMs: () => 0, onChange: () => undefined });
    player.enable();
    expect(player.look()).toBe('unavailable');
    expect(player.play('high', 1)).toBeNull();
  });
});
