import { describe, expect, it } from 'vitest';
import type { AlarmLogRow, ControlLogRow } from '../../../core/alarm/log.ts';
import { alarmLogLine, controlLogLine, figureLines } from '../../../renderer/view-model/alarm-log.ts';
import { clockSecondsText } from '../../../renderer/view-model/time-text.ts';
import { at } from '../support.ts';

const row = (part: Partial<AlarmLogRow> = {}): AlarmLogRow => ({
  key: 'spo2-low',
  conditionId: 'spo2-low-medium-priority',
  category: 'physiological',
  priority: 'medium',
  title: 'SpO₂ LOW',
  message: 'SpO₂ 89 < 90',
  metric: 'MDC_PULS_OXIM_SAT_O2',
  limit: 90,
  value: 89,
  peak: 86,
  onsetAt: at(0).wall,
  raisedAt: at(15).wall,
  confirmedAt: null,
  notConfirmed: false,
  escalations: [],
  clearedAt: at(60).wall,
  endedAt: at(60).wall,
  acknowledged: { at: at(27).wall, by: 'AB', afterMs: 12_000 },
  acknowledgements: [],
  realarms: 0,
  occurrences: 1,
  raisedUnder: null,
  ...part,
});
const control = (part: Partial<ControlLogRow> = {}): ControlLogRow => ({
  kind: 'alarm-off',
  parameter: 'rr-high',
  from: at(0).wall,
  until: null,
  by: 'AB',
  reason: 'runner',
  endedAt: null,
  endedBy: null,
  ...part,
});

describe('a line of the alarm log', () => {
  it('has condition, onset, raising, who acknowledged and how soon, peak, limit and end', () => {
    expect(alarmLogLine(row(), 0)).toMatchObject({
      condition: '** SpO₂ LOW',
      onset: clockSecondsText(at(0).wall),
      raised: clockSecondsText(at(15).wall),
      acknowledged: `AB ${clockSecondsText(at(27).wall)}`,
      timeToAcknowledge: '12 s',
      peak: '86',
      limit: '90',
      cleared: clockSecondsText(at(60).wall),
      notes: '',
    });
  });

  it('says that nobody acknowledged it, and that it is still there', () => {
    const line = alarmLogLine(row({ acknowledged: null, clearedAt: null, endedAt: null }), 0);
    expect(line).toMatchObject({ acknowledged: 'nobody', timeToAcknowledge: '', cleared: 'still there' });
  });

  it('says what hid it, how it rose, and how often it came back', () => {
    const escalation = { at: at(30).wall, conditionId: 'x', priority: 'high', value: 84 } as const;
    const line = alarmLogLine(
      row({ raisedUnder: 'alarm-paused', escalations: [escalation], occurrences: 3, realarms: 2 }),
      0,
    );
    expect(line.condition).toContain('×3');
    expect(line.notes).toContain('raised under ALARM PAUSED');
    expect(line.notes).toContain(`*** 84 at ${clockSecondsText(at(30).wall)}`);
    expect(line.notes).toContain('sounded again ×2');
  });
});

describe('a pause or a switching off in the log', () => {
  it('says what, who, why, and whether it still runs', () => {
    expect(controlLogLine(control(), 0)).toMatchObject({
      word: 'ALARM OFF',
      subject: 'Respiration high',
      by: 'AB',
      reason: 'runner',
      ended: 'still running',
    });
  });

  it('tells an end by a person from one by itself', () => {
    const ended = { endedAt: at(120).wall };
    expect(controlLogLine(control({ ...ended, endedBy: 'KL' }), 0).ended).toContain('by KL');
    expect(controlLogLine(control({ ...ended, kind: 'audio-paused', parameter: null }), 0)).toMatchObject({
      word: 'AUDIO PAUSED',
      subject: 'sound of the chair',
      ended: `${clockSecondsText(at(120).wall)}, by itself`,
    });
  });
});

it('figures are told by priority, without a share where nothing was raised', () => {
  const none = { raised: 0, perHour: 0, acknowledged: 0, percentWithin60s: null };
  const lines = figureLines({
    hours: 2,
    byPriority: {
      high: { raised: 3, perHour: 1.5, acknowledged: 3, percentWithin60s: 66.7 },
      medium: none,
      low: none,
    },
    medianTimeToAcknowledgeMs: null,
  });
  expect(lines.map(({ label, perHour, within60s }) => [label, perHour, within60s])).toEqual([
    ['*** high', '1.5', '67 %'],
    ['** medium', '0.0', '--'],
    ['* low', '0.0', '--'],
  ]);
});
