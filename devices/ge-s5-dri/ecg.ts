/**
 * Bits of the ECG group's status and label.
 * Source: GE DRI record specification 8005313, 12th edition (ECG group).
 */
import type { WaveId } from '../../core/observation/waveform.ts';

/** Where the HR of the ECG group comes from (status bits 3 to 6). */
export const HR_SOURCE = { unknown: 0, ecg: 1, pleth: 6, ecgMortara: 9 } as const;

/** The source's number, 0 to 15. */
export const hrSource = (status: number): number => (status >>> 3) & 0xf;

/** True when the group's HR is the ECG's. */
export const isHrFromEcg = (status: number): boolean =>
  hrSource(status) === HR_SOURCE.ecg || hrSource(status) === HR_SOURCE.ecgMortara;

/** Bits of the ECG group's status. */
export const ECG_STATUS = {
  asystole: 1 << 2,
  noise: 1 << 7,
  artifact: 1 << 8,
  learning: 1 << 9,
} as const;

/**
 * The channels (1 to 3) that have a lead selected and whose electrodes are off. A channel without a lead is
 * not in use, whatever its bit says.
 */
export const channelsOff = (status: number, label: number): readonly number[] =>
  [1, 2, 3].filter((channel) => {
    const isOff = ((status >>> (10 + channel)) & 1) === 1;
    const lead = (label >>> (4 * (3 - channel))) & 0xf;
    return isOff && lead !== 0;
  });

/** Leads by their number in the label. */
const LEADS: Readonly<Record<number, WaveId>> = {
  1: 'MDC_ECG_ELEC_POTL_I',
  2: 'MDC_ECG_ELEC_POTL_II',
  3: 'MDC_ECG_ELEC_POTL_III',
};

/** The lead that channel 1 shows (label bits 8 to 11); one that has no identifier here is just "ECG". */
export const leadOfChannel1 = (label: number): WaveId => LEADS[(label >>> 8) & 0xf] ?? 'MDC_ECG_ELEC_POTL';
