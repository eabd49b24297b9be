import { describe, expect, it } from 'vitest';
import { createContinuity } from '../../../devices/framing/line-continuity.ts';

interface Line {
  readonly clock: number;
  readonly value: number | null;
  readonly shape?: string;
  readonly monitor?: string;
  readonly alarm?: boolean;
  readonly contradicts?: boolean;
}

const judge = () =>
  createContinuity<Line>({
    periodMs: 2,
    steps: [{ step: 1, settle: 6 }],
    clockMs: ({ clock }) => clock,
    signature: ({ shape }) => shape ?? '',
    isOtherMonitor: (a, b) => a.monitor !== b.monitor,
    numbers: ({ value }) => [value],
    isAnnounced: (previous, line) => previous.alarm !== true && line.alarm === true,
    isContradictory: ({ contradicts }) => contradicts === true,
  });

/** For each line in turn what became known with it: `97` accepted, `!97` refused; the last entry is the end. */
const run = (lines: readonly (Line | 'skip')[]): readonly string[] => {
  const continuity = judge();
  const words = (verdicts: ReturnType<typeof continuity.end>): string =>
    verdicts.map(({ accepted, line }) => `${accepted ? '' : '!'}${line.value}@${line.clock}`).join(' ');
  const out = lines.map((line) => {
    if (line !== 'skip') return words(continuity.push(line));
    continuity.passOver();
    return '';
  });
  return [...out, words(continuity.end())];
};
const steady = (...values: readonly (number | null)[]): Line[] =>
  values.map((value, index) => ({ clock: 2 * index, value }));

describe('the judge of successive lines', () => {
  it('waits for the second line, then accepts each line as it comes', () => {
    expect(run(steady(97, 97, 96, 97))).toEqual(['', '97@0 97@2', '96@4', '97@6', '']);
  });

  it('accepts a lone line at the end, when nothing speaks against it', () => {
    expect(run(steady(97))).toEqual(['', '97@0']);
  });

  it('refuses a number that leaves and comes back within one line', () => {
    expect(run(steady(97, 97, 17, 97, 97))).toEqual(['', '97@0 97@2', '', '!17@4 97@6', '97@8', '']);
  });

  it('accepts a leap unchanged as soon as the next line confirms it', () => {
    expect(run(steady(97, 97, 90, 89))).toEqual(['', '97@0 97@2', '', '90@4 89@6', '']);
  });

  it('does not hold a leap that the monitor itself announces with an alarm', () => {
    const lines = [...steady(97, 97), { clock: 4, value: 84, alarm: true }];
    expect(run(lines)).toEqual(['', '97@0 97@2', '84@4', '']);
  });

  it('does not hold a trend that goes on at no greater pace', () => {
    const lines = [
      ...steady(97, 97),
      { clock: 4, value: 88, alarm: true },
      { clock: 6, value: 82, alarm: true },
    ];
    expect(run(lines)).toEqual(['', '97@0 97@2', '88@4', '82@6', '']);
  });

  it('does not hold a number that goes away, and holds the first that comes back', () => {
    expect(run(steady(97, 97, null, 95, 95))).toEqual(['', '97@0 97@2', 'null@4', '', '95@6 95@8', '']);
  });

  it('refuses the first number after a gap when the next line is damaged in its layout', () => {
    const lines = [
      ...steady(97, 97, null, 14),
      { clock: 8, value: 95, shape: 'damaged' },
      { clock: 10, value: 95 },
    ];
    expect(run(lines)).toEqual(['', '97@0 97@2', 'null@4', '', '!14@6', '!95@8', '95@10']);
  });

  it('refuses a leap that nothing confirmed before the end', () => {
    expect(run(steady(97, 97, 17))).toEqual(['', '97@0 97@2', '', '!17@4']);
  });

  it('refuses a line whose clock is wrong once', () => {
    const lines = [...steady(97, 97), { clock: 44, value: 97 }, { clock: 6, value: 97 }];
    expect(run(lines)).toEqual(['', '97@0 97@2', '', '!97@44 97@6', '']);
  });

  it('follows a clock that was set, or a gap, when two lines agree', () => {
    const lines = [...steady(97, 97), { clock: 44, value: 96 }, { clock: 46, value: 96 }];
    expect(run(lines)).toEqual(['', '97@0 97@2', '', '96@44 96@46', '']);
  });

  it('counts refused lines for the clock', () => {
    const lines: (Line | 'skip')[] = [...steady(97, 97), 'skip', { clock: 6, value: 97 }];
    expect(run(lines)).toEqual(['', '97@0 97@2', '', '97@6', '']);
  });

  it('refuses every line of a clock that never moves as one line after the other', () => {
    const lines = [5, 5, 5, 5].map((clock) => ({ clock, value: 97 }));
    expect(run(lines)).toEqual(['', '!97@5', '!97@5', '!97@5', '97@5']);
  });

  it('refuses a line of another shape inside a stream', () => {
    const lines = [...steady(97, 97), { clock: 4, value: 97, shape: 'other' }, { clock: 6, value: 97 }];
    expect(run(lines)).toEqual(['', '97@0 97@2', '', '!97@4 97@6', '']);
  });

  it('refuses lines of one monitor of which no two agree', () => {
    const lines = ['a', 'b', 'c'].map((shape, index) => ({ clock: 2 * index, value: 97, shape }));
    expect(run([...steady(97, 97), ...lines.map((line) => ({ ...line, clock: line.clock + 4 }))])).toEqual([
      '',
      '97@0 97@2',
      '',
      '!97@4',
      '!97@6',
      '!97@8',
    ]);
  });

  it('follows a new layout, but only after five lines without the old one', () => {
    const changed = steady(97, 97, 97, 97, 97, 97, 97, 97).map((line, index) =>
      index < 2 ? line : { ...line, shape: 'new' },
    );
    expect(run(changed)).toEqual([
      '',
      '97@0 97@2',
      '',
      '!97@4',
      '!97@6',
      '!97@8',
      '!97@10',
      '97@12 97@14',
      '',
    ]);
  });

  it('accepts lines that come from different monitors', () => {
    const lines = ['a', 'b', 'c'].map((monitor, index) => ({
      clock: 100 - index,
      value: 90 + index,
      shape: monitor,
      monitor,
    }));
    expect(run(lines)).toEqual(['', '90@100', '91@99', '92@98']);
  });

  it('believes a status that contradicts the numbers when it is repeated, and only then', () => {
    const odd = { clock: 4, value: null, contradicts: true };
    const once = [...steady(97, 97), odd, { clock: 6, value: 97 }];
    const twice = [...steady(97, 97), odd, { clock: 6, value: null, contradicts: true }];
    expect(run(once)).toEqual(['', '97@0 97@2', '', '!null@4 97@6', '']);
    expect(run(twice)).toEqual(['', '97@0 97@2', '', 'null@4 null@6', '']);
  });
});
