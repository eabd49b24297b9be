/** The last cuff reading of a chair, as every window shows it. */
import { describe, expect, it } from 'vitest';
import { monitorId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present } from '../../core/observation/observation.ts';
import { instant } from '../../core/time.ts';
import { createCuffTracker } from '../../station/cuff-tracker.ts';

const MONITOR = monitorId('one');
const SYS: MetricId = 'MDC_PRESS_BLD_NONINV_SYS';
const DIA: MetricId = 'MDC_PRESS_BLD_NONINV_DIA';
const MEAN: MetricId = 'MDC_PRESS_BLD_NONINV_MEAN';

const at = (seconds: number) => ({ receivedAt: instant(seconds * 1000, seconds * 1000), deviceTime: null });
const reading = (seconds: number, systolic: number, diastolic: number): readonly Observation[] => [
  present(SYS, systolic, at(seconds)),
  present(DIA, diastolic, at(seconds)),
  present(MEAN, Math.round((systolic + 2 * diastolic) / 3), at(seconds)),
];

describe('the last cuff reading', () => {
  it('is only ever made of numbers of one frame', () => {
    const cuff = createCuffTracker();
    expect(cuff.accept(MONITOR, [present(SYS, 184, at(0))]).reading).toBeNull();
    expect(cuff.accept(MONITOR, [present(DIA, 112, at(1))]).reading).toBeNull();
    expect(cuff.view(null, null, instant(0, 0)).last).toBeNull();
    expect(cuff.accept(MONITOR, reading(2, 128, 82)).reading).toMatchObject({ systolic: 128, diastolic: 82 });
  });

  it('is none where a part has no number', () => {
    const cuff = createCuffTracker();
    const part = [present(SYS, 184, at(0)), absent(DIA, 'invalid', at(0))];
    expect(cuff.accept(MONITOR, part).reading).toBeNull();
    expect(cuff.view(null, null, instant(0, 0)).last).toBeNull();
  });

  it('says that the monitor doubts it, as the record does', () => {
    const cuff = createCuffTracker();
    const doubted = [present(SYS, 128, at(0)), present(DIA, 82, at(0), 'questionable')];
    expect(cuff.accept(MONITOR, doubted).reading).toMatchObject({ systolic: 128, questionable: true });
    expect(cuff.accept(MONITOR, reading(60, 126, 80)).reading).not.toHaveProperty('questionable');
  });

  it('stays, with its age, while the next one is measured and when that fails', () => {
    const cuff = createCuffTracker();
    cuff.accept(MONITOR, reading(0, 128, 82));
    cuff.accept(MONITOR, [absent(SYS, 'ongoing', at(60)), absent(DIA, 'ongoing', at(60))]);
    expect(cuff.view(null, null, instant(0, 0))).toMatchObject({
      last: { systolic: 128, receivedAt: instant(0, 0) },
      measuringSince: instant(60_000, 60_000),
    });
    cuff.accept(MONITOR, [absent(SYS, 'invalid', at(90)), absent(DIA, 'invalid', at(90))]);
    expect(cuff.view(null, null, instant(0, 0))).toMatchObject({
      last: { systolic: 128 },
      measuringSince: null,
    });
  });

  it('says that a measurement runs since it began, not since it was last said', () => {
    const cuff = createCuffTracker();
    cuff.accept(MONITOR, [absent(SYS, 'ongoing', at(10))]);
    cuff.accept(MONITOR, [absent(SYS, 'ongoing', at(20))]);
    expect(cuff.view(null, null, instant(0, 0)).measuringSince).toEqual(instant(10_000, 10_000));
  });

  it('grows older with a computer that slept', () => {
    const cuff = createCuffTracker();
    cuff.accept(MONITOR, reading(0, 128, 82));
    cuff.grewOlder(600_000);
    expect(cuff.view(null, null, instant(0, 0)).last?.ageAtReceiptMs).toBe(600_000);
  });
});
