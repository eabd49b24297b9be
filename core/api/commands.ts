/**
 * The only description of what a window may ask the station: each command's parameters (validated at the
 * boundary with these schemas) and its result. A new command edits this file and its handler; forgetting
 * the handler does not compile. A command that changes the record answers only when it is on disk.
 */
import { z } from 'zod';
import type { AlarmLog } from '../alarm/log.ts';
import { ALARM_PARAMETERS } from '../alarm/parameters.ts';
import { ALARM_PAUSE_MS } from '../alarm/timing.ts';
import type { ChairId, CourseId, EventId, MonitorId, PatientId, SessionId } from '../ids.ts';
import { BAUD_BOUNDS, DATA_BITS, FLOW_CONTROLS, PARITIES, STOP_BITS } from '../line/line-settings.ts';
import { isMetricId } from '../nomenclature/metrics.ts';
import type { SessionEvent } from '../session/events.ts';
import { NOTE_KINDS } from '../session/events.ts';
import { PHASES } from '../session/phase.ts';
import type { Session } from '../session/session.ts';
import { ACROSS_PARAMS, type AcrossResults } from './across-commands.ts';
import type { DetectView } from './detect-views.ts';
import { EXPORT_PARAMS, type ExportResults } from './export-commands.ts';
import { FINDING_PARAMS, type FindingResults } from './finding-commands.ts';
import { PEOPLE_PARAMS, type PeopleResults } from './people-commands.ts';
import { REVIEW_PARAMS, type ReviewResults } from './review-commands.ts';
import { SENDING_PARAMS, type SendingResults } from './sending-commands.ts';
import { SOUND_STATES } from './sound.ts';
import type {
  ChairView,
  FamilyView,
  LimitProposalView,
  LineTestView,
  MonitorView,
  PortView,
  PresetView,
  SessionSummary,
  StationView,
  TrendView,
  WaveView,
} from './views.ts';
import { authorisations, VISIT_PARAMS, type VisitResults } from './visit-commands.ts';
import type { WhatIfView } from './what-if.ts';

const text = (max: number) => z.string().trim().min(1).max(max);
const id = <T extends string>() => text(80).transform((value) => value as T);
/**
 * Who does it. Without accounts the name or initials that were typed at this window; with them the station puts the
 * name of the person who is signed in there, whatever the window says.
 */
const by = text(60);
const reason = text(500).nullable();
const alarmParameter = z.enum(ALARM_PARAMETERS);
const minutes = (low: number, high: number) =>
  z
    .number()
    .min(low * 60_000)
    .max(high * 60_000);

export const serialAddress = z.object({
  kind: z.literal('serial'),
  path: text(260),
  usb: z
    .object({ vendorId: text(8), productId: text(8), serialNumber: text(120).nullable() })
    .nullable()
    .default(null),
});
export const tcpAddress = z.object({
  kind: z.literal('tcp'),
  host: text(255),
  port: z.int().min(1).max(65_535),
});
/** The monitor connects to this computer; who listens beyond the computer itself is asked to say so. */
export const tcpListenAddress = z.object({
  kind: z.literal('tcp-listen'),
  host: text(255).default('127.0.0.1'),
  port: z.int().min(1).max(65_535),
});
export const replayAddress = z.object({
  kind: z.literal('replay'),
  file: text(1024),
  speed: z.number().min(0.1).max(1000).default(1),
});
/**
 * A simulated monitor that the station starts itself, for trying the product out: it speaks the family's real
 * wire protocol over a loopback TCP line. All simulated monitors of one chair watch the same simulated patient.
 */
export const simulatorAddress = z.object({
  kind: z.literal('simulator'),
  scenario: text(60).default('typical-infusion'),
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  /** Simulated seconds for each real one. */
  speed: z.number().min(0.1).max(600).default(1),
});
/** A metric by its reference identifier. */
export const metricId = z.string().max(60).refine(isMetricId, 'not a metric');

/** Where a monitor's bytes come from. */
export const monitorAddress = z.discriminatedUnion('kind', [
  serialAddress,
  tcpAddress,
  tcpListenAddress,
  replayAddress,
  simulatorAddress,
]);

/** What the line of one monitor has otherwise than its family; what is not here is the family's. */
export const lineOverride = z.strictObject({
  baudRate: z.int().min(BAUD_BOUNDS.least).max(BAUD_BOUNDS.most).optional(),
  dataBits: z.literal(DATA_BITS).optional(),
  parity: z.enum(PARITIES).optional(),
  stopBits: z.literal(STOP_BITS).optional(),
  flowControl: z.enum(FLOW_CONTROLS).optional(),
});

