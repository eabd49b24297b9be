import { describe, expect, it } from 'vitest';
import { monitorId } from '../../../core/ids.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { beginFigures } from '../../../core/review/session-figures.ts';
import { foldSession } from '../../../core/session/session.ts';
import { at, events, INFUSING } from '../visit/make.ts';

/** The time beyond each limit when one metric has this value each second from minute 15 to 16. */
const beyond = (values: readonly (readonly [MetricId, number])[]) => {
  const record = events(INFUSING);
  const run = beginFigures({
    session: foldSession(record),
    events: record,
    readings: [],
    now: at(20).wall,
  });
  for (let second = 0; second <= 60; second += 1)
    for (const [metric, value] of values)
      run.take({
        metric,
        monitorId: monitorId('m'),
        at: at(15).wall + second * 1000,
        value: second === 60 ? null : value,
        isQuestionable: false,
      });
  return run
    .finish()
    .beyond.map(({ limitId, ms }) => [limitId, ms])
    .toSorted();
};

describe('the time beyond a limit', () => {
  it('of apnoea by capnography is never that of impedance, which the alarm does not judge by it either', () => {
    expect(beyond([['MDC_TTHOR_RESP_RATE', 0]])).toEqual([
      ['rr-low-advisory', 60_000],
      ['rr-low-medium-priority', 60_000],
    ]);
  });

  it('of apnoea by capnography is told when capnography says so', () => {
    expect(
      beyond([
        ['MDC_CO2_RESP_RATE', 0],
        ['MDC_TTHOR_RESP_RATE', 14],
      ]),
    ).toEqual([
      ['apnoea-capnography', 60_000],
      ['rr-low-advisory', 60_000],
      ['rr-low-medium-priority', 60_000],
    ]);
  });
});
