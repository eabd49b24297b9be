import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type loadScenario, ScenarioError, scenarioFromJson } from '../../app/scenario-file.ts';
import { METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import type { Observation } from '../../core/observation/observation.ts';
import { PAIRS, type Pair } from '../conformance/pairs.ts';
import { runScenario } from '../conformance/run.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  writeFileSync(join(folder, 'vitals.csv'), TABLE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Written for this test: two minutes of rows a quarter of a minute apart, with a gap of SpO2 and two cuff readings. */
const TABLE = `t,HR,SpO2,Resp,SYS,DIA,MAP,EtCO2,Temp,Room
0,71,97,13,,,,36,36.4,21
15,72,96,14,,,,37,36.4,21
30,73,95,15,,,,38,36.5,21
45,74,--,16,128,79,97,38,36.5,21
60,75,--,17,,,,39,36.5,22
75,76,93,18,,,,39,36.6,22
90,77,92,19,134,84,101,40,36.6,22
105,78,91,20,,,,40,36.6,22
120,79,90,21,,,,41,36.7,22
`;

const recording = (of: object) => ({
  name: 'taped',
  title: 'A table',
  recording: { file: 'vitals.csv', ...of },
});

const numbersOf = (pair: Pair, load: ReturnType<typeof loadScenario>, durationMs: number) => {
  const outputs = runScenario({
    ...pair,
    scenario: load.scenario,
    patient: load.makePatient(load.scenario, 1),
    durationMs,
  });
  const observations = outputs.flatMap((output): readonly Observation[] =>
    output.type === 'observation' ? [output.observation] : [],
  );
  return observations.filter(({ value }) => value !== null);
};

/** What each metric may say: the numbers of its column. Both pulse rates follow the heart rate where the table has but one. */
const COLUMN: Partial<Record<MetricId, readonly number[]>> = {
  MDC_ECG_HEART_RATE: [71, 72, 73, 74, 75, 76, 77, 78, 79],
  MDC_PULS_OXIM_PULS_RATE: [71, 72, 73, 74, 75, 76, 77, 78, 79],
  MDC_PULS_RATE_NON_INV: [74, 77],
  MDC_PULS_OXIM_SAT_O2: [97, 96, 95, 93, 92, 91, 90],
  MDC_PRESS_BLD_NONINV_SYS: [128, 134],
  MDC_PRESS_BLD_NONINV_DIA: [79, 84],
  MDC_PRESS_BLD_NONINV_MEAN: [97, 101],
  MDC_CONC_AWAY_CO2_ET: [36, 37, 38, 39, 40, 41],
  MDC_TEMP_BODY: [36.4, 36.5, 36.6, 36.7],
  MDC_BLD_PERF_INDEX: [3],
  MDC_RESP_RATE: [13, 14, 15, 16, 17, 18, 19, 20, 21],
  MDC_TTHOR_RESP_RATE: [13, 14, 15, 16, 17, 18, 19, 20, 21],
  MDC_CO2_RESP_RATE: [13, 14, 15, 16, 17, 18, 19, 20, 21],
};
/** Half of the last place that a protocol carries. */
const near = (metric: MetricId, value: number) =>
  (COLUMN[metric] ?? []).some(
    (told) => Math.abs(told - value) <= (METRICS[metric].decimals === 0 ? 0.5 : 0.06),
  );

describe('a recording as a scenario', () => {
  it.each(PAIRS)('comes out of $id number for number, and nothing else does', (pair) => {
    const load = scenarioFromJson(recording({}), folder);
    const numbers = numbersOf(pair, load, 130_000);
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers.filter(({ metric, value }) => value === null || !near(metric, value))).toEqual([]);
  });

  it('has no number where the table has none, and none after its end', () => {
    const load = scenarioFromJson(recording({}), folder);
    const patient = load.makePatient(load.scenario, 1);
    expect(patient.stateAt(40_000).oximeter).toMatchObject({ probe: 'on', spo2: 95 });
    expect(patient.stateAt(50_000).oximeter).toMatchObject({ probe: 'off' });
    expect(patient.stateAt(80_000).oximeter).toMatchObject({ probe: 'on', spo2: 93 });
    expect(patient.stateAt(200_000)).toMatchObject({
      ecg: { leads: 'off' },
      oximeter: { probe: 'off' },
      respiration: { rate: null },
      temperatureCel: null,
    });
  });

  it('begins where it is told to, and holds a value as long as it is told to', () => {
    const late = scenarioFromJson(recording({ startS: 60, holdS: 5 }), folder);
    const patient = late.makePatient(late.scenario, 1);
    expect(patient.stateAt(1_000).ecg).toMatchObject({ leads: 'on', heartRate: 75 });
    expect(patient.stateAt(6_000).ecg).toMatchObject({ leads: 'off' });
    expect(patient.stateAt(30_000).cuff.last).toMatchObject({ kind: 'reading', systolic: 134, number: 1 });
  });

  it('takes columns by other names, and leaves out those it is told to', () => {
    const load = scenarioFromJson(recording({ columns: { Room: 'MDC_TEMP_BODY', Temp: null } }), folder);
    expect(load.makePatient(load.scenario, 1).stateAt(1_000).temperatureCel).toBe(21);
  });

  it('is driven by hand like any patient', () => {
    const json = {
      ...recording({}),
      events: [
        { kind: 'pressure', atS: 50, rampS: 5, systolicBy: 60, diastolicBy: 30 },
        { kind: 'probe-off', atS: 80, durationS: 10 },
      ],
      cuff: { extraAtS: [100] },
    };
    const load = scenarioFromJson(json, folder);
    const patient = load.makePatient(load.scenario, 1);
    expect(patient.stateAt(46_000).cuff.last).toMatchObject({ systolic: 128 });
    expect(patient.stateAt(91_000).cuff.last).toMatchObject({ systolic: 194, diastolic: 114 });
    expect(patient.stateAt(85_000).oximeter.probe).toBe('off');
    expect(patient.stateAt(110_000).cuff.measuring).toBe(true);
    expect(patient.stateAt(131_000).cuff.last).toMatchObject({ systolic: 194, number: 3 });
    patient.command({ kind: 'start-cuff' }, 140_000);
    expect(patient.stateAt(150_000).cuff.measuring).toBe(true);
  });

  it.each([
    [{ file: 'nowhere.csv' }, /^recording\.file: ENOENT/],
    [{ columns: { HR: 'MDC_NOTHING' } }, /^recording\.columns\.HR: "MDC_NOTHING" is not a metric/],
    [{ columns: { HR: null, speed: 3 } }, /^recording/],
  ])('that cannot be played (%j) is refused in one line', (of, message) => {
    expect(() => scenarioFromJson(recording(of), folder)).toThrow(message);
    expect(() => scenarioFromJson(recording(of), folder)).toThrow(ScenarioError);
  });
});

