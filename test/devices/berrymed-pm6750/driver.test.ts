import { describe, expect, it } from 'vitest';
import { createBerryDriver } from '../../../devices/berrymed-pm6750/driver.ts';
import { berrymedPm6750 } from '../../../devices/berrymed-pm6750/index.ts';
import type { DriverOutput } from '../../../devices/device.ts';
import frames from '../../fixtures/berrymed-pm6750/frames.json' with { type: 'json' };
import { accountedBytes, at, conditionsIn, observationsIn } from '../drive.ts';
import { asked, cuffFrame, frame, hex, newDriver } from './support.ts';

const told = (outputs: readonly DriverOutput[]): readonly string[] =>
  observationsIn(outputs).map(({ metric, value, validity }) => `${metric} ${value} ${validity}`);
const ON = ['55aa040101f9', '55aa040301f7', '55aa040401f6', '55aa04fe01fc', '55aa04ff01fb'];
const ECG = frame(0x02, 0, 75, 16, 0, 1);
const SPO2 = frame(0x04, 0, 98, 75);

describe('the PM6750 driver', () => {
  it.each(frames)('tells $name, said twice', ({ hex: text, told: expected, conditions }) => {
    const driver = newDriver();
    driver.start(at(0));
    const first = driver.receive(hex(text), at(1000));
    const second = driver.receive(hex(text), at(2000));
    expect(conditionsIn(first)).toEqual(conditions);
    expect(conditionsIn(second)).toEqual([]);
    const all = told([...first, ...second]);
    expect([...new Set(all)]).toEqual(expected);
    expect(accountedBytes([...first, ...second])).toBe(2 * hex(text).length);
    // A number only when it is said again; what is absent at once.
    expect(told(first)).toEqual(expected.filter((one) => one.includes(' null ')));
  });

  it('switches the outputs on when it connects, again while nothing comes, and never touches the cuff or a setting', () => {
    const driver = newDriver();
    expect(asked(driver.start(at(0)))).toEqual(ON);
    expect(asked(driver.tick(at(2000)))).toEqual([]);
    expect(asked(driver.tick(at(2500)))).toEqual(ON);
    expect(asked(driver.tick(at(5000)))).toEqual(ON);
  });

  it('asks again for the one output that is missing, and seldom when it never comes', () => {
    const driver = newDriver();
    driver.start(at(0));
    const said: string[] = [];
    for (let ms = 250; ms <= 60_000; ms += 250) {
      for (const bytes of [ECG, SPO2, frame(0xfe, 40), frame(0xff, 30)]) driver.receive(bytes, at(ms));
      said.push(...asked(driver.tick(at(ms))).map((text) => `${ms} ${text}`));
    }
    expect(said).toEqual([2500, 5000, 7500, 37_500].map((ms) => `${ms} 55aa040401f6`));
  });

  it('switches everything on again after the module lost its power, also what was asked seldom', () => {
    const driver = newDriver();
    driver.start(at(0));
    for (let ms = 250; ms <= 20_000; ms += 250) {
      driver.receive(ECG, at(ms));
      driver.tick(at(ms));
    }
    expect(asked(driver.tick(at(22_500)))).toEqual(ON);
  });

  it('keeps a number that leaps back until the next one says so too', () => {
    const driver = newDriver();
    driver.start(at(0));
    const rates = [75, 75, 180, 75, 75, 180, 180].map((rate, index) =>
      told(driver.receive(frame(0x02, 0, rate, 16, 0, 1), at(index * 1000))).filter((one) =>
        one.includes('HEART'),
      ),
    );
    expect(rates.map((one) => one[0]?.split(' ')[1] ?? '-')).toEqual(['-', '75', '-', '-', '75', '-', '180']);
  });

  it('takes its conditions back when the module has been silent for 3 s', () => {
    const driver = newDriver();
    driver.start(at(0));
    driver.receive(frame(0x04, 2, 127, 255), at(1000));
    expect(conditionsIn(driver.tick(at(4100)))).toEqual(['-sensor-off']);
  });
});

