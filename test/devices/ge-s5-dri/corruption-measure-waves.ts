/**
 * Measures what of damaged wave frames is drawn. Run by hand:
 *   node test/devices/ge-s5-dri/corruption-measure-waves.ts [frames] [seed]
 * Each damaged frame comes after 6 quiet seconds, when the driver is most trustful, and is followed by a clean one. Prints as
 * JSON, per kind of damage, how many frames made the driver draw samples that were not sent.
 */
import { driCodec } from '../../../devices/ge-s5-dri/codec.ts';
import { at, ecg, newDriver, RECORD_TIME_S, record, wire } from './support.ts';

const seeded = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const [frames = 1_000_000, seed = 1] = process.argv.slice(2, 4).map(Number);
const random = seeded(seed);
const upTo = (limit: number): number => Math.floor(random() * limit);

const wave = (number: number, timeS: number) =>
  driCodec.encode({
    kind: 'wave',
    header: { recordNumber: number & 0xff, level: 10, plugId: 0, timeS, reserved: 0 },
    subrecords: [
      {
        type: 1,
        status: 2,
        label: 0,
        samples: Array.from({ length: 120 }, (_, i) => 1 + ((i * 37 + number) % 900)),
      },
      {
        type: 8,
        status: 2,
        label: 0,
        samples: Array.from({ length: 40 }, (_, i) => 1 + ((i * 13 + number) % 300)),
      },
      {
        type: 15,
        status: 2,
        label: 0,
        samples: Array.from({ length: 10 }, (_, i) => 1 + ((i * 7 + number) % 90)),
      },
    ],
  });

const noise = (bytes: Uint8Array, from: number, count: number): Uint8Array => {
  const made = bytes.slice();
  for (let index = from; index < Math.min(made.length, from + count); index += 1) made[index] = upTo(256);
  return made;
};

const DAMAGES: Readonly<Record<string, (bytes: Uint8Array, next: Uint8Array) => Uint8Array>> = {
  '2 to 8 bytes replaced': (bytes) => {
    const made = bytes.slice();
    for (let count = 2 + upTo(7); count > 0; count -= 1) made[upTo(made.length)] = upTo(256);
    return made;
  },
  '2 to 16 bits flipped': (bytes) => {
    const made = bytes.slice();
    for (let count = 2 + upTo(15); count > 0; count -= 1) {
      const place = upTo(made.length);
      made[place] = (made[place] ?? 0) ^ (1 << upTo(8));
    }
    return made;
  },
  'burst of 2 to 64 random bytes': (bytes) => noise(bytes, upTo(bytes.length), 2 + upTo(63)),
  '1 to 8 bytes lost': (bytes) => {
    const from = upTo(bytes.length);
    return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(from + 1 + upTo(8))]);
  },
  'the beginning of one frame and the end of the next': (bytes, next) => {
    const from = upTo(Math.min(bytes.length, next.length));
    return Uint8Array.from([...bytes.subarray(0, from), ...next.subarray(from)]);
  },
};

const kinds = Object.keys(DAMAGES);
const wrong = new Map(kinds.map((kind) => [kind, 0]));
let second = 1;
let driver = newDriver();
for (let index = 0; index < frames; index += 1) {
  if (index % 1000 === 0) {
    driver = newDriver();
    driver.start(at(0));
    second = 1;
  }
  second += 6;
  const now = at(second);
  driver.receive(wire(record(ecg(70), { number: index, timeS: RECORD_TIME_S + second })), now);
  const clean = wave(index * 2, RECORD_TIME_S + second);
  const next = wave(index * 2 + 1, RECORD_TIME_S + second);
  const kind = kinds[index % kinds.length] ?? '';
  const damaged = DAMAGES[kind]?.(clean, next) ?? clean;
  if (Buffer.compare(damaged, clean) === 0) continue;
  // In raw steps, as they were sent.
  const sent = new Set(
    [...driCodec.decoder().push(clean), ...driCodec.decoder().push(next)].flatMap((decoded) =>
      decoded.ok && decoded.message.kind === 'wave'
        ? decoded.message.subrecords.map(({ samples }) => samples.join())
        : [],
    ),
  );
  const outputs = [...driver.receive(damaged, now), ...driver.receive(Uint8Array.of(0x7e), now)];
  const isWrong = outputs.some((output) => {
    if (output.type !== 'waveform') return false;
    const steps = { mV: 0.001, '1': 0.0001, Ohm: 0.01, 'mm[Hg]': Number.NaN }[output.block.unit];
    return !sent.has(output.block.samples.map((sample) => Math.round((sample ?? 0) / steps)).join());
  });
  if (isWrong) wrong.set(kind, (wrong.get(kind) ?? 0) + 1);
}
process.stdout.write(`${JSON.stringify({ frames, seed, wrong: Object.fromEntries(wrong) }, null, 2)}\n`);
