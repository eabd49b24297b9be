/**
 * How far a nurse may loosen each limit of a patient. Beyond it the name of the physician who decided goes into
 * the record. Every number here is our choice and wants a physician's approval (listed in docs/alarms.md).
 */

/**
 * By limit: the loosest threshold without a physician, in the metric's unit (rises in mmHg, ratios as a share).
 * A limit on the low side may not go below it, any other not above it.
 */
export const HARD_BOUNDS: Readonly<Record<string, number>> = {
  'spo2-low-high-priority': 80, // approve
  'spo2-low-medium-priority': 85, // approve
  'spo2-low-advisory': 88, // approve
  'hr-low-high-priority': 35, // approve
  'hr-low-medium-priority': 40, // approve
  'hr-high-high-priority': 170, // approve
  'hr-high-medium-priority': 140, // approve
  'hr-high-sustained': 140, // approve
  'apnoea-capnography': 0, // approve: no breath is no breath
  'rr-low-medium-priority': 6, // approve
  'rr-low-advisory': 8, // approve
  'rr-high-medium-priority': 40, // approve
  'etco2-low-medium-priority': 20, // approve
  'etco2-high-medium-priority': 60, // approve
  'nibp-sys-high-immediate': 200, // approve
  'nibp-dia-high-immediate': 120, // approve
  'nibp-sys-high-high-priority': 190, // approve
  'nibp-dia-high-high-priority': 115, // approve
  'nibp-map-high-high-priority': 140, // approve
  'nibp-sys-high-medium-priority': 180, // approve
  'nibp-dia-high-medium-priority': 110, // approve
  'nibp-map-high-medium-priority': 125, // approve
  'nibp-sys-low-high-priority': 70, // approve
  'nibp-map-low-high-priority': 45, // approve
  'nibp-sys-low-medium-priority': 80, // approve
  'nibp-dia-low-medium-priority': 40, // approve
  'nibp-map-low-medium-priority': 55, // approve
  'nibp-sys-rise-high-priority': 50, // approve
  'nibp-dia-rise-high-priority': 35, // approve
  'nibp-sys-rise-medium-priority': 40, // approve
  'nibp-dia-rise-medium-priority': 30, // approve
  'nibp-sys-step': 30, // approve
  'nibp-dia-step': 25, // approve
  'nibp-sys-fall-medium-priority': 0.35, // approve
  'hr-rise-advisory': 0.4, // approve
};

/** Limits that no preset may leave out (threshold null): the ones that ALARM OFF may not touch either (approve). */
export const NEVER_NULL: readonly string[] = [
  'spo2-low-high-priority',
  'spo2-low-medium-priority',
  'nibp-sys-high-immediate',
  'nibp-sys-high-high-priority',
];
