/** Builders for the tests of the record. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AlarmPriority } from '../../core/alarm/types.ts';
import { chairId, eventId, monitorId, type SessionId, sessionId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present } from '../../core/observation/observation.ts';
import type { DataOrigin, SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import type { Phase } from '../../core/session/phase.ts';
import { epochMs, type Instant, instant } from '../../core/time.ts';
import { type ChairsideDb, type DatabaseKind, type NumericsRow, openDatabase } from '../../db/open.ts';

/** 2026-03-01T14:00:00Z, the zero of all tests. */
export const START = Date.UTC(2026, 2, 1, 14);
export const readClockWall = () => epochMs(START);
/** `ms` after the start, on both clocks (monotonic from 1000). */
export const at = (ms: number): Instant => instant(START + ms, 1000 + ms);

/** A folder of the test's own, removed after it. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

/** An open database, closed after the test. */
export const opened = (path = ':memory:', kind: DatabaseKind = 'live', readonly = false): ChairsideDb => {
  const db = openDatabase(path, { kind, readClockWall, readonly });
  onTestFinished(() => db.close());
  return db;
};

export const SESSION = sessionId('s-1');
export const MONITOR = monitorId('m-1');

/** One event of a session, placed by its sequence at one second each. */
export const event = (
  sequence: number,
  body: SessionEventBody,
  session: SessionId = SESSION,
): SessionEvent => ({
  id: eventId(`${session}/e-${sequence}`),
  sessionId: session,
  sequence,
  at: at(sequence * 1000),
  by: 'N. Okafor',
  body,
});

export const openedBody = (origin: DataOrigin = 'live', indication = 'depression'): SessionEventBody => ({
  type: 'session-opened',
  chairId: chairId('chair-1'),
  patientInitials: 'A.B.',
  indication,
  plannedInfusionMs: 40 * 60_000,
  plannedRecoveryMs: 30 * 60_000,
  origin,
});

export const moved = (from: Phase, to: Phase): SessionEventBody => ({
  type: 'phase-changed',
  from,
  to,
  reason: null,
});

export const note = (text: string): SessionEventBody => ({
  type: 'note-added',
  kind: 'note',
  text,
  corrects: null,
});

export const alarm = (
  type: 'raised' | 'reopened' | 'cleared',
  priority: AlarmPriority = 'high',
): SessionEventBody => ({
  type: 'alarm',
  alarm: {
    type,
    at: at(0),
    by: null,
    alarm: {
      key: 'spo2-low',
      conditionId: 'spo2-low-high-priority',
      category: 'physiological',
      priority,
      state: 'active',
      metric: 'MDC_PULS_OXIM_SAT_O2',
      monitorId: MONITOR,
      title: 'SpO₂ LOW',
      message: 'SpO₂ 84 < 85',
      value: 84,
      limit: 85,
      peak: 84,
      onsetAt: at(0),
      raisedAt: at(10),
      clearedAt: null,
      acknowledged: null,
      occurrence: 1,
    },
  },
});

/** Opens a session with as many events as bodies follow. */
export const openSession = (
  db: Pick<ChairsideDb, 'appendEvents'>,
  session: SessionId = SESSION,
  bodies: readonly SessionEventBody[] = [],
): void => db.appendEvents([openedBody(), ...bodies].map((body, index) => event(index + 1, body, session)));

export const value = (metric: MetricId, number: number, ms: number): Observation =>
  present(metric, number, { receivedAt: at(ms), deviceTime: null });

export const missing = (metric: MetricId, ms: number): Observation =>
  absent(metric, 'unavailable', { receivedAt: at(ms), deviceTime: null });

export const frame = (ms: number, values: readonly Observation[], session = SESSION): NumericsRow => ({
  sessionId: session,
  monitorId: MONITOR,
  at: at(ms),
  values,
});

/** What `work` throws; fails the test when it throws nothing. */
export const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};
