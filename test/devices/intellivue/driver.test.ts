import { describe, expect, it } from 'vitest';
import type { DriverOutput } from '../../../devices/device.ts';
import {
  ALERT_STATE,
  ALERT_TYPE,
  type Alert,
  ATTRIBUTE,
  alertAttributes,
  attributeWith,
  buildFloat32,
  UNIT,
} from '../../../devices/intellivue/codec.ts';
import {
  accept,
  at,
  BEDSIDE_MS,
  conditionsOf,
  connected,
  description,
  hexToBytes,
  hr,
  newDriver,
  numeric,
  observationsOf,
  result,
  TICKS_0,
  told,
  value,
  wire,
} from './support.ts';

describe('values', () => {
  it('are metrics in their units; what is not sure is told as it is', () => {
    const { hear } = connected();
    const outputs = hear(
      1,
      result(1, [
        hr(72),
        numeric(1, value(0x500a, UNIT.breathsPerMinute, 14)),
        numeric(2, value(0x4bb8, UNIT.percent, 98)),
        numeric(3, value(0x4822, UNIT.perMinute, 71)),
        numeric(4, value(0x4bb0, UNIT.dimensionless, 2.1, { decimals: 1 })),
        numeric(5, value(0x50b0, UNIT.kilopascal, 5)),
        numeric(6, value(0x5012, UNIT.breathsPerMinute, 15)),
        numeric(7, value(0x4b48, UNIT.fahrenheit, 98.6, { decimals: 1 })),
        numeric(8, value(0x4261, UNIT.perMinute, 3), 'PVC'),
        numeric(9, value(0x480a, UNIT.perMinute, 70), 'Pulse'),
      ]),
    );
    expect(told(outputs)).toEqual([
      'ECG_HEART_RATE 72',
      'TTHOR_RESP_RATE 14',
      'PULS_OXIM_SAT_O2 98',
      'PULS_OXIM_PULS_RATE 71',
      'BLD_PERF_INDEX 2.1',
      'CONC_AWAY_CO2_ET 37.5',
      'CO2_RESP_RATE 15',
      'TEMP_BODY 37',
    ]);
    expect(outputs.flatMap((output) => (output.type === 'unmapped' ? [output.id] : []))).toEqual([
      '4261 PVC',
      '480A Pulse',
    ]);
  });

  it.each([
    [0x8000, 72, 'invalid'],
    [0x8000, null, 'unavailable'],
    [0x8001, null, 'unavailable'],
    [0x2000, 72, 'unavailable'],
    [0x1000, 72, 'calibrating'],
    [0x0800, 72, 'invalid'],
    [0x0400, 72, 'invalid'],
    [0x0000, null, 'unavailable'],
    [0x4000, 72, '72?'],
    [0x0200, 72, '72?'],
    [0x0040, 72, '72?'],
    [0x0002, 72, '72'],
    [0x0081, 72, '72'],
    [0x0000, 0, 'invalid'],
    [0x0000, 900, 'invalid'],
  ] as const)('state %i with %s is %s', (state, rate, expected) => {
    expect(told(connected().hear(1, result(1, [hr(rate, state)])))).toEqual([`ECG_HEART_RATE ${expected}`]);
  });

  it('infinity is overflow and underflow', () => {
    const withBits = (bits: number) =>
      told(
        connected().hear(
          1,
          result(1, [numeric(1, { physioId: 0x4182, state: 0, unit: UNIT.perMinute, bits })]),
        ),
      );
    expect(withBits(0x007ffffe)).toEqual(['ECG_HEART_RATE overflow']);
    expect(withBits(0x00800002)).toEqual(['ECG_HEART_RATE underflow']);
    expect(withBits(0x00800000)).toEqual(['ECG_HEART_RATE unavailable']);
  });

  it('in a unit that is not expected are absent, and told raw', () => {
    const outputs = connected().hear(1, result(1, [numeric(1, value(0x4bb8, UNIT.perMinute, 98), 'SpO2')]));
    expect(told(outputs)).toEqual(['PULS_OXIM_SAT_O2 invalid']);
    expect(outputs).toContainEqual({
      type: 'unmapped',
      id: '4BB8 SpO2',
      value: '98, unit 0AA0, state 0000',
    });
  });

  it('of a demonstration are none, and a person is told', () => {
    const { hear } = connected();
    expect(conditionsOf(hear(1, result(1, [hr(72, 0x0400)])))).toEqual([
      '+device-fault The monitor is in demonstration or test mode: its numbers are not taken.',
    ]);
    expect(conditionsOf(hear(2, result(2, [hr(72)])))).toHaveLength(1);
  });

  it('whose relative time stands still are not told again: they would look fresh', () => {
    const { hear } = connected();
    expect(told(hear(1, result(1, [hr(72)])))).toEqual(['ECG_HEART_RATE 72']);
    expect(told(hear(2, result(1, [hr(72)])))).toEqual([]);
    expect(told(hear(3, result(0.5, [hr(73)])))).toEqual([]);
    expect(told(hear(4, result(4, [hr(74)])))).toEqual(['ECG_HEART_RATE 74']);
  });

  it('of two probes are those of the one that the label names; the other is told raw', () => {
    const labelled = (handle: number, label: number, rate: number) => ({
      handle,
      attributes: [
        attributeWith.u32(ATTRIBUTE.label, label),
        attributeWith.value(value(0x4bb8, UNIT.percent, rate)),
      ],
    });
    const objects = [labelled(1, 0x0002_4bb8, 97), labelled(2, 0x0002_4bbc, 91)];
    const { hear } = connected();
    expect(told(hear(1, result(1, objects)))).toEqual(['PULS_OXIM_SAT_O2 97']);
    expect(told(hear(2, result(2, objects.toReversed()))).at(-1)).toBe('PULS_OXIM_SAT_O2 97');
    expect(told(hear(3, result(3, objects.toReversed())))).toEqual(['PULS_OXIM_SAT_O2 97']);
  });

  it('of a module that was taken out become unavailable after three whole cycles, not after a lost part', () => {
    const { hear } = connected();
    const oximeter = numeric(2, value(0x4bb8, UNIT.percent, 98));
    hear(1, result(1, [hr(72), oximeter]));
    expect(told(hear(2, result(2, [hr(72)])))).toEqual(['ECG_HEART_RATE 72']);
    expect(told(hear(3, result(3, [hr(72), oximeter])))).toHaveLength(2);
    for (const second of [4, 5]) hear(second, result(second, [hr(72)]));
    expect(told(hear(6, result(6, [hr(72)])))).toEqual(['ECG_HEART_RATE 72', 'PULS_OXIM_SAT_O2 unavailable']);
  });
});

