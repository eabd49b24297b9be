import { describe, expect, it } from 'vitest';
import { ALARM_PARAMETERS } from '../../../core/alarm/parameters.ts';
import type { AudioState } from '../../../core/alarm/types.ts';
import { METRIC_IDS } from '../../../core/nomenclature/metrics.ts';
import { reminderView, restoredText, signalLines, signalsOn } from '../../../renderer/view-model/signals.ts';
import { clockText } from '../../../renderer/view-model/time-text.ts';
import { alarms, at } from '../support.ts';

const offSince = (parameter: (typeof ALARM_PARAMETERS)[number]) => ({
  parameter,
  since: at(0),
  by: 'JD',
  reason: 'runner',
});
const pausedUntil = (parameter: (typeof ALARM_PARAMETERS)[number], seconds: number) => ({
  parameter,
  since: at(0),
  until: at(seconds),
  by: 'KL',
  reason: null,
});

describe('what is paused or off on a chair', () => {
  it('says what, how long still, who and why; what does not end by itself comes first', () => {
    const audio: AudioState = { kind: 'paused', since: at(0), until: at(120), by: 'AB' };
    const lines = signalLines(
      alarms({ audio, off: [offSince('rr-high')], paused: [pausedUntil('cuff', 180)] }),
      at(50),
    );
    expect(lines.map(({ state, subject, leftMs }) => [state, subject, leftMs])).toEqual([
      ['alarm-off', 'Respiration high', null],
      ['alarm-paused', 'Cuff', 130_000],
      ['audio-paused', 'sound of this chair', 70_000],
    ]);
    expect(lines[0]).toMatchObject({ who: `by JD since ${clockText(at(0).wall)}`, reason: 'runner' });
  });

  it('says AUDIO OFF before everything else, with its reason', () => {
    const audio: AudioState = { kind: 'off', since: at(0), by: 'AB', reason: 'MRI' };
    const [first] = signalLines(alarms({ audio, off: [offSince('hr-low')] }), at(1));
    expect(first).toMatchObject({ state: 'audio-off', leftMs: null, reason: 'MRI' });
  });

  it('counts down to nothing and never beyond; without the station’s time nothing is counted', () => {
    const snapshot = alarms({ paused: [pausedUntil('cuff', 60)] });
    expect(signalLines(snapshot, at(90))[0]?.leftMs).toBe(0);
    expect(signalLines(snapshot, null)[0]?.leftMs).toBeNull();
  });

  it('is nothing while everything is on', () => {
    expect(signalLines(alarms({}), at(0))).toEqual([]);
  });
});

describe('a number', () => {
  it('shows what of its own limits is off, with the side; the pulse rate shares those of the heart rate', () => {
    const snapshot = alarms({ off: [offSince('hr-high'), offSince('rr-low')] });
    const sides = (metric: Parameters<typeof signalsOn>[1]) =>
      signalsOn(snapshot, metric, at(0)).map(({ parameter, side }) => [parameter, side]);
    expect(sides('MDC_ECG_HEART_RATE')).toEqual([['hr-high', 'high']]);
    expect(sides('MDC_PULS_OXIM_PULS_RATE')).toEqual([['hr-high', 'high']]);
    expect(sides('MDC_CO2_RESP_RATE')).toEqual([['rr-low', 'low']]);
    expect(sides('MDC_PULS_OXIM_SAT_O2')).toEqual([]);
  });

  it.each(ALARM_PARAMETERS)('shows %s somewhere, so that no pause is without a place', (parameter) => {
    const snapshot = alarms({ paused: [pausedUntil(parameter, 60)] });
    expect(METRIC_IDS.filter((metric) => signalsOn(snapshot, metric, at(0)).length > 0)).not.toEqual([]);
  });
});

describe('the reminder', () => {
  const reminder = { since: at(0), everyMs: 120_000, count: 2, lastAt: at(240) };

  it('says how long something has been off, and stands out just after it sounded', () => {
    expect(reminderView(reminder, at(245))).toEqual({
      text: 'Reminder every 2 min: off for 4 min 05 s',
      isDue: true,
    });
    expect(reminderView(reminder, at(300))?.isDue).toBe(false);
    expect(reminderView({ ...reminder, count: 0, lastAt: null }, at(10))?.isDue).toBe(false);
  });

  it('is not there while nothing is off', () => {
    expect(reminderView(null, at(0))).toBeNull();
  });
});

it('a session that was taken up again says for how long nobody watched', () => {
  expect(restoredText(null)).toBeNull();
  expect(restoredText({ at: at(0), downForMs: 125_000 })).toContain('not monitored for 2 min 05 s');
  expect(restoredText({ at: at(0), downForMs: null })).toContain('not known');
});
