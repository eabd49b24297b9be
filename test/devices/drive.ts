/** Runs a line driver over bytes, as one piece or cut anywhere, and sorts what it says. */
import type { Observation } from '../../core/observation/observation.ts';
import { type Instant, instant } from '../../core/time.ts';
import type { Driver, DriverOutput } from '../../devices/device.ts';

export const NOW = instant(1_772_373_600_000, 1000);

/** Everything a fresh driver says about these bytes, from start to end. `cuts` are chunk lengths, repeated. */
export const drive = (driver: Driver, bytes: Uint8Array, cuts: readonly number[] = [bytes.length]) => {
  const out: DriverOutput[] = [...driver.start(NOW)];
  for (const chunk of chunks(bytes, cuts)) out.push(...driver.receive(chunk, NOW));
  return [...out, ...driver.end(NOW)];
};

/** The bytes cut into pieces of these lengths, over and over (0 counts as 1). */
export const chunks = (bytes: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] => {
  const pieces: Uint8Array[] = [];
  for (let start = 0, index = 0; start < bytes.length; index += 1) {
    const length = Math.max(1, cuts[index % cuts.length] ?? bytes.length);
    pieces.push(bytes.subarray(start, start + length));
    start += length;
  }
  return pieces;
};

export const observationsIn = (outputs: readonly DriverOutput[]): readonly Observation[] =>
  outputs.flatMap((output) => (output.type === 'observation' ? [output.observation] : []));

export const rejectsIn = (outputs: readonly DriverOutput[]) =>
  outputs.flatMap((output) => (output.type === 'rejected' ? [output] : []));

export const conditionsIn = (outputs: readonly DriverOutput[]): readonly string[] =>
  outputs.flatMap((output) =>
    output.type === 'condition' ? [`${output.condition.present ? '+' : '-'}${output.condition.code}`] : [],
  );

/** Bytes that were taken or refused; a driver accounts for each byte once, but for separators at the very end. */
export const accountedBytes = (outputs: readonly DriverOutput[]): number =>
  outputs.reduce(
    (sum, output) => sum + (output.type === 'frame' || output.type === 'rejected' ? output.byteCount : 0),
    0,
  );

/** One observation as `metric value validity`, with the monitor's own time. */
export const told = ({ metric, value, validity, deviceTime }: Observation): string =>
  `${metric} ${value} ${validity} ${deviceTime === null ? '-' : new Date(deviceTime).toISOString()}`;

export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

export const at = (elapsedMs: number): Instant => instant(1_772_373_600_000 + elapsedMs, elapsedMs);