describe('the monitor’s clock', () => {
  it('is carried over the roll-over of relative time', () => {
    const driver = newDriver();
    driver.start(at(0));
    const nearEnd = 2 ** 32 - 8000;
    driver.receive(wire(description(nearEnd)), at(0));
    const times = [0.5, 1.5, 2.5].flatMap((second) =>
      observationsOf(
        driver.receive(wire(result(0, [hr(72)], { ticks: nearEnd + second * 8000 })), at(second)),
      ).map(({ deviceTime }) => (deviceTime ?? 0) - BEDSIDE_MS),
    );
    expect(times).toEqual([500, 1500, 2500]);
  });

  it('runs on without a jump for two weeks, over two roll-overs', () => {
    const { driver } = connected();
    const hour = 3600;
    for (let second = hour; second < 14 * 24 * hour; second += hour) {
      const outputs = driver.receive(wire(result(second, [hr(72)])), at(second));
      expect(observationsOf(outputs).map(({ deviceTime }) => deviceTime)).toEqual([
        BEDSIDE_MS + second * 1000,
      ]);
    }
  });

  it('begins anew with a monitor that was restarted, and is not carried over to another one', () => {
    const { driver, hear } = connected();
    hear(100, result(100, [hr(72)]));
    const restarted = hear(130, { kind: 'abort' }, accept, description(500, BEDSIDE_MS + 130_000));
    expect(told(restarted)).toEqual([]);
    const timesOf = (outputs: readonly DriverOutput[]) =>
      observationsOf(outputs).map(({ value: rate, deviceTime }) => [
        rate,
        deviceTime && deviceTime - BEDSIDE_MS,
      ]);
    expect(timesOf(hear(131, result(0, [hr(73)], { ticks: 8500 })))).toEqual([[73, 131_000]]);
    driver.start(at(140));
    expect(timesOf(hear(141, result(0, [hr(74)], { ticks: 16_500 })))).toEqual([[74, null]]);
  });

  it('is unknown where the description has none, and comes from a result that carries it', () => {
    const driver = newDriver();
    driver.start(at(0));
    expect(observationsOf(driver.receive(wire(result(1, [hr(72)])), at(1)))[0]?.deviceTime).toBeNull();
    const message = result(2, [hr(72)]);
    if (message.kind !== 'poll-result') throw new Error('no result');
    const absoluteTime = hexToBytes('2026030110000200');
    const timed = wire({ ...message, result: { ...message.result, absoluteTime } });
    expect(observationsOf(driver.receive(timed, at(2)))[0]?.deviceTime).toBe(BEDSIDE_MS + 2000);
  });
});

