/**
 * Part of `bench review`: finding among many sessions. They are stored as short visits of many patients over some years,
 * looked through once, and then asked for as a window asks.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EVERY_SESSION, type SessionQuery } from '../../core/finding/find.ts';
import { chairId, eventId, patientId, type SessionId, sessionId } from '../../core/ids.ts';
import type { SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import { epochMs, instant } from '../../core/time.ts';
import { type ChairsideDb, openDatabase } from '../../db/open.ts';
import type { Clock } from '../../station/clock.ts';
import { createFinding } from '../../station/finding.ts';
import { readReview } from '../../station/review-commands.ts';
import { percentiles } from './percentiles.ts';

export interface FindingBenchOptions {
  readonly clock: Clock;
  readonly sessions: number;
  /** How often each query is asked. */
  readonly runs: number;
}

const START = Date.UTC(2022, 0, 3, 8);
const APART_MS = 3 * 3_600_000;
const MINUTE_MS = 60_000;
const FAMILY_NAMES = ['Żebrowska', 'Müller', 'Okonkwo', 'Nguyễn', 'Ivanova', 'Haddad', 'Lind', 'Silva'];
const GIVEN_NAMES = ['Adaeze', 'Bao', 'Carla', 'Dmitri', 'Ewa', 'Farid', 'Greta', 'Hugo', 'Inés'];

const QUERIES: Readonly<Record<string, SessionQuery>> = {
  everything: EVERY_SESSION,
  'by name': { ...EVERY_SESSION, text: 'okonk ada' },
  'by flag and year': {
    ...EVERY_SESSION,
    flags: ['ended-early', 'unsigned'],
    from: epochMs(Date.UTC(2023, 0, 1)),
    to: epochMs(Date.UTC(2024, 0, 1)),
  },
};

/** Times in ms; `coldMs` is the first answer of a station that has just started. */
export const benchFinding = async (
  { clock, sessions, runs }: FindingBenchOptions,
  folder: string,
): Promise<object> => {
  const path = join(folder, 'finding.db');
  const readClockWall = () => epochMs(START);
  const synthetic = openDatabase(path, { kind: 'simulated', readClockWall });
  const live = openDatabase(':memory:', { kind: 'live', readClockWall });
  const failures: string[] = [];
  const note = (message: string): void => void failures.push(message);
  const fresh = () =>
    createFinding({
      databases: { live, synthetic },
      figuresOf: async (db, id) => (await readReview(db, id, clock.now().wall)).figures,
      log: { info: () => undefined, warn: note, error: note },
    });
  const timed = <T>(work: () => T): { readonly ms: number; readonly result: T } => {
    const from = clock.now().mono;
    const result = work();
    return { ms: clock.now().mono - from, result };
  };
  try {
    store(synthetic, sessions);
    const first = fresh();
    const from = clock.now().mono;
    while (first.all(EVERY_SESSION).pending > 0) await pause(250);
    const lookedThroughMs = Math.round(clock.now().mono - from);
    await first.stop();
    if (failures.length > 0) throw new Error(failures.join('; '));

    const finding = fresh();
    const cold = timed(() => finding.all(EVERY_SESSION));
    const queries = Object.entries(QUERIES).map(([name, query]) => {
      const answers = Array.from({ length: runs }, () => timed(() => finding.all(query)));
      return {
        name,
        found: answers[0]?.result.facts.length ?? 0,
        ms: percentiles(answers.map(({ ms }) => ms)),
      };
    });
    await finding.stop();
    return { sessions, lookedThroughMs, coldMs: Math.round(cold.ms), queries };
  } finally {
    synthetic.close();
    live.close();
  }
};

/** So many sessions share one write to the disk. */
const BATCH = 200;

const store = (db: ChairsideDb, sessions: number): void => {
  for (let from = 0; from < sessions; from += BATCH) {
    const indexes = Array.from({ length: Math.min(BATCH, sessions - from) }, (_, offset) => from + offset);
    db.appendEvents(indexes.flatMap(eventsOf));
  }
  db.checkpoint();
};

/** Every seventh visit ends early; nobody signs. */
const eventsOf = (index: number): readonly SessionEvent[] => {
  const id: SessionId = sessionId(`session-${index}`);
  const patient = index % 1500;
  const name = `${FAMILY_NAMES[patient % FAMILY_NAMES.length]}, ${GIVEN_NAMES[(patient >> 3) % GIVEN_NAMES.length]}`;
  const bodies: readonly SessionEventBody[] = [
    {
      type: 'session-opened',
      chairId: chairId(`chair-${(index % 6) + 1}`),
      patientInitials: 'B.B.',
      indication: index % 4 === 0 ? 'Chronic pain' : 'Depression',
      plannedInfusionMs: 40 * MINUTE_MS,
      plannedRecoveryMs: 30 * MINUTE_MS,
      origin: 'simulated',
      patient: {
        patientId: patientId(`patient-${patient}`),
        name,
        birthDate: '1961-07-09',
        mrn: `B-${10_000 + patient}`,
        weightKg: 70,
        allergies: [],
        medications: [],
      },
    },
    { type: 'phase-changed', from: 'intake', to: 'baseline', reason: null },
    { type: 'phase-changed', from: 'baseline', to: 'infusing', reason: null },
    ...(index % 7 === 0
      ? [{ type: 'phase-changed', from: 'infusing', to: 'aborted', reason: 'nausea' } as const]
      : [
          { type: 'phase-changed', from: 'infusing', to: 'recovery', reason: null } as const,
          { type: 'phase-changed', from: 'recovery', to: 'discharged', reason: null } as const,
        ]),
  ];
  return bodies.map((body, order): SessionEvent => {
    const wall = START + index * APART_MS + order * 15 * MINUTE_MS;
    return {
      id: eventId(`${id}-${order}`),
      sessionId: id,
      sequence: order + 1,
      at: instant(wall, wall - START),
      by: 'bench',
      body,
    };
  });
};
