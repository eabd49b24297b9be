import { describe, expect, it } from 'vitest';
import type { DriverOutput } from '../../../devices/device.ts';
import { createIvyDriver } from '../../../devices/ivy-450c/driver.ts';
import blocks from '../../fixtures/ivy-450c/blocks.json' with { type: 'json' };
import { accountedBytes, at, conditionsIn, observationsIn } from '../drive.ts';
import { blockOf, linesWith, newDriver, REAL_LINES } from './support.ts';

type Step = readonly [ms: number, lines: readonly string[]];

/** What a driver says of each of these blocks. */
const run = (steps: readonly Step[], driver = newDriver()): readonly (readonly DriverOutput[])[] => {
  driver.start(at(0));
  return steps.map(([ms, lines]) => driver.receive(blockOf(lines), at(ms)));
};
const told = (outputs: readonly DriverOutput[]): readonly string[] =>
  observationsIn(outputs).map(({ metric, value, validity }) => `${metric} ${value} ${validity}`);
const one = (outputs: readonly DriverOutput[], metric: string) =>
  observationsIn(outputs)
    .filter((observation) => observation.metric === metric)
    .map(({ value, validity }) => value ?? validity);
const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
const HR = 'MDC_ECG_HEART_RATE';
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';

describe('the Ivy driver', () => {
  it.each(blocks)('reads $name, said twice', ({ lines, expect: expected, conditions }) => {
    const [first = [], second = []] = run([
      [1000, lines],
      [2000, lines],
    ]);
    expect(told(first)).toEqual([]);
    expect([...told(second)].sort()).toEqual([...expected].sort());
    expect(conditionsIn(first)).toEqual(conditions);
    expect(accountedBytes([...first, ...second])).toBe(2 * blockOf(lines).length);
  });

  it('sends nothing, whatever happens', () => {
    const driver = newDriver();
    const said = [
      ...driver.start(at(0)),
      ...driver.receive(blockOf(REAL_LINES), at(1000)),
      ...driver.tick(at(9000)),
      ...driver.end(at(9000)),
    ];
    expect(said.filter(({ type }) => type === 'request')).toEqual([]);
    expect(driver.cuff).toBeUndefined();
  });

  it('keeps a number that leaps back until the next block says so too', () => {
    const leap = linesWith('HR=1;180;ECG-II-DIAG;');
    const said = run([
      [1000, REAL_LINES],
      [2000, REAL_LINES],
      [3000, leap],
      [4000, REAL_LINES],
      [5000, REAL_LINES],
      [6000, leap],
      [7000, leap],
    ]);
    expect(said.map((outputs) => one(outputs, HR))).toEqual([[], [80], [], [], [80], [], [180]]);
  });

  it('tells at once that a number went away, and only of numbers that were there', () => {
    const said = run([
      [1000, REAL_LINES],
      [2000, REAL_LINES],
      [3000, linesWith('SPO2=1;;PR= ;')],
    ]);
    expect(one(said[2] ?? [], SPO2)).toEqual(['unavailable']);
    expect(one(said[2] ?? [], 'MDC_CONC_AWAY_CO2_ET')).toEqual([]);
  });

  it('goes on calling the respiration rate the capnograph’s while EtCO2 is zero, as in an apnoea', () => {
    const said = run(
      [38, 38, 0, 0].map((value, index): Step => [index * 1000, linesWith(`ETCO2=1;${value};;`)]),
    );
    expect(one(said[3] ?? [], 'MDC_CO2_RESP_RATE')).toEqual([35]);
    expect(one(said[3] ?? [], 'MDC_TTHOR_RESP_RATE')).toEqual([]);
  });

  it('converts kPa and degrees Fahrenheit where the clinic says that the monitor shows them', () => {
    const driver = createIvyDriver({ co2: 'kPa', temperature: 'fahrenheit', t1IsBody: true });
    const lines = linesWith('ETCO2=1;5.1;;', 'T1=1;98.6;;');
    const [, second = []] = run(
      [
        [1000, lines],
        [2000, lines],
      ],
      driver,
    );
    expect(one(second, 'MDC_CONC_AWAY_CO2_ET')).toEqual([38.25]);
    expect(one(second, 'MDC_TEMP_BODY')).toEqual([37]);
  });

  it('refuses a temperature in the wrong unit as no temperature of a patient', () => {
    const lines = linesWith('T1=1;98.6;;');
    const [, second = []] = run([
      [1000, lines],
      [2000, lines],
    ]);
    expect(one(second, 'MDC_TEMP_BODY')).toEqual(['invalid']);
  });

  it('shows what no metric is mapped to once, and again when it changes', () => {
    const said = run([
      [1000, REAL_LINES],
      [2000, REAL_LINES],
      [3000, linesWith('P1=3;110;73;88;;')],
    ]);
    const shown = said.map((outputs) =>
      outputs.flatMap((output) => (output.type === 'unmapped' ? [`${output.id}: ${output.value}`] : [])),
    );
    expect(shown[0]).toContain('P1: 111/73 (88) mmHg');
    expect(shown[0]).toContain('P2: NO TRANSDUCER');
    expect(shown[0]).toContain('states HR RR ETCO2 SPO2 NIBP P1 P2 T1 T2: 111143311');
    expect(shown.slice(1)).toEqual([[], ['P1: 110/73 (88) mmHg']]);
  });

  it('takes its alarms back when the monitor has been silent for 3 s', () => {
    const driver = newDriver();
    run([[1000, linesWith('HR=1;80;ECG-II-DIAG;HR HIGH')]], driver);
    expect(conditionsIn(driver.tick(at(3900)))).toEqual([]);
    expect(conditionsIn(driver.tick(at(4100)))).toEqual(['-monitor-alarm']);
    expect(conditionsIn(driver.tick(at(5000)))).toEqual([]);
  });
});

