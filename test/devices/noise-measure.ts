/**
 * Measures what heavy noise gets through the drivers of monitors that send a stream without being asked. Run by hand, its
 * figures stand in the families' READMEs:
 *
 *     node test/devices/noise-measure.ts ivy-450c 1000000
 *
 * A patient's numbers wander; every second message is damaged: 2-8 flipped bits, a burst of 2-12 random bytes, or 1-12
 * lost bytes. Counted are numbers that were told and not sent with that message. The same seed gives the same figures.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { Driver } from '../../devices/device.ts';
import { bits, type Stream, stream } from '../../simulators/random.ts';
import { at } from './drive.ts';
import { NOISE_FAMILIES, type NoiseFamily, type Sent } from './noise-families.ts';

type Random = (below: number) => number;
const createRandom = (source: Stream): Random => {
  let tick = 0;
  return (below) => {
    tick += 1;
    return bits(source, tick) % below;
  };
};

const DAMAGES: readonly ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  (bytes, random) => {
    const damaged = bytes.slice();
    for (let flips = 2 + random(7); flips > 0; flips -= 1) {
      const index = random(damaged.length);
      damaged[index] = (damaged[index] ?? 0) ^ (1 << random(8));
    }
    return damaged;
  },
  (bytes, random) => {
    const damaged = bytes.slice();
    const start = random(bytes.length);
    const end = Math.min(bytes.length, start + 2 + random(11));
    for (let index = start; index < end; index += 1) damaged[index] = random(256);
    return damaged;
  },
  (bytes, random) => {
    const start = random(bytes.length);
    const lost = 1 + random(12);
    return Uint8Array.from([...bytes.subarray(0, start), ...bytes.subarray(start + lost)]);
  },
];

const walk = (value: number, low: number, high: number, step: number, random: Random): number =>
  Math.min(high, Math.max(low, value + (random(3) === 0 ? random(2 * step + 1) - step : 0)));

const measure = (family: NoiseFamily, messages: number, seed: number) => {
  const random = createRandom(stream(seed, 'noise-measure'));
  const driver: Driver = family.createDriver();
  driver.start(at(0));
  let sent: Sent = { heartRate: 72, respiration: 14, spo2: 97, pulse: 72, systolic: 120 };
  let told = 0;
  let wrong = 0;
  /** Numbers of metrics that no message told. */
  let unsent = 0;
  let damaged = 0;
  const worst: Partial<Record<MetricId, number>> = {};
  for (let index = 1; index <= messages; index += 1) {
    sent = {
      heartRate: walk(sent.heartRate, 50, 140, 3, random),
      respiration: walk(sent.respiration, 8, 30, 2, random),
      spo2: walk(sent.spo2, 80, 100, 1, random),
      pulse: walk(sent.pulse, 50, 140, 3, random),
      systolic: index % 60 === 0 ? 90 + random(80) : sent.systolic,
    };
    const truth = family.truth(sent);
    const clean = family.message(sent);
    const isDamaged = index % 2 === 0;
    if (isDamaged) damaged += 1;
    const bytes = isDamaged ? (DAMAGES[random(DAMAGES.length)]?.(clean, random) ?? clean) : clean;
    for (const output of driver.receive(bytes, at(index * family.periodMs))) {
      if (output.type !== 'observation' || output.observation.value === null) continue;
      told += 1;
      const { metric, value } = output.observation;
      const right = truth[metric];
      if (right === value) continue;
      wrong += 1;
      if (right === undefined) unsent += 1;
      else worst[metric] = Math.max(worst[metric] ?? 0, Math.abs(value - right));
    }
  }
  return { seed, messages, damaged, told, wrong, unsent, worst };
};

const [name = '', count = '1000000', seed = '1'] = process.argv.slice(2);
const family = NOISE_FAMILIES[name];
if (family === undefined) {
  process.stderr.write(
    `usage: node test/devices/noise-measure.ts (${Object.keys(NOISE_FAMILIES).join('|')}) [MESSAGES] [SEED]\n`,
  );
  process.exitCode = 2;
} else {
  process.stdout.write(`${JSON.stringify({ name, ...measure(family, Number(count), Number(seed)) })}\n`);
}