/** Options of a family, by key. */
export const familyOptions = z.record(z.string(), z.union([z.number(), z.boolean(), z.string().max(60)]));

const monitorDraft = z.object({
  chairId: id<ChairId>(),
  name: text(60),
  family: text(60),
  address: monitorAddress,
  simulated: z.boolean().default(false),
  options: familyOptions.default({}),
  line: lineOverride.default({}),
});

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
  'session.nibpInterval': z.object({ sessionId: id<SessionId>(), intervalMs: minutes(1, 60), by }),
  'session.extendRecovery': z.object({
    sessionId: id<SessionId>(),
    plannedRecoveryMs: minutes(15, 6 * 60),
    reason: text(500),
    by,
  }),
  /**
   * Changes one or more thresholds of the chair for this session, absolute or relative ones. Tightening is free;
   * looser than the preset wants a reason; beyond the hard bounds (`HARD_BOUNDS`) also the name of the physician
   * who decided it. Null only where the preset itself has null: a parameter is switched off with `alarm.off`.
   */
  'limits.set': z.object({
    chairId: id<ChairId>(),
    changes: z
      .array(z.object({ limitId: text(80), threshold: z.number().nullable() }))
      .min(1)
      .max(50),
    reason,
    physician: text(60).nullable().default(null),
    /** With accounts: the physician's `auth.vouch`, unless a physician is signed in. The station writes the name. */
    voucher: text(80).nullable().default(null),
    by,
  }),
  /** Limits from the patient's own baseline: offered, never set by itself. */
  'limits.proposeAuto': z.object({ chairId: id<ChairId>() }),
  'preset.list': z.object({}),
  /** All limits of a preset for this session; edits made before are dropped. A reason where any limit gets looser. */
  'preset.use': z.object({ chairId: id<ChairId>(), presetId: text(80), reason: reason.default(null), by }),
  /** A physician approves a preset's defaults, as it is now. */
  'preset.approve': z.object({ presetId: text(80), presetVersion: z.int().min(1), by }),

  /** `seenPriority` is what the person saw: an alarm that has become more urgent since is not acknowledged by it. */
  'alarm.acknowledge': z.object({
    chairId: id<ChairId>(),
    key: text(200),
    seenPriority: z.enum(['high', 'medium', 'low']).nullable().default(null),
    by,
  }),
  'alarm.pauseAudio': z.object({ chairId: id<ChairId>(), by }),
  /** Ends AUDIO PAUSED or AUDIO OFF. */
  'alarm.resumeAudio': z.object({ chairId: id<ChairId>(), by }),
  /** AUDIO OFF until somebody ends it. Refused unless the configuration says `alarms.allowAudioOff: true`. */
  'alarm.audioOff': z.object({ chairId: id<ChairId>(), reason: text(500), by }),
  /** ALARM PAUSED: neither sound nor picture of these parameters, at most 3 min; also for a cuff or probe on the move. */
  'alarm.pause': z.object({
    chairId: id<ChairId>(),
    parameters: z.array(alarmParameter).min(1).max(ALARM_PARAMETERS.length),
    durationMs: z.number().min(10_000).max(ALARM_PAUSE_MS.longest).default(ALARM_PAUSE_MS.usual),
    reason: reason.default(null),
    by,
  }),
  'alarm.resume': z.object({
    chairId: id<ChairId>(),
    parameters: z.array(alarmParameter).min(1).max(ALARM_PARAMETERS.length),
    by,
  }),
  /** ALARM OFF for one parameter. Refused for SpO₂ low and blood pressure high while the drug runs or is paused. */
  'alarm.off': z.object({ chairId: id<ChairId>(), parameter: alarmParameter, reason: text(500), by }),
  'alarm.on': z.object({ chairId: id<ChairId>(), parameter: alarmParameter, by }),
  /** What happened to every alarm of a session, with times, people and figures. */
  'alarm.log': z.object({ sessionId: id<SessionId>() }),

  /**
   * Asks the monitor for a cuff reading. Off unless the family's protocol and the monitor's setting allow it. The answer says
   * only that it was asked; the cuff has started when the monitor says so (`CuffView.measuringSince`).
   */
  'nibp.start': z.object({ monitorId: id<MonitorId>(), by }),
  /** Asks the monitor to let the cuff go, where its protocol can. */
  'nibp.stop': z.object({ monitorId: id<MonitorId>(), by }),
  /** Whether the cuff of this monitor may be started from a screen. */
  'monitor.allowCuff': z.object({ monitorId: id<MonitorId>(), allow: z.boolean(), by }),

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

  'chair.add': z.object({ name: text(40), by }),
  'chair.remove': z.object({ chairId: id<ChairId>(), by }),
  /** Which of the chair's monitors is shown where several give the same number: first choice first, each named once. */
  'chair.sourceOrder': z.object({
    chairId: id<ChairId>(),
    /** Of this metric only; null: of all that have no order of their own. */
    metric: metricId.nullable().default(null),
    /** Empty, with a metric: it follows the chair's order again. */
    order: z.array(id<MonitorId>()).max(20),
    by,
  }),
  'monitor.add': monitorDraft.extend({ by }),
  /** Another name, address, options or line for a monitor that is there; its line is opened anew. */
  'monitor.change': monitorDraft
    .omit({ chairId: true, family: true, simulated: true })
    .extend({ monitorId: id<MonitorId>(), by }),
  'monitor.remove': z.object({ monitorId: id<MonitorId>(), by }),
  /** Opens the line for some seconds without adding a monitor and says what came. */
  'monitor.test': z.object({
    family: text(60),
    address: monitorAddress,
    options: familyOptions.default({}),
    line: lineOverride.default({}),
    /** The monitor whose own settings are tried: its line is not somebody else's. */
    monitorId: id<MonitorId>().nullable().default(null),
  }),
  /** Finds out which monitor is on a line, in a minute at most; progress is pushed as `detecting`. */
  'monitor.detect': z.object({ address: z.discriminatedUnion('kind', [serialAddress, tcpAddress]) }),
  /** Ends a running `monitor.detect`, which then answers with what it has. */
  'monitor.detectStop': z.object({}),
  /** Turns the pushes of raw bytes of one monitor on or off for this window. */
  'monitor.watch': z.object({ monitorId: id<MonitorId>(), on: z.boolean() }),
  /** A person looked: this monitor belongs to this patient, whatever spoke against it (alarm `patient-mismatch`). */
  'monitor.confirm': z.object({ monitorId: id<MonitorId>(), by }),
  /** Whether this window can be heard; told every 2 s and on every change, believed for 5 s. */
  'window.sound': z.object({ state: z.enum(SOUND_STATES) }),
  'ports.list': z.object({}),
  'families.list': z.object({}),
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
  extends VisitResults,
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
  'limits.set': ChairView;
  'limits.proposeAuto': LimitProposalView;
  'preset.list': readonly PresetView[];
  'preset.use': ChairView;
  'preset.approve': Record<string, never>;
  'alarm.acknowledge': { readonly acknowledgedAtEpochMs: number };
  'alarm.pauseAudio': { readonly untilEpochMs: number };
  'alarm.resumeAudio': Record<string, never>;
  'alarm.audioOff': Record<string, never>;
  'alarm.pause': { readonly untilEpochMs: number };
  'alarm.resume': Record<string, never>;
  'alarm.off': Record<string, never>;
  'alarm.on': Record<string, never>;
  'alarm.log': AlarmLog;
  'nibp.start': Record<string, never>;
  'nibp.stop': Record<string, never>;
  'monitor.allowCuff': MonitorView;
  'history.trend': TrendView;
  'history.events': readonly SessionEvent[];
  'whatif.run': WhatIfView;
  'wave.watch': { readonly recent: readonly WaveView[] };
  'history.waves': readonly WaveView[];
  'sessions.list': readonly SessionSummary[];
  'chair.add': ChairView;
  'chair.remove': Record<string, never>;
  'chair.sourceOrder': Record<string, never>;
  'monitor.add': MonitorView;
  'monitor.change': MonitorView;
  'monitor.remove': Record<string, never>;
  'monitor.test': LineTestView;
  'monitor.detect': DetectView;
  'monitor.detectStop': Record<string, never>;
  'monitor.watch': Record<string, never>;
  'monitor.confirm': Record<string, never>;
  'window.sound': Record<string, never>;
  'ports.list': readonly PortView[];
  'families.list': readonly FamilyView[];
}

/** One handler for each command; the compiler refuses a station that forgot one. */
export type Handlers = {
  readonly [C in CommandName]: (params: CommandParams<C>) => Promise<CommandResults[C]> | CommandResults[C];
};
