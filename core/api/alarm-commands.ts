/** What a window may ask about alarms and their limits. A part of `COMMAND_PARAMS`. */
import { z } from 'zod';
import type { AlarmLog } from '../alarm/log.ts';
import { ALARM_PARAMETERS } from '../alarm/parameters.ts';
import { ALARM_PAUSE_MS } from '../alarm/timing.ts';
import type { ChairId, SessionId } from '../ids.ts';
import { by, id, text } from './fields.ts';
import type { ChairView, LimitProposalView, PresetView } from './views.ts';

const reason = text(500).nullable();
const alarmParameter = z.enum(ALARM_PARAMETERS);

export const ALARM_PARAMS = {
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
} as const satisfies Record<string, z.ZodType>;

export interface AlarmResults {
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
}