describe('the cuff of the PM6750', () => {
  const run = (steps: readonly (readonly [seconds: number, bytes: Uint8Array])[], driver = newDriver()) => {
    driver.start(at(0));
    return steps.map(([seconds, bytes]) => driver.receive(bytes, at(seconds * 1000)));
  };
  const systolic = (outputs: readonly DriverOutput[]) =>
    observationsIn(outputs)
      .filter(({ metric }) => metric === 'MDC_PRESS_BLD_NONINV_SYS')
      .map(({ value, validity, ageAtReceiptMs }) => `${value ?? validity} ${ageAtReceiptMs}`);
  const RESULT = cuffFrame(0, 120, 93, 80);
  const ONCE = cuffFrame(1, 0, 0, 0, 120);
  const MEASURING = Uint8Array.from([...ONCE, ...ONCE]);

  it('is started only when a person asks, with kind of patient and first pressure just before it', () => {
    const driver = createBerryDriver({ cuff: { patient: 'child', targetMmHg: 300 }, t1IsBody: false });
    driver.start(at(0));
    expect(asked(driver.cuff?.('start', at(0)) ?? [])).toEqual([
      '55aa040902f0',
      '55aa040a6988',
      '55aa040201f8',
    ]);
    expect(asked(driver.cuff?.('stop', at(0)) ?? [])).toEqual(['55aa040200f9']);
    const adult = newDriver();
    adult.start(at(0));
    const requests = adult.cuff?.('start', at(0)) ?? [];
    expect(asked(requests)).toEqual(['55aa040901f1', '55aa040a50a1', '55aa040201f8']);
    for (const request of requests) {
      if (request.type !== 'request') throw new Error('no request');
      const kinds = berrymedPm6750.transmits.filter(({ matches }) => matches(request.bytes));
      expect(kinds.map(({ effect }) => effect)).toEqual(['starts-cuff']);
    }
  });

  it('is not started again while it measures, but may be stopped', () => {
    const driver = newDriver();
    run([[1, MEASURING]], driver);
    expect(driver.cuff?.('start', at(2000))).toEqual([]);
    expect(asked(driver.cuff?.('stop', at(2000)) ?? [])).toHaveLength(1);
  });

  it('can be started again when nothing has been heard of the measurement for 10 s: the module may have lost its power', () => {
    const driver = newDriver();
    run([[1, MEASURING]], driver);
    expect(driver.cuff?.('start', at(9000))).toEqual([]);
    expect(asked(driver.cuff?.('start', at(11_001)) ?? [])).toHaveLength(3);
  });

  it('may be sent no other pressure, patient or command than the module knows', () => {
    const isAllowed = (...bytes: readonly number[]): boolean =>
      berrymedPm6750.transmits.some(({ matches }) => matches(frame(...bytes)));
    expect([20, 80, 150].every((half) => isAllowed(0x0a, half))).toBe(true);
    expect([0, 19, 151, 255].some((half) => isAllowed(0x0a, half))).toBe(false);
    expect([0, 3, 4].some((patient) => isAllowed(0x09, patient))).toBe(false);
    // Gains, filters, versions, and switching anything off.
    for (const [code, value] of [
      [0x07, 3],
      [0x08, 2],
      [0x0f, 3],
      [0xfc, 1],
      [0x01, 0],
      [0x03, 0],
    ] as const)
      expect(isAllowed(code, value), `${code}`).toBe(false);
  });

  it('says ongoing once, then the reading once, however often the module repeats it', () => {
    const said = run([
      [1, cuffFrame(10)],
      [2, MEASURING],
      [3, MEASURING],
      [4, RESULT],
      [5, RESULT],
      [90, RESULT],
    ]);
    expect(said.map(systolic)).toEqual([[], ['ongoing 0'], [], ['120 1000'], [], []]);
    expect(told(said[3] ?? [])).toEqual([
      'MDC_PRESS_BLD_NONINV_SYS 120 valid',
      'MDC_PRESS_BLD_NONINV_DIA 80 valid',
      'MDC_PRESS_BLD_NONINV_MEAN 93 valid',
    ]);
  });

  it('tells an equal reading of a second measurement as new', () => {
    const said = run([
      [1, MEASURING],
      [2, RESULT],
      [60, MEASURING],
      [61, RESULT],
    ]);
    expect(said.map(systolic)).toEqual([['ongoing 0'], ['120 1000'], ['ongoing 0'], ['120 1000']]);
  });

  it('does not believe a single frame that says measuring: the reading that stands there is not new', () => {
    const said = run([
      [1, RESULT],
      [2, ONCE],
      [3, RESULT],
      [4, RESULT],
    ]);
    expect(said.map(systolic)).toEqual([[], ['ongoing 0'], ['unavailable 0'], []]);
  });

  it('does not tell a reading that stands there on connecting, but shows it', () => {
    const [first = []] = run([[1, RESULT]]);
    expect(systolic(first)).toEqual([]);
    expect(first).toContainEqual({
      type: 'unmapped',
      id: 'cuff reading that stands in the module',
      value: '120/80 (93) mmHg',
    });
  });

  it.each([
    [3, 'overpressure'],
    [4, 'loose'],
    [5, 'too long'],
    [6, 'error'],
    [7, 'disturbance'],
    [8, 'no result'],
  ])('says that a measurement failed (%i: %s) until one succeeds', (state, word) => {
    const said = run([
      [1, MEASURING],
      [2, cuffFrame(state)],
      [3, cuffFrame(state)],
      [4, MEASURING],
      [5, RESULT],
    ]);
    expect(said.map(systolic)).toEqual([['ongoing 0'], ['invalid 0'], [], ['ongoing 0'], ['120 1000']]);
    expect(said.map(conditionsIn)).toEqual([[], ['+cuff-fault'], [], [], ['-cuff-fault']]);
    expect(JSON.stringify(said[1])).toContain(word);
  });

  it('says that a start was refused at once, without having measured', () => {
    const said = run([
      [1, RESULT],
      [2, cuffFrame(4)],
    ]);
    expect(conditionsIn(said[1] ?? [])).toEqual(['+cuff-fault']);
  });

  it('says unavailable, and no fault, when the measurement was stopped', () => {
    const said = run([
      [1, MEASURING],
      [2, cuffFrame(2)],
      [3, cuffFrame(2)],
    ]);
    expect(said.map(systolic)).toEqual([['ongoing 0'], ['unavailable 0'], []]);
    expect(said.flatMap(conditionsIn)).toEqual([]);
  });

  it('waits up to 5 s for numbers that come after "finished"', () => {
    const late = run([
      [1, MEASURING],
      [2, cuffFrame(0)],
      [3, RESULT],
    ]);
    expect(late.map(systolic)).toEqual([['ongoing 0'], [], ['120 2000']]);
    const never = run([
      [1, MEASURING],
      [2, cuffFrame(0)],
      [6, cuffFrame(0)],
    ]);
    expect(never.map(systolic)).toEqual([['ongoing 0'], [], ['unavailable 0']]);
  });

  it('refuses numbers that contradict each other', () => {
    const said = run([
      [1, MEASURING],
      [2, cuffFrame(0, 80, 93, 120)],
    ]);
    expect(said.map(systolic)).toEqual([['ongoing 0'], ['invalid 0']]);
  });

  it('tells a reading that came while the line was away with the age it may have, and none after 3 min', () => {
    const driver = newDriver();
    run([[1, MEASURING]], driver);
    driver.start(at(40_000));
    expect(systolic(driver.receive(RESULT, at(41_000)))).toEqual(['120 40000']);
    const other = newDriver();
    run([[1, MEASURING]], other);
    other.start(at(200_000));
    expect(systolic(other.receive(RESULT, at(200_000)))).toEqual([]);
  });
});

