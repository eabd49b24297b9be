/**
 * Listens to samples: where pulses are, how fast they rise and fall, how loud they are, which frequencies they
 * hold. Knows nothing of how they were made.
 */

export interface Recording {
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

/** One pulse; times from the start of the recording. Its ends are where the level passes 10 % of its own top. */
export interface HeardPulse {
  readonly fromMs: number;
  readonly toMs: number;
  /** From 10 to 90 % of its top, and from 90 to 10 %. */
  readonly riseMs: number;
  readonly fallMs: number;
  /** Root mean square over its loudest part. */
  readonly level: number;
}

export const lengthMs = ({ fromMs, toMs }: HeardPulse): number => toMs - fromMs;

/** Silences between pulses (ms). */
export const gapsMs = (pulses: readonly HeardPulse[]): readonly number[] =>
  pulses.slice(1).map(({ fromMs }, index) => fromMs - (pulses[index]?.toMs ?? Number.NaN));

export const decibels = (ratio: number): number => 20 * Math.log10(ratio);

/** Window of the level: a little longer than the longest period that is expected (ms). */
const LEVEL_WINDOW_MS = 5;
const LEVEL_STEP_MS = 0.5;
/** Below this share of full scale nobody hears anything: -80 dB. */
const SILENCE = 1e-4;

/** Root mean square around each half millisecond. */
export const levels = ({ samples, sampleRate }: Recording): readonly number[] => {
  const sums = new Float64Array(samples.length + 1);
  samples.forEach((value, index) => {
    sums[index + 1] = (sums[index] ?? 0) + value * value;
  });
  const half = Math.round((LEVEL_WINDOW_MS / 2000) * sampleRate);
  const step = (LEVEL_STEP_MS / 1000) * sampleRate;
  return Array.from({ length: Math.floor(samples.length / step) }, (_, index) => {
    const middle = Math.round(index * step);
    const from = Math.max(0, middle - half);
    const to = Math.min(samples.length, middle + half);
    return Math.sqrt(Math.max(0, (sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from));
  });
};

/** The pulses of a recording, in order. `floor`: what is quieter than this share of the loudest is not looked at. */
export const hearPulses = (recording: Recording, floor = 0.03): readonly HeardPulse[] => {
  const level = levels(recording);
  const loudest = level.reduce((top, value) => Math.max(top, value), 0);
  if (loudest < SILENCE) return [];
  const pulses: HeardPulse[] = [];
  let from: number | null = null;
  for (let index = 0; index <= level.length; index += 1) {
    const isLoud = (level[index] ?? 0) > loudest * floor;
    if (isLoud && from === null) from = index;
    if (!isLoud && from !== null) {
      pulses.push(measurePulse(level.slice(from, index), from));
      from = null;
    }
  }
  return pulses;
};

const measurePulse = (level: readonly number[], offset: number): HeardPulse => {
  const sorted = [...level].sort((a, b) => b - a);
  // Ripple of the level must not count as the top: the median of the loudest third.
  const top = sorted[Math.floor(sorted.length / 6)] ?? 0;
  const first = (share: number) => level.findIndex((value) => value >= top * share);
  const last = (share: number) => level.findLastIndex((value) => value >= top * share);
  const inMs = (index: number) => index * LEVEL_STEP_MS;
  return {
    fromMs: inMs(offset + first(0.1)),
    toMs: inMs(offset + last(0.1)),
    riseMs: inMs(first(0.9) - first(0.1)),
    fallMs: inMs(last(0.1) - last(0.9)),
    level: top,
  };
};

export interface Peak {
  readonly hz: number;
  /** Relative to the loudest peak. */
  readonly db: number;
}

/**
 * The peaks of the spectrum between 100 and 8000 Hz of a part of the recording, within 40 dB of the loudest, the
 * loudest first. Goertzel's filter each 4 Hz under a Hann window.
 */
export const peaks = ({ samples, sampleRate }: Recording, fromMs: number, toMs: number): readonly Peak[] => {
  const part = samples.slice(
    Math.round((fromMs / 1000) * sampleRate),
    Math.round((toMs / 1000) * sampleRate),
  );
  const windowed = part.map(
    (value, index) => value * (0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (part.length - 1))),
  );
  const step = 4;
  const lines = Array.from({ length: (8000 - 100) / step + 1 }, (_, index) => {
    const hz = 100 + index * step;
    return { hz, amplitude: goertzel(windowed, hz / sampleRate) };
  });
  const isPeak = (index: number) =>
    // Nothing louder within 100 Hz: the window's own side lobes are no peaks.
    lines
      .slice(Math.max(0, index - 25), index + 26)
      .every(({ amplitude }) => amplitude <= (lines[index]?.amplitude ?? 0));
  const top = lines.reduce((most, { amplitude }) => Math.max(most, amplitude), 0);
  return lines
    .filter((_, index) => isPeak(index))
    .map(({ hz, amplitude }) => ({ hz, db: decibels(amplitude / top) }))
    .filter(({ db }) => db > -40)
    .sort((a, b) => b.db - a.db);
};

/** Amplitude of one frequency (in cycles per sample). */
const goertzel = (samples: Float32Array, cyclesPerSample: number): number => {
  const coefficient = 2 * Math.cos(2 * Math.PI * cyclesPerSample);
  let before = 0;
  let last = 0;
  for (const sample of samples) {
    const next = sample + coefficient * last - before;
    before = last;
    last = next;
  }
  return Math.sqrt(Math.max(0, last * last + before * before - coefficient * last * before));
};
