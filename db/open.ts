/**
 * The record on disk: one SQLite file for live sessions, another for simulated ones. Everything here is
 * synchronous; what a call has stored is on disk (write-ahead log, synchronous=FULL) when it returns.
 */
import { resolve } from 'node:path';
import type { SessionSummary, TrendView } from '../core/api/views.ts';
import type { PatientId, SessionId } from '../core/ids.ts';
import type { StoredFrame } from '../core/observation/stored-frame.ts';
import type { NibpReading, SessionEvent } from '../core/session/events.ts';
import type { EpochMs } from '../core/time.ts';
import { type OpenOptions, openConnection } from './connection.ts';
import { keysOf } from './keys.ts';
import type { DatabaseKind } from './kind.ts';
import { type Connection, requireRuntime } from './native.ts';
import { nibpStore } from './nibp.ts';
import { type NumericsRow, numericsStore } from './numerics.ts';
import { numericsReader } from './numerics-reader.ts';
import { type DigestSteps, recordDigest } from './record-digest.ts';
import { type RegistryStore, registryStore } from './registry.ts';
import { type ValueReader, valueReader } from './review-reader.ts';
import { type SendingStore, sendingStore } from './sending.ts';
import { sessionEventStore } from './session-events.ts';
import { type SessionFactsStore, sessionFactsStore } from './session-facts.ts';
import { type ReadableSessions, sessionList, type UnsignedSession } from './session-list.ts';
import { type ApprovalRecord, type StationEntry, type StationEvent, stationLog } from './station-log.ts';
import { guarded } from './storage-error.ts';
import { trendReader } from './trend.ts';
import { type VerifyReport, verifyDatabase } from './verify.ts';
import { type StoredWave, type WaveRow, waveStore } from './waves.ts';

/** An open record. Every method may throw `StorageError`; a failed write leaves nothing of it behind. */
export interface ChairsideDb {
  readonly path: string;
  readonly kind: DatabaseKind;
  /**
   * Appends to the records of one or more sessions, in order, in one durable transaction. The first event of
   * a session is its `session-opened`.
   * @throws StorageError `out-of-sequence` for a gap or a repeated sequence or id; `wrong-kind`; `signed` for
   * anything but an addendum to a record that a physician has signed.
   */
  appendEvents(events: readonly SessionEvent[]): void;
  /**
   * Stores a session that is over, its entries and its frames, in one durable transaction: all of it or nothing.
   * @throws StorageError as `appendEvents` and `writeNumerics`.
   */
  importSession(events: readonly SessionEvent[], batch: readonly NumericsRow[]): void;
  /** Sessions that were imported from a file with these bytes (SHA-256, hexadecimal), oldest first. */
  importedFrom(sha256: string): readonly SessionId[];
  /** The whole record of a session in order; empty for an unknown one. */
  eventsOf(sessionId: SessionId): readonly SessionEvent[];
  /** Sessions whose last phase is not a closed one, oldest first. */
  openSessions(): readonly SessionId[];
  /** The newest sessions first, at most `limit`. */
  sessions(limit: number): readonly SessionSummary[];
  /** The same, where a damaged record hides no other: those that cannot be read stand apart. */
  readableSessions(limit: number): ReadableSessions;
  /** Stores frames in one transaction. @throws StorageError `unknown-session`. */
  writeNumerics(batch: readonly NumericsRow[]): void;
  /** Stores stretches of waves in one transaction. @throws StorageError `unknown-session`. */
  writeWaves(batch: readonly WaveRow[]): void;
  /** The stored stretches of waves whose last sample arrived with from <= wall clock < to. */
  waves(sessionId: SessionId, from: EpochMs, to: EpochMs): readonly StoredWave[];
  /** Frames and cuff readings at full resolution with from <= wall clock < to; ask for minutes, not for hours. */
  frames(sessionId: SessionId, from: EpochMs, to: EpochMs): readonly StoredFrame[];
  /**
   * Min, max and last of each continuous metric in at most `buckets` equal parts of [from, to), computed
   * inside SQLite; only numbers (valid or questionable) count. A missing bucket is a gap.
   */
  trend(sessionId: SessionId, from: EpochMs, to: EpochMs, buckets: number): TrendView;
  /** All complete cuff readings of a session in order of receipt. */
  nibpReadings(sessionId: SessionId): readonly NibpReading[];
  /** Every continuous value with from <= wall clock < to, one by one, in order of receipt; ask for minutes, not for hours. */
  readonly reviewValues: ValueReader;
  /** Sessions of a patient of the register, oldest first. */
  sessionsOf(patientId: PatientId): readonly SessionId[];
  /** Closed sessions that wait for a physician's signature, oldest first, at most `limit`. */
  unsignedSessions(limit: number): readonly UnsignedSession[];
  /** The last entry of a session's record; null for an unknown one. */
  headOf(sessionId: SessionId): { readonly sequence: number; readonly hash: string } | null;
  /** The hash over a session's vital signs, in steps: run the generator to its end. */
  readonly digestOf: DigestSteps;
  /** What can be looked for about sessions: derived, not part of the record. */
  readonly facts: SessionFactsStore;
  /** Accounts, patients, courses, looks at records. */
  readonly registry: RegistryStore;
  /** Records that are handed on to other systems. */
  readonly sending: SendingStore;
  /** When anything of this session was last stored; null for an unknown one. */
  lastWriteWall(sessionId: SessionId): EpochMs | null;
  /** The last word on each preset and version. */
  approvals(): readonly ApprovalRecord[];
  /** Appends to the station's own record. */
  appendStationEvent(entry: StationEntry): StationEvent;
  /** The station's own record, newest first, at most `limit`. */
  stationEvents(limit: number): readonly StationEvent[];
  /** Checks the file, its schema and every hash chain. Reports damage; does not throw for it. */
  verify(): VerifyReport;
  /**
   * Begins a moment: everything that is read until the returned function is called is of one state of the record, whatever
   * others write meanwhile. The write-ahead log cannot be shortened as long. For read-only connections.
   * @throws Error on a connection that writes: what it wrote would wait for the end.
   */
  beginReading(): () => void;
  /** Moves what is in the write-ahead log into the file, as far as readers allow. */
  checkpoint(): void;
  /** Idempotent. */
  close(): void;
}