describe('the waves of the PM6750', () => {
  const blocks = (outputs: readonly DriverOutput[]) =>
    outputs.flatMap((output) => (output.type === 'waveform' ? [output.block] : []));
  const ecg = (value: number) => frame(0x01, value, value, value, 0, 0, 0, 0);

  it('are three leads at 250 Hz, pleth and respiration at 50 Hz, in blocks of 200 ms', () => {
    const driver = newDriver();
    driver.start(at(0));
    const said = [
      ...Array.from({ length: 50 }, (_, index) => driver.receive(ecg(125), at(index * 4))),
      ...Array.from({ length: 10 }, (_, index) => driver.receive(frame(0xfe, 100), at(200 + index * 20))),
      ...Array.from({ length: 10 }, (_, index) => driver.receive(frame(0xff, 25), at(400 + index * 20))),
    ].flat();
    expect(
      blocks(said).map(({ wave, periodMs, samples, isAfterGap }) => [
        wave,
        periodMs,
        samples.length,
        isAfterGap,
      ]),
    ).toEqual([
      ['MDC_ECG_ELEC_POTL_I', 4, 50, true],
      ['MDC_ECG_ELEC_POTL_II', 4, 50, true],
      ['MDC_ECG_ELEC_POTL_III', 4, 50, true],
      ['MDC_PULS_OXIM_PLETH', 20, 10, true],
      ['MDC_TTHOR_RESP', 20, 10, true],
    ]);
    expect(blocks(said).map(({ samples }) => samples[0])).toEqual([0.5, 0.5, 0.5, 0.4, 0.1]);
  });

  it('have gaps while a lead or the finger is off', () => {
    const driver = newDriver();
    driver.start(at(0));
    driver.receive(frame(0x02, 2, 0, 0, 0, 0), at(0));
    driver.receive(frame(0x04, 2, 127, 255), at(0));
    const said = [
      ...Array.from({ length: 50 }, () => driver.receive(ecg(125), at(10))),
      ...Array.from({ length: 10 }, () => driver.receive(frame(0xfe, 100), at(10))),
    ].flat();
    expect(blocks(said).every(({ samples }) => samples.every((sample) => sample === null))).toBe(true);
    expect(blocks(said)).toHaveLength(4);
  });

  it('are not joined over a damaged frame', () => {
    const driver = newDriver();
    driver.start(at(0));
    const points = (count: number) =>
      Array.from({ length: count }, () => driver.receive(frame(0xfe, 100), at(10))).flat();
    points(10);
    points(4);
    driver.receive(hex('55 AA 04 FE 01 00'), at(10));
    expect(blocks(points(9))).toEqual([]);
    expect(blocks(points(1))).toMatchObject([{ isAfterGap: true }]);
  });
});
