/** From DINAMAP replies to observations and conditions. What is remembered from reply to reply is the driver's. */
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import {
  type AbsentValidity,
  absent,
  type Observation,
  present,
  type Receipt,
} from '../../core/observation/observation.ts';
import type { Finding } from '../framing/condition-table.ts';
import {
  type NibpReply,
  OXIMETER_STATUS,
  type OximeterReply,
  RATE_SOURCE,
  type RateReply,
  type TemperatureReply,
} from './message.ts';
import { failureText, type NibpEvent } from './nibp.ts';

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const PULSE = 'MDC_PULS_OXIM_PULS_RATE';
const TEMPERATURE = 'MDC_TEMP_BODY';

const noReading = (validity: AbsentValidity, receipt: Receipt): readonly Observation[] =>
  NIBP_METRICS.map((metric) => absent(metric, validity, receipt));

/** What the cuff's news is in observations. `receipt` without an age: the event has it. */
export const observeCuff = (event: NibpEvent, receipt: Receipt): readonly Observation[] => {
  switch (event.type) {
    case 'started':
      return noReading('ongoing', receipt);
    case 'failed':
      return noReading('invalid', receipt);
    case 'ended':
      return noReading('unavailable', receipt);
    case 'reading': {
      const aged = { ...receipt, ageAtReceiptMs: event.ageMs };
      return [
        present('MDC_PRESS_BLD_NONINV_SYS', event.systolic, aged),
        present('MDC_PRESS_BLD_NONINV_DIA', event.diastolic, aged),
        present('MDC_PRESS_BLD_NONINV_MEAN', event.mean, aged),
      ];
    }
    default:
      return event satisfies never;
  }
};

/** Saturation: a number only while the oximeter says that it operates. */
export const observeOximeter = ({ status, spo2 }: OximeterReply, receipt: Receipt): Observation =>
  status === OXIMETER_STATUS.operating && spo2 !== null
    ? present(SPO2, spo2, receipt)
    : absent(SPO2, 'unavailable', receipt);

/** The oximeter's pulse rate. A rate from the cuff is no live pulse: this one is absent then. */
export const observePulse = ({ source, rate }: RateReply, receipt: Receipt): Observation =>
  source === RATE_SOURCE.oximeter && rate !== null
    ? present(PULSE, rate, receipt)
    : absent(PULSE, 'unavailable', receipt);

/** The pulse rate that the cuff found; `receipt` carries the age of its reading. */
export const cuffPulse = (rate: number, receipt: Receipt): Observation =>
  present('MDC_PULS_RATE_NON_INV', rate, receipt);

/** A determination in degrees Celsius; `receipt` carries its age. */
export const observeTemperature = ({ tenthsF }: TemperatureReply, receipt: Receipt): Observation =>
  present(TEMPERATURE, Math.round(((tenthsF / 10 - 32) * 500) / 9) / 100, receipt);

/** What the status of the cuff says now. */
export const cuffFindings = ({ status }: NibpReply): readonly Finding[] => {
  const text = failureText(status);
  return text === null ? [] : [{ code: 'cuff-fault', metric: 'MDC_PRESS_BLD_NONINV_SYS', text }];
};

/** What the status of the oximeter says now. */
export const oximeterFindings = ({ status }: OximeterReply): readonly Finding[] => {
  if (status === OXIMETER_STATUS.noData)
    return [{ code: 'sensor-off', metric: SPO2, text: 'SpO2: no data (sensor off, or no pulse found)' }];
  if (status === OXIMETER_STATUS.unplugged)
    return [{ code: 'sensor-disconnected', metric: SPO2, text: 'SpO2: sensor unplugged or off' }];
  return [];
};

const TEMPERATURE_FINDINGS: Readonly<Record<number, Finding>> = {
  2: { code: 'signal-questionable', metric: TEMPERATURE, text: 'temperature: timed out' },
  3: { code: 'sensor-off', metric: TEMPERATURE, text: 'temperature: contact lost or out of range' },
  4: { code: 'sensor-disconnected', metric: TEMPERATURE, text: 'temperature: aborted or probe unplugged' },
};

/** What the status of the thermometer says now. */
export const temperatureFindings = ({ status }: TemperatureReply): readonly Finding[] => {
  const finding = TEMPERATURE_FINDINGS[status];
  return finding === undefined ? [] : [finding];
};