/**
 * Opens, and if need be creates or migrates, the database at `path` (`:memory:` for one that is not kept).
 * @throws StorageError, before anything was changed: `wrong-node`, `newer-version`, `older-version` (readers),
 * `not-a-database`, `wrong-kind`, `read-only`, `busy`, `corrupt`, `io`.
 */
export const openDatabase = (path: string, options: OpenOptions): ChairsideDb => {
  requireRuntime();
  const file = path === ':memory:' ? path : resolve(path);
  return guarded(file, () => {
    const connection = openConnection(file, options);
    try {
      return databaseOn(connection, file, options.kind);
    } catch (error) {
      connection.close();
      throw error;
    }
  });
};

/** The record on an open connection of the newest schema. For `openDatabase` and for tests of a failing disk. */
export const databaseOn = (connection: Connection, path: string, kind: DatabaseKind): ChairsideDb => {
  const station = stationLog(connection);
  const events = sessionEventStore(connection, kind, station);
  const registry = registryStore(connection);
  const sending = sendingStore(connection, kind, station);
  const nibp = nibpStore(connection);
  const keys = keysOf(connection);
  const numerics = numericsStore(connection, nibp, keys);
  const waves = waveStore(connection, keys);
  const readTrend = trendReader(connection, nibp);
  const readFrames = numericsReader(connection);
  const list = sessionList(connection);
  const importSession = connection.transaction(
    (history: readonly SessionEvent[], batch: readonly NumericsRow[]) => {
      events.append(history);
      numerics.write(batch);
    },
  );
  const facts = sessionFactsStore(connection);
  /** Binds a store's function to this file's name for errors. */
  const safe =
    <A extends readonly unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R =>
      guarded(path, () => work(...args));
  return {
    path,
    kind,
    appendEvents: safe(events.append),
    importSession: safe((history: readonly SessionEvent[], batch: readonly NumericsRow[]) =>
      importSession.immediate(history, batch),
    ),
    importedFrom: safe(list.fromFile),
    eventsOf: safe(events.read),
    openSessions: safe(list.open),
    sessions: safe(list.newest),
    readableSessions: safe(list.readable),
    writeNumerics: safe(numerics.write),
    writeWaves: safe(waves.write),
    waves: safe(waves.read),
    frames: safe(readFrames),
    trend: safe(readTrend),
    nibpReadings: safe(nibp.read),
    reviewValues: safe(valueReader(connection)),
    sessionsOf: safe(list.ofPatient),
    unsignedSessions: safe(list.unsigned),
    headOf: safe(events.head),
    digestOf: recordDigest(connection),
    registry: {
      append: safe(registry.append),
      ofTypes: safe(registry.ofTypes),
      newestOf: safe(registry.newestOf),
      about: safe(registry.about),
      head: safe(registry.head),
    },
    sending: {
      queue: safe(sending.queue),
      get: safe(sending.get),
      opening: safe(sending.opening),
      open: safe(sending.open),
      ofSession: safe(sending.ofSession),
      newest: safe(sending.newest),
      counts: safe(sending.counts),
      begin: safe(sending.begin),
      payloadsOf: safe(sending.payloadsOf),
      change: safe(sending.change),
      interrupted: safe(sending.interrupted),
      sweep: safe(sending.sweep),
      sweepOnly: safe(sending.sweepOnly),
    },
    facts: { all: safe(facts.all), stale: safe(facts.stale), put: safe(facts.put) },
    lastWriteWall: safe(list.lastWriteWall),
    approvals: safe(station.approvals),
    appendStationEvent: safe(station.append),
    stationEvents: safe(station.newest),
    verify: safe(() => verifyDatabase(connection, path, kind)),
    beginReading: safe(() => beginReading(connection)),
    checkpoint: safe(() => {
      connection.pragma('wal_checkpoint(PASSIVE)');
    }),
    close: safe(() => {
      if (connection.open) connection.close();
    }),
  };
};

const beginReading = (connection: Connection): (() => void) => {
  if (!connection.readonly) throw new Error('a moment is kept for a read-only connection');
  connection.exec('BEGIN');
  return () => {
    if (connection.inTransaction) connection.exec('COMMIT');
  };
};

export type { OpenOptions } from './connection.ts';
export type { DatabaseKind } from './kind.ts';
export type { NumericsRow } from './numerics.ts';
export { signedRecord } from './record-digest.ts';
export type { NewSending, PayloadHashes, SendingChange, SendingStore, SweepRule } from './sending.ts';
export type { ApprovalRecord, StationEntry, StationEvent, StationEventBody } from './station-log.ts';
export { StorageError, type StorageErrorCode } from './storage-error.ts';
export type { VerifyReport } from './verify.ts';
export type { StoredWave, WaveRow } from './waves.ts';