describe('the cuff of the Ivy', () => {
  const cuff = (text: string) => linesWith(`NIBP=4;${text};;`);
  const readings = (steps: readonly Step[]) =>
    run(steps).flatMap((outputs, index) =>
      observationsIn(outputs)
        .filter(({ metric }) => metric === SYS)
        .map(({ value, validity, ageAtReceiptMs }) => [steps[index]?.[0], value ?? validity, ageAtReceiptMs]),
    );

  it('tells a reading once, however often it is repeated; one found on connecting is of unknown age', () => {
    expect(readings([1000, 2000, 3000, 4000, 60_000, 61_000].map((ms): Step => [ms, REAL_LINES]))).toEqual([
      [2000, 121, 900_000],
    ]);
  });

  it('tells a new reading when two blocks have it, with the time since the last block without it', () => {
    expect(
      readings([
        [1000, REAL_LINES],
        [2000, REAL_LINES],
        [3000, cuff('131;80;99;82')],
        [4000, cuff('131;80;99;82')],
        [5000, cuff('131;80;99;82')],
      ]).slice(1),
    ).toEqual([[4000, 131, 2000]]);
  });

  it('doubts a reading that stood there when we came: it may be hours old', () => {
    const validity = (steps: readonly Step[]) =>
      run(steps).flatMap((outputs) =>
        observationsIn(outputs).flatMap((o) => (o.metric === SYS ? [o.validity] : [])),
      );
    expect(
      validity([
        [1000, REAL_LINES],
        [2000, REAL_LINES],
        [3000, cuff('131;80;99;82')],
        [4000, cuff('131;80;99;82')],
      ]),
    ).toEqual(['questionable', 'valid']);
  });

  it('tells nothing of a damaged digit that one block has', () => {
    expect(
      readings([
        [1000, REAL_LINES],
        [2000, REAL_LINES],
        [3000, cuff('191;75;92;80')],
        [4000, REAL_LINES],
        [5000, cuff('191;75;92;80')],
        [6000, cuff('129;75;92;80')],
        [7000, REAL_LINES],
      ]),
    ).toHaveLength(1);
  });

  it('does not take a changed state digit for a new reading', () => {
    const inflating = linesWith('NIBP=2;121;75;92;80;;');
    expect(
      readings([
        [1000, REAL_LINES],
        [2000, REAL_LINES],
        [3000, inflating],
        [4000, inflating],
        [5000, REAL_LINES],
      ]),
    ).toHaveLength(1);
  });

  it('says when the numbers were taken away; the same numbers put back are no new reading', () => {
    expect(
      readings([
        [1000, REAL_LINES],
        [2000, REAL_LINES],
        [3000, cuff(';;;')],
        [4000, cuff(';;;')],
        [5000, REAL_LINES],
        [6000, REAL_LINES],
      ]).slice(1),
    ).toEqual([[4000, 'unavailable', 0]]);
  });

  it('does not tell a reading again after a reconnect, and dates one that came meanwhile by the gap', () => {
    const driver = newDriver();
    run(
      [
        [1000, REAL_LINES],
        [2000, REAL_LINES],
      ],
      driver,
    );
    driver.start(at(80_000));
    const again = [80_000, 81_000].flatMap((ms) => driver.receive(blockOf(REAL_LINES), at(ms)));
    expect(one(again, SYS)).toEqual([]);
    driver.start(at(200_000));
    const later = [200_000, 201_000].flatMap((ms) => driver.receive(blockOf(cuff('131;80;99;82')), at(ms)));
    expect(observationsIn(later).find(({ metric }) => metric === SYS)).toMatchObject({
      value: 131,
      ageAtReceiptMs: 120_000,
    });
  });
});

