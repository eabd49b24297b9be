/**
 * A patient whose vitals come from a recording, number for number: what the table says, a monitor of any family shows. What
 * the table does not have is not measured. The scenario's events act on top, so a recording can be driven by hand as well.
 */

import type { VitalsSample } from '../../core/evaluation/held-values.ts';
import { RESPIRATION_METRICS } from '../../core/nomenclature/metrics.ts';
import type { CuffResult, LivingPatient, PatientState, Truth } from '../patient.ts';
import type { EventOf, RecordingSource, Scenario } from '../scenario.ts';
import { type EventsByKind, isPressureEvent, pressureAfter, sortedByKind } from './body.ts';
import { movedTowards, openWindow } from './envelope.ts';
import { type RecordedReading, type RecordedVitals, recordedVitals } from './recorded-vitals.ts';
import { monitorSays } from './sayings.ts';

/** A measurement takes so long; one from the table ends when the table has it (ms). */
const MEASUREMENT_MS = 30_000;
const SEARCHING_S = 6;
/** Perfusion where the recording has none (%): a good pulse. */
const PERFUSION = 3;
const LOWEST_PERFUSION = 0.02;

interface Measurement {
  readonly startMs: number;
  readonly endMs: number;
  readonly reading: RecordedReading | null;
  /** Stopped by hand: nothing is reported. */
  readonly isStopped: boolean;
}

/** The patient of a scenario with a recording. Commands are part of the scenario (`cuff.extraAtS`, events). */
export const createRecordedPatient = (
  scenario: Scenario,
  source: RecordingSource,
  samples: readonly VitalsSample[],
): LivingPatient => {
  const vitals = recordedVitals(samples, source.holdS === null ? null : source.holdS * 1000);
  const events = sortedByKind(scenario.events);
  const pressureEvents = scenario.events.filter((event) => isPressureEvent(event));
  const offsetMs = source.startS * 1000;
  const measurements = measurementsOf(scenario, vitals, offsetMs);

  const moved = (value: number | null, kind: SteeredKind, seconds: number): number | null =>
    value === null ? null : movedTowards(value, events[kind], seconds);
  const isApneic = (seconds: number): boolean => openWindow(events.apnea, seconds) !== null;

  const truthAt = (elapsedMs: number): Truth => {
    const seconds = elapsedMs / 1000;
    const atMs = elapsedMs + offsetMs;
    const last = vitals.readings.findLast((reading) => reading.atMs <= atMs) ?? null;
    const pressure = last === null ? null : pressureAfter(pressureEvents, last, seconds);
    return {
      heartRate: moved(vitals.value([...HEART_RATES], atMs), 'heart-rate', seconds),
      systolic: pressure?.systolic ?? null,
      diastolic: pressure?.diastolic ?? null,
      spo2: moved(vitals.value(['MDC_PULS_OXIM_SAT_O2'], atMs), 'desaturation', seconds),
      respiratoryRate: isApneic(seconds)
        ? 0
        : moved(vitals.value(RESPIRATION_METRICS, atMs), 'respiratory-rate', seconds),
      perfusionIndex: moved(
        vitals.value(['MDC_BLD_PERF_INDEX'], atMs) ?? PERFUSION,
        'low-perfusion',
        seconds,
      ),
      etco2MmHg: moved(vitals.value(['MDC_CONC_AWAY_CO2_ET'], atMs), 'etco2', seconds),
      temperatureCel: moved(vitals.value(['MDC_TEMP_BODY'], atMs), 'temperature', seconds),
    };
  };

  const oximeterAt = (truth: Truth, seconds: number, atMs: number): PatientState['oximeter'] => {
    const off = openWindow(events['probe-off'], seconds);
    const pulse = moved(
      vitals.value(['MDC_PULS_OXIM_PULS_RATE', 'MDC_ECG_HEART_RATE'], atMs),
      'heart-rate',
      seconds,
    );
    const probe = off?.how ?? (truth.spo2 === null ? 'off' : 'on');
    const perfusion = truth.perfusionIndex ?? PERFUSION;
    const isSearching =
      probe === 'on' && (wasOff(events, seconds) || pulse === null || pulse <= 0 || perfusion < 0.05);
    const motion = openWindow(events.motion, seconds) !== null;
    if (probe !== 'on' || isSearching) {
      return {
        probe,
        searching: isSearching,
        spo2: 0,
        pulseRate: 0,
        perfusionIndex: LOWEST_PERFUSION,
        motion,
      };
    }
    return {
      probe,
      searching: false,
      spo2: truth.spo2 ?? 0,
      pulseRate: pulse ?? 0,
      perfusionIndex: perfusion,
      motion,
    };
  };

  const cuffAt = (elapsedMs: number): PatientState['cuff'] => {
    const finished = measurements.filter(({ endMs, isStopped }) => endMs <= elapsedMs && !isStopped);
    const last = finished.at(-1);
    return {
      measuring: measurements.some(({ startMs, endMs }) => startMs <= elapsedMs && elapsedMs < endMs),
      auto: vitals.readings.length > 0,
      last: last === undefined ? null : resultOf(last, finished.length),
    };
  };

  const resultOf = ({ startMs, endMs, reading }: Measurement, number: number): CuffResult => {
    const failure = failureDuring(events['cuff-failure'], startMs, endMs);
    if (failure !== null || reading === null) {
      return { kind: 'failed', number, cause: failure?.cause ?? 'loose', endedAtMs: endMs };
    }
    const pressure = pressureAfter(pressureEvents, reading, endMs / 1000);
    const systolic = Math.round(pressure.systolic);
    const diastolic = Math.round(pressure.diastolic);
    const isAsRecorded = systolic === reading.systolic && diastolic === reading.diastolic;
    const pulseRate = reading.pulseRate ?? vitals.latest([...HEART_RATES], endMs + offsetMs) ?? 0;
    return {
      kind: 'reading',
      number,
      systolic,
      diastolic,
      mean: isAsRecorded ? reading.mean : Math.round(diastolic + (systolic - diastolic) / 3),
      pulseRate: Math.round(movedTowards(pulseRate, events['heart-rate'], endMs / 1000)),
      endedAtMs: endMs,
    };
  };

  return {
    truthAt,
    stateAt: (elapsedMs) => {
      const seconds = elapsedMs / 1000;
      const truth = truthAt(elapsedMs);
      const isMoved = openWindow(events.motion, seconds) !== null;
      const isEcgRecorded = vitals.value(['MDC_ECG_HEART_RATE'], elapsedMs + offsetMs) !== null;
      const apnea = openWindow(events.apnea, seconds);
      const rate = truth.respiratoryRate;
      return {
        elapsedMs,
        ecg: {
          leads: isEcgRecorded && openWindow(events['leads-off'], seconds) === null ? 'on' : 'off',
          heartRate: truth.heartRate ?? 0,
          artefact: isMoved || openWindow(events['ecg-artefact'], seconds) !== null,
        },
        oximeter: oximeterAt(truth, seconds, elapsedMs + offsetMs),
        respiration: {
          rate,
          sinceBreathMs: sinceBreathMs(rate, apnea, elapsedMs),
          etco2MmHg: truth.etco2MmHg !== null && apnea !== null ? 0 : truth.etco2MmHg,
        },
        cuff: cuffAt(elapsedMs),
        temperatureCel: truth.temperatureCel,
        monitor: monitorSays(events, seconds),
      };
    },
    // The scenario carries what is done by hand; a patient on a tape hears no command.
    command: () => undefined,
  };
};

