/**
 * Results of polls for waves → blocks of samples. What a wave is made of (period, packing, scale, unit) is sent once, in the
 * first result after connecting, and remembered; a wave whose description was never seen is not drawn.
 */
import type { WaveBlock, WaveId } from '../../core/observation/waveform.ts';
import type { Instant } from '../../core/time.ts';
import type { DriverOutput } from '../device.ts';
import {
  ATTRIBUTE,
  attributeAs,
  fixedValues,
  type ObservedSamples,
  observedSamples,
  readU16,
  readU32,
  type SampleSpec,
  type Scale,
  STATE,
  sampleSpec,
  scaleOf,
} from './attributes.ts';
import { parseFloat32 } from './float.ts';
import { WAVE_RULES, type WaveRule } from './nomenclature.ts';
import type { PolledObject, PollResult } from './poll.ts';
import { type MonitorClock, TICKS_PER_MS } from './time.ts';

/** Kind of a fixed value that marks samples without a signal. */
const INVALID_SAMPLES = 1;
const WORD_BITS = 16;
const NO_SIGNAL = STATE.invalid | STATE.unavailable | STATE.calibrating | STATE.test | STATE.demo;
const MAX_WAVES = 64;
/** A wave that stood still for longer begins anew (ms). */
const SILENT_MS = 5_000;

interface Description {
  readonly periodTicks: number | null;
  readonly spec: SampleSpec | null;
  readonly scale: Scale | null;
  readonly unit: number | null;
  readonly invalidMask: number;
}

const UNKNOWN: Description = { periodTicks: null, spec: null, scale: null, unit: null, invalidMask: 0 };

/** Reads the waves of one connection. */
export interface WaveReader {
  take(result: PollResult, receivedAt: Instant): readonly DriverOutput[];
}

const described = ({ attributes }: PolledObject, before: Description): Description => ({
  periodTicks: attributeAs(attributes, ATTRIBUTE.samplePeriod, readU32) ?? before.periodTicks,
  spec: sampleSpec(attributes) ?? before.spec,
  scale: scaleOf(attributes) ?? before.scale,
  unit: attributeAs(attributes, ATTRIBUTE.unit, readU16) ?? before.unit,
  invalidMask: fixedValues(attributes).find(({ id }) => id === INVALID_SAMPLES)?.mask ?? before.invalidMask,
});

interface Drawing {
  readonly unit: WaveBlock['unit'];
  readonly range: WaveBlock['range'];
  readonly value: (sample: number) => number;
}

/** The calibrated signal where the monitor gives a scale in the expected unit, else a fraction of full scale. */
const drawingOf = (rule: WaveRule, { scale, unit }: Description, significantBits: number): Drawing => {
  const lower = scale === null ? null : parseFloat32(scale.lowerBits);
  const upper = scale === null ? null : parseFloat32(scale.upperBits);
  const steps = scale === null ? 0 : scale.upperSample - scale.lowerSample;
  if (
    scale !== null &&
    unit === rule.unit &&
    steps > 0 &&
    lower &&
    upper &&
    'value' in lower &&
    'value' in upper
  ) {
    const perStep = (upper.value - lower.value) / steps;
    const value = (sample: number): number => lower.value + (sample - scale.lowerSample) * perStep;
    return { unit: rule.as, range: rule.range, value };
  }
  const full = 2 ** significantBits - 1;
  const range = rule.as === '1' ? rule.range : { low: 0, high: 1 };
  return { unit: '1', range, value: (sample) => sample / full };
};

interface Running {
  readonly key: string;
  readonly dueTicks: number;
}

/** Not the same wave from a second probe, and not the same block again; after a long silence anything goes. */
const follows = ({ key, dueTicks }: Running, nextKey: string, ticks: number, blockTicks: number): boolean => {
  if (Math.abs(ticks - dueTicks) > SILENT_MS * TICKS_PER_MS) return true;
  return key === nextKey && ticks > dueTicks - blockTicks / 2;
};

/** A reader that has seen nothing yet. */
export const createWaveReader = (clock: MonitorClock): WaveReader => {
  const descriptions = new Map<string, Description>();
  /** By wave: the object that gives it, and the relative time at which its next sample is due. */
  const running = new Map<WaveId, Running>();

  const blockOf = (
    { physioId, state, samples }: ObservedSamples,
    key: string,
    description: Description,
    ticks: number,
    receivedAt: Instant,
  ): DriverOutput[] => {
    const rule = WAVE_RULES.get(physioId);
    const { periodTicks, spec, invalidMask } = description;
    if (rule === undefined || periodTicks === null || periodTicks === 0 || samples.length === 0) return [];
    if (
      spec === null ||
      spec.sampleBits !== WORD_BITS ||
      spec.significantBits < 1 ||
      spec.significantBits > WORD_BITS
    )
      return [];
    const before = running.get(rule.wave);
    if (before !== undefined && !follows(before, key, ticks, samples.length * periodTicks)) return [];
    running.set(rule.wave, { key, dueTicks: ticks + samples.length * periodTicks });
    const mask = 2 ** spec.significantBits - 1;
    const { unit, range, value } = drawingOf(rule, description, spec.significantBits);
    const isSilent = (state & NO_SIGNAL) !== 0;
    const isMarked = (sample: number): boolean => invalidMask !== 0 && (sample & invalidMask) === invalidMask;
    const block: WaveBlock = {
      wave: rule.wave,
      unit,
      periodMs: periodTicks / TICKS_PER_MS,
      samples: samples.map((sample) => (isSilent || isMarked(sample) ? null : value(sample & mask))),
      range,
      receivedAt,
      isAfterGap: before === undefined || Math.abs(ticks - before.dueTicks) > periodTicks,
    };
    return [{ type: 'waveform', block }];
  };

  return {
    take(result, receivedAt) {
      const ticks = clock.unrolled(result.ticks);
      return result.contexts.flatMap(({ context, objects }) =>
        objects.flatMap((object) => {
          const key = `${context} ${object.handle}`;
          const description = described(object, descriptions.get(key) ?? UNKNOWN);
          if (descriptions.has(key) || descriptions.size < MAX_WAVES) descriptions.set(key, description);
          return observedSamples(object.attributes).flatMap((samples) =>
            blockOf(samples, key, description, ticks, receivedAt),
          );
        }),
      );
    },
  };
};
