/** Stretches of waveforms: written with the numerics, read back for a review. */
import { type MonitorId, monitorId, type SessionId } from '../core/ids.ts';
import { isWaveId, type WaveBlock, type WaveId, type WaveUnit } from '../core/observation/waveform.ts';
import type { EpochMs, Instant } from '../core/time.ts';
import type { Keys } from './keys.ts';
import type { Connection } from './native.ts';

/** A stretch of one monitor's wave during one session. */
export interface WaveRow {
  readonly sessionId: SessionId;
  readonly monitorId: MonitorId;
  readonly block: WaveBlock;
}

/** A stretch as it was stored. */
export interface StoredWave {
  readonly monitorId: MonitorId;
  readonly block: WaveBlock;
}

export interface WaveStore {
  /** Stores the stretches in one transaction. @throws StorageError `unknown-session`. */
  write(batch: readonly WaveRow[]): void;
  /** Stretches whose last sample arrived with from <= wall clock < to, in order of receipt. */
  read(sessionId: SessionId, from: EpochMs, to: EpochMs): readonly StoredWave[];
}

interface Row {
  readonly monitor_id: string;
  readonly wave: string;
  readonly unit: string;
  readonly wall_ms: number;
  readonly mono_ms: number;
  readonly period_ms: number;
  readonly low: number;
  readonly high: number;
  readonly is_after_gap: number;
  readonly samples: Uint8Array;
}

export const waveStore = (connection: Connection, keys: Keys): WaveStore => {
  const insert = connection.prepare<
    [number, number, string, string, number, number, number, number, number, number, Uint8Array]
  >(
    `INSERT INTO wave_block
       (session_key, monitor_key, wave, unit, wall_ms, mono_ms, period_ms, low, high, is_after_gap, samples)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const read = connection.prepare<[string, number, number], Row>(
    `SELECT monitor.id AS monitor_id, wave, unit, wall_ms, mono_ms, period_ms, low, high, is_after_gap, samples
     FROM wave_block JOIN monitor USING (monitor_key)
     WHERE session_key = (SELECT session_key FROM session WHERE id = ?) AND wall_ms >= ? AND wall_ms < ?
     ORDER BY wall_ms, entry`,
  );
  const writeAll = connection.transaction((batch: readonly WaveRow[]) => {
    for (const { sessionId, monitorId: monitor, block } of batch) {
      if (block.samples.length === 0) continue;
      const { receivedAt, range } = block;
      insert.run(
        keys.session(sessionId),
        keys.monitor(monitor),
        block.wave,
        block.unit,
        receivedAt.wall,
        receivedAt.mono,
        block.periodMs,
        range.low,
        range.high,
        block.isAfterGap ? 1 : 0,
        packed(block.samples),
      );
    }
  });
  return {
    write: (batch) => {
      if (batch.length > 0) writeAll.immediate(batch);
    },
    read: (sessionId, from, to) => read.all(sessionId, from, to).flatMap(stored),
  };
};

const packed = (samples: readonly (number | null)[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(samples.length * 4));
  for (const [index, sample] of samples.entries()) view.setFloat32(index * 4, sample ?? Number.NaN, true);
  return new Uint8Array(view.buffer);
};

const unpacked = (bytes: Uint8Array): readonly (number | null)[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, index) => {
    const value = view.getFloat32(index * 4, true);
    return Number.isNaN(value) ? null : value;
  });
};

/** A wave that this version does not know (written by a newer one) is left out, not guessed. */
const stored = (row: Row): readonly StoredWave[] => {
  if (!isWaveId(row.wave)) return [];
  const block: WaveBlock = {
    wave: row.wave satisfies WaveId,
    unit: row.unit as WaveUnit, // as written
    periodMs: row.period_ms,
    samples: unpacked(row.samples),
    range: { low: row.low, high: row.high },
    receivedAt: { wall: row.wall_ms, mono: row.mono_ms } as Instant, // as written
    isAfterGap: row.is_after_gap === 1,
  };
  return [{ monitorId: monitorId(row.monitor_id), block }];
};
