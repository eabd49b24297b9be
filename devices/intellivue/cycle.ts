/**
 * The cuff's part of one cycle of numerics: collected while the parts come, told when the cycle is over, because pressures and
 * pulse are two objects that may come in two parts.
 */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import {
  type AbsentValidity,
  absent,
  type Observation,
  present,
  type Reading,
  type Receipt,
} from '../../core/observation/observation.ts';
import { epochMs } from '../../core/time.ts';
import type { Finding } from '../framing/condition-table.ts';
import { type ObservedValue, STATE } from './attributes.ts';
import { CUFF_FAULT } from './conditions.ts';
import type { CuffCycle, CuffEvent } from './nibp.ts';
import { CUFF_ID, CUFF_RULES } from './nomenclature.ts';
import { readingOf } from './reading.ts';

/** The pressures of one cycle as sent. */
export interface CuffValues {
  readonly values: readonly ObservedValue[];
  readonly stampMs: number | null;
  readonly receipt: Receipt;
}

const NOTHING: Reading = { validity: 'unavailable', value: null };

/** The pressures as readings; a stamp is only known where the monitor sends one. */
export const cuffCycle = (cuff: CuffValues, gapMs: number): CuffCycle => {
  const one = (id: number, rule: (typeof CUFF_RULES)['mean']): Reading => {
    const value = cuff.values.find(({ physioId }) => physioId === id);
    return value === undefined ? NOTHING : readingOf(value, rule);
  };
  return {
    systolic: one(CUFF_ID.systolic, CUFF_RULES.systolic),
    diastolic: one(CUFF_ID.diastolic, CUFF_RULES.diastolic),
    mean: one(CUFF_ID.mean, CUFF_RULES.mean),
    isOngoing: cuff.values.some(({ state }) => (state & STATE.ongoing) !== 0),
    stampMs: cuff.stampMs,
    clockMs: cuff.receipt.deviceTime,
    gapMs,
  };
};

/** One reading as an observation: a number that cannot be is none. */
export const observed = (metric: MetricId, reading: Reading, receipt: Receipt): Observation =>
  reading.value === null
    ? absent(metric, reading.validity, receipt)
    : present(metric, reading.value, receipt, reading.validity);

const nulls = (validity: AbsentValidity, receipt: Receipt): readonly Observation[] =>
  NIBP_METRICS.map((metric) => absent(metric, validity, receipt));

/** What one event of the cuff is told as, and what is wrong with the cuff from now on (null: as before). */
export const tellCuff = (
  event: CuffEvent,
  receipt: Receipt,
  pulse: ObservedValue | null,
): { readonly observations: readonly Observation[]; readonly findings: readonly Finding[] | null } => {
  switch (event.type) {
    case 'started':
      return { observations: nulls('ongoing', receipt), findings: null };
    case 'failed':
      return { observations: nulls('invalid', receipt), findings: [CUFF_FAULT] };
    case 'ended':
    case 'unavailable':
      return { observations: nulls('unavailable', receipt), findings: null };
    case 'reading': {
      const { systolic, diastolic, mean, stampMs } = event.cycle;
      const aged: Receipt = {
        receivedAt: receipt.receivedAt,
        deviceTime: stampMs === null ? receipt.deviceTime : epochMs(stampMs),
        ageAtReceiptMs: event.ageMs + (receipt.ageAtReceiptMs ?? 0),
      };
      const doubted = (reading: Reading): Reading =>
        event.isAgeKnown || reading.value === null ? reading : { ...reading, validity: 'questionable' };
      const rate = pulse === null ? NOTHING : readingOf(pulse, CUFF_RULES.pulse);
      return {
        observations: [
          observed('MDC_PRESS_BLD_NONINV_SYS', doubted(systolic), aged),
          observed('MDC_PRESS_BLD_NONINV_DIA', doubted(diastolic), aged),
          observed('MDC_PRESS_BLD_NONINV_MEAN', doubted(mean), aged),
          ...(rate.value === null ? [] : [observed('MDC_PULS_RATE_NON_INV', doubted(rate), aged)]),
        ],
        findings: [],
      };
    }
    default:
      return event satisfies never;
  }
};
