/** Frames of the PM6750 put together without our own encoder, and a driver to hear them. */
import { createBerryDriver } from '../../../devices/berrymed-pm6750/driver.ts';
import type { DriverOutput } from '../../../devices/device.ts';

export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** A driver to which a person said that T1 measures the body. */
export const newDriver = () =>
  createBerryDriver({ cuff: { patient: 'adult', targetMmHg: 160 }, t1IsBody: true });

/** 55 AA, N, the bytes, and the complement of their sum. */
export const frame = (...bytes: readonly number[]): Uint8Array => {
  const body = [bytes.length + 2, ...bytes];
  return Uint8Array.from([0x55, 0xaa, ...body, 255 - (body.reduce((sum, byte) => sum + byte, 0) % 256)]);
};

/** A cuff frame: state in bits 5-2, pressure in the cuff, systolic, mean, diastolic. */
export const cuffFrame = (state: number, systolic = 0, mean = 0, diastolic = 0, pressure = 0): Uint8Array =>
  frame(0x03, state << 2, pressure / 2, systolic, mean, diastolic);

export const asked = (outputs: readonly DriverOutput[]): readonly string[] =>
  outputs.flatMap((output) => (output.type === 'request' ? [Buffer.from(output.bytes).toString('hex')] : []));
