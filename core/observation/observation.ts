/**
 * One value of one metric at one time. "Absent", "invalid" and "ongoing" are values of their own: never
 * zero, never NaN, never a missing row (IEEE 11073-10207 measurement validity).
 */
import { isPlausible, METRICS, type MetricId, type UnitCode } from '../nomenclature/metrics.ts';
import type { EpochMs, Instant } from '../time.ts';

/** There is a usable number; `questionable` says the monitor (or we) doubt it. */
export type PresentValidity = 'valid' | 'questionable';
/** There is no usable number, and why. `ongoing`: a measurement is running (the cuff is inflated). */
export type AbsentValidity = 'ongoing' | 'calibrating' | 'invalid' | 'overflow' | 'underflow' | 'unavailable';
export type Validity = PresentValidity | AbsentValidity;

/** A value with its quality: `null` exactly when there is no usable number. */
export type Reading =
  | { readonly validity: PresentValidity; readonly value: number }
  | { readonly validity: AbsentValidity; readonly value: null };

export type Observation = Reading & {
  readonly metric: MetricId;
  /** Always the unit of the metric's row; carried so that a record can be read alone. */
  readonly unit: UnitCode;
  /** When the last byte of the frame that carried it arrived, stamped at the transport's edge and never again. */
  readonly receivedAt: Instant;
  /**
   * The monitor's own clock, where the protocol carries one; else null. Monitors' clocks have no zone and
   * drift: read it as UTC, never use it for durations, show it only as "monitor's clock".
   */
  readonly deviceTime: EpochMs | null;
  /**
   * How old the measurement may already have been when it arrived, in ms (0 for a value that is known to be
   * new). A cuff reading of which nobody knows how old it is, as one first seen on connecting, is
   * `questionable` besides. Ages shown add this.
   */
  readonly ageAtReceiptMs: number;
};

/** Where and when an observation was received. */
export interface Receipt {
  readonly receivedAt: Instant;
  readonly deviceTime: EpochMs | null;
  readonly ageAtReceiptMs?: number;
}

/**
 * An observation with a number. A number outside the metric's plausible range becomes `invalid` with no
 * value: garbage never becomes a number.
 */
export const present = (
  metric: MetricId,
  value: number,
  receipt: Receipt,
  validity: PresentValidity = 'valid',
): Observation =>
  isPlausible(metric, value)
    ? { metric, unit: METRICS[metric].unit, validity, value, ...placed(receipt) }
    : absent(metric, 'invalid', receipt);

/** An observation that says that there is no usable number, and why. */
export const absent = (metric: MetricId, validity: AbsentValidity, receipt: Receipt): Observation => ({
  metric,
  unit: METRICS[metric].unit,
  validity,
  value: null,
  ...placed(receipt),
});

const placed = (receipt: Receipt) => ({
  receivedAt: receipt.receivedAt,
  deviceTime: receipt.deviceTime,
  ageAtReceiptMs: receipt.ageAtReceiptMs ?? 0,
});
