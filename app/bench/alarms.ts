/** The evidence about alarms (docs/evidence-alarms.md): simulated visits and real recordings. */
import { existsSync } from 'node:fs';
import { DEFAULT_PRESET } from '../../core/alarm/presets.ts';
import { evaluateTrace } from '../../core/evaluation/evaluate.ts';
import { type PopulationOptions, populationComparison, populationFigures } from './alarm-budget.ts';
import { comparisonOf } from './alarm-comparison.ts';
import { roughVisit, typicalVisit } from './populations.ts';
import { type RecordedGroup, recordedGroups } from './recorded-traces.ts';

export interface AlarmBenchOptions {
  /** Visits of the typical population at the budget's own setting; the other runs take a fifth of it. */
  readonly visits: number;
  /** The folder with real recordings; what is not there is said to be missing. */
  readonly recordings: string;
  readonly say: (line: string) => void;
}

/** A nurse acknowledges 30 s after a sound began. */
const NURSE = { kind: 'nurse', afterMs: 30_000 } as const;
/** Time between two looks on recordings whose values come every 5 s at most (ms). */
const RECORDED_TICK_MS = 5_000;

/** Runs everything; a document of figures. */
export const benchAlarms = ({ visits, recordings, say }: AlarmBenchOptions): object => {
  const fewer = Math.ceil(visits / 5);
  const population = (name: string, options: PopulationOptions) => {
    say(`  ${name}: ${options.visits} visits`);
    return populationFigures(options);
  };
  const typical = { planOf: typicalVisit, acknowledging: NURSE, repeats: false };
  const simulated = {
    typical: population('typical', { ...typical, visits }),
    typicalWithRepeats: population('typical, repeats taken', { ...typical, visits: fewer, repeats: true }),
    typicalUnattended: population('typical, nobody acknowledges', {
      ...typical,
      visits: fewer,
      acknowledging: { kind: 'nobody' },
    }),
    rough: population('rough', { ...typical, planOf: roughVisit, visits: fewer }),
    roughUnattended: population('rough, nobody acknowledges', {
      planOf: roughVisit,
      visits: fewer,
      acknowledging: { kind: 'nobody' },
      repeats: true,
    }),
  };
  const compared = Math.ceil(visits / 10);
  say(`  against plain thresholds: 2 × ${compared} visits`);
  const againstPlain = {
    typical: populationComparison(typicalVisit, compared),
    rough: populationComparison(roughVisit, compared),
  };
  const isThere = existsSync(recordings);
  if (!isThere) say('  no real recordings here: that part is left out');
  return {
    bench: 'alarms',
    preset: `${DEFAULT_PRESET.presetId} version ${DEFAULT_PRESET.presetVersion}`,
    simulated,
    againstPlain,
    recordings: isThere
      ? Object.fromEntries(recordedGroups(recordings).map((group) => [group.name, recorded(group, say)]))
      : 'not there',
  };
};

const recorded = (group: RecordedGroup, say: (line: string) => void): object => {
  say(`  ${group.name}`);
  return { resolution: group.resolution, ...comparisonOf(evaluated(group)) };
};

function* evaluated(group: RecordedGroup) {
  for (const { name, inputs } of group.traces()) {
    const evaluation = evaluateTrace(inputs, DEFAULT_PRESET, {
      tickMs: RECORDED_TICK_MS,
      acknowledging: { kind: 'when-over' },
    });
    if (evaluation !== null) yield { name, evaluation };
  }
}
