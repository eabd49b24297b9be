/** From replies to observations, limits and listed items. What is remembered from reply to reply is the driver's. */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import type { DeviceLimits } from '../../core/observation/device-report.ts';
import {
  absent,
  type Observation,
  present,
  type Reading,
  type Receipt,
} from '../../core/observation/observation.ts';
import type { Limits, PatientData } from './message.ts';
import type { NibpEvent } from './nibp.ts';
import { MODULE, MODULE_FAULTS, NOT_MEASURED, OXIMETER, possibleFlags, sureFlags } from './status.ts';

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const PULSE = 'MDC_PULS_OXIM_PULS_RATE';

/** Of these flags each makes a number doubtful. */
const DOUBTS = {
  oximeter: OXIMETER.weakPulse | OXIMETER.checkSite,
  module: MODULE.uncalibrated | MODULE_FAULTS,
};

const oximeterReading = (value: number | null, [oximeter, module]: PatientData['status']): Reading => {
  if ((sureFlags(module) & MODULE.selfTest) !== 0) return { validity: 'calibrating', value: null };
  if ((sureFlags(oximeter) & NOT_MEASURED) !== 0 || value === null)
    return { validity: 'unavailable', value: null };
  const isDoubtful =
    (possibleFlags(oximeter) & (NOT_MEASURED | DOUBTS.oximeter)) !== 0 ||
    (possibleFlags(module) & (MODULE.selfTest | DOUBTS.module)) !== 0;
  return { validity: isDoubtful ? 'questionable' : 'valid', value };
};

/** Saturation and pulse. Beside an absent saturation a pulse may be the cuff's: then it is no live pulse. */
export const observeOximeter = (data: PatientData, receipt: Receipt): readonly Observation[] => {
  const told = (metric: typeof SPO2 | typeof PULSE, reading: Reading): Observation =>
    reading.value === null
      ? absent(metric, reading.validity, receipt)
      : present(metric, reading.value, receipt, reading.validity);
  const pulse = data.spo2 === null ? null : data.pulse;
  return [
    told(SPO2, oximeterReading(data.spo2, data.status)),
    told(PULSE, oximeterReading(pulse, data.status)),
  ];
};

/** What the cuff's news is in observations. `receipt` without an age: the event has it. `isDoubtful`: the cuff reports a fault. */
export const observeCuff = (
  event: NibpEvent,
  receipt: Receipt,
  isDoubtful: boolean,
): readonly Observation[] => {
  if (event.type !== 'reading') {
    const validity = event.type === 'gone' ? 'unavailable' : 'invalid';
    return NIBP_METRICS.map((metric) => absent(metric, validity, receipt));
  }
  const aged = { ...receipt, ageAtReceiptMs: event.ageMs };
  const validity = isDoubtful ? 'questionable' : 'valid';
  return [
    present('MDC_PRESS_BLD_NONINV_SYS', event.systolic, aged, validity),
    present('MDC_PRESS_BLD_NONINV_DIA', event.diastolic, aged, validity),
    present('MDC_PRESS_BLD_NONINV_MEAN', event.mean, aged, validity),
  ];
};

/** The monitor's limits of what has a sure place; mean and diastolic stand in a doubtful order. */
export const limitsIn = ({ pairs: [spo2, pulse, systolic] }: Limits): readonly DeviceLimits[] => [
  { metric: SPO2, ...spo2 },
  { metric: PULSE, ...pulse },
  { metric: 'MDC_PRESS_BLD_NONINV_SYS', ...systolic },
];
