/** The numerics message, byte by byte. */
import type { Co2Unit, Limit, Numerics } from './message.ts';

/** The shortest numerics message (bytes of data); newer software may send more, which is not read. */
export const NUMERICS_BYTES = 27;
const NONE = 0xff;
const UNITS: readonly Co2Unit[] = ['mmHg', 'kPa', '%'];

const scale = (unit: Co2Unit): number => (unit === 'mmHg' ? 1 : 10);

/** Reads the data of a numerics message; a sentence instead when it cannot be one. */
export const readNumerics = (data: Uint8Array): Numerics | string => {
  if (data.length < NUMERICS_BYTES) return `numerics of ${data.length} bytes`;
  const at = (index: number): number => data[index] ?? NONE;
  const unit = UNITS[at(25) - 1];
  if (unit === undefined) return `unit of CO2 ${at(25)}`;
  const value = (index: number): number | null => (at(index) === NONE ? null : at(index));
  const co2 = (index: number): number | null => (at(index) === NONE ? null : at(index) / scale(unit));
  const limit = (read: (index: number) => number | null, high: number): Limit => ({
    low: read(high + 1),
    high: read(high),
  });
  return {
    kind: 'numerics',
    timeS: at(0) * 0x1_00_00_00 + at(1) * 0x1_00_00 + at(2) * 0x1_00 + at(3),
    etco2: co2(4),
    fico2: co2(5),
    rate: value(6),
    spo2: value(7),
    pulse: value(8),
    slow: at(9),
    co2Alarms: at(13),
    spo2Alarms: at(14),
    noBreathS: at(15),
    limits: {
      etco2: limit(co2, 16),
      rate: limit(value, 18),
      fico2High: co2(20),
      spo2: limit(value, 21),
      pulse: limit(value, 23),
    },
    unit,
    extended: at(26),
  };
};

/** The inverse of `readNumerics`; values are rounded to what a byte holds. */
export const writeNumerics = (numerics: Numerics): Uint8Array => {
  const { limits, unit, timeS } = numerics;
  const value = (number: number | null): number => (number === null ? NONE : Math.round(number));
  const co2 = (number: number | null): number => (number === null ? NONE : Math.round(number * scale(unit)));
  return Uint8Array.from([
    (timeS >>> 24) & 0xff,
    (timeS >>> 16) & 0xff,
    (timeS >>> 8) & 0xff,
    timeS & 0xff,
    co2(numerics.etco2),
    co2(numerics.fico2),
    value(numerics.rate),
    value(numerics.spo2),
    value(numerics.pulse),
    numerics.slow,
    0,
    0,
    0,
    numerics.co2Alarms,
    numerics.spo2Alarms,
    numerics.noBreathS,
    co2(limits.etco2.high),
    co2(limits.etco2.low),
    value(limits.rate.high),
    value(limits.rate.low),
    co2(limits.fico2High),
    value(limits.spo2.high),
    value(limits.spo2.low),
    value(limits.pulse.high),
    value(limits.pulse.low),
    UNITS.indexOf(unit) + 1,
    numerics.extended,
  ]);
};
