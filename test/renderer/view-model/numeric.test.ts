import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  furtherMetrics,
  leadingMetrics,
  NO_NUMBER,
  numericView,
} from '../../../renderer/view-model/numeric.ts';
import { at, chair, monitor, noValue, value } from '../support.ts';

const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const spo2 = (seconds: number, part = {}) =>
  numericView(SPO2, { ...value(SPO2, 97, at(0)), ...part }, [monitor()], at(seconds));

describe('a continuous number on the screen', () => {
  it.each([
    [0, 'fresh', '97', null],
    [10, 'fresh', '97', null],
    [10.5, 'stale', '97', 10_500],
    [30, 'stale', '97', 30_000],
    [30.5, 'expired', NO_NUMBER, 30_500],
  ])('%s s after its last value it is shown as %s: %s', (seconds, state, text, ageMs) => {
    expect(spo2(seconds)).toMatchObject({ state, text, ageMs });
  });

  it('shows no number while the station is not heard, however fresh it was', () => {
    expect(numericView(SPO2, value(SPO2, 97, at(0)), [monitor()], null)).toMatchObject({
      state: 'expired',
      text: NO_NUMBER,
      note: 'not monitoring',
    });
  });

  it('never shows a number older than 30 s, at whatever age and validity', () => {
    fc.assert(
      fc.property(fc.double({ min: 30.001, max: 1e6, noNaN: true }), fc.boolean(), (seconds, isPresent) => {
        const shown = isPresent ? value(SPO2, 97, at(0)) : noValue(SPO2, 'invalid', at(0));
        expect(numericView(SPO2, shown, [], at(seconds)).text).toBe(NO_NUMBER);
      }),
      { numRuns: 200 },
    );
  });

  it('counts the age that a value already had when it arrived', () => {
    const current = value(SPO2, 97, at(0));
    const old = { ...current, observation: { ...current.observation, ageAtReceiptMs: 8_000 } };
    expect(numericView(SPO2, old, [], at(3))).toMatchObject({ state: 'stale', ageMs: 11_000 });
  });

  it('says why there is no number: the validity, or better the monitor’s own condition', () => {
    const gone = noValue(SPO2, 'unavailable', at(0));
    expect(numericView(SPO2, gone, [monitor()], at(1))).toMatchObject({ state: 'absent', note: 'no value' });
    const off = monitor({ conditions: [{ code: 'sensor-off', metric: SPO2, present: true, text: 'PROBE' }] });
    expect(numericView(SPO2, gone, [off], at(1)).note).toBe('probe off');
    const gonePast = monitor({
      conditions: [{ code: 'sensor-off', metric: SPO2, present: false, text: '' }],
    });
    expect(numericView(SPO2, gone, [gonePast], at(1)).note).toBe('no value');
  });

  it('names the monitor it comes from, and doubts a questionable value in words', () => {
    const current = value(SPO2, 97, at(0));
    const doubted = {
      ...current,
      observation: { ...current.observation, validity: 'questionable' as const, value: 97 },
    };
    expect(numericView(SPO2, doubted, [monitor()], at(1))).toMatchObject({
      source: 'B450',
      text: '97',
      isQuestionable: true,
      note: 'questionable signal',
    });
  });

  it('is absent, without words, when the chair never had one', () => {
    expect(numericView(SPO2, undefined, [], at(1))).toMatchObject({
      state: 'absent',
      text: NO_NUMBER,
      note: null,
    });
  });
});

describe('which metrics are shown large', () => {
  const HR = 'MDC_ECG_HEART_RATE';
  const PR = 'MDC_PULS_OXIM_PULS_RATE';
  const both = chair({ current: { [HR]: value(HR, 70, at(0)), [PR]: value(PR, 71, at(0)) } });

  it('is the heart rate, with the pulse rate small beside it: two metrics, never merged', () => {
    expect(leadingMetrics(both, [], at(1))[0]).toBe(HR);
    expect(furtherMetrics(both, leadingMetrics(both, [], at(1)))).toEqual([PR]);
  });

  it('is the pulse rate under its own name while the leads are off', () => {
    const off = chair({ current: { ...both.current, [HR]: noValue(HR, 'unavailable', at(0)) } });
    expect(leadingMetrics(off, [], at(1))[0]).toBe(PR);
  });

  it('stays the heart rate when neither has a number', () => {
    expect(leadingMetrics(both, [], at(60))[0]).toBe(HR);
    expect(leadingMetrics(both, [], null)[0]).toBe(HR);
    expect(leadingMetrics(chair(), [], at(0))).toEqual([HR, SPO2, 'MDC_RESP_RATE']);
  });

  it('leaves the cuff’s numbers to their own tile', () => {
    const cuff = chair({
      current: { MDC_PRESS_BLD_NONINV_SYS: value('MDC_PRESS_BLD_NONINV_SYS', 120, at(0)) },
    });
    expect(furtherMetrics(cuff, [])).toEqual([]);
  });
});
