/**
 * Measures what heavy noise gets through a line driver. Run by hand, its figures stand in the families' READMEs:
 *
 *     node test/devices/line-corruption-measure.ts nellcor 10000000
 *
 * A patient's numbers wander; every second line is damaged, by one of three kinds of noise in turn of chance.
 * Counted are numbers that were told and not sent. The same seed gives the same figures.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { instant } from '../../core/time.ts';
import type { Driver } from '../../devices/device.ts';
import { masimoCodec } from '../../devices/masimo-ascii/codec.ts';
import { createMasimoDriver } from '../../devices/masimo-ascii/driver.ts';
import { nellcorCodec } from '../../devices/nellcor/codec.ts';
import { createNellcorDriver } from '../../devices/nellcor/driver.ts';

interface Vitals {
  readonly spo2: number;
  readonly pulseRate: number;
  readonly perfusionHundredths: number;
}

interface Family {
  readonly periodMs: number;
  createDriver(): Driver;
  line(vitals: Vitals, clockMs: number): Uint8Array;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  nellcor: {
    periodMs: 2000,
    createDriver: createNellcorDriver,
    line: ({ spo2, pulseRate }, clockMs) =>
      nellcorCodec.encode({
        kind: 'data',
        clockMs,
        spo2: { value: spo2, starred: false, end: 24 },
        pulseRate: { value: pulseRate, starred: false, end: 32 },
        amplitude: { value: 36, starred: false, end: 40 },
        codes: [],
        codeColumns: [],
        width: 61,
      }),
  },
  'masimo-ascii': {
    periodMs: 1000,
    createDriver: createMasimoDriver,
    line: ({ spo2, pulseRate, perfusionHundredths }, clockMs) =>
      masimoCodec.encode({
        clockMs,
        serial: '0000056661',
        spo2,
        pulseRate,
        perfusionIndex: perfusionHundredths / 100,
        alarm: 0,
        exceptions: 0x800,
        others: [
          { key: 'SPCO', text: '--.-%' },
          { key: 'SPMET', text: '--.-%' },
          { key: 'DESAT', text: '--' },
          { key: 'PIDELTA', text: '+--' },
        ],
        form: { piHasPercent: true, bpmHasPercent: false, status: 'narrow' },
      }),
  },
};

type Random = (below: number) => number;

/** xorshift32; the same on every machine. */
const createRandom = (seed: number): Random => {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

/** Two to eight flipped bits, somewhere in the line. */
const flipBits = (line: Uint8Array, random: Random): Uint8Array => {
  const damaged = line.slice();
  for (let flips = 2 + random(7); flips > 0; flips -= 1) {
    const index = random(damaged.length);
    damaged[index] = (damaged[index] ?? 0) ^ (1 << random(8));
  }
  return damaged;
};

/** A burst: two to twelve neighbouring bytes become any bytes. */
const burst = (line: Uint8Array, random: Random): Uint8Array => {
  const damaged = line.slice();
  const start = random(line.length);
  for (let index = start; index < Math.min(line.length, start + 2 + random(11)); index += 1)
    damaged[index] = random(256);
  return damaged;
};

/** One to twelve neighbouring bytes are lost (a full buffer). */
const lose = (line: Uint8Array, random: Random): Uint8Array => {
  const start = random(line.length);
  const end = start + 1 + random(12);
  const damaged = new Uint8Array(Math.max(start, line.length - (end - start)));
  damaged.set(line.subarray(0, start));
  damaged.set(line.subarray(end), start);
  return damaged;
};

const NOISE = { flipBits, burst, lose } as const;
type NoiseName = keyof typeof NOISE;

const walk = (value: number, low: number, high: number, step: number, random: Random): number =>
  Math.min(high, Math.max(low, value + (random(3) === 0 ? random(2 * step + 1) - step : 0)));

const measure = (name: string, family: Family, damagedLines: number, seed: number): unknown => {
  const random = createRandom(seed);
  const driver = family.createDriver();
  const now = instant(0, 0);
  driver.start(now);
  const sent = new Map<number, Readonly<Partial<Record<MetricId, number>>>>();
  const noiseNames = Object.keys(NOISE) as NoiseName[];
  const wrong = { observations: 0, valid: 0, ofUnsentTime: 0, lines: new Set<number>() };
  const worst: Partial<Record<MetricId, number>> = {};
  const wrongByNoise: Record<NoiseName, number> = { flipBits: 0, burst: 0, lose: 0 };
  let told = 0;
  let noise: NoiseName = 'flipBits';
  let vitals: Vitals = { spo2: 97, pulseRate: 72, perfusionHundredths: 360 };
  let clockMs = Date.UTC(2026, 0, 1);
  let lines = 0;
  for (let damaged = 0; damaged < damagedLines; lines += 1) {
    vitals = {
      spo2: walk(vitals.spo2, 80, 100, 1, random),
      pulseRate: walk(vitals.pulseRate, 50, 140, 3, random),
      perfusionHundredths: walk(vitals.perfusionHundredths, 50, 900, 40, random),
    };
    clockMs += family.periodMs;
    sent.set(clockMs, {
      MDC_PULS_OXIM_SAT_O2: vitals.spo2,
      MDC_PULS_OXIM_PULS_RATE: vitals.pulseRate,
      MDC_BLD_PERF_INDEX: vitals.perfusionHundredths / 100,
    });
    sent.delete(clockMs - 50 * family.periodMs);
    const clean = family.line(vitals, clockMs);
    const isDamaged = random(2) === 0;
    if (isDamaged && damaged % 500_000 === 0) {
      console.error(
        JSON.stringify({ damaged, told, wrong: wrong.observations, lines: wrong.lines.size, worst }),
      );
    }
    if (isDamaged) noise = noiseNames[random(noiseNames.length)] ?? 'burst';
    damaged += isDamaged ? 1 : 0;
    for (const output of driver.receive(isDamaged ? NOISE[noise](clean, random) : clean, now)) {
      if (output.type !== 'observation' || output.observation.value === null) continue;
      const { metric, value, validity, deviceTime } = output.observation;
      const truth = sent.get(Number(deviceTime))?.[metric];
      told += 1;
      if (truth === value) continue;
      wrong.observations += 1;
      wrong.valid += validity === 'valid' ? 1 : 0;
      wrong.ofUnsentTime += truth === undefined ? 1 : 0;
      wrong.lines.add(lines);
      wrongByNoise[noise] += 1;
      if (truth !== undefined) worst[metric] = Math.max(worst[metric] ?? 0, Math.abs(value - truth));
    }
  }
  const { lines: wrongLines, ...counts } = wrong;
  return {
    name,
    seed,
    lines,
    damagedLines,
    told,
    wrong: { ...counts, lines: wrongLines.size },
    wrongByNoise,
    worst,
  };
};

const [name = '', count = '1000000', seed = '1'] = process.argv.slice(2);
const family = FAMILIES[name];
if (family === undefined) {
  console.error(
    `usage: node test/devices/line-corruption-measure.ts (${Object.keys(FAMILIES).join('|')}) [LINES] [SEED]`,
  );
  process.exitCode = 2;
} else {
  console.log(JSON.stringify(measure(name, family, Number(count), Number(seed))));
}
