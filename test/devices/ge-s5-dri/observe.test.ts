import { describe, expect, it } from 'vitest';
import { type BasicClass, blankBasic, driCodec } from '../../../devices/ge-s5-dri/codec.ts';
import { geS5Dri } from '../../../devices/ge-s5-dri/index.ts';
import {
  at,
  briefly,
  conditionsOf,
  decodeStream,
  ecg,
  newDriver,
  nibp,
  observationsOf,
  RECORD_TIME_S,
  record,
  spo2,
  wire,
} from './support.ts';

/** What one record says of a metric: the number, or why there is none; undefined when it says nothing. */
const said = (groups: Partial<BasicClass>, metric: string, level = 10) => {
  // Twice, so that a record that needs confirmation is confirmed.
  const bytes = wire(
    record(groups, { number: 1, level }),
    record(groups, { number: 2, level, timeS: RECORD_TIME_S + 1 }),
  );
  const found = briefly(decodeStream(bytes)).find((observation) => observation.metric === metric);
  return found === undefined ? undefined : [found.value, found.validity];
};

const co2 = (
  values: Partial<BasicClass['co2']['values']>,
  { status = 3, label = 9 } = {},
): Pick<BasicClass, 'co2'> => ({
  co2: { status, label, values: { endTidal: 487, inspired: 26, rr: 15, ambient: 7598, ...values } },
});

const temperature = (label: number, raw = 3710, status = 3): BasicClass['t1'] => ({
  status,
  label,
  values: { temperature: raw },
});

describe('S/5 values', () => {
  it.each([
    [-32767, 'invalid'],
    [-32766, 'unavailable'],
    [-32764, 'underflow'],
    [-32763, 'overflow'],
    [-32762, 'calibrating'],
    [-32765, 'invalid'],
    [-32001, 'invalid'],
    [-32768, 'invalid'],
  ])('the special value %d is no number: %s', (raw, validity) => {
    expect(said(spo2(raw), 'MDC_PULS_OXIM_SAT_O2')).toEqual([null, validity]);
    expect(said(ecg(80, { impedanceRr: raw }), 'MDC_TTHOR_RESP_RATE')).toEqual([null, validity]);
    expect(said(ecg(raw), 'MDC_ECG_HEART_RATE')).toEqual([null, validity]);
  });

  it.each([
    ['module there and active', 3, [97.5, 'valid']],
    ['module there, not active', 1, [null, 'unavailable']],
    ['no module', 0, undefined],
    ['active without a module', 2, undefined],
  ])('%s', (_, status, expected) => {
    expect(said(spo2(9750, 70, status), 'MDC_PULS_OXIM_SAT_O2')).toEqual(expected);
  });

  it('a metric whose module was taken out says so in every record from then on', () => {
    const bytes = wire(
      record(spo2(9750), { number: 1 }),
      record({}, { number: 2, timeS: RECORD_TIME_S + 1 }),
      record({}, { number: 3, timeS: RECORD_TIME_S + 2 }),
    );
    const told = briefly(decodeStream(bytes)).filter(({ metric }) => metric === 'MDC_PULS_OXIM_SAT_O2');
    expect(told.map(({ value, validity }) => value ?? validity)).toEqual([
      97.5,
      'unavailable',
      'unavailable',
    ]);
  });

  it.each([
    ['a heart rate of 0', ecg(0), 'MDC_ECG_HEART_RATE'],
    ['a heart rate of 400', ecg(400), 'MDC_ECG_HEART_RATE'],
    ['a saturation of 0', spo2(0), 'MDC_PULS_OXIM_SAT_O2'],
    ['a saturation of 200 %', spo2(20_000), 'MDC_PULS_OXIM_SAT_O2'],
    ['a pulse of -5', spo2(9700, -5), 'MDC_PULS_OXIM_PULS_RATE'],
  ])('%s is no measurement', (_, groups, metric) => {
    expect(said(groups, metric)).toEqual([null, 'invalid']);
  });

  it("gives every value the time of its subrecord as the monitor's time", () => {
    const told = observationsOf(decodeStream(wire(record({ ...ecg(80), ...spo2(9700) }))));
    expect(told).toHaveLength(4);
    expect(new Set(told.map(({ deviceTime }) => deviceTime))).toEqual(new Set([RECORD_TIME_S * 1000]));
  });

  it('says nothing but what its profile declares, with everything plugged in', () => {
    const everything = {
      ...ecg(80),
      ...spo2(9700),
      ...co2({}),
      t1: temperature(15),
      ...nibp(0x00b, [120, 80, 93], 70),
    };
    const told = new Set(briefly(decodeStream(wire(record(everything)))).map(({ metric }) => metric));
    expect(told).toEqual(new Set(geS5Dri.metrics));
  });
});

