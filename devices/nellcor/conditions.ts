/** The oximeter's status codes as conditions, reported when they come and when they go. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { DeviceConditionCode } from '../../core/observation/device-report.ts';
import type { DriverOutput } from '../device.ts';
import { STATUS_CODES, type StatusCode } from './message.ts';

interface Meaning {
  readonly code: DeviceConditionCode;
  readonly metric: MetricId | null;
}

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const PULSE = 'MDC_PULS_OXIM_PULS_RATE';

/** Sensor states stand at the SpO2, from which the pulse rate comes too. */
const MEANINGS: Readonly<Record<StatusCode, Meaning>> = {
  AO: { code: 'alarm-silenced', metric: null },
  AS: { code: 'alarm-silenced', metric: null },
  BU: { code: 'on-battery', metric: null },
  LB: { code: 'battery-low', metric: null },
  LM: { code: 'pulse-lost', metric: SPO2 },
  LP: { code: 'pulse-lost', metric: SPO2 },
  MO: { code: 'signal-questionable', metric: SPO2 },
  PH: { code: 'monitor-alarm', metric: PULSE },
  PL: { code: 'monitor-alarm', metric: PULSE },
  PS: { code: 'pulse-search', metric: SPO2 },
  SD: { code: 'sensor-disconnected', metric: SPO2 },
  SH: { code: 'monitor-alarm', metric: SPO2 },
  SL: { code: 'monitor-alarm', metric: SPO2 },
  SO: { code: 'sensor-off', metric: SPO2 },
};

export interface ConditionTracker {
  /** The codes of one accepted line; conditions that went come before those that came. */
  update(codes: readonly StatusCode[]): readonly DriverOutput[];
  /** The link was lost: everything has gone, so that what is found again is told again. */
  forget(): readonly DriverOutput[];
}

/** Two status codes with one meaning (AS and AO) are one condition with both texts. */
export const createConditionTracker = (): ConditionTracker => {
  let current: ReadonlyMap<string, Meaning & { readonly text: string }> = new Map();
  return {
    update(codes) {
      const next = new Map<string, Meaning & { readonly text: string }>();
      for (const status of codes) {
        const meaning = MEANINGS[status];
        const key = `${meaning.code} ${meaning.metric}`;
        const earlier = next.get(key);
        const text = `${status}: ${STATUS_CODES[status]}`;
        next.set(key, { ...meaning, text: earlier === undefined ? text : `${earlier.text}, ${text}` });
      }
      // An alarm in other words is another alarm: the one before is over.
      const gone = [...current].filter(([key, { code, text }]) => {
        const now = next.get(key);
        return now === undefined || (code === 'monitor-alarm' && now.text !== text);
      });
      const come = [...next].filter(([key, { text }]) => current.get(key)?.text !== text);
      current = next;
      return [
        ...gone.map(
          ([, condition]) => ({ type: 'condition', condition: { ...condition, present: false } }) as const,
        ),
        ...come.map(
          ([, condition]) => ({ type: 'condition', condition: { ...condition, present: true } }) as const,
        ),
      ];
    },
    forget() {
      const gone = [...current.values()];
      current = new Map();
      return gone.map(
        (condition) => ({ type: 'condition', condition: { ...condition, present: false } }) as const,
      );
    },
  };
};
