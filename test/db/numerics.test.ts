import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { monitorId, sessionId } from '../../core/ids.ts';
import { METRIC_IDS, METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present } from '../../core/observation/observation.ts';
import { epochMs } from '../../core/time.ts';
import { validityColumn, valueColumn } from '../../db/columns.ts';
import { migrate } from '../../db/migrate.ts';
import { type Connection, connect } from '../../db/native.ts';
import { type ChairsideDb, databaseOn, StorageError } from '../../db/open.ts';
import { at, frame, MONITOR, missing, openSession, SESSION, START, thrownBy, value } from './samples.ts';

/** A record whose file can also be looked into directly. */
const both = (): { readonly db: ChairsideDb; readonly raw: Connection } => {
  const raw = connect(':memory:');
  migrate(raw, ':memory:', epochMs(0));
  onTestFinished(() => {
    raw.close();
  });
  const db = databaseOn(raw, ':memory:', 'live');
  openSession(db);
  return { db, raw };
};

const frames = (raw: Connection) =>
  raw
    .prepare<[], Record<string, number | null>>('SELECT * FROM numeric_frame ORDER BY wall_ms, ordinal')
    .all();

const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
const DIA = 'MDC_PRESS_BLD_NONINV_DIA';
const MEAN = 'MDC_PRESS_BLD_NONINV_MEAN';
const CUFF_RATE = 'MDC_PULS_RATE_NON_INV';
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';

describe('a frame', () => {
  test('every metric has its two columns (a new metric needs a migration)', () => {
    const { raw } = both();
    const columns = raw
      .prepare<[], { name: string }>('PRAGMA table_info(numeric_frame)')
      .all()
      .map(({ name }) => name);
    expect(METRIC_IDS.filter((metric) => !columns.includes(valueColumn(metric)))).toEqual([]);
    expect(METRIC_IDS.filter((metric) => !columns.includes(validityColumn(metric)))).toEqual([]);
  });

  test('is one row: numbers bare, doubt and absence with their validity, the rest untouched', () => {
    const { db, raw } = both();
    const receipt = { receivedAt: at(500), deviceTime: epochMs(START - 3000), ageAtReceiptMs: 250 };
    db.writeNumerics([
      frame(500, [
        present(SPO2, 97, receipt),
        present('MDC_ECG_HEART_RATE', 71.5, receipt, 'questionable'),
        absent('MDC_RESP_RATE', 'calibrating', receipt),
      ]),
    ]);
    const [row] = frames(raw);
    expect(frames(raw)).toHaveLength(1);
    const filled = Object.fromEntries(Object.entries(row ?? {}).filter(([, cell]) => cell !== null));
    expect(filled).toEqual({
      session_key: 1,
      monitor_key: 1,
      wall_ms: START + 500,
      mono_ms: 1500,
      ordinal: 0,
      device_time_ms: START - 3000,
      age_at_receipt_ms: 250,
      mdc_puls_oxim_sat_o2: 97,
      mdc_ecg_heart_rate: 71.5,
      mdc_ecg_heart_rate_validity: 1,
      mdc_resp_rate_validity: 3,
    });
  });

  test('never holds a number beside an absent validity, whoever writes it', () => {
    const { raw } = both();
    raw.exec(`INSERT INTO monitor (id) VALUES ('m')`);
    const insert = (number: number | null, validity: number | null) => () =>
      raw
        .prepare(
          `INSERT INTO numeric_frame (session_key, wall_ms, ordinal, mono_ms, monitor_key, age_at_receipt_ms,
             mdc_temp_body, mdc_temp_body_validity) VALUES (1, 1, 0, 1, 1, 0, ?, ?)`,
        )
        .run(number, validity);
    expect(insert(37, 7)).toThrow(/CHECK/);
    expect(insert(null, 1)).toThrow(/CHECK/);
    expect(insert(37, 99)).toThrow(/constraint/);
  });

  test('of a session without a record is refused, and the whole batch with it', () => {
    const { db, raw } = both();
    const good = frame(0, [value(SPO2, 97, 0)]);
    const error = thrownBy(() =>
      db.writeNumerics([good, frame(0, [value(SPO2, 97, 0)], sessionId('nobody'))]),
    );
    expect(error instanceof StorageError && error.code).toBe('unknown-session');
    expect(frames(raw)).toEqual([]);
  });

  test('two frames of the same millisecond, and a metric twice in a frame, are all kept', () => {
    const { db, raw } = both();
    db.writeNumerics([
      frame(0, [value(SPO2, 97, 0), value(SPO2, 96, 0)]),
      { ...frame(0, [value(SPO2, 95, 0)]), monitorId: monitorId('m-2') },
    ]);
    expect(frames(raw).map((row) => [row.ordinal, row.monitor_key, row.mdc_puls_oxim_sat_o2])).toEqual([
      [0, 1, 97],
      [1, 1, 96],
      [2, 2, 95],
    ]);
  });

  test('nothing that was written is lost, whatever is in the frames', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyObservation, { maxLength: 8 }), { maxLength: 6 }), (batches) => {
        const { db, raw } = both();
        db.writeNumerics(batches.map((values) => frame(0, values)));
        const stored = frames(raw).flatMap((row) =>
          METRIC_IDS.filter(
            (metric) => row[valueColumn(metric)] !== null || row[validityColumn(metric)] !== null,
          ).map((metric) => [metric, row.wall_ms, row[valueColumn(metric)] ?? null] as const),
        );
        const readings = db.nibpReadings(SESSION);
        const kept = (one: Observation) =>
          stored.some(
            ([m, wall, v]) => m === one.metric && wall === one.receivedAt.wall && v === one.value,
          ) || readings.some((r) => [r.systolic, r.diastolic, r.mean, r.pulseRate].includes(one.value));
        expect(batches.flat().filter((one) => !kept(one))).toEqual([]);
        // Nothing was made up, either.
        expect(stored.length).toBeLessThanOrEqual(batches.flat().length);
      }),
      { numRuns: 60 },
    );
  });
});