describe('alarms', () => {
  const alert = (text: string, change: Partial<Alert> = {}): Alert => ({
    source: 0x4bb8,
    code: 10,
    type: ALERT_TYPE.yellow,
    state: 0,
    text,
    ...change,
  });
  const alerts = (
    second: number,
    physiological: readonly Alert[],
    technical: readonly Alert[],
    deviceState = 0,
  ) =>
    result(
      second,
      [{ handle: 3, attributes: alertAttributes(physiological, technical, { deviceState, changes: 1 }) }],
      { objectClass: 0x36 },
    );

  it('come and go with the words of the monitor, in any script', () => {
    const { hear } = connected();
    expect(conditionsOf(hear(1, alerts(1, [alert('** SpO₂ LOW')], [alert('EKG-ABL. AB Ω')])))).toEqual([
      '+monitor-alarm ** SpO₂ LOW',
      '+monitor-alarm EKG-ABL. AB Ω',
    ]);
    expect(conditionsOf(hear(2, alerts(2, [alert('** SpO₂ LOW')], [])))).toEqual([
      '-monitor-alarm EKG-ABL. AB Ω',
    ]);
    expect(conditionsOf(hear(3, alerts(3, [], [])))).toEqual(['-monitor-alarm ** SpO₂ LOW']);
  });

  it('that are silenced, suspended or switched off at the bedside are told as such; demonstrated ones are not told', () => {
    const { hear } = connected();
    const silenced = alert('** HR HIGH', { state: ALERT_STATE.silenced });
    expect(conditionsOf(hear(1, alerts(1, [silenced], [], ALERT_STATE.suspended)))).toEqual([
      '+monitor-alarm ** HR HIGH',
      '+alarm-silenced silenced at the monitor: ** HR HIGH',
      "+alarm-silenced the monitor's alarms are suspended",
    ]);
    expect(
      conditionsOf(hear(2, alerts(2, [alert('** X', { state: ALERT_STATE.demo })], []))).filter((one) =>
        one.startsWith('+'),
      ),
    ).toEqual([]);
  });

  it('without words are told by their numbers', () => {
    expect(conditionsOf(connected().hear(1, alerts(1, [alert('')], [])))).toEqual([
      '+monitor-alarm alarm 000A of 4BB8',
    ]);
  });

  it('that the monitor has not confirmed for 30 s are over: what they are now, nobody knows', () => {
    const { driver, hear } = connected();
    hear(1, alerts(1, [alert('** SpO₂ LOW')], []));
    for (let second = 2; second < 31; second += 1) {
      hear(second, result(second, [hr(72)]));
      expect(conditionsOf(driver.tick(at(second)))).toEqual([]);
    }
    expect(conditionsOf(driver.tick(at(32)))).toEqual(['-monitor-alarm ** SpO₂ LOW']);
  });

  it('are over when the connection is: what they are now, nobody knows', () => {
    const { hear } = connected();
    hear(1, alerts(1, [alert('** SpO₂ LOW')], []));
    expect(conditionsOf(hear(2, { kind: 'abort' }))).toEqual(['-monitor-alarm ** SpO₂ LOW']);
  });
});