describe('S/5 heart rate', () => {
  const withSource = (source: number, hr: number, extra: number): Partial<BasicClass> => ({
    ...ecg(hr, { status: 3 | (source << 3) }),
    ecgExtra: { hr: extra, hrMax: extra, hrMin: extra },
  });

  it.each([
    ['source ECG', withSource(1, 80, 80), [80, 'valid']],
    ['source ECG (Mortara)', withSource(9, 80, 80), [80, 'valid']],
    ['source ECG, no separate ECG rate', withSource(1, 80, -32767), [80, 'valid']],
    ['source pleth: its rate is not the heart rate of the ECG', withSource(6, 80, -32767), [null, 'invalid']],
    ['source pleth beside a separate ECG rate', withSource(6, 80, 84), [84, 'valid']],
    ['source arterial pressure', withSource(2, 80, -32767), [null, 'invalid']],
    ['source unknown', withSource(0, 80, -32767), [null, 'invalid']],
  ])('%s', (_, groups, expected) => {
    expect(said(groups, 'MDC_ECG_HEART_RATE')).toEqual(expected);
  });

  it.each([
    ['noise', 7],
    ['artifact', 8],
    ['learning', 9],
  ])('%s makes it questionable, and nothing else', (_, bit) => {
    const groups = ecg(80, { status: 0x4b | (1 << bit) });
    expect(said(groups, 'MDC_ECG_HEART_RATE')).toEqual([80, 'questionable']);
    expect(said(groups, 'MDC_TTHOR_RESP_RATE')).toEqual([15, 'valid']);
  });
});

describe('S/5 capnography', () => {
  it.each([
    ['4.87 % at 759.8 mmHg', co2({}), [37, 'valid']],
    ['no ambient pressure: no partial pressure', co2({ ambient: -32767 }), [null, 'unavailable']],
    ['an ambient pressure that cannot be', co2({ ambient: 100 }), [null, 'unavailable']],
    ['calibrating', co2({}, { status: 0x0b }), [null, 'calibrating']],
    ['zeroing', co2({}, { status: 0x13 }), [null, 'calibrating']],
    ['occlusion', co2({}, { status: 0x23 }), [37, 'questionable']],
    ['leak', co2({}, { status: 0x43 }), [37, 'questionable']],
  ])('end-tidal CO2: %s', (_, groups, expected) => {
    expect(said(groups, 'MDC_CONC_AWAY_CO2_ET')).toEqual(expected);
  });

  it.each([
    ['level 10, whatever the label', 10, 2, [15, 'valid']],
    ['level 7, source CO2', 7, 1, [15, 'valid']],
    ['level 7, source impedance: not from CO2', 7, 2, [null, 'unavailable']],
    ['level 7, no source', 7, 0, [null, 'unavailable']],
  ])('respiration rate: %s', (_, level, label, expected) => {
    expect(said(co2({}, { label }), 'MDC_CO2_RESP_RATE', level)).toEqual(expected);
  });
});

describe('S/5 temperature', () => {
  it.each([
    ['ESO', 1],
    ['NASO', 2],
    ['TYMP', 3],
    ['RECT', 4],
    ['BLAD', 5],
    ['AXIL', 6],
    ['CORE', 15],
  ])('%s is body temperature', (_, label) => {
    expect(said({ t3: temperature(label) }, 'MDC_TEMP_BODY')).toEqual([37.1, 'valid']);
  });

  it.each([
    ['SKIN', 7],
    ['AIRW', 8],
    ['ROOM', 9],
    ['MYO', 10],
    ['T1, a bare channel name', 11],
    ['SURF', 16],
  ])('%s is not', (_, label) => {
    expect(said({ t1: temperature(label) }, 'MDC_TEMP_BODY')).toBeUndefined();
  });

  it('T1 is where a person says so, after every site that the monitor names', () => {
    const of = (groups: Partial<BasicClass>) => {
      const bytes = wire(
        record(groups, { number: 1 }),
        record(groups, { number: 2, timeS: RECORD_TIME_S + 1 }),
      );
      return briefly(decodeStream(bytes, newDriver({ t1IsBody: true })))
        .filter(({ metric }) => metric === 'MDC_TEMP_BODY')
        .map(({ value }) => value);
    };
    expect(of({ t1: temperature(11) })).toEqual([37.1, 37.1]);
    expect(of({ t1: temperature(11), t2: temperature(6, 3650) })).toEqual([36.5, 36.5]);
    expect(of({ t1: temperature(7) })).toEqual([]);
    expect(of({ t2: temperature(12) })).toEqual([]);
  });

  it('lists the other channels under their own names, once until they change', () => {
    const groups = { t1: temperature(7, 3310), t2: temperature(15), t3: temperature(11, -32767) };
    const bytes = wire(
      record(groups, { number: 1 }),
      record(groups, { number: 2, timeS: RECORD_TIME_S + 1 }),
    );
    const listed = decodeStream(bytes).flatMap((output) =>
      output.type === 'unmapped' ? [[output.id, output.value]] : [],
    );
    expect(listed).toEqual([
      ['temperature channel 1: SKIN', '33.1 °C'],
      ['temperature channel 3: T1', '--'],
    ]);
  });

  it('prefers the site nearest to the core, and does not change the site when that one fails', () => {
    const both = { t1: temperature(6, 3650), t2: temperature(1, 3720) };
    expect(said(both, 'MDC_TEMP_BODY')).toEqual([37.2, 'valid']);
    expect(said({ ...both, t2: temperature(1, -32767) }, 'MDC_TEMP_BODY')).toEqual([null, 'invalid']);
  });
});

