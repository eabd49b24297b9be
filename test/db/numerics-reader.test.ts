import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monitorId, sessionId } from '../../core/ids.ts';
import { METRIC_IDS } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present } from '../../core/observation/observation.ts';
import { epochMs } from '../../core/time.ts';
import { at, frame, MONITOR, opened, openSession, SESSION, START, value } from './samples.ts';

const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
const DIA = 'MDC_PRESS_BLD_NONINV_DIA';
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const all = (db: ReturnType<typeof opened>) => db.frames(SESSION, epochMs(START), epochMs(START + 3_600_000));

const session = () => {
  const db = opened();
  openSession(db);
  return db;
};

describe('frames read back', () => {
  test('are the observations that were stored: numbers, doubt, absence, monitor’s clock and age', () => {
    const db = session();
    const receipt = { receivedAt: at(500), deviceTime: epochMs(START - 3000), ageAtReceiptMs: 250 };
    const values: readonly Observation[] = [
      present('MDC_ECG_HEART_RATE', 71.5, receipt, 'questionable'),
      present(SPO2, 97, receipt),
      absent('MDC_RESP_RATE', 'calibrating', receipt),
    ];
    db.writeNumerics([frame(500, values)]);
    expect(all(db)).toEqual([{ monitorId: MONITOR, at: at(500), observations: values }]);
  });

  test('hold the cuff readings among them, in order of time', () => {
    const db = session();
    db.writeNumerics([
      frame(1000, [value(SPO2, 97, 1000)]),
      frame(2000, [value(SYS, 162, 2000), value(DIA, 91, 2000)]),
      frame(3000, [value(SPO2, 96, 3000)]),
    ]);
    expect(all(db).map(({ at: when, observations }) => [when.wall - START, observations.length])).toEqual([
      [1000, 1],
      [2000, 2],
      [3000, 1],
    ]);
    expect(all(db)[1]?.observations).toMatchObject([
      { metric: SYS, value: 162, validity: 'valid' },
      { metric: DIA, value: 91 },
    ]);
  });

  test('are those of the stretch asked for, its end not among them', () => {
    const db = session();
    db.writeNumerics([0, 1000, 2000, 3000].map((ms) => frame(ms, [value(SPO2, 97, ms)])));
    const read = db.frames(SESSION, epochMs(START + 1000), epochMs(START + 3000));
    expect(read.map(({ at: when }) => when.wall - START)).toEqual([1000, 2000]);
  });

  test('are none for a session that is not known', () => {
    expect(session().frames(sessionId('nobody'), epochMs(0), epochMs(START * 2))).toEqual([]);
  });

  test('of any numbers of any monitors come back as they went in', () => {
    const one = fc.record({
      ms: fc.integer({ min: 0, max: 100_000 }),
      monitor: fc.constantFrom('m-1', 'm-2'),
      metric: fc.constantFrom(...METRIC_IDS.filter((metric) => !metric.startsWith('MDC_PRESS'))),
      number: fc.option(fc.integer({ min: 20, max: 40 }), { nil: null }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: ({ ms }) => ms, maxLength: 20 }), (told) => {
        const db = session();
        const rows = told.map(({ ms, monitor, metric, number }) => {
          const receipt = { receivedAt: at(ms), deviceTime: null };
          const observation =
            number === null ? absent(metric, 'invalid', receipt) : present(metric, number, receipt);
          return { ...frame(ms, [observation]), monitorId: monitorId(monitor) };
        });
        db.writeNumerics(rows);
        const inOrder = [...rows].sort((a, b) => a.at.wall - b.at.wall);
        expect(all(db)).toEqual(
          inOrder.map(({ monitorId: id, at: when, values }) => ({
            monitorId: id,
            at: when,
            observations: values,
          })),
        );
      }),
      { numRuns: 30 },
    );
  });
});
