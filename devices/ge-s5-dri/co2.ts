/**
 * Bits of the CO2 group's status and label.
 * Source: GE DRI record specification 8005313, 12th edition (CO2 group).
 */
import type { BasicClass } from './basic-class.ts';
import { isMeasured } from './raw-value.ts';

/** Bits of the status. */
export const CO2_STATUS = {
  apnea: 1 << 2,
  calibrating: 1 << 3,
  zeroing: 1 << 4,
  occlusion: 1 << 5,
  leak: 1 << 6,
  apneaFromRespiration: 1 << 7,
  apneaDeactivated: 1 << 8,
} as const;

/** The label's field that names the source of the respiration rate. */
export const CO2_LABEL = { rrSource: 0b111, rrFromCo2: 1 } as const;

/** Ambient pressures that a patient room can have, 1/10 mmHg (our choice: 5500 m above to 500 m below the sea). */
const AMBIENT = { low: 3750, high: 8100 } as const;

/** The ambient pressure (mmHg); null when the monitor gives none that can be. */
export const ambientMmHg = ({ values: { ambient } }: BasicClass['co2']): number | null =>
  isMeasured(ambient) && ambient >= AMBIENT.low && ambient <= AMBIENT.high ? ambient / 10 : null;
