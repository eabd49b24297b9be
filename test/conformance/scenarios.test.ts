import { describe, expect, it } from 'vitest';
import { isPlausible, METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import type { Observation } from '../../core/observation/observation.ts';
import type { DriverOutput } from '../../devices/device.ts';
import { builtInScenarios } from '../../simulators/scenarios/index.ts';
import { PAIRS } from './pairs.ts';
import { runScenario, START_EPOCH_MS } from './run.ts';

/** Long enough for two cuff readings of most scenarios (simulated ms). */
const DURATION_MS = 240_000;

/** What a nurse watches; each family yields those of them that it declares. */
const VITALS: readonly MetricId[] = [
  'MDC_ECG_HEART_RATE',
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_PULS_OXIM_PULS_RATE',
  'MDC_TTHOR_RESP_RATE',
  'MDC_PRESS_BLD_NONINV_SYS',
  'MDC_PRESS_BLD_NONINV_DIA',
];

const observationsIn = (outputs: readonly DriverOutput[]): readonly Observation[] =>
  outputs.flatMap((output) => (output.type === 'observation' ? [output.observation] : []));
const bytesIn = (outputs: readonly DriverOutput[], type: 'frame' | 'rejected'): number =>
  outputs.reduce((sum, output) => sum + (output.type === type ? output.byteCount : 0), 0);

describe.each(PAIRS)('$id', ({ profile, simulator }) => {
  const declared = new Set<string>(profile.metrics);

  it.each(builtInScenarios().map((scenario) => [scenario.name, scenario] as const))(
    'runs the scenario %s on its simulator through its own driver',
    (_name, scenario) => {
      const outputs = runScenario({ profile, simulator, scenario, durationMs: DURATION_MS });
      const observations = observationsIn(outputs);

      // Only what is declared, in the unit of the vocabulary, never a number that cannot be.
      expect(observations.filter(({ metric }) => !declared.has(metric))).toEqual([]);
      for (const { metric, unit, value, receivedAt, ageAtReceiptMs } of observations) {
        expect(unit).toBe(METRICS[metric].unit);
        if (value !== null) expect(isPlausible(metric, value), `${metric} ${value}`).toBe(true);
        expect(receivedAt.wall - START_EPOCH_MS).toBe(receivedAt.mono);
        expect(ageAtReceiptMs).toBeGreaterThanOrEqual(0);
      }
      // The vitals of the family are there, as valid numbers.
      const seen = new Set<MetricId>(
        observations.filter(({ validity }) => validity === 'valid').map(({ metric }) => metric),
      );
      // A monitor with one respiration rate takes it from the capnograph where one is fitted.
      if (seen.has('MDC_CO2_RESP_RATE')) seen.add('MDC_TTHOR_RESP_RATE');
      expect(VITALS.filter((metric) => declared.has(metric) && !seen.has(metric))).toEqual([]);
      // Time of receipt never runs backwards.
      const times = observations.map(({ receivedAt }) => receivedAt.mono);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    },
  );

  it('refuses nothing of what its own simulator sends on a clean line', () => {
    const clean = builtInScenarios().filter(({ line }) => line.length === 0);
    for (const scenario of clean) {
      const outputs = runScenario({ profile, simulator, scenario, durationMs: 60_000 });
      // The end may cut one frame in the middle.
      const refused = outputs.filter(({ type }) => type === 'rejected');
      expect(refused.length, scenario.name).toBeLessThanOrEqual(1);
      expect(bytesIn(outputs, 'frame'), scenario.name).toBeGreaterThan(0);
    }
  });

  it('sends nothing but what it declares, and never anything that moves the cuff', () => {
    for (const scenario of builtInScenarios()) {
      for (const output of runScenario({ profile, simulator, scenario, durationMs: 60_000 })) {
        if (output.type !== 'request') continue;
        const kinds = profile.transmits.filter((transmit) => transmit.matches(output.bytes));
        expect(kinds.length, `${scenario.name}: ${output.purpose}`).toBe(1);
        expect(['asks', 'answers'], output.purpose).toContain(kinds[0]?.effect);
      }
    }
  });

  it('says the same for the same seed, and something else for another', () => {
    const [scenario] = builtInScenarios();
    if (scenario === undefined) throw new Error('no scenario');
    const told = (seed: number) =>
      observationsIn(runScenario({ profile, simulator, scenario, durationMs: 60_000, seed }));
    expect(told(3)).toEqual(told(3));
    expect(told(3)).not.toEqual(told(4));
  });
});