describe('waves', () => {
  const wave = (second: number, samples: readonly number[], state = 0, isDescribed = false) =>
    result(
      second,
      [
        {
          handle: 0x0402,
          attributes: [
            ...(isDescribed
              ? [
                  attributeWith.bytes(ATTRIBUTE.sampleSpec, [0, 4, 16, 12, 0x80, 0]),
                  attributeWith.u32(ATTRIBUTE.samplePeriod, 2000),
                  attributeWith.u16(ATTRIBUTE.unit, UNIT.mmHg),
                  attributeWith.bytes(ATTRIBUTE.scale, [0, 0, 0, 0, ...[0, 0, 0, 100], 0, 0, 0x03, 0xe8]),
                  attributeWith.bytes(ATTRIBUTE.fixedValues, [0, 1, 0, 4, 0, 1, 0x80, 0]),
                ]
              : []),
            attributeWith.samples({ physioId: 0x50ac, state, samples }),
          ],
        },
      ],
      { objectClass: 9 },
    );
  const blocks = (outputs: ReturnType<ReturnType<typeof connected>['hear']>) =>
    outputs.flatMap((output) => (output.type === 'waveform' ? [output.block] : []));

  it('are scaled as their description says, and marked samples are gaps', () => {
    const { hear } = connected();
    expect(blocks(hear(1, wave(1, [0, 100], 0)))).toEqual([]);
    const [block] = blocks(hear(2, wave(2, [0, 380, 0x8000, 0x1000 | 500], 0, true)));
    expect(block).toMatchObject({ wave: 'MDC_AWAY_CO2', unit: 'mm[Hg]', periodMs: 250, isAfterGap: true });
    expect(block?.samples).toEqual([0, 38, null, 50]);
  });

  it('go on without a gap, tell a lost block, and never the same block twice', () => {
    const { hear } = connected();
    hear(1, wave(1, [1, 2, 3, 4], 0, true));
    expect(blocks(hear(2, wave(2, [1, 2, 3, 4])))[0]?.isAfterGap).toBe(false);
    expect(blocks(hear(2.1, wave(2, [1, 2, 3, 4])))).toEqual([]);
    expect(blocks(hear(4, wave(4, [1, 2, 3, 4])))[0]?.isAfterGap).toBe(true);
  });

  it('without a signal are gaps, never zero', () => {
    const { hear } = connected();
    expect(blocks(hear(1, wave(1, [0, 0, 0, 0], 0x8000, true)))[0]?.samples).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('our own words coming back', () => {
  it('are refused, never taken for a monitor', () => {
    const driver = newDriver();
    const [asked] = driver.start(at(0));
    if (asked?.type !== 'request') throw new Error('nothing asked');
    expect(driver.receive(asked.bytes, at(0)).map(({ type }) => type)).toEqual(['rejected']);
  });
});

it('builds FLOATs that fit and refuses others', () => {
  expect(buildFloat32(-0.9, 1)).toBe(0xff_ff_ff_f7);
  expect(() => buildFloat32(1e9)).toThrow(RangeError);
  expect(TICKS_0 % 8).toBe(0);
});
