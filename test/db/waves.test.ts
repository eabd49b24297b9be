import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monitorId, sessionId } from '../../core/ids.ts';
import type { WaveBlock } from '../../core/observation/waveform.ts';
import { epochMs } from '../../core/time.ts';
import { openDatabase } from '../../db/open.ts';
import { at, openSession, SESSION } from './samples.ts';

const MONITOR = monitorId('b650');
const block = (ms: number, samples: readonly (number | null)[]): WaveBlock => ({
  wave: 'MDC_ECG_ELEC_POTL_II',
  unit: 'mV',
  periodMs: 1000 / 300,
  samples,
  range: { low: -1, high: 2 },
  receivedAt: at(ms),
  isAfterGap: ms === 0,
});
const opened = () => {
  const db = openDatabase(':memory:', { kind: 'live', readClockWall: () => at(0).wall });
  openSession(db);
  return db;
};
const everything = [epochMs(0), epochMs(1e13)] as const;

describe('waves', () => {
  it('are read back as they were stored, with absent samples absent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.float({ noNaN: true, noDefaultInfinity: true })), { minLength: 1 }),
        (samples) => {
          const db = opened();
          db.writeWaves([{ sessionId: SESSION, monitorId: MONITOR, block: block(0, samples) }]);
          // A negative zero is no other sample than zero.
          const same = samples.map((sample) => (sample === null ? null : sample + 0));
          const [stored] = db.waves(SESSION, ...everything);
          const read = stored?.block.samples.map((sample) => (sample === null ? null : sample + 0));
          expect([stored?.monitorId, { ...stored?.block, samples: read }]).toEqual([MONITOR, block(0, same)]);
          db.close();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are read by the time of receipt, in order, and belong to their session', () => {
    const db = opened();
    for (const ms of [0, 1000, 2000, 3000])
      db.writeWaves([{ sessionId: SESSION, monitorId: MONITOR, block: block(ms, [ms]) }]);
    const read = db.waves(SESSION, at(1000).wall, at(3000).wall);
    expect(read.map(({ block: { samples } }) => samples)).toEqual([[1000], [2000]]);
    expect(db.waves(sessionId('other'), ...everything)).toEqual([]);
  });

  it('of a session without a record are refused, whole', () => {
    const db = opened();
    const strange = { sessionId: sessionId('nobody'), monitorId: MONITOR, block: block(0, [1]) };
    expect(() =>
      db.writeWaves([{ sessionId: SESSION, monitorId: MONITOR, block: block(0, [1]) }, strange]),
    ).toThrow(/no record yet/);
    expect(db.waves(SESSION, ...everything)).toEqual([]);
  });

  it('leave the record whole', () => {
    const db = opened();
    db.writeWaves([{ sessionId: SESSION, monitorId: MONITOR, block: block(0, [1, null]) }]);
    expect(db.verify().ok).toBe(true);
  });
});