const real = fileURLToPath(new URL('../../../shared/data/numerics/', import.meta.url));
const filesOf = (part: string) => (existsSync(real) ? readdirSync(`${real}${part}`).slice(0, 3) : []);

describe.skipIf(!existsSync(real))('real recordings as scenarios', () => {
  const files = ['mimic2', 'cinc2012', 'exports'].flatMap((part) =>
    filesOf(part).map((file) => `${part}/${file}`),
  );
  it.each(files)('%s plays through an IntelliVue, an Ivy and an Accutorr', (file) => {
    const load = scenarioFromJson({ name: 'real', title: file, recording: { file, startS: 600 } }, real);
    const patient = load.makePatient(load.scenario, 1);
    for (const pair of PAIRS.filter(({ id }) =>
      ['intellivue', 'ivy-450c', 'datascope-accutorr'].includes(id),
    )) {
      const rates = numbersOf(pair, load, 60_000).filter(({ metric }) => metric === 'MDC_ECG_HEART_RATE');
      const truth = patient.truthAt(30_000).heartRate;
      for (const { value } of rates) expect(Math.abs((value ?? 0) - (truth ?? 0))).toBeLessThan(30);
      if (truth !== null && patient.stateAt(30_000).ecg.leads === 'on' && pair.id !== 'datascope-accutorr') {
        expect(rates.length, pair.id).toBeGreaterThan(5);
      }
    }
  });
});
