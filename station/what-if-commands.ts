/**
 * What if: replays a recorded session through the alarm engine twice, with its own limits and with others, and
 * compares. It reads and computes some seconds of the record at a time and lets everything else go first in between:
 * chairs are watched while somebody asks. Only one runs at a time.
 */
import { setImmediate } from 'node:timers/promises';
import { allLimits } from '../core/alarm/change-limits.ts';
import type { LimitSet } from '../core/alarm/limits.ts';
import { DEFAULT_PRESET, relativeLimitsOf } from '../core/alarm/presets.ts';
import type { CommandParams, Handlers } from '../core/api/commands.ts';
import { RefusedError } from '../core/api/serve.ts';
import type { WhatIfAlarm, WhatIfDifference, WhatIfFigures, WhatIfView } from '../core/api/what-if.ts';
import { type Compared, compareEvaluations, type Difference } from '../core/evaluation/compare.ts';
import { type AlarmEpisode, durationMs, episodesOf } from '../core/evaluation/episodes.ts';
import { createLineMemory, recordedFrame, recordedInputs } from '../core/evaluation/recorded-session.ts';
import { createRunner, type RunInput, type Runner } from '../core/evaluation/run.ts';
import type { SessionEvent } from '../core/session/events.ts';
import { epochMs, instant } from '../core/time.ts';
import type { ChairsideDb } from '../db/open.ts';
import { databaseOf } from './history-commands.ts';
import type { Databases } from './ports.ts';
import type { Presets } from './presets.ts';

/** How much of a record is read and computed without a pause (ms of the record). */
const PIECE_MS = 10_000;

type Changes = CommandParams<'whatif.run'>['changes'];

/** @param flush puts what waits to be written on disk: it belongs to the answer. */
export const whatIfCommands = (
  databases: Databases,
  presets: Presets,
  flush: () => void,
): Pick<Handlers, 'whatif.run'> => {
  let isRunning = false;
  return {
    'whatif.run': async ({ sessionId, presetId, changes }) => {
      if (isRunning) throw new RefusedError('conflict', 'Another what-if is running. Try again in a moment.');
      flush();
      const db = databaseOf(databases, sessionId);
      const events = db.eventsOf(sessionId);
      const preset = presetId === null ? null : presets.find(presetId);
      if (preset === undefined) throw new RefusedError('not-found', `There is no preset "${presetId}".`);
      const own = firstLimits(events);
      const other = (limits: LimitSet): LimitSet => withChanges(preset ?? limits, changes);
      isRunning = true;
      try {
        const before = createRunner(own, { acknowledging: { kind: 'when-over' } });
        const after = createRunner(other(own), { acknowledging: { kind: 'when-over' } });
        const basis = await replay(db, events, (input) => {
          before.take(input);
          after.take(input.type === 'limits' ? { ...input, limits: other(input.limits) } : input);
        });
        return view({ sessionId, basis, before, after, names: names(preset, changes) });
      } finally {
        isRunning = false;
      }
    },
  };
};

const firstLimits = (events: readonly SessionEvent[]): LimitSet => {
  for (const { body } of events) if (body.type === 'limits-changed') return body.before;
  return DEFAULT_PRESET;
};

/** @throws RefusedError for a limit that the set does not have. */
const withChanges = (set: LimitSet, changes: Changes): LimitSet => {
  const unknown = changes.find(({ limitId }) => !allLimits(set).some(({ id }) => id === limitId));
  if (unknown !== undefined) throw new RefusedError('not-found', `There is no limit "${unknown.limitId}".`);
  const changed = <
    T extends { readonly id: string; readonly threshold: number | null; readonly delayMs: number },
  >(
    limit: T,
  ): T => {
    const change = changes.find(({ limitId }) => limitId === limit.id);
    if (change === undefined) return limit;
    const { threshold = limit.threshold, delayMs = limit.delayMs } = change;
    return { ...limit, threshold, delayMs };
  };
  return { ...set, limits: set.limits.map(changed), relative: relativeLimitsOf(set).map(changed) };
};

