/**
 * How often damaged replies pass the two check characters: node test/devices/ge-dinamap/corruption-measure.ts [count].
 * Each line is damaged by 2 to 8 flipped bits, a burst of 2 to 6 random bytes, or 1 to 4 lost bytes. Not part of the tests.
 */
import { dinamapCodec } from '../../../devices/ge-dinamap/codec.ts';
import type { Reply } from '../../../devices/ge-dinamap/message.ts';
import { bits, stream } from '../../../simulators/random.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const source = stream(1, 'dinamap.corruption');
let tick = 0;
const draw = (below: number): number => {
  tick += 1;
  return bits(source, tick) % below;
};

const replyOf = (): Reply => {
  const kind = draw(3);
  if (kind === 0) {
    const diastolic = 50 + draw(40);
    const systolic = diastolic + 25 + draw(40);
    const mean = diastolic + 10;
    return { kind: 'NA', status: 1, patient: 1, isStat: false, ageS: draw(600), systolic, diastolic, mean };
  }
  if (kind === 1) return { kind: 'OA', status: 1, spo2: 85 + draw(16), strength: draw(10), averagingS: 8 };
  return { kind: 'RA', source: 2, rate: 50 + draw(80) };
};

const damage = (bytes: Uint8Array): Uint8Array => {
  const kind = draw(3);
  const damaged = [...bytes];
  if (kind === 0) {
    for (let turn = 2 + draw(7); turn > 0; turn -= 1) {
      const place = draw(damaged.length);
      damaged[place] = (damaged[place] ?? 0) ^ (1 << draw(8));
    }
  } else {
    const length = kind === 1 ? 2 + draw(5) : 1 + draw(4);
    const place = draw(damaged.length - length);
    const noise = kind === 1 ? Array.from({ length }, () => draw(256)) : [];
    damaged.splice(place, length, ...noise);
  }
  return Uint8Array.from(damaged);
};

let passed = 0;
for (let index = 0; index < count; index += 1) {
  const sent = replyOf();
  const decoder = dinamapCodec.decoder();
  const read = decoder.push(damage(dinamapCodec.encode(sent)));
  const wrong = read.some(
    (one) => one.ok && one.message.kind !== 'other' && JSON.stringify(one.message) !== JSON.stringify(sent),
  );
  if (wrong) passed += 1;
}
process.stdout.write(`${passed} of ${count} damaged replies were read as another reply\n`);
