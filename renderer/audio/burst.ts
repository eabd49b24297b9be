/**
 * The auditory alarm signals as data: what a burst consists of, and when its pulses sound. Designed with
 * reference to IEC 60601-1-8 (burst shape, spacing, harmonics, intervals); the figures inside the allowed
 * ranges are our choice. Nothing here makes a sound.
 */
import type { AlarmPriority } from '../../core/alarm/types.ts';

/** Everything this window can sound: the three alarms, and what is only information. */
export type SoundId = AlarmPriority | 'information';

export interface BurstSpec {
  /** Length of one pulse, rise and fall included (ms). */
  readonly pulseMs: number;
  /** Silences between pulses (ms); one fewer than there are pulses. */
  readonly gapsMs: readonly number[];
  readonly riseMs: number;
  readonly fallMs: number;
  /** Pitch (Hz). */
  readonly fundamentalHz: number;
  /** Levels of the fundamental and, in order, of its harmonics relative to the loudest (dB). */
  readonly harmonicsDb: readonly number[];
  /** Loudness of the whole burst, 0 to 1. High is not quieter than medium, medium not quieter than low. */
  readonly gain: number;
}

/** An alarm's burst, and how often it comes. */
export interface AlarmBurst extends BurstSpec {
  /** From the start of one burst to the start of the next (ms). */
  readonly repeatMs: number;
  /** How many bursts at most for one occurrence; null: until somebody answers. */
  readonly maxBursts: number | null;
}

/** Spacing x of grouped pulses of a high burst (ms), pulse length, and what follows from both. */
const X = 100;
const HIGH_PULSE = 120;
/** Three short, two after a longer gap (2x + one pulse). */
const FIVE = [X, X, 2 * X + HIGH_PULSE, X] as const;
const BETWEEN_FIVES = 700;
/** Spacing y of medium and low pulses (ms). */
const Y = 200;

export const BURSTS: Readonly<Record<AlarmPriority, AlarmBurst>> = {
  high: {
    pulseMs: HIGH_PULSE,
    gapsMs: [...FIVE, BETWEEN_FIVES, ...FIVE],
    riseMs: 24,
    fallMs: 24,
    fundamentalHz: 698,
    harmonicsDb: [0, -3, -6, -9],
    gain: 1,
    repeatMs: 8_000,
    maxBursts: null,
  },
  medium: {
    pulseMs: 200,
    gapsMs: [Y, Y],
    riseMs: 40,
    fallMs: 40,
    fundamentalHz: 523,
    harmonicsDb: [0, -3, -6, -9],
    gain: 0.8,
    repeatMs: 20_000,
    maxBursts: null,
  },
  low: {
    pulseMs: 200,
    gapsMs: [Y],
    riseMs: 40,
    fallMs: 40,
    fundamentalHz: 440,
    harmonicsDb: [0, -3, -6, -9],
    gain: 0.65,
    repeatMs: 45_000,
    maxBursts: 3,
  },
};

/**
 * A reading has arrived, or a reminder: unlike every alarm (alarm rules S-14), one soft, long, pure tone without
 * harmonics, slow to rise and slow to fall, at most half the amplitude of the quietest alarm. Its gain looks small
 * because all of it is in one component.
 */
const INFORMATION: BurstSpec = {
  pulseMs: 700,
  gapsMs: [],
  riseMs: 200,
  fallMs: 300,
  fundamentalHz: 330,
  harmonicsDb: [0],
  gain: 0.15,
};

export const SOUNDS: Readonly<Record<SoundId, BurstSpec>> = { ...BURSTS, information: INFORMATION };

/** One pulse of a burst, from the burst's start (ms). */
export interface Pulse {
  readonly startMs: number;
  readonly endMs: number;
}

/** When the pulses of a burst sound. */
export const pulseTimes = (spec: BurstSpec): readonly Pulse[] => {
  const pulses: Pulse[] = [{ startMs: 0, endMs: spec.pulseMs }];
  let endMs = spec.pulseMs;
  for (const gapMs of spec.gapsMs) {
    pulses.push({ startMs: endMs + gapMs, endMs: endMs + gapMs + spec.pulseMs });
    endMs += gapMs + spec.pulseMs;
  }
  return pulses;
};

/** Length of a whole burst (ms). */
export const burstLengthMs = (spec: BurstSpec): number => pulseTimes(spec).at(-1)?.endMs ?? 0;

/** Amplitudes of the harmonics (linear), scaled so that their sum never exceeds 1: no clipping. */
export const amplitudes = (spec: BurstSpec): readonly number[] => {
  const linear = spec.harmonicsDb.map((db) => 10 ** (db / 20));
  const sum = linear.reduce((total, value) => total + value, 0);
  return linear.map((value) => value / sum);
};