describe('S/5 conditions', () => {
  const changes = (...groups: readonly Partial<BasicClass>[]) => {
    const records = groups.map((group, index) =>
      record(group, { number: index + 1, timeS: RECORD_TIME_S + index }),
    );
    return conditionsOf(decodeStream(wire(...records))).map(({ code, present, text }) => [
      code,
      present,
      text,
    ]);
  };

  it('reports asystole when it comes and when it goes, once', () => {
    const asystole = ecg(0, { status: 0x4b | 4 });
    expect(changes(ecg(80), asystole, asystole, ecg(40))).toEqual([
      ['asystole', true, 'asystole'],
      ['asystole', false, 'asystole'],
    ]);
  });

  it('reports leads off for channels that show a lead', () => {
    expect(changes(ecg(-32767, { status: 0x4b | (1 << 11) }))).toEqual([
      ['leads-off', true, 'ECG channel 1 off'],
    ]);
    expect(changes(ecg(80, { status: 0x4b | (1 << 12) | (1 << 13) }))).toEqual([]);
  });

  it('does not report apnoea whose detection is off: the real logs have it in every record', () => {
    expect(changes(co2({}, { status: 0x107 }))).toEqual([]);
    expect(changes(co2({ rr: 0 }, { status: 0x07 }), co2({}))).toEqual([
      ['apnea', true, 'apnea'],
      ['apnea', false, 'apnea'],
    ]);
  });

  it('an inactive group says nothing', () => {
    expect(changes(ecg(80, { status: 0x4b & ~2 & ~0 }), ecg(80, { status: 0x49 | 4 }))).toEqual([]);
  });

  it("shows the monitor's alarms with their own words, each until it is gone", () => {
    const alarm = (texts: readonly string[], silence = 0) =>
      driCodec.encode({
        kind: 'alarm',
        header: { recordNumber: 1, level: 10, plugId: 0, timeS: RECORD_TIME_S, reserved: 0 },
        status: {
          isSoundOn: true,
          silence,
          lines: Array.from({ length: 5 }, (_, index) => {
            const text = texts[index] ?? '';
            return { text, isTextNew: false, colour: text === '' ? 'none' : 'red', isColourNew: false };
          }),
        },
      });
    const driver = newDriver();
    driver.start(at(0));
    const told = [alarm(['SpO2 LOW', 'Äpnöe']), alarm(['SpO2 LOW']), alarm([], 4)].map((bytes) =>
      conditionsOf(driver.receive(bytes, at(1))).map(({ text, present }) => `${present ? '+' : '-'} ${text}`),
    );
    expect(told).toEqual([['+ SpO2 LOW', '+ Äpnöe'], ['- Äpnöe'], ['- SpO2 LOW', '+ all alarms silenced']]);
  });

  it('a new line begins without what the old one said, and says again only what still is', () => {
    const driver = newDriver();
    driver.start(at(0));
    driver.receive(wire(record(ecg(0, { status: 0x4f }))), at(1));
    expect(conditionsOf(driver.start(at(60)))).toMatchObject([{ code: 'asystole', present: false }]);
    const after = driver.receive(wire(record(ecg(70), { number: 40, timeS: RECORD_TIME_S + 60 })), at(61));
    expect(conditionsOf(after)).toEqual([]);
  });

  it('a blank record says nothing at all', () => {
    expect(decodeStream(wire(record(blankBasic()))).filter(({ type }) => type === 'condition')).toEqual([]);
  });
});
