import { describe, expect, it } from 'vitest';
import { type Sounding, soundStep } from '../../../renderer/audio/sounder.ts';
import type { SoundDemand } from '../../../renderer/view-model/alarm.ts';

const high: SoundDemand = { priority: 'high', keys: ['a'], standing: ['a'] };
const medium: SoundDemand = { priority: 'medium', keys: ['b'], standing: ['b'] };
const low: SoundDemand = { priority: 'low', keys: ['c'], standing: ['c'] };

/** Plays a row of demands, one each 250 ms, and lists what started when. */
const play = (demandAt: (ms: number) => SoundDemand | null, untilMs: number): readonly string[] => {
  const heard: string[] = [];
  let sounding: Sounding | null = null;
  for (let ms = 0; ms <= untilMs; ms += 250) {
    const { next, action } = soundStep(sounding, demandAt(ms), ms);
    sounding = next;
    if (action.kind === 'start') heard.push(`${ms} ${action.priority}`);
    if (action.kind === 'stop') heard.push(`${ms} stop`);
  }
  return heard;
};

describe('which burst sounds when', () => {
  it('repeats a high one every 8 s until nothing asks for it', () => {
    expect(play((ms) => (ms < 17_000 ? high : null), 20_000)).toEqual([
      '0 high',
      '8000 high',
      '16000 high',
      '17000 stop',
    ]);
  });

  it('lets a higher priority interrupt at once', () => {
    expect(play((ms) => (ms < 250 ? medium : high), 1_000)).toEqual(['0 medium', '250 high']);
  });

  it('starts the burst again for a new condition of the same priority, not when one goes', () => {
    const two = { ...high, keys: ['a', 'd'] };
    expect(play((ms) => (ms < 1_000 ? high : ms < 2_000 ? two : high), 4_000)).toEqual([
      '0 high',
      '1000 high',
    ]);
  });

  it('sounds a low one three times and then keeps still, until a new condition comes', () => {
    const other = { ...low, keys: ['c', 'e'] };
    expect(play((ms) => (ms < 200_000 ? low : other), 210_000)).toEqual([
      '0 low',
      '45000 low',
      '90000 low',
      '200000 low',
    ]);
  });

  it('lets the burst of a higher one end before it falls back to a lesser one', () => {
    expect(play((ms) => (ms < 500 ? high : medium), 4_000)).toEqual(['0 high', '3250 medium']);
  });
});

describe('a high alarm that nobody answers (S-11)', () => {
  const steps = (demandAt: (ms: number) => SoundDemand, untilMs: number): readonly number[] => {
    const louder: number[] = [];
    let sounding: Sounding | null = null;
    for (let ms = 0; ms <= untilMs; ms += 250) {
      const { next, action } = soundStep(sounding, demandAt(ms), ms);
      sounding = next;
      if (action.kind === 'start') louder.push(action.louderSteps);
    }
    return louder;
  };

  it('gets louder by one step with the first burst after 60 s, and no further', () => {
    expect(steps(() => high, 136_000)).toEqual([...Array(8).fill(0), ...Array(10).fill(1)]);
  });

  it('does not get louder once it is resolved, nor when it is medium', () => {
    expect(Math.max(...steps(() => ({ ...high, standing: [] }), 200_000))).toBe(0);
    expect(Math.max(...steps(() => medium, 200_000))).toBe(0);
  });

  it('counts the minute of each alarm by itself: one that goes takes its minute along', () => {
    const other: SoundDemand = { priority: 'high', keys: ['z'], standing: ['z'] };
    const both: SoundDemand = { priority: 'high', keys: ['a', 'z'], standing: ['a', 'z'] };
    const course = (ms: number) => (ms < 50_000 ? high : ms < 59_000 ? both : other);
    expect(Math.max(...steps(course, 109_000))).toBe(0);
    expect(steps(course, 125_000).at(-1)).toBe(1);
  });
});
