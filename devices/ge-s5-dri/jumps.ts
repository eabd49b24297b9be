/**
 * Changes from one record to the next that a patient can have but that are rare. They count only on a line that
 * has just refused frames: there a jump is more likely a corrupted frame with a right checksum than the patient,
 * and waits for the next record. On a clean line no change of a value ever waits.
 */
import type { BasicClass } from './basic-class.ts';
import { isHrFromEcg } from './ecg.ts';
import { isMeasured, moduleActive } from './raw-value.ts';

interface JumpRule {
  readonly name: string;
  /** The raw value, or null when the group does not measure. */
  readonly raw: (basic: BasicClass) => number | null;
  /** Largest change that is no jump, in raw units (our choice). */
  readonly limit: number;
}

const used = (group: { readonly status: number }, raw: number): number | null =>
  moduleActive(group) && isMeasured(raw) ? raw : null;

const RULES: readonly JumpRule[] = [
  { name: 'hr', raw: ({ ecg, ecgExtra }) => used(ecg, ecgExtra.hr), limit: 15 },
  { name: 'impedance rr', raw: ({ ecg }) => used(ecg, ecg.values.impedanceRr), limit: 6 },
  { name: 'spo2', raw: ({ spo2 }) => used(spo2, spo2.values.saturation), limit: 400 },
  { name: 'spo2 pulse', raw: ({ spo2 }) => used(spo2, spo2.values.pulse), limit: 15 },
  { name: 'co2', raw: ({ co2 }) => used(co2, co2.values.endTidal), limit: 100 },
  { name: 'co2 rr', raw: ({ co2 }) => used(co2, co2.values.rr), limit: 6 },
  { name: 'ambient', raw: ({ co2 }) => used(co2, co2.values.ambient), limit: 20 },
  { name: 't1', raw: ({ t1 }) => used(t1, t1.values.temperature), limit: 50 },
  { name: 't2', raw: ({ t2 }) => used(t2, t2.values.temperature), limit: 50 },
  { name: 't3', raw: ({ t3 }) => used(t3, t3.values.temperature), limit: 50 },
  { name: 't4', raw: ({ t4 }) => used(t4, t4.values.temperature), limit: 50 },
  // Every record repeats the cuff's state, so nothing is lost by waiting for the second one.
  { name: 'nibp label', raw: ({ nibp }) => (moduleActive(nibp) ? nibp.label : null), limit: 0 },
  { name: 'nibp systolic', raw: ({ nibp }) => used(nibp, nibp.values.systolic), limit: 0 },
  { name: 'nibp diastolic', raw: ({ nibp }) => used(nibp, nibp.values.diastolic), limit: 0 },
  { name: 'nibp mean', raw: ({ nibp }) => used(nibp, nibp.values.mean), limit: 0 },
  { name: 'nibp pulse', raw: ({ nibp }) => used(nibp, nibp.values.pulse), limit: 0 },
];

/** The HR is sent twice when the ECG is its source; the two are equal in every record of the real logs. */
const isHrTwofold = ({ ecg, ecgExtra }: BasicClass): boolean =>
  isHrFromEcg(ecg.status) && ecg.values.hr !== ecgExtra.hr;

/** The values that jumped, or that came from nothing; a value that went away is no jump. */
export const jumpsBetween = (before: BasicClass, after: BasicClass): readonly string[] => [
  ...RULES.filter(({ raw, limit }) => {
    const now = raw(after);
    if (now === null) return false;
    const old = raw(before);
    return old === null || Math.abs(now - old) > limit;
  }).map(({ name }) => `jump of ${name}`),
  ...(isHrTwofold(after) !== isHrTwofold(before) ? ['two heart rates'] : []),
];
