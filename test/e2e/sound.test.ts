/**
 * The alarm sounds, listened to: the window's own code renders them in a real browser, and the samples are
 * measured against the figures of the alarm rules, which stand here as numbers. Ends of a pulse: 10 % of its top.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  decibels,
  gapsMs,
  type HeardPulse,
  hearPulses,
  lengthMs,
  peaks,
  type Recording,
} from './sound-analysis.ts';
import { openSoundPage, type SoundRenderer } from './sound-page.ts';
import { createStage } from './stage.ts';

const stage = createStage();
let renderer: SoundRenderer;
beforeAll(async () => {
  renderer = await openSoundPage(stage);
});
afterAll(stage.end);

const ALARMS = ['high', 'medium', 'low'] as const;
type Alarm = (typeof ALARMS)[number];
const heard: Partial<Record<Alarm | 'information', { sound: Recording; pulses: readonly HeardPulse[] }>> = {};
const hear = async (sound: Alarm | 'information') => {
  const known = heard[sound];
  if (known !== undefined) return known;
  const rendered = await renderer.listen([{ atMs: 0, sound }], 4);
  const found = { sound: rendered, pulses: hearPulses(rendered) };
  heard[sound] = found;
  return found;
};

const spread = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / Math.min(...values);

/** When bursts begin (ms): a pulse after at least 1.4 s of silence, longer than any pause within a burst. */
const burstStarts = (pulses: readonly HeardPulse[]): readonly HeardPulse[] =>
  pulses.filter(({ fromMs }, index) => index === 0 || fromMs - (pulses[index - 1]?.toMs ?? 0) > 1_400);
/** The first pulse's main frequency, to tell the priorities apart. */
const pitch = (sound: Recording, { fromMs, toMs }: HeardPulse): number =>
  [...peaks(sound, fromMs, toMs)].sort((a, b) => a.hz - b.hz)[0]?.hz ?? 0;

describe('one burst', () => {
  it('has ten pulses when high, three when medium, two when low (S-1)', async () => {
    const counts = [];
    for (const alarm of ALARMS) counts.push((await hear(alarm)).pulses.length);
    expect(counts).toEqual([10, 3, 2]);
  });

  it('is grouped three and two, a pause, and again, when high (S-2)', async () => {
    const { pulses } = await hear('high');
    const gaps = gapsMs(pulses);
    const longer = [gaps[2] ?? 0, gaps[7] ?? 0];
    const pause = gaps[4] ?? 0;
    const x = gaps.filter((_, index) => ![2, 4, 7].includes(index));
    expect(Math.min(...x)).toBeGreaterThanOrEqual(50);
    expect(Math.max(...x)).toBeLessThanOrEqual(125);
    expect(spread(x)).toBeLessThanOrEqual(0.05);
    const meanX = x.reduce((sum, each) => sum + each, 0) / x.length;
    const pulse = lengthMs(pulses[0] ?? never());
    for (const each of longer) expect(Math.abs(each / (2 * meanX + pulse) - 1)).toBeLessThanOrEqual(0.05);
    expect(pause).toBeGreaterThanOrEqual(350);
    expect(pause).toBeLessThanOrEqual(1_300);
  });

  it('spaces its pulses 125 to 250 ms apart when medium or low, evenly, and not hastier than high (S-3, S-4)', async () => {
    const high = await hear('high');
    const highStep = lengthMs(high.pulses[0] ?? never()) + (gapsMs(high.pulses)[0] ?? 0);
    for (const alarm of ['medium', 'low'] as const) {
      const { pulses } = await hear(alarm);
      const y = gapsMs(pulses);
      expect(Math.min(...y)).toBeGreaterThanOrEqual(125);
      expect(Math.max(...y)).toBeLessThanOrEqual(250);
      expect(spread(y)).toBeLessThanOrEqual(0.05);
      expect(lengthMs(pulses[0] ?? never()) + Math.min(...y)).toBeGreaterThanOrEqual(highStep);
    }
  });

  it.each([
    ['high', 75, 200],
    ['medium', 125, 250],
    ['low', 125, 250],
  ] as const)('%s: pulses last %i to %i ms, all alike (S-4)', async (alarm, least, most) => {
    const lengths = (await hear(alarm)).pulses.map(lengthMs);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(most);
    expect(spread(lengths)).toBeLessThanOrEqual(0.05);
  });

  it.each(ALARMS)(
    '%s: rises in a tenth to four tenths of a pulse and has fallen before the next rise (S-5)',
    async (alarm) => {
      const { pulses } = await hear(alarm);
      for (const pulse of pulses) {
        expect(pulse.riseMs / lengthMs(pulse)).toBeGreaterThanOrEqual(0.1);
        expect(pulse.riseMs / lengthMs(pulse)).toBeLessThanOrEqual(0.4);
        // A fall that takes a while, so that there is no click, and silence after it.
        expect(pulse.fallMs).toBeGreaterThan(5);
      }
      expect(Math.min(...gapsMs(pulses))).toBeGreaterThan(0);
    },
  );

  it.each(ALARMS)(
    '%s: four loudest peaks within 15 dB, from 150 to 4000 Hz, one of them to 1000 Hz (S-6)',
    async (alarm) => {
      const { sound, pulses } = await hear(alarm);
      for (const { fromMs, toMs } of pulses) {
        const four = peaks(sound, fromMs, toMs).slice(0, 4);
        expect(four.length).toBe(4);
        for (const { hz, db } of four) {
          expect(hz).toBeGreaterThanOrEqual(150);
          expect(hz).toBeLessThanOrEqual(4_000);
          expect(db).toBeGreaterThanOrEqual(-15);
        }
        expect(Math.min(...four.map(({ hz }) => hz))).toBeLessThanOrEqual(1_000);
      }
    },
  );

  it('is as loud in every pulse, and a lesser priority is not louder (S-10)', async () => {
    const levels: number[] = [];
    for (const alarm of ALARMS) {
      const each = (await hear(alarm)).pulses.map(({ level }) => level);
      expect(decibels(Math.max(...each) / Math.min(...each))).toBeLessThanOrEqual(10);
      levels.push(Math.max(...each));
    }
    const [high = 0, medium = 0, low = 0] = levels;
    expect(high).toBeGreaterThanOrEqual(medium);
    expect(medium).toBeGreaterThanOrEqual(low);
    expect(low).toBeGreaterThan(0);
  });

  it.each(ALARMS)('%s: is never clipped at the highest volume', async (alarm) => {
    const { samples } = (await hear(alarm)).sound;
    expect(samples.reduce((top, value) => Math.max(top, Math.abs(value)), 0)).toBeLessThan(1);
  });
});

