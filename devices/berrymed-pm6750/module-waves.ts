/** The module's waves and what their sensors say: a sensor that is off gives a gap. */
import type { WaveBlock } from '../../core/observation/waveform.ts';
import type { Instant } from '../../core/time.ts';
import { ECG_STATUS, type ModuleMessage, SPO2_STATUS } from './message.ts';
import { createWaveGatherer } from './waves.ts';

type WaveMessage = Extract<ModuleMessage, { kind: 'ecg-wave' | 'pleth' | 'respiration' }>;

/** 250 samples of each lead a second, 50 of pleth and respiration (manual; counted in a recording of 30 s). */
const ECG_PERIOD_MS = 4;
const SLOW_PERIOD_MS = 20;

export interface ModuleWaves {
  next(message: WaveMessage, at: Instant): readonly WaveBlock[];
  ecgStatus(status: number): void;
  oximetryStatus(status: number): void;
  broken(): void;
}

/** aVR, aVL and aVF follow from the first three leads, and V has no wave in the vocabulary: they are not told. */
export const createModuleWaves = (): ModuleWaves => {
  const leads = [
    createWaveGatherer('MDC_ECG_ELEC_POTL_I', ECG_PERIOD_MS),
    createWaveGatherer('MDC_ECG_ELEC_POTL_II', ECG_PERIOD_MS),
    createWaveGatherer('MDC_ECG_ELEC_POTL_III', ECG_PERIOD_MS),
  ];
  const pleth = createWaveGatherer('MDC_PULS_OXIM_PLETH', SLOW_PERIOD_MS);
  const respiration = createWaveGatherer('MDC_TTHOR_RESP', SLOW_PERIOD_MS);
  let isLeadOff = false;
  let isFingerOff = false;
  const listed = (block: WaveBlock | null): readonly WaveBlock[] => (block === null ? [] : [block]);
  return {
    next(message, at) {
      switch (message.kind) {
        case 'ecg-wave':
          return leads.flatMap((lead, index) =>
            listed(lead.next(isLeadOff ? null : (message.leads[index] ?? null), at)),
          );
        case 'pleth':
          return listed(pleth.next(isFingerOff ? null : message.value, at));
        case 'respiration':
          return listed(respiration.next(isLeadOff ? null : message.value, at));
        default:
          return message satisfies never;
      }
    },
    ecgStatus: (status) => {
      isLeadOff = (status & ECG_STATUS.leadOff) !== 0;
    },
    oximetryStatus: (status) => {
      isFingerOff = status === SPO2_STATUS.unplugged || status === SPO2_STATUS.noFinger;
    },
    broken: () => {
      for (const one of [...leads, pleth, respiration]) one.broken();
    },
  };
};