type SteeredKind =
  | 'heart-rate'
  | 'desaturation'
  | 'respiratory-rate'
  | 'low-perfusion'
  | 'etco2'
  | 'temperature';

const HEART_RATES = ['MDC_ECG_HEART_RATE', 'MDC_PULS_OXIM_PULS_RATE'] as const;

/** Those of the table, and those started by hand, which find the pressure of the last row that had one. */
const measurementsOf = (
  { cuff }: Scenario,
  { readings }: RecordedVitals,
  offsetMs: number,
): readonly Measurement[] => {
  const recorded = readings
    .map((reading) => ({
      startMs: reading.atMs - offsetMs - MEASUREMENT_MS,
      endMs: reading.atMs - offsetMs,
      reading,
      isStopped: false,
    }))
    .filter(({ endMs }) => endMs >= 0);
  const byHand = cuff.extraAtS.map((seconds): Measurement => {
    const startMs = seconds * 1000;
    const plannedMs = startMs + MEASUREMENT_MS;
    const stopMs = cuff.stopAtS.map((s) => s * 1000).find((atMs) => atMs > startMs && atMs < plannedMs);
    return {
      startMs,
      endMs: stopMs ?? plannedMs,
      reading: readings.findLast((reading) => reading.atMs <= plannedMs + offsetMs) ?? null,
      isStopped: stopMs !== undefined,
    };
  });
  return [...recorded, ...byHand].sort((a, b) => a.endMs - b.endMs);
};

const failureDuring = (
  failures: readonly EventOf<'cuff-failure'>[],
  startMs: number,
  endMs: number,
): EventOf<'cuff-failure'> | null =>
  failures.find(({ atS, durationS }) => atS * 1000 < endMs && (atS + durationS) * 1000 > startMs) ?? null;

/** For some seconds after the probe went on again. */
const wasOff = (events: EventsByKind, seconds: number): boolean =>
  events['probe-off'].some(({ atS, durationS }) => {
    const since = seconds - (atS + durationS);
    return since >= 0 && since < SEARCHING_S;
  });

/** Even breaths at the rate; without one, since the apnoea began, or for the whole time that the table says 0. */
const sinceBreathMs = (rate: number | null, apnea: EventOf<'apnea'> | null, elapsedMs: number): number => {
  if (apnea !== null) return elapsedMs - apnea.atS * 1000;
  if (rate === null) return 0;
  return rate <= 0 ? elapsedMs : elapsedMs % (60_000 / rate);
};