describe('the information signal (S-14)', () => {
  it('is one soft tone of at least half a second without harmonics', async () => {
    const { sound, pulses } = await hear('information');
    expect(pulses.length).toBe(1);
    const [tone = never()] = pulses;
    expect(lengthMs(tone)).toBeGreaterThanOrEqual(500);
    expect(tone.riseMs).toBeGreaterThan(100);
    expect(peaks(sound, tone.fromMs, tone.toMs).length).toBe(1);
    const low = (await hear('low')).pulses.map(({ level }) => level);
    expect(decibels(tone.level / Math.min(...low))).toBeLessThanOrEqual(-6);
  });
});

describe('the volume (S-10, S-11)', () => {
  it('is heard at every step, each one louder than the one before', async () => {
    const levels: number[] = [];
    for (let step = 1; step <= 10; step += 1) {
      const [pulse = never()] = hearPulses(await renderer.listen([{ atMs: 0, sound: 'high', step }], 1));
      levels.push(pulse.level);
    }
    expect(decibels((levels[0] ?? 0) / 1)).toBeGreaterThan(-50);
    levels.slice(1).forEach((level, index) => {
      expect(decibels(level / (levels[index] ?? 0))).toBeGreaterThan(2);
    });
  });

  it('rises by one step when a high alarm is not answered for 60 s, and no further; a resolved one does not', async () => {
    const demand = { priority: 'high', keys: ['a'], standing: ['a'] } as const;
    const standing = await renderer.listenToCourse([{ fromMs: 0, demand }], 140, 6);
    const bursts = burstStarts(hearPulses(standing));
    const early = bursts.filter(({ fromMs }) => fromMs < 60_000).map(({ level }) => level);
    const late = bursts.filter(({ fromMs }) => fromMs >= 60_000).map(({ level }) => level);
    expect(early.length).toBeGreaterThan(5);
    expect(late.length).toBeGreaterThan(5);
    expect(decibels(Math.min(...late) / Math.max(...early))).toBeCloseTo(3, 0);
    expect(decibels(Math.max(...late) / Math.min(...late))).toBeLessThan(0.5);
    const resolved = await renderer.listenToCourse(
      [{ fromMs: 0, demand: { ...demand, standing: [] } }],
      90,
      6,
    );
    const all = burstStarts(hearPulses(resolved)).map(({ level }) => level);
    expect(decibels(Math.max(...all) / Math.min(...all))).toBeLessThan(0.5);
  });
});

