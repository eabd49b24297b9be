/**
 * Not a test: how many damaged frames get past the frame check. `node test/devices/intellivue/corruption-measure.ts [frames]`.
 * The damaged frames come one after the other, with values that all move; a frame counts as wrong when it yields a number that
 * was not sent in it.
 */
import { intellivueCodec, UNIT } from '../../../devices/intellivue/codec.ts';
import { at, newDriver, numeric, observationsOf, result, value, wire } from './support.ts';

const FRAMES = Number(process.argv[2] ?? 100_000);

let seed = 20_260;
/** Mulberry32: not linear, as the check is. */
const random = (below: number): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
};

const frameOf = (second: number): Uint8Array =>
  wire(
    result(second, [
      numeric(0x82cf, value(0x4182, UNIT.perMinute, 50 + (second % 60))),
      numeric(0x82d6, value(0x500a, UNIT.breathsPerMinute, 8 + (second % 13))),
      numeric(0x8400, value(0x4bb8, UNIT.percent, 80 + (second % 20))),
      numeric(0x8406, value(0x4822, UNIT.perMinute, 51 + (second % 61))),
    ]),
  );

const FRAMES_OF_AN_HOUR = Array.from({ length: 3599 }, (_, second) => frameOf(second));
const decoder = intellivueCodec.decoder();

const numbersIn = (bytes: Uint8Array): readonly string[] => {
  const driver = newDriver();
  driver.start(at(0));
  return observationsOf(driver.receive(bytes, at(1)))
    .filter(({ value: number }) => number !== null)
    .map(({ metric, value: number }) => `${metric} ${number}`);
};

type Damage = (bytes: Uint8Array) => Uint8Array;
const DAMAGES: Readonly<Record<string, Damage>> = {
  'one bit flipped': (bytes) => {
    const place = random(bytes.length);
    return bytes.with(place, (bytes[place] ?? 0) ^ (1 << random(8)));
  },
  '2 to 16 bits flipped': (bytes) => {
    let damaged = bytes;
    for (let count = 2 + random(15); count > 0; count -= 1) {
      const place = random(bytes.length);
      damaged = damaged.with(place, (damaged[place] ?? 0) ^ (1 << random(8)));
    }
    return damaged;
  },
  'burst of 2 to 64 random bytes': (bytes) => {
    const damaged = bytes.slice();
    const place = random(bytes.length);
    for (let index = 0; index < 2 + random(63); index += 1)
      if (place + index < bytes.length) damaged[place + index] = random(256);
    return damaged;
  },
  '1 to 8 bytes lost': (bytes) => {
    const place = random(bytes.length);
    return Uint8Array.from([...bytes.subarray(0, place), ...bytes.subarray(place + 1 + random(8))]);
  },
  '1 to 8 bytes inserted': (bytes) => {
    const place = random(bytes.length);
    const extra = Array.from({ length: 1 + random(8) }, () => random(256));
    return Uint8Array.from([...bytes.subarray(0, place), ...extra, ...bytes.subarray(place)]);
  },
};

for (const [name, damage] of Object.entries(DAMAGES)) {
  let passed = 0;
  let wrong = 0;
  for (let index = 0; index < FRAMES; index += 1) {
    const second = index % 3599;
    const clean = FRAMES_OF_AN_HOUR[second] ?? new Uint8Array();
    const damaged = damage(clean);
    if (Buffer.compare(damaged, clean) === 0) continue;
    if (!decoder.push(damaged).some(({ ok }) => ok)) continue;
    passed += 1;
    const sent = new Set(numbersIn(clean));
    if (numbersIn(damaged).some((number) => !sent.has(number))) wrong += 1;
  }
  console.log(JSON.stringify({ damage: name, frames: FRAMES, passed, wrong }));
}
