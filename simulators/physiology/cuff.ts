/**
 * The cuff: measurements start on the clock (every interval), by hand or by command, take half a minute, and end
 * in a reading or a failure. The list of measurements is a function of scenario, seed and commands.
 */

import type { CuffResult, PatientState } from '../patient.ts';
import { between, gaussian, type Stream, stream } from '../random.ts';
import type { EventOf, Scenario } from '../scenario.ts';
import { type Body, bloodPressure, meanHeartRate } from './body.ts';

/** A press of the monitor's NIBP key, or the host's request. */
export interface CuffCommand {
  readonly kind: 'start-cuff' | 'stop-cuff';
  readonly atMs: number;
}

/** The state of the cuff at a moment. */
export type CuffTimeline = (elapsedMs: number) => PatientState['cuff'];

interface Measurement {
  readonly startMs: number;
  readonly endMs: number;
  /** Null when it was stopped: nothing is reported. */
  readonly result: CuffResult | null;
}

/** How long a measurement takes that fails, by its cause (ms): a leak shows at once, motion is retried. */
const FAILURE_MS = { loose: 14_000, leak: 22_000, motion: 65_000 } as const;
/** What goes wrong late in a measurement is noticed this long after (ms). */
const NOTICED_AFTER_MS = 2_000;
/** The pressures are found while the cuff deflates, a little before the result is shown. */
const FOUND_BEFORE_END_MS = 8_000;
/** SD of one reading against the truth (mmHg); monitors may have up to 8 (ISO 81060-2, criterion 1). */
const READING_SD = 3;

/** The measurements of a cuff on this body under these commands (in order of time). */
export const createCuffTimeline = (
  scenario: Scenario,
  body: Body,
  seed: number,
  commands: readonly CuffCommand[],
): CuffTimeline => {
  const duration = stream(seed, 'cuff.duration');
  const noise = {
    systolic: stream(seed, 'cuff.systolic'),
    diastolic: stream(seed, 'cuff.diastolic'),
    mean: stream(seed, 'cuff.mean'),
    pulse: stream(seed, 'cuff.pulse'),
  };
  const byHandMs = [
    ...scenario.cuff.extraAtS.map((seconds) => seconds * 1000),
    ...commands.filter((command) => command.kind === 'start-cuff').map((command) => command.atMs),
  ].sort((a, b) => a - b);
  const stopsMs = [
    ...scenario.cuff.stopAtS.map((seconds) => seconds * 1000),
    ...commands.filter((command) => command.kind === 'stop-cuff').map((command) => command.atMs),
  ].sort((a, b) => a - b);
  const measurements: Measurement[] = [];
  let finished = 0;

  const nextStartMs = (afterMs: number): number =>
    Math.min(
      byHandMs.find((startMs) => startMs >= afterMs) ?? Number.POSITIVE_INFINITY,
      nextOnTheClock(scenario.cuff, afterMs),
    );

  const measure = (startMs: number): Measurement => {
    const attempt = measurements.length;
    const plannedMs = between(duration, attempt, 25_000, 40_000);
    const failure = failureDuring(body.events['cuff-failure'], startMs, startMs + plannedMs);
    const endMs = Math.round(
      failure === null
        ? startMs + plannedMs
        : Math.max(startMs + FAILURE_MS[failure.cause], failure.atS * 1000 + NOTICED_AFTER_MS),
    );
    const stopMs = stopsMs.find((atMs) => atMs > startMs && atMs < endMs);
    if (stopMs !== undefined) return { startMs, endMs: stopMs, result: null };
    finished += 1;
    const result: CuffResult =
      failure === null
        ? { kind: 'reading', number: finished, ...readingAt(body, endMs, attempt, noise), endedAtMs: endMs }
        : { kind: 'failed', number: finished, cause: failure.cause, endedAtMs: endMs };
    return { startMs, endMs, result };
  };

  return (elapsedMs) => {
    for (;;) {
      const startMs = nextStartMs(measurements.at(-1)?.endMs ?? 0);
      if (startMs > elapsedMs) break;
      measurements.push(measure(startMs));
    }
    const latest = measurements.findLast((measurement) => measurement.startMs <= elapsedMs);
    return {
      measuring: latest !== undefined && elapsedMs < latest.endMs,
      auto: scenario.cuff.intervalS !== null,
      last:
        measurements.findLast((measurement) => measurement.endMs <= elapsedMs && measurement.result !== null)
          ?.result ?? null,
    };
  };
};

/** The first automatic start that is not before `afterMs`; a start that falls into a measurement is skipped. */
const nextOnTheClock = (cuff: Scenario['cuff'], afterMs: number): number => {
  const firstMs = cuff.firstAtS * 1000;
  if (cuff.intervalS === null) return Number.POSITIVE_INFINITY;
  if (afterMs <= firstMs) return firstMs;
  const intervalMs = cuff.intervalS * 1000;
  return firstMs + Math.ceil((afterMs - firstMs) / intervalMs) * intervalMs;
};

const failureDuring = (
  failures: readonly EventOf<'cuff-failure'>[],
  startMs: number,
  endMs: number,
): EventOf<'cuff-failure'> | null =>
  failures.find(
    (failure) => failure.atS * 1000 < endMs && (failure.atS + failure.durationS) * 1000 > startMs,
  ) ?? null;

/** Whole numbers, as monitors report them, with systolic > mean > diastolic. */
const readingAt = (
  body: Body,
  endMs: number,
  attempt: number,
  noise: Readonly<Record<'systolic' | 'diastolic' | 'mean' | 'pulse', Stream>>,
) => {
  const seconds = (endMs - FOUND_BEFORE_END_MS) / 1000;
  const pressure = bloodPressure(body, seconds);
  const systolic = Math.round(pressure.systolic + READING_SD * gaussian(noise.systolic, attempt));
  const diastolic = Math.min(
    systolic - 8,
    Math.round(pressure.diastolic + READING_SD * gaussian(noise.diastolic, attempt)),
  );
  const mean = Math.round(diastolic + (systolic - diastolic) * 0.37 + gaussian(noise.mean, attempt));
  return {
    systolic,
    diastolic,
    mean: Math.min(systolic - 1, Math.max(diastolic + 1, mean)),
    pulseRate: Math.round(meanHeartRate(body, seconds) + gaussian(noise.pulse, attempt)),
  };
};