const anyObservation: fc.Arbitrary<Observation> = fc
  .record({
    metric: fc.constantFrom(...METRIC_IDS),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    ms: fc.integer({ min: 0, max: 3 }),
    validity: fc.constantFrom('ongoing', 'invalid', 'unavailable'),
  })
  .map(({ metric, share, ms, validity }) => {
    const { low, high } = METRICS[metric].plausible;
    return share === null
      ? absent(metric, validity, { receivedAt: at(ms), deviceTime: null })
      : value(metric, low + share * (high - low), ms);
  });

describe('a cuff reading', () => {
  const cuff = (ms: number, systolic: number, ageAtReceiptMs = 0, deviceTime: number | null = null) => {
    const receipt = {
      receivedAt: at(ms),
      deviceTime: deviceTime === null ? null : epochMs(deviceTime),
      ageAtReceiptMs,
    };
    const part = (metric: MetricId, number: number) => present(metric, number, receipt);
    return frame(ms, [part(SYS, systolic), part(DIA, 80), part(MEAN, 95), part(CUFF_RATE, 66)]);
  };

  test('is stored complete, with its age, beside the continuous values of its frame', () => {
    const { db, raw } = both();
    const reading = cuff(0, 142, 60_000);
    db.writeNumerics([{ ...reading, values: [...reading.values, value(SPO2, 97, 0)] }]);
    expect(db.nibpReadings(SESSION)).toStrictEqual([
      {
        systolic: 142,
        diastolic: 80,
        mean: 95,
        pulseRate: 66,
        receivedAt: at(0),
        ageAtReceiptMs: 60_000,
        monitorId: MONITOR,
      },
    ]);
    expect(frames(raw).map((row) => [row.mdc_puls_oxim_sat_o2, row.mdc_press_bld_noninv_sys])).toEqual([
      [97, null],
    ]);
  });

  test('without a mean is a reading; the absent mean keeps its validity', () => {
    const { db, raw } = both();
    db.writeNumerics([frame(0, [value(SYS, 120, 0), value(DIA, 70, 0), missing(MEAN, 0)])]);
    expect(db.nibpReadings(SESSION)).toMatchObject([{ systolic: 120, mean: null, pulseRate: null }]);
    expect(frames(raw).map((row) => row.mdc_press_bld_noninv_mean_validity)).toEqual([7]);
  });

  test('that is not complete is no reading, but is kept as it came', () => {
    const { db, raw } = both();
    db.writeNumerics([frame(0, [value(SYS, 120, 0), missing(DIA, 0)])]);
    expect(db.nibpReadings(SESSION)).toEqual([]);
    expect(
      frames(raw).map((row) => [row.mdc_press_bld_noninv_sys, row.mdc_press_bld_noninv_dia_validity]),
    ).toEqual([[120, 7]]);
  });

  test.each([
    ['the same device time', cuff(0, 140, 0, START), cuff(90_000, 140, 0, START), 1],
    ['the same numbers within the age it may have', cuff(0, 140), cuff(50_000, 140, 60_000), 1],
    ['the same numbers, older than the age it may have', cuff(0, 140), cuff(61_000, 140, 60_000), 2],
    ['the same numbers, known to be new', cuff(0, 140), cuff(50_000, 140), 2],
    ['other numbers within the age it may have', cuff(0, 140), cuff(50_000, 141, 60_000), 2],
    [
      'the same numbers from another monitor',
      cuff(0, 140),
      { ...cuff(0, 140), monitorId: monitorId('x') },
      2,
    ],
  ])('seen again with %s', (_, first, second, count) => {
    const { db, raw } = both();
    db.writeNumerics([first]);
    db.writeNumerics([second]);
    expect(db.nibpReadings(SESSION)).toHaveLength(count);
    expect(frames(raw)).toEqual([]);
  });
});
