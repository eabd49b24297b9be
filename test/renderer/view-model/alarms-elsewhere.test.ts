import { describe, expect, it } from 'vitest';
import { chairId } from '../../../core/ids.ts';
import { alarmsElsewhere } from '../../../renderer/view-model/alarms-elsewhere.ts';
import { alarm, at, chair } from '../support.ts';

const ADVICE =
  'The line is open but the monitor has fallen silent. Check its cable and that it is switched on';
const withAlarms = (id: string, ...alarms: ReturnType<typeof alarm>[]) => {
  const plain = chair({ id: chairId(id), name: `Name of ${id}` });
  return { ...plain, alarms: { ...plain.alarms, alarms } };
};
const seen =
  (...ids: string[]) =>
  (id: string) =>
    ids.includes(id);
const told = (...args: Parameters<typeof alarmsElsewhere>) =>
  alarmsElsewhere(...args).map(({ chairId: id, alarm: { priority }, more }) => [id, priority, more]);

describe('alarms of chairs that are not on the screen', () => {
  const calm = withAlarms('calm');
  const medium = withAlarms('medium', alarm('hr-high', 'medium'), alarm('spo2-low', 'low'));
  const high = withAlarms('high', alarm('spo2-low', 'high'));

  it('are told a chair at a time, the most urgent first, with how many more there are', () => {
    expect(told([calm, medium, high], seen())).toEqual([
      ['high', 'high', 0],
      ['medium', 'medium', 1],
    ]);
  });

  it('are not told of a chair that is in view', () => {
    expect(told([calm, medium, high], seen('high'))).toEqual([['medium', 'medium', 1]]);
  });

  it('are not told again once somebody acknowledged them, and not where the whole room has them', () => {
    const known = { acknowledged: { at: at(0), by: 'AB' } };
    expect(told([withAlarms('one', alarm('spo2-low', 'high', known))], seen())).toEqual([]);
    expect(told([withAlarms('one', alarm('no-sound', 'high', { category: 'technical' }))], seen())).toEqual(
      [],
    );
    const half = withAlarms('half', alarm('spo2-low', 'high', known), alarm('hr-high', 'medium'));
    expect(told([half], seen())).toEqual([['half', 'medium', 0]]);
  });

  it('say the numbers of a limit, and the name of a fault instead of its advice', () => {
    const words = (message: string, category: 'physiological' | 'technical') =>
      alarmsElsewhere(
        [withAlarms('one', alarm('any', 'medium', { message, category, title: 'MONITOR NOT CONNECTED' }))],
        seen(),
      ).map((line) => line.words);
    expect(words('SpO₂ 86 < 90', 'physiological')).toEqual(['SpO₂ 86 < 90']);
    expect(words('SpO₂: no number from the monitor', 'technical')).toEqual([
      'SpO₂: no number from the monitor',
    ]);
    expect(words(ADVICE, 'technical')).toEqual(['MONITOR NOT CONNECTED']);
  });
});
