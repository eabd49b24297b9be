/**
 * What one flipped bit in one report among good ones does: node test/devices/philips-efficia/flip-measure.ts. Not part of the
 * tests, which hold the driver to the bound. Prints flips, flips after which a wrong number was told, and the worst.
 */
import { createEfficiaDriver } from '../../../devices/philips-efficia/driver.ts';
import { at, bytesOf, observationsIn } from '../drive.ts';
import { clockMs, nbp, pulse, reportFor, spo2, textOf } from './support.ts';

const items = [spo2(98), pulse(70), ...nbp(122, 85, 98, clockMs(-60_000))];
const query = { kind: 'query', timeMs: clockMs(0), controlId: 'OTHER', queryId: 'Q', filter: 'STA' } as const;
const good = (ms: number): Uint8Array => bytesOf(textOf(reportFor(query, ms, items)));
const run = (damaged: Uint8Array) => {
  const driver = createEfficiaDriver({ pollS: 2, inBlock: false, t1IsBody: false });
  driver.start(at(0));
  return [good(0), good(1000), damaged, good(3000), good(4000)].flatMap((bytes, index) => [
    ...driver.receive(bytes, at(index * 1000)),
    ...driver.tick(at(index * 1000 + 500)),
  ]);
};

const right = new Map(observationsIn(run(good(2000))).map(({ metric, value }) => [metric, value]));
const counts = { flips: 0, wrong: 0, absent: 0 };
const worst = new Map<string, number>();
for (let bit = 0; bit < good(2000).length * 8; bit += 1) {
  const damaged = good(2000);
  damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  counts.flips += 1;
  const told = observationsIn(run(damaged));
  if (told.some(({ value }) => value === null)) counts.absent += 1;
  const wrong = told.filter(({ metric, value }) => value !== null && value !== right.get(metric));
  if (wrong.length > 0) counts.wrong += 1;
  for (const { metric, value } of wrong) {
    const off = Math.abs((value ?? 0) - (right.get(metric) ?? 0));
    worst.set(metric, Math.max(worst.get(metric) ?? 0, off));
  }
}
process.stdout.write(`${JSON.stringify({ ...counts, worst: Object.fromEntries(worst) })}\n`);
