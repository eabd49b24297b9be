/**
 * Units of a dose that the compiler keeps apart: a milligram is not a millilitre, and a dose in mg is not one in
 * mg/kg. A number gets its unit once, where it is entered; every figure after that comes from these functions.
 */
import type { Brand } from '../time.ts';

export type Kilograms = Brand<number, 'kg'>;
export type Milligrams = Brand<number, 'mg'>;
export type MgPerKg = Brand<number, 'mg/kg'>;
export type Millilitres = Brand<number, 'mL'>;
export type MgPerMl = Brand<number, 'mg/mL'>;
export type MlPerHour = Brand<number, 'mL/h'>;
export type MgPerHour = Brand<number, 'mg/h'>;
export type MgPerKgPerHour = Brand<number, 'mg/kg/h'>;

export const kilograms = (value: number): Kilograms => value as Kilograms;
export const milligrams = (value: number): Milligrams => value as Milligrams;
export const mgPerKg = (value: number): MgPerKg => value as MgPerKg;
export const millilitres = (value: number): Millilitres => value as Millilitres;
export const mgPerMl = (value: number): MgPerMl => value as MgPerMl;
export const mlPerHour = (value: number): MlPerHour => value as MlPerHour;
export const mgPerKgPerHour = (value: number): MgPerKgPerHour => value as MgPerKgPerHour;

const HOUR_MS = 3_600_000;
/** Pounds in a kilogram: the classic slip (avoirdupois pound, exact by definition 0.45359237 kg). */
export const POUNDS_PER_KG = 1 / 0.453_592_37;

/** The whole dose for this weight. */
export const doseFor = (dose: MgPerKg, weight: Kilograms): Milligrams => milligrams(dose * weight);
/** The dose in proportion to the weight. */
export const perWeight = (dose: Milligrams, weight: Kilograms): MgPerKg => mgPerKg(dose / weight);
/** The volume that holds this dose. */
export const volumeOf = (dose: Milligrams, concentration: MgPerMl): Millilitres =>
  millilitres(dose / concentration);
/** The dose in this volume. */
export const doseIn = (volume: Millilitres, concentration: MgPerMl): Milligrams =>
  milligrams(volume * concentration);
/** The rate that gives this volume in this time (ms). */
export const rateOver = (volume: Millilitres, durationMs: number): MlPerHour =>
  mlPerHour((volume * HOUR_MS) / durationMs);
/** The volume that runs at this rate in this time (ms). */
export const volumeAt = (rate: MlPerHour, durationMs: number): Millilitres =>
  millilitres((rate * durationMs) / HOUR_MS);
/** How long this volume takes at this rate (ms). */
export const timeFor = (volume: Millilitres, rate: MlPerHour): number => (volume * HOUR_MS) / rate;
/** Drug an hour. */
export const drugRate = (rate: MlPerHour, concentration: MgPerMl): MgPerHour =>
  (rate * concentration) as MgPerHour;
/** Drug an hour in proportion to the weight. */
export const drugRatePerWeight = (
  rate: MlPerHour,
  concentration: MgPerMl,
  weight: Kilograms,
): MgPerKgPerHour => mgPerKgPerHour(drugRate(rate, concentration) / weight);

/** Infusion pumps are set in steps of a tenth of a millilitre an hour: what is recorded is what the pump can do. */
export const pumpRate = (rate: MlPerHour): MlPerHour => mlPerHour(Math.round(rate * 10) / 10);