/** Feeds the whole record to `take`, in order of time, piece by piece. */
const replay = async (
  db: ChairsideDb,
  events: readonly SessionEvent[],
  take: (input: RunInput) => void,
): Promise<WhatIfView['basis']> => {
  const [first] = events;
  if (first === undefined) throw new RefusedError('not-found', 'This session has no record.');
  const { sessionId } = first;
  const told = recordedInputs(events);
  const lines = createLineMemory();
  const end = db.lastWriteWall(sessionId) ?? first.at.wall;
  let next = 0;
  let frames = 0;
  let cuffReadings = 0;
  const takeToldUntil = (wall: number): void => {
    for (let input = told[next]; input !== undefined && input.at.wall <= wall; input = told[next]) {
      take(lines.completed(input));
      next += 1;
    }
  };
  for (let from: number = first.at.wall; from <= end; from += PIECE_MS) {
    for (const stored of db.frames(sessionId, epochMs(from), epochMs(from + PIECE_MS))) {
      takeToldUntil(stored.at.wall);
      const input = recordedFrame(stored.monitorId, stored.at, stored.observations);
      for (const line of lines.beforeFrame(input)) take(line);
      take(input);
      frames += 1;
      if (stored.observations.some(({ metric }) => metric === 'MDC_PRESS_BLD_NONINV_SYS')) cuffReadings += 1;
    }
    takeToldUntil(Math.min(from + PIECE_MS, end));
    await setImmediate();
  }
  takeToldUntil(Number.POSITIVE_INFINITY);
  return {
    frames,
    cuffReadings,
    limitChanges: events.filter(isLimitChange).length,
    restarts: events.filter(({ body }) => body.type === 'station-restarted').length,
  };
};

/** A change a person made; what only writes the limits in force down is none. */
const isLimitChange = ({ body }: SessionEvent): boolean =>
  body.type === 'limits-changed' && JSON.stringify(body.before) !== JSON.stringify(body.after);

const OWN = 'the session’s own limits';

const names = (preset: LimitSet | null, changes: Changes): WhatIfView['names'] => {
  const base = preset === null ? OWN : `${preset.presetName}, version ${preset.presetVersion}`;
  const count = changes.length === 1 ? ', 1 change' : `, ${changes.length} changes`;
  return { before: OWN, after: changes.length === 0 ? base : `${base}${count}` };
};

interface Parts {
  readonly sessionId: WhatIfView['sessionId'];
  readonly basis: WhatIfView['basis'];
  readonly names: WhatIfView['names'];
  readonly before: Runner;
  readonly after: Runner;
}

const view = ({ sessionId, basis, names: called, before, after }: Parts): WhatIfView => {
  const [ours, theirs] = [outcome(before), outcome(after)];
  const { differences, counts } = compareEvaluations(ours, theirs);
  return {
    sessionId,
    from: ours.from,
    to: ours.to.wall,
    basis,
    names: called,
    before: figures(ours),
    after: figures(theirs),
    differences: differences.map(difference),
    counts,
  };
};

/**
 * The alarms of the patient. Technical ones are left out: what the monitors said about their sensors at the time is
 * not stored with the numbers.
 */
const outcome = (runner: Runner): Compared & { readonly from: WhatIfView['from'] } => {
  const run = runner.result();
  if (run === null) return { from: epochMs(0), to: instant(0, 0), episodes: [] };
  const episodes = episodesOf(run).filter(({ category }) => category === 'physiological');
  return { from: run.from.wall, to: run.to, episodes };
};

const figures = ({ episodes, to }: Compared): WhatIfFigures => {
  const count = (priority: string) => episodes.filter((episode) => episode.priority === priority).length;
  return {
    alarms: episodes.length,
    sounded: episodes.filter(({ soundedAt }) => soundedAt !== null).length,
    byPriority: { high: count('high'), medium: count('medium'), low: count('low') },
    burdenSeconds: Math.round(episodes.reduce((sum, episode) => sum + durationMs(episode, to), 0) / 1000),
  };
};

const difference = (found: Difference): WhatIfDifference => ({
  kind: found.kind,
  before: found.kind === 'came' ? null : alarm(found.before),
  after: found.kind === 'gone' ? null : alarm(found.after),
  reachedByMs: found.kind === 'moved' ? found.reachedByMs : 0,
  durationByMs: found.kind === 'moved' ? found.durationByMs : 0,
});

const alarm = (episode: AlarmEpisode): WhatIfAlarm => {
  const { key, conditionId, title, message, priority, peak, limit } = episode;
  return {
    key,
    conditionId,
    title,
    message,
    priority,
    peak,
    limit,
    onsetAt: episode.onsetAt.wall,
    raisedAt: episode.raisedAt.wall,
    endAt: episode.endAt?.wall ?? null,
    sounded: episode.soundedAt !== null,
  };
};