describe('the waves of the Ivy', () => {
  const blocksOf = (outputs: readonly DriverOutput[]) =>
    outputs.flatMap((output) => (output.type === 'waveform' ? [output.block] : []));
  const waves = new Uint8Array(400).fill(100);
  waves.set([150, 0, 250, 0xfb], 0);
  waves.set([125, 0xfb], 200);

  it('are ECG in mV at 200 Hz, respiration and pleth at 50 Hz, and no trace is a gap', () => {
    const driver = newDriver();
    driver.start(at(0));
    const [ecg, respiration, pleth] = blocksOf(driver.receive(blockOf(REAL_LINES, waves), at(1000)));
    expect(ecg).toMatchObject({ wave: 'MDC_ECG_ELEC_POTL_II', unit: 'mV', periodMs: 5, isAfterGap: true });
    expect(ecg?.samples).toHaveLength(200);
    expect(ecg?.samples.slice(0, 5)).toEqual([1, -2, 3, null, 0]);
    expect(respiration).toMatchObject({ wave: 'MDC_TTHOR_RESP', unit: '1', periodMs: 20 });
    expect(respiration?.samples.slice(0, 3)).toEqual([0.5, null, 0.4]);
    expect(pleth?.samples).toHaveLength(50);
  });

  it('say where a block is missing', () => {
    const said = run([1000, 2000, 4000].map((ms): Step => [ms, REAL_LINES]));
    expect(said.map((outputs) => blocksOf(outputs).map(({ isAfterGap }) => isAfterGap))).toEqual([
      [true, true, true],
      [false, false, false],
      [true, true, true],
    ]);
  });

  it('name the lead of the source of HR, and none where it names none', () => {
    const leads = ['ECG-I-MON', 'ECG-II-DIAG', 'ECG-III', 'ECG-V-DIAG', 'PLETH'].map((label) => {
      const [outputs = []] = run([[1000, linesWith(`HR=1;80;${label};`)]]);
      return blocksOf(outputs)[0]?.wave;
    });
    expect(leads).toEqual([
      'MDC_ECG_ELEC_POTL_I',
      'MDC_ECG_ELEC_POTL_II',
      'MDC_ECG_ELEC_POTL_III',
      'MDC_ECG_ELEC_POTL',
      'MDC_ECG_ELEC_POTL',
    ]);
  });
});
