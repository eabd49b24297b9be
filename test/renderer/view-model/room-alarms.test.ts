import { describe, expect, it } from 'vitest';
import { alarmLine } from '../../../renderer/view-model/alarm.ts';
import { foremostOfChair, ownFirst, roomAlarms } from '../../../renderer/view-model/room-alarms.ts';
import { alarm, at, chair, MONITOR } from '../support.ts';

const technical = (conditionId: string, priority: 'high' | 'medium' | 'low', isAcknowledged = false) =>
  alarm(conditionId, priority, {
    category: 'technical',
    acknowledged: isAcknowledged ? { at: at(0), by: 'AB' } : null,
  });
const withAlarms = (...alarms: ReturnType<typeof technical>[]) => {
  const plain = chair();
  return { ...plain, alarms: { ...plain.alarms, alarms } };
};

describe('what concerns the whole room', () => {
  it('is one line for each condition, at the priority of the chair where it is gravest', () => {
    const lines = roomAlarms([
      withAlarms(
        technical('no-sound', 'medium'),
        technical('disk-low', 'low'),
        technical('link-lost', 'high'),
      ),
      withAlarms(technical('no-sound', 'high'), technical('disk-low', 'low')),
    ]);
    expect(lines.map(({ key, priority }) => [key, priority])).toEqual([
      ['no-sound', 'high'],
      ['disk-low', 'low'],
    ]);
  });
  it('stays on the screen, steady, when it was acknowledged everywhere', () => {
    const [line] = roomAlarms([withAlarms(technical('no-sound', 'medium', true))]);
    expect([line?.key, line?.flash]).toEqual(['no-sound', false]);
    expect(roomAlarms([withAlarms()])).toEqual([]);
  });
});

describe('what stands for a chair', () => {
  const spo2 = alarm('spo2-low', 'medium');
  it('is its own alarm, also where one of the room is more urgent', () => {
    expect(foremostOfChair([technical('no-sound', 'high'), spo2])?.key).toBe('spo2-low');
    expect(ownFirst([technical('no-sound', 'high'), spo2]).map(({ key }) => key)).toEqual([
      'spo2-low',
      'no-sound',
    ]);
  });
  it('is one of the room where it has no other', () => {
    expect(foremostOfChair([technical('disk-low', 'low'), technical('no-sound', 'medium')])?.key).toBe(
      'no-sound',
    );
    expect(foremostOfChair([])).toBeNull();
  });
});

it('only an alarm about whose monitor it is names one that a person can confirm', () => {
  expect(
    alarmLine({ ...technical('patient-mismatch', 'medium'), monitorId: MONITOR }, null).doubtedMonitor,
  ).toBe(MONITOR);
  expect(
    alarmLine({ ...technical('link-lost', 'medium'), monitorId: MONITOR }, null).doubtedMonitor,
  ).toBeNull();
});
