import { describe, expect, it } from 'vitest';
import { createBatch, DRAW_EVERY_MS, pacedFrame } from '../../../renderer/store/batch.ts';

/** A window with a clock and frames that the test moves; the list of what was applied when. */
const setUp = () => {
  const clock = { ms: 0, isHidden: false, hasFrames: true };
  const due: { readonly atMs: number; readonly run: () => void }[] = [];
  const after = (ms: number, run: () => void) => {
    due.push({ atMs: clock.ms + ms, run });
  };
  const frame = pacedFrame({
    nowMs: () => clock.ms,
    isHidden: () => clock.isHidden,
    nextFrame: (run) => {
      if (clock.hasFrames) after(16, run);
    },
    after,
  });
  const applied: string[] = [];
  const { change, flush } = createBatch<readonly string[]>((fold) => {
    applied.push(`${clock.ms}: ${fold([]).join(' ')}`);
  }, frame);
  return {
    clock,
    applied,
    flush,
    say: (word: string) => change((words) => [...words, word]),
    pass: (ms: number) => {
      for (const end = clock.ms + ms; clock.ms < end; ) {
        clock.ms += 1;
        for (const each of due.filter(({ atMs }) => atMs === clock.ms)) each.run();
      }
    },
  };
};

describe('changes of the window', () => {
  it('are applied with the next frame, together and in order', () => {
    const { say, pass, applied } = setUp();
    say('a');
    say('b');
    pass(50);
    expect(applied).toEqual(['16: a b']);
  });

  it('are applied a few times a second at most, however steadily they come', () => {
    const { say, pass, applied } = setUp();
    for (let n = 0; n < 200; n += 1) {
      say('x');
      pass(10);
    }
    expect(applied.length).toBeLessThanOrEqual(1 + 2_000 / DRAW_EVERY_MS);
    expect(applied.length).toBeGreaterThanOrEqual(2_000 / (DRAW_EVERY_MS + 40));
    expect(applied.join(' ').match(/x/g)?.length).toBeGreaterThanOrEqual(175);
  });

  it('are not held back after a pause', () => {
    const { say, pass, applied } = setUp();
    say('a');
    pass(1_000);
    say('b');
    pass(50);
    expect(applied).toEqual(['16: a', '1016: b']);
  });

  it('are applied at once where they must not wait, and not twice', () => {
    const { say, pass, flush, applied } = setUp();
    say('a');
    flush();
    pass(500);
    expect(applied).toEqual(['0: a']);
  });

  it('are applied at once while the window is hidden, and without frames soon after it was', () => {
    const { say, pass, clock, applied } = setUp();
    clock.isHidden = true;
    say('a');
    say('b');
    expect(applied).toEqual(['0: a', '0: b']);
    clock.isHidden = false;
    clock.hasFrames = false;
    pass(1_000);
    say('c');
    pass(150);
    expect(applied.at(-1)).toBe('1100: c');
  });
});
