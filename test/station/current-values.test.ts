/** Which of two monitors' numbers a chair shows. */
import { describe, expect, it } from 'vitest';
import { monitorId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, present } from '../../core/observation/observation.ts';
import { instant } from '../../core/time.ts';
import { createCurrentValues } from '../../station/current-values.ts';

const FIRST = monitorId('first');
const SECOND = monitorId('second');
const SPO2: MetricId = 'MDC_PULS_OXIM_SAT_O2';

const setup = () => {
  const values = createCurrentValues(() => [FIRST, SECOND]);
  const receipt = (atS: number) => ({ receivedAt: instant(atS * 1000, atS * 1000), deviceTime: null });
  return {
    values,
    say: (monitor: typeof FIRST, atS: number, value: number | null, metric: MetricId = SPO2) =>
      values.accept(monitor, [
        value === null ? absent(metric, 'unavailable', receipt(atS)) : present(metric, value, receipt(atS)),
      ]),
    shown: (metric: MetricId = SPO2) => {
      const current = values.view()[metric];
      return current === undefined ? null : [current.monitorId, current.observation.value];
    },
  };
};

describe('two monitors with the same number', () => {
  it('show that of the first in the configured order, whoever spoke last', () => {
    const { say, shown } = setup();
    say(SECOND, 0, 91);
    expect(shown()).toEqual([SECOND, 91]);
    say(FIRST, 1, 97);
    say(SECOND, 2, 92);
    expect(shown()).toEqual([FIRST, 97]);
  });

  it('show the second under its own name as soon as the first says that it has none', () => {
    const { say, shown } = setup();
    say(FIRST, 0, 97);
    say(FIRST, 1, null);
    expect(shown()).toEqual([FIRST, null]);
    say(SECOND, 2, 92);
    expect(shown()).toEqual([SECOND, 92]);
    say(FIRST, 3, null);
    expect(shown()).toEqual([SECOND, 92]);
  });

  it('give the first its place back only after 10 s of its numbers without a gap', () => {
    const { say, shown, values } = setup();
    say(FIRST, 0, 97);
    say(FIRST, 1, null);
    say(SECOND, 2, 92);
    values.takeChanges();
    for (let atS = 4; atS < 9; atS += 1) {
      say(FIRST, atS, 96);
      say(SECOND, atS, 92);
    }
    // A loose plug: the ten seconds begin anew.
    say(FIRST, 9, null);
    for (let atS = 10; atS < 20; atS += 1) {
      say(FIRST, atS, 96);
      say(SECOND, atS, 92);
      expect(shown()).toEqual([SECOND, 92]);
    }
    say(FIRST, 20, 96);
    expect(shown()).toEqual([FIRST, 96]);
    expect(values.takeChanges()).toEqual([{ metrics: [SPO2], from: SECOND, to: FIRST, why: 'preferred' }]);
  });

  it('give the first its place back at once when the second has no number either', () => {
    const { say, shown } = setup();
    say(FIRST, 0, 97);
    say(FIRST, 1, null);
    say(SECOND, 2, 92);
    say(SECOND, 3, null);
    say(FIRST, 4, 96);
    expect(shown()).toEqual([FIRST, 96]);
  });

  it('tell each change of monitor once, with the reason, all metrics of one moment together', () => {
    const { values, say } = setup();
    const HR: MetricId = 'MDC_ECG_HEART_RATE';
    say(FIRST, 0, 97);
    say(FIRST, 0, 70, HR);
    expect(values.takeChanges()).toEqual([]);
    say(SECOND, 11, 92);
    say(SECOND, 11, 71, HR);
    expect(values.takeChanges()).toEqual([{ metrics: [SPO2, HR], from: FIRST, to: SECOND, why: 'silent' }]);
    say(SECOND, 12, 92);
    expect(values.takeChanges()).toEqual([]);
    say(SECOND, 13, null);
    say(FIRST, 14, 96);
    expect(values.takeChanges()).toEqual([{ metrics: [SPO2], from: SECOND, to: FIRST, why: 'no-number' }]);
  });

  it('follow a new order with the next number', () => {
    const order = [FIRST, SECOND];
    const values = createCurrentValues(() => order);
    const at = (atS: number) => ({ receivedAt: instant(atS * 1000, atS * 1000), deviceTime: null });
    values.accept(FIRST, [present(SPO2, 97, at(0))]);
    values.accept(SECOND, [present(SPO2, 92, at(0))]);
    order.reverse();
    values.reordered();
    values.accept(SECOND, [present(SPO2, 92, at(1))]);
    expect(values.view()[SPO2]?.monitorId).toBe(SECOND);
  });

  it('show the second when the first has been silent for more than 10 s, not before', () => {
    const { say, shown } = setup();
    say(FIRST, 0, 97);
    say(SECOND, 10, 92);
    expect(shown()).toEqual([FIRST, 97]);
    say(SECOND, 11, 92);
    expect(shown()).toEqual([SECOND, 92]);
  });

  it('show the newest cuff reading, and a measurement that runs takes none off the screen', () => {
    const SYS: MetricId = 'MDC_PRESS_BLD_NONINV_SYS';
    const { say, shown } = setup();
    say(FIRST, 0, 120, SYS);
    say(SECOND, 1, 130, SYS);
    expect(shown(SYS)).toEqual([SECOND, 130]);
    say(SECOND, 2, null, SYS);
    expect(shown(SYS)).toEqual([SECOND, 130]);
  });

  it('forget what a removed monitor said, and nothing else', () => {
    const { values, say, shown } = setup();
    say(FIRST, 0, 97);
    say(SECOND, 0, 70, 'MDC_ECG_HEART_RATE');
    values.forget(FIRST);
    expect(shown()).toBeNull();
    expect(shown('MDC_ECG_HEART_RATE')).toEqual([SECOND, 70]);
  });
});
