/** Scenarios by name or from a file, with the recording they name: the one place where both are read. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { VitalsSample } from '../core/evaluation/held-values.ts';
import { isMetricId, type MetricId } from '../core/nomenclature/metrics.ts';
import { createDrivenPatient } from '../simulators/driving/driven-patient.ts';
import type { LivingPatient } from '../simulators/patient.ts';
import { createPatient } from '../simulators/physiology/create-patient.ts';
import { createRecordedPatient } from '../simulators/physiology/recorded-patient.ts';
import { parseScenario, type RecordingSource, recordingOf, type Scenario } from '../simulators/scenario.ts';
import { builtInScenarios, findScenario } from '../simulators/scenarios/index.ts';
import { parseVitalsCsv, VitalsCsvError } from './vitals-csv.ts';

/** A scenario with the patient that plays it. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** Makes the patient of the scenario, or of one that grew out of it by hand. */
  makePatient(scenario: Scenario, seed: number): LivingPatient;
  /** What a person should know of the recording: columns that are not used, and why. */
  readonly notes: readonly string[];
}

/** A scenario that cannot be had; the message is one line that names what is wrong. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
}

/**
 * A built-in name, or the path of a scenario file (with a point or a slash in it).
 * @throws ScenarioError
 */
export const loadScenario = (nameOrPath: string): LoadedScenario => {
  const builtIn = findScenario(nameOrPath);
  if (builtIn !== null) return withPatient(builtIn, '.');
  if (!/[./\\]/.test(nameOrPath)) {
    const names = builtInScenarios().map((scenario) => scenario.name);
    throw new ScenarioError(
      `${JSON.stringify(nameOrPath)} is neither a file nor one of: ${names.join(', ')}`,
    );
  }
  try {
    return scenarioFromJson(readJson(nameOrPath), dirname(nameOrPath));
  } catch (error) {
    if (error instanceof ScenarioError) throw new ScenarioError(`${nameOrPath}: ${error.message}`);
    throw error;
  }
};

/**
 * A scenario from parsed JSON; a recording is looked for from `folder`.
 * @throws ScenarioError
 */
export const scenarioFromJson = (json: unknown, folder: string): LoadedScenario => {
  const parsed = parseScenario(json);
  if (!parsed.ok) throw new ScenarioError(parsed.problem);
  return withPatient(parsed.scenario, folder);
};

const withPatient = (scenario: Scenario, folder: string): LoadedScenario => {
  const source = recordingOf(scenario);
  if (source === null) return { scenario, makePatient: createPatient, notes: [] };
  const file = resolve(folder, source.file);
  const { samples, notes } = readVitals(file, source);
  return {
    // The path as it is from anywhere: a file that is saved elsewhere still finds its recording.
    scenario: { ...scenario, recording: { ...source, file } },
    // Driven, so that the host's own cuff requests are heard.
    makePatient: (grown) => createDrivenPatient(grown, (now) => createRecordedPatient(now, source, samples)),
    notes,
  };
};

const readVitals = (
  file: string,
  source: RecordingSource,
): { readonly samples: readonly VitalsSample[]; readonly notes: readonly string[] } => {
  const columns = new Map(
    Object.entries(source.columns).map(([heading, metric]) => [heading, metricOf(heading, metric)]),
  );
  try {
    return parseVitalsCsv(readText(file, 'recording.file'), { zero: source.zero, columns });
  } catch (error) {
    if (error instanceof VitalsCsvError) throw new ScenarioError(`recording ${file}: ${error.message}`);
    throw error;
  }
};

const metricOf = (heading: string, metric: string | null): MetricId | null => {
  if (metric === null || isMetricId(metric)) return metric;
  throw new ScenarioError(`recording.columns.${heading}: "${metric}" is not a metric of Chairside`);
};

const readJson = (path: string): unknown => {
  const text = readText(path, null);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScenarioError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const readText = (path: string, field: string | null): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScenarioError(field === null ? reason : `${field}: ${reason}`);
  }
};
