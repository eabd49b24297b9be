/**
 * `bench review`: how long it takes to open the review of a long session, to find sessions among many, and how long alarms
 * would wait while a long session is exported. A session of 8 h with four vitals once a
 * second from two monitors, and a cuff reading every 5 min, is stored; then it is asked for as a window asks.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReviewView } from '../../core/api/review-commands.ts';
import { chairId, eventId, monitorId, sessionId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { present } from '../../core/observation/observation.ts';
import type { SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import { epochMs, type Instant, instant } from '../../core/time.ts';
import { type ChairsideDb, type NumericsRow, openDatabase } from '../../db/open.ts';
import type { Clock } from '../../station/clock.ts';
import { reviewCommands } from '../../station/review-commands.ts';
import { benchFinding } from '../bench/finding.ts';
import { benchHandingOn } from '../bench/handing-on.ts';
import { percentiles } from '../bench/percentiles.ts';

export interface ReviewBenchOptions {
  readonly clock: Clock;
  readonly hours: number;
  /** How often the session is opened anew, and each query asked. */
  readonly runs: number;
  /** Among how many sessions others are looked for. */
  readonly sessions: number;
}

/** One part of the bench. More are added to `PARTS`. */
type Part = (options: ReviewBenchOptions, folder: string) => Promise<object>;

const START = Date.UTC(2026, 2, 1, 8);
const SESSION = sessionId('bench-session');
const MONITORS = [monitorId('bedside'), monitorId('oximeter')];

/** Runs the benchmark; the figures as JSON. */
export const benchReview = async (options: ReviewBenchOptions): Promise<object> => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-bench-'));
  try {
    const parts: Record<string, object> = {};
    for (const [name, part] of Object.entries(PARTS)) parts[name] = await part(options, folder);
    return { bench: 'review', ...parts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const openOne: Part = async ({ clock, hours, runs }, folder) => {
  const path = join(folder, 'simulated.db');
  const readClockWall = () => epochMs(START);
  const synthetic = openDatabase(path, { kind: 'simulated', readClockWall });
  const live = openDatabase(':memory:', { kind: 'live', readClockWall });
  try {
    const frames = fill(synthetic, hours);
    /** Each a station that remembers nothing yet. */
    const fresh = () =>
      reviewCommands({
        databases: { live, synthetic },
        chairs: () => [],
        flush: () => undefined,
        pushEvent: () => undefined,
        now: clock.now,
        newId: () => 'none',
      });
    const wall: number[] = [];
    const cpu: number[] = [];
    const again: number[] = [];
    let view: ReviewView | null = null;
    for (let run = 0; run < runs; run += 1) {
      const commands = fresh();
      const ask = async () => commands['review.session']({ sessionId: SESSION });
      const cpuBefore = process.cpuUsage();
      const from = clock.now().mono;
      view = await ask();
      wall.push(clock.now().mono - from);
      const used = process.cpuUsage(cpuBefore);
      cpu.push((used.user + used.system) / 1000);
      const second = clock.now().mono;
      await ask();
      again.push(clock.now().mono - second);
    }
    return {
      hours,
      frames,
      databaseMiB: Math.round((statSync(path).size / 2 ** 20) * 10) / 10,
      openedMs: percentiles(wall),
      cpuMs: percentiles(cpu),
      openedAgainMs: percentiles(again),
      answerKiB: Math.round(JSON.stringify(view).length / 1024),
    };
  } finally {
    synthetic.close();
    live.close();
  }
};

const findAmongMany: Part = ({ clock, sessions, runs }, folder) =>
  benchFinding({ clock, sessions, runs }, folder);

const handOn: Part = ({ clock, runs }, folder) => benchHandingOn({ clock, folder, runs });

const PARTS: Readonly<Record<string, Part>> = { openOne, findAmongMany, handOn };

const at = (second: number, ms = 0): Instant => instant(START + second * 1000 + ms, second * 1000 + ms);

/** Stores the session; returns how many frames it has. */
const fill = (db: ChairsideDb, hours: number): number => {
  const end = hours * 3600;
  let sequence = 0;
  const entry = (second: number, body: SessionEventBody): SessionEvent => {
    sequence += 1;
    return { id: eventId(`e${sequence}`), sessionId: SESSION, sequence, at: at(second), by: 'bench', body };
  };
  const phase = (
    second: number,
    from: 'intake' | 'baseline' | 'infusing' | 'recovery',
    to: 'baseline' | 'infusing' | 'recovery' | 'discharged',
  ) => entry(second, { type: 'phase-changed', from, to, reason: null });
  db.appendEvents([
    entry(0, {
      type: 'session-opened',
      chairId: chairId('bench'),
      patientInitials: 'BB',
      indication: 'bench',
      plannedInfusionMs: 7 * 3_600_000,
      plannedRecoveryMs: 1_800_000,
      origin: 'simulated',
    }),
    phase(60, 'intake', 'baseline'),
    phase(600, 'baseline', 'infusing'),
  ]);
  let frames = 0;
  for (let from = 0; from < end; from += 600) {
    const batch: NumericsRow[] = [];
    for (let second = from; second < Math.min(end, from + 600); second += 1) batch.push(...framesAt(second));
    db.writeNumerics(batch);
    frames += batch.length;
  }
  db.appendEvents([phase(end - 1800, 'infusing', 'recovery'), phase(end, 'recovery', 'discharged')]);
  db.checkpoint();
  return frames;
};

const framesAt = (second: number): readonly NumericsRow[] => {
  const wave = Math.sin(second / 90);
  const noise = ((second * 7919) % 13) / 13 - 0.5;
  const row = (index: number, values: Readonly<Partial<Record<MetricId, number>>>): NumericsRow => {
    const receivedAt = at(second, 200 + 300 * index);
    return {
      sessionId: SESSION,
      monitorId: MONITORS[index] ?? monitorId('none'),
      at: receivedAt,
      values: Object.entries(values).map(([metric, value]) =>
        // The keys are metrics; `Object.entries` forgets that.
        present(metric as MetricId, value, { receivedAt, deviceTime: null }),
      ),
    };
  };
  const systolic = Math.round(130 + 20 * wave);
  const cuff =
    second % 300 === 150
      ? {
          MDC_PRESS_BLD_NONINV_SYS: systolic,
          MDC_PRESS_BLD_NONINV_DIA: systolic - 45,
          MDC_PRESS_BLD_NONINV_MEAN: systolic - 30,
        }
      : {};
  return [
    row(0, {
      MDC_ECG_HEART_RATE: Math.round(78 + 8 * wave + 3 * noise),
      MDC_TTHOR_RESP_RATE: Math.round(13 + 2 * wave + noise),
      ...cuff,
    }),
    row(1, {
      MDC_PULS_OXIM_SAT_O2: Math.round(96 + wave + noise),
      MDC_PULS_OXIM_PULS_RATE: Math.round(78 + 8 * wave + 3 * noise),
    }),
  ];
};
