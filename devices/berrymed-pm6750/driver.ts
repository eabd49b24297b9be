/** PM6750 driver: switches the module's outputs on, again after a silence, and starts the cuff only when a person asks. */
import { type MetricId, NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present } from '../../core/observation/observation.ts';
import type { Instant } from '../../core/time.ts';
import type { CuffCommand, Decoded, Driver, DriverOutput } from '../device.ts';
import { createConditionTable } from '../framing/condition-table.ts';
import { createNumberAgreement, type NumberAgreement } from '../framing/number-agreement.ts';
import { createSilence } from '../framing/silence.ts';
import { createUnmappedLatch } from '../framing/unmapped-latch.ts';
import { type Channel, createChannels } from './channels.ts';
import { cuffStateOf, type ModuleMessage, moduleCodec } from './codec.ts';
import { createModuleWaves } from './module-waves.ts';
import { type CuffEvent, createCuffTracker } from './nibp.ts';
import {
  ecgFindings,
  ecgReadings,
  oximetryFindings,
  oximetryReadings,
  type Told,
  temperatureFindings,
  temperatureInWords,
  temperatureReadings,
} from './observe.ts';
import { type CuffSettings, cuffRequests } from './requests.ts';

/** Longer silence is a lost link (ms): two rounds of values missed. */
export const MAX_QUIET_MS = 3000;

/**
 * How far a number may be from the one before and still be believed at once: eight bits of check let one heavy damage in
 * 256 through (our choice: what a patient may do in a second or two).
 */
const TOLERANCES: Partial<Record<MetricId, number>> = {
  MDC_ECG_HEART_RATE: 12,
  MDC_TTHOR_RESP_RATE: 8,
  MDC_PULS_OXIM_SAT_O2: 3,
  MDC_PULS_OXIM_PULS_RATE: 12,
  MDC_TEMP_BODY: 0.5,
};

const newLink = () => ({
  decoder: moduleCodec.decoder(),
  waves: createModuleWaves(),
  agreements: new Map<MetricId, NumberAgreement>(),
});

/** What the clinic may choose. */
export interface BerryOptions {
  readonly cuff: CuffSettings;
  /** A person said that T1 measures the body (`devices/framing/body-temperature.ts`). */
  readonly t1IsBody: boolean;
}

