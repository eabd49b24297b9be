/**
 * What a 16-bit value of a group means. Anything from -32001 down is not a measurement.
 * Source: GE DRI record specification 8005313, 12th edition (special values, group status).
 */
import type { AbsentValidity } from '../../core/observation/observation.ts';

/** "Invalid": what every value of an unused group holds. */
export const RAW_INVALID = -32_767;
const FIRST_SPECIAL = -32_001;

const SPECIAL_VALUES: Readonly<Record<number, AbsentValidity>> = {
  [RAW_INVALID]: 'invalid',
  [-32_766]: 'unavailable', // not updated
  [-32_764]: 'underflow', // under range
  [-32_763]: 'overflow', // over range
  [-32_762]: 'calibrating', // not calibrated
};

/** True when a raw value is a measurement, provided that its group is in use. */
export const isMeasured = (raw: number): boolean => raw > FIRST_SPECIAL;

/** Why a raw value is no measurement. Codes that are not in the document's list are `invalid`. */
export const absenceOf = (raw: number): AbsentValidity => SPECIAL_VALUES[raw] ?? 'invalid';

const MODULE_EXISTS = 0b01;
const MODULE_ACTIVE = 0b10;

/** True when the group's module is plugged in (status bit 0). */
export const moduleExists = (group: { readonly status: number }): boolean =>
  (group.status & MODULE_EXISTS) !== 0;

/** True when the group measures: module there (bit 0) and active (bit 1). Otherwise its values are leftovers. */
export const moduleActive = (group: { readonly status: number }): boolean =>
  (group.status & (MODULE_EXISTS | MODULE_ACTIVE)) === (MODULE_EXISTS | MODULE_ACTIVE);

/** Status of a group that measures; for building records. */
export const STATUS_ACTIVE = MODULE_EXISTS | MODULE_ACTIVE;
