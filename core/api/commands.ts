/**
 * The only description of what a window may ask the station: each command's parameters (validated at the
 * boundary with these schemas) and its result. A new command edits this file and its handler; forgetting
 * the handler does not compile. A command that changes the record answers only when it is on disk.
 */
import { z } from 'zod';
import type { ChairId, CourseId, EventId, PatientId, SessionId } from '../ids.ts';
import type { SessionEvent } from '../session/events.ts';
import { NOTE_KINDS } from '../session/events.ts';
import { PHASES } from '../session/phase.ts';
import type { Session } from '../session/session.ts';
import { ACROSS_PARAMS, type AcrossResults } from './across-commands.ts';
import { ALARM_PARAMS, type AlarmResults } from './alarm-commands.ts';
import { EXPORT_PARAMS, type ExportResults } from './export-commands.ts';
import { by, id, text } from './fields.ts';
import { FINDING_PARAMS, type FindingResults } from './finding-commands.ts';
import { MONITOR_PARAMS, type MonitorResults } from './monitor-commands.ts';
import { PEOPLE_PARAMS, type PeopleResults } from './people-commands.ts';
import { REVIEW_PARAMS, type ReviewResults } from './review-commands.ts';
import { SENDING_PARAMS, type SendingResults } from './sending-commands.ts';
import { SOUND_STATES } from './sound.ts';
import type { SessionList, StationView, TrendView, WaveView } from './views.ts';
import { authorisations, VISIT_PARAMS, type VisitResults } from './visit-commands.ts';
import type { WhatIfView } from './what-if.ts';

const reason = text(500).nullable();
const minutes = (low: number, high: number) =>
  z
    .number()
    .min(low * 60_000)
    .max(high * 60_000);

export const COMMAND_PARAMS = {
  /** The whole state again, after a gap in the pushes. */
  'station.snapshot': z.object({}),

  'session.open': z.object({
    chairId: id<ChairId>(),
    /** Null only with a patient of the register, whose initials these are then. */
    patientInitials: text(8).nullable().default(null),
    patientId: id<PatientId>().nullable().default(null),
    courseId: id<CourseId>().nullable().default(null),
    indication: text(80),
    plannedInfusionMs: minutes(1, 24 * 60),
    plannedRecoveryMs: minutes(15, 6 * 60),
    /** Limits to begin with; null: the default preset. What the last patient had never carries over. */
    presetId: text(80).nullable().default(null),
    /** What the visit follows (`protocol.list`); null: no protocol, plain guards. */
    protocolId: text(80).nullable().default(null),
    by,
  }),
  /**
   * Moves to another phase. `reason` is required where a guard says so (answered `not-allowed` with the guard's
   * words); in a visit with a protocol some guards also want people who agree.
   */
  'session.move': z.object({
    sessionId: id<SessionId>(),
    from: z.enum(PHASES),
    to: z.enum(PHASES),
    reason,
    authorisations,
    by,
  }),
  'session.note': z.object({
    sessionId: id<SessionId>(),
    kind: z.enum(NOTE_KINDS),
    text: text(2000),
    corrects: id<EventId>().nullable(),
    by,
  }),
  'session.nibpInterval': z.object({ sessionId: id<SessionId>(), intervalMs: minutes(1, 30), by }),
  'session.extendRecovery': z.object({
    sessionId: id<SessionId>(),
    plannedRecoveryMs: minutes(15, 6 * 60),
    reason: text(500),
    by,
  }),
  'history.trend': z.object({
    sessionId: id<SessionId>(),
    from: z.number(),
    to: z.number(),
    buckets: z.int().min(1).max(2000),
  }),
  'history.events': z.object({ sessionId: id<SessionId>() }),
  /**
   * What if: the alarms of a recorded session under other limits or delays, beside those of its own. Changes
   * nothing. `presetId` null: the session's own limits, as they were changed on the way.
   */
  'whatif.run': z.object({
    sessionId: id<SessionId>(),
    presetId: text(80).nullable().default(null),
    changes: z
      .array(
        z.object({
          limitId: text(80),
          threshold: z.number().nullable().optional(),
          delayMs: z.number().min(0).max(600_000).optional(),
        }),
      )
      .max(100)
      .default([]),
  }),
  /** Turns the pushes of one chair's waves on or off for this window; answers with the last seconds of them. */
  'wave.watch': z.object({ chairId: id<ChairId>(), on: z.boolean() }),
  /** Stored stretches of waves (around alarms, or of the whole session where that is configured); at most 10 min. */
  'history.waves': z
    .object({ sessionId: id<SessionId>(), from: z.number(), to: z.number() })
    .refine(({ from, to }) => to > from && to - from <= 600_000, 'from and to must be at most 10 min apart'),
  'sessions.list': z.object({ limit: z.int().min(1).max(1000).default(200) }),

  /** Whether this window can be heard; told every 2 s and on every change, believed for 5 s. */
  'window.sound': z.object({ state: z.enum(SOUND_STATES) }),
  ...ALARM_PARAMS,
  ...MONITOR_PARAMS,
  ...VISIT_PARAMS,
  ...PEOPLE_PARAMS,
  ...FINDING_PARAMS,
  ...SENDING_PARAMS,
  ...REVIEW_PARAMS,
  ...ACROSS_PARAMS,
  ...EXPORT_PARAMS,
} as const satisfies Record<string, z.ZodType>;

export type CommandName = keyof typeof COMMAND_PARAMS;
/** What a caller passes (before defaults). */
export type CommandInput<C extends CommandName> = z.input<(typeof COMMAND_PARAMS)[C]>;
/** What a handler receives (after validation and defaults). */
export type CommandParams<C extends CommandName> = z.output<(typeof COMMAND_PARAMS)[C]>;

export interface CommandResults
  extends AlarmResults,
    MonitorResults,
    VisitResults,
    PeopleResults,
    SendingResults,
    ReviewResults,
    AcrossResults,
    FindingResults,
    ExportResults {
  'station.snapshot': StationView;
  'session.open': Session;
  'session.move': Session;
  'session.note': SessionEvent;
  'session.nibpInterval': Session;
  'session.extendRecovery': Session;
  'history.trend': TrendView;
  'history.events': readonly SessionEvent[];
  'whatif.run': WhatIfView;
  'wave.watch': { readonly recent: readonly WaveView[] };
  'history.waves': readonly WaveView[];
  'sessions.list': SessionList;
  'window.sound': Record<string, never>;
}

/** One handler for each command; the compiler refuses a station that forgot one. */
export type Handlers = {
  readonly [C in CommandName]: (params: CommandParams<C>) => Promise<CommandResults[C]> | CommandResults[C];
};