/** The driver of one module. */
export const createBerryDriver = ({ cuff: settings, t1IsBody }: BerryOptions): Driver => {
  let link = newLink();
  const channels = createChannels();
  const silence = createSilence(MAX_QUIET_MS);
  const conditions = createConditionTable();
  const unmapped = createUnmappedLatch();
  const cuff = createCuffTracker();

  const ask = ({ name, bytes }: Channel): DriverOutput => ({ type: 'request', bytes, purpose: name });

  const isAgreed = (metric: MetricId, value: number | null, at: Instant): boolean => {
    let agreement = link.agreements.get(metric);
    if (agreement === undefined) {
      agreement = createNumberAgreement({ tolerance: TOLERANCES[metric] ?? 0, maxGapMs: MAX_QUIET_MS });
      link.agreements.set(metric, agreement);
    }
    return agreement.offer(value, at);
  };

  const tell = (readings: readonly Told[], receivedAt: Instant): readonly DriverOutput[] =>
    readings.flatMap(([metric, reading]) => {
      if (!isAgreed(metric, reading.value, receivedAt)) return [];
      const receipt = { receivedAt, deviceTime: null };
      const observation =
        reading.value === null
          ? absent(metric, reading.validity, receipt)
          : present(metric, reading.value, receipt, reading.validity);
      return [{ type: 'observation', observation }];
    });

  const onCuff = (event: CuffEvent, receivedAt: Instant): readonly DriverOutput[] => {
    const receipt = { receivedAt, deviceTime: null };
    const tellAll = (one: (metric: MetricId) => Observation): readonly DriverOutput[] =>
      NIBP_METRICS.map((metric) => ({ type: 'observation', observation: one(metric) }));
    switch (event.type) {
      case 'started':
        return tellAll((metric) => absent(metric, 'ongoing', receipt));
      case 'ended':
        return tellAll((metric) => absent(metric, 'unavailable', receipt));
      case 'failed':
        return [
          ...conditions.update('cuff', [
            { code: 'cuff-fault', metric: 'MDC_PRESS_BLD_NONINV_SYS', text: event.text },
          ]),
          ...tellAll((metric) => absent(metric, 'invalid', receipt)),
        ];
      case 'reading': {
        const aged = { ...receipt, ageAtReceiptMs: event.ageMs };
        const values: Readonly<Record<string, number>> = {
          MDC_PRESS_BLD_NONINV_SYS: event.systolic,
          MDC_PRESS_BLD_NONINV_DIA: event.diastolic,
          MDC_PRESS_BLD_NONINV_MEAN: event.mean,
        };
        return [
          ...conditions.update('cuff', []),
          ...tellAll((metric) => present(metric, values[metric] ?? 0, aged)),
        ];
      }
      default:
        return event satisfies never;
    }
  };

  const onNibp = (nibp: Extract<ModuleMessage, { kind: 'nibp' }>, at: Instant): readonly DriverOutput[] => {
    const event = cuff.next(nibp, at);
    const { systolic, mean, diastolic } = nibp;
    const standing = systolic === 0 ? '-' : `${systolic}/${diastolic} (${mean}) mmHg`;
    return [
      ...(event === null ? [] : onCuff(event, at)),
      ...unmapped.tell('pressure in the cuff', `${nibp.cuff} mmHg`),
      // The module's last reading, also one that was there before us and whose age nobody knows.
      ...unmapped.tell('cuff reading that stands in the module', standing),
      ...unmapped.tell('cuff state', String(cuffStateOf(nibp.status))),
    ];
  };

  const onMessage = (message: ModuleMessage, at: Instant): readonly DriverOutput[] => {
    switch (message.kind) {
      case 'ecg':
        link.waves.ecgStatus(message.status);
        return [
          ...conditions.update('ecg', ecgFindings(message)),
          ...tell(ecgReadings(message), at),
          ...(message.st === null ? [] : unmapped.tell('ST', `${(message.st / 100).toFixed(2)} mV`)),
        ];
      case 'spo2':
        link.waves.oximetryStatus(message.status);
        return [
          ...conditions.update('spo2', oximetryFindings(message)),
          ...tell(oximetryReadings(message), at),
        ];
      case 'temperature':
        if (!t1IsBody) return unmapped.tell(...temperatureInWords(message));
        return [
          ...conditions.update('temperature', temperatureFindings(message)),
          ...tell(temperatureReadings(message), at),
        ];
      case 'nibp':
        return onNibp(message, at);
      case 'ecg-wave':
      case 'pleth':
      case 'respiration':
        return link.waves.next(message, at).map((block) => ({ type: 'waveform', block }));
      case 'beat':
        return [];
      default:
        return message satisfies never;
    }
  };

  const take = (decoded: Decoded<ModuleMessage>, at: Instant): readonly DriverOutput[] => {
    const { byteCount } = decoded;
    if (decoded.ok) {
      silence.heard(at);
      channels.heard(decoded.message.kind, at);
      return [{ type: 'frame', byteCount }, ...onMessage(decoded.message, at)];
    }
    link.waves.broken();
    const { reason, detail } = decoded;
    return [{ type: 'rejected', reason, detail, byteCount }];
  };

  return {
    start(now) {
      link = newLink();
      return [...conditions.forget(), ...channels.start(now).map(ask)];
    },
    receive: (chunk, now) => link.decoder.push(chunk).flatMap((decoded) => take(decoded, now)),
    tick: (now) => [...(silence.hasBegun(now) ? conditions.forget() : []), ...channels.due(now).map(ask)],
    end: (now) => link.decoder.end().flatMap((decoded) => take(decoded, now)),
    // A second start in the middle of a measurement would begin it anew.
    cuff: (command: CuffCommand, now: Instant) =>
      command === 'start' && cuff.isMeasuring(now) ? [] : cuffRequests(command, settings),
  };
};