describe('bursts in time (S-7, S-8, S-9)', () => {
  const one = (priority: Alarm, key: string) => ({ priority, keys: [key], standing: [key] });
  const inSeconds = (pulses: readonly HeardPulse[]) =>
    burstStarts(pulses).map(({ fromMs }) => Math.round(fromMs / 100) / 10);

  it('come every 8 s when high, every 20 s when medium', async () => {
    const high = await renderer.listenToCourse([{ fromMs: 0, demand: one('high', 'a') }], 30);
    expect(inSeconds(hearPulses(high))).toEqual([0, 8, 16, 24]);
    const medium = await renderer.listenToCourse([{ fromMs: 0, demand: one('medium', 'a') }], 50);
    expect(inSeconds(hearPulses(medium))).toEqual([0, 20, 40]);
  });

  it('come every 45 s when low, three times, and then no more', async () => {
    const low = await renderer.listenToCourse([{ fromMs: 0, demand: one('low', 'a') }], 200);
    expect(inSeconds(hearPulses(low))).toEqual([0, 45, 90]);
  });

  it('give way at once to a higher priority, in the middle of a pulse, without a trace of the lesser one', async () => {
    const sound = await renderer.listen(
      [
        { atMs: 0, sound: 'medium' },
        { atMs: 500, sound: 'high' },
      ],
      4,
    );
    const [first = never(), cut = never(), ...rest] = hearPulses(sound);
    expect(cut.toMs).toBeLessThan(540);
    expect([first, cut, ...rest].length).toBeGreaterThanOrEqual(11);
    const high = hearPulses(sound).filter(({ fromMs }) => fromMs > 505);
    const { pulses: alone, sound: plain } = await hear('high');
    const usual = pitch(plain, alone[0] ?? never());
    expect(high.length).toBe(10);
    expect(high[0]?.fromMs).toBeLessThan(550);
    high.forEach((pulse, index) => {
      expect(Math.abs(pulse.fromMs - 500 - (alone[index]?.fromMs ?? 0))).toBeLessThan(5);
      // What was left of the medium one would be lower by more than 100 Hz.
      expect(Math.abs(pitch(sound, pulse) - usual)).toBeLessThanOrEqual(8);
    });
  });

  it('begin anew for a new alarm of the same priority, and fall back to the lesser one when the higher has gone', async () => {
    const both = { priority: 'high', keys: ['a', 'b'], standing: ['a', 'b'] } as const;
    const sound = await renderer.listenToCourse(
      [
        { fromMs: 0, demand: one('high', 'a') },
        { fromMs: 5_000, demand: both },
        { fromMs: 10_000, demand: one('medium', 'c') },
        { fromMs: 16_000, demand: null },
      ],
      40,
    );
    const starts = burstStarts(hearPulses(sound));
    expect(starts.map(({ fromMs }) => Math.round(fromMs / 1000))).toEqual([0, 5, 10]);
    const pitches = starts.map((pulse) => pitch(sound, pulse));
    expect(Math.abs((pitches[1] ?? 0) - (pitches[0] ?? 0))).toBeLessThanOrEqual(8);
    expect(Math.abs((pitches[2] ?? 0) - (pitches[0] ?? 0))).toBeGreaterThan(100);
  });

  it('end at once, without a click, when nothing asks for them any more', async () => {
    const sound = await renderer.listen(
      [
        { atMs: 0, sound: 'high' },
        { atMs: 75, sound: null },
      ],
      2,
    );
    const [only = never(), ...more] = hearPulses(sound);
    expect(more).toEqual([]);
    expect(only.toMs).toBeLessThan(100);
    const jump = sound.samples.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (sound.samples[index - 1] ?? 0))),
      0,
    );
    const whole = (await hear('high')).sound.samples;
    const usual = whole.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (whole[index - 1] ?? 0))),
      0,
    );
    expect(jump).toBeLessThanOrEqual(usual * 1.05);
  });
});

const never = (): never => {
  throw new Error('there was no such pulse');
};
