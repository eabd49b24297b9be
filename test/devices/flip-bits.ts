/**
 * Flips every bit of a capture, one at a time, and compares what a line driver tells with what it tells of the
 * clean capture. To be quick, each flip is run over the lines around it only: the driver looks at no more than
 * the last accepted line and the next one.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { Observation } from '../../core/observation/observation.ts';
import type { Driver } from '../../devices/device.ts';
import { drive, observationsIn } from './drive.ts';

export interface FlipResult {
  flips: number;
  /** Flips after which at least one number was told that was not sent. */
  flipsWithWrongValue: number;
  /** Of these, flips where the wrong number was called `valid`. */
  flipsWithWrongValidValue: number;
  /** Observations at a time at which the clean capture has none. */
  wrongTimes: number;
  /** Observations without a number where the clean capture has one. */
  wrongAbsences: number;
  /** Flips after which a right number or absence was told with another validity. */
  flipsWithOtherValidity: number;
  /** The greatest difference to what was sent, by metric. */
  worst: Partial<Record<MetricId, number>>;
}

/** Lines before and after the flipped one: enough to settle the clock and the numbers on both sides. */
const BEFORE = 4;
const AFTER = 3;
const LF = 0x0a;

export const flipEveryBit = (createDriver: () => Driver, capture: Uint8Array): FlipResult => {
  const clean = observationsIn(drive(createDriver(), capture));
  const sent = new Map(clean.map((one) => [keyOf(one), one]));
  const known = new Set(clean.map(fullKeyOf));
  const starts = lineStarts(capture);
  const result: FlipResult = {
    flips: 0,
    flipsWithWrongValue: 0,
    flipsWithWrongValidValue: 0,
    wrongTimes: 0,
    wrongAbsences: 0,
    flipsWithOtherValidity: 0,
    worst: {},
  };
  for (let line = 0; line < starts.length - 1; line += 1) {
    const first = starts[Math.max(0, line - BEFORE)] ?? 0;
    const last = starts[Math.min(starts.length - 1, line + 1 + AFTER)] ?? capture.length;
    const begin = starts[line] ?? 0;
    const end = starts[line + 1] ?? capture.length;
    for (let bit = begin * 8; bit < end * 8; bit += 1) {
      const damaged = capture.slice(first, last);
      const offset = (bit >> 3) - first;
      damaged[offset] = (damaged[offset] ?? 0) ^ (1 << (bit & 7));
      result.flips += 1;
      count(result, observationsIn(drive(createDriver(), damaged)), sent, known);
    }
  }
  return result;
};

const count = (
  result: FlipResult,
  observations: readonly Observation[],
  sent: ReadonlyMap<string, Observation>,
  known: ReadonlySet<string>,
): void => {
  const others = observations.filter((one) => !known.has(fullKeyOf(one)));
  const wrong = others.filter((one) => one.value !== null && sent.get(keyOf(one))?.value !== one.value);
  if (wrong.length > 0) result.flipsWithWrongValue += 1;
  if (wrong.some(({ validity }) => validity === 'valid')) result.flipsWithWrongValidValue += 1;
  if (others.some((one) => sent.get(keyOf(one))?.value === one.value)) result.flipsWithOtherValidity += 1;
  for (const one of others) {
    const original = sent.get(keyOf(one));
    if (original === undefined) result.wrongTimes += 1;
    else if (one.value === null && original.value !== null) result.wrongAbsences += 1;
    else if (one.value !== null && original.value !== null) {
      const difference = Math.abs(one.value - original.value);
      result.worst[one.metric] = Math.max(result.worst[one.metric] ?? 0, difference);
    }
  }
};

const keyOf = ({ metric, deviceTime }: Observation): string => `${metric} ${deviceTime}`;

const fullKeyOf = (one: Observation): string => `${keyOf(one)} ${one.value} ${one.validity}`;

/** Where each line begins, and the end of the capture. */
const lineStarts = (capture: Uint8Array): readonly number[] => {
  const starts = [0];
  for (const [index, byte] of capture.entries()) if (byte === LF) starts.push(index + 1);
  return starts.at(-1) === capture.length ? starts : [...starts, capture.length];
};
