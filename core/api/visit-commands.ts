/**
 * What a window may ask about a visit: checklist, dose, drugs, scores, side effects, the cuff's timetable, chair and
 * discharge. A part of `COMMAND_PARAMS`. Commands about drugs carry `seenSequence`: the `sequence` of the session as
 * this window last saw it; when somebody else did something about drugs since, the command is refused with words.
 */
import { z } from 'zod';
import { STOP_CAUSES } from '../dose/dose-state.ts';
import { kilograms, mgPerKg, mgPerMl, milligrams, millilitres, mlPerHour } from '../dose/units.ts';
import type { ChairId, EventId, SessionId } from '../ids.ts';
import { SCALE_IDS } from '../scales/scales.ts';
import { SEVERITIES, SIDE_EFFECT_KINDS } from '../scales/side-effects.ts';
import { PHASES } from '../session/phase.ts';
import type { Session } from '../session/session.ts';
import { epochMs } from '../time.ts';
import { AUTHORISING_ROLES } from '../visit/authorisation.ts';
import type { DischargeSheet } from '../visit/discharge-sheet.ts';
import { by, id, text } from './fields.ts';
import type { ProtocolView } from './visit-views.ts';

const reason = text(500);
const optionalReason = reason.nullable().default(null);
const sessionId = id<SessionId>();
const seenSequence = z.int().min(1);
/** Above zero and finite; bounds of practice are the protocol's, not the schema's. */
const amount = (max: number) => z.number().positive().max(max);

/** People who agree with a step that a guard holds back. `voucher`: from their sign-in; null: only the name. */
export const authorisations = z
  .array(
    z.object({
      name: text(60),
      role: z.enum(AUTHORISING_ROLES),
      voucher: text(80).nullable().default(null),
    }),
  )
  .max(4)
  .default([]);

const weightKg = amount(1000).transform(kilograms);
const doseDraft = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('infusion'),
    drug: text(60),
    weightKg,
    dose: z.discriminatedUnion('unit', [
      z.object({ unit: z.literal('mg/kg'), value: amount(10_000).transform(mgPerKg) }),
      z.object({ unit: z.literal('mg'), value: amount(100_000).transform(milligrams) }),
    ]),
    concentrationMgPerMl: amount(1000).transform(mgPerMl),
    durationMs: amount(24 * 3_600_000),
  }),
  z.object({
    kind: z.literal('nasal'),
    drug: text(60),
    weightKg,
    deviceMg: amount(1000).transform(milligrams),
    devices: z.int().min(1).max(10),
  }),
]);

const checklistAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('confirmed') }),
  z.object({ kind: z.literal('time'), at: z.number().transform(epochMs) }),
  z.object({ kind: z.literal('choice'), value: text(60) }),
  z.object({ kind: z.literal('fields'), values: z.record(text(40), z.string().trim().max(200)) }),
  z.object({ kind: z.literal('cleared') }),
]);

const scoreDraft = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('value'), value: z.int().min(-10).max(100) }),
  z.object({ kind: z.literal('parts'), parts: z.record(text(40), z.int().min(0).max(10)) }),
]);

export const VISIT_PARAMS = {
  'protocol.list': z.object({}),
  /** A physician approves a protocol as it is now. */
  'protocol.approve': z.object({ protocolId: text(80), protocolVersion: z.int().min(1), by }),

  'checklist.answer': z.object({ sessionId, itemId: text(80), answer: checklistAnswer, by }),
  /** An item that is not in order and shall not hold the visit up. A hard item wants a physician's name. */
  'checklist.except': z.object({ sessionId, itemId: text(80), reason, authorisations, by }),

  /**
   * Plans the dose, before the drug is started (late only where none was planned). Findings (`planFindings`) want a reason, hard ones a physician. The
   * station works the figures out itself and refuses a plan when what it finds was not answered.
   */
  'dose.plan': z.object({
    sessionId,
    seenSequence,
    draft: doseDraft,
    /** The weight at the last visit, when it is known: compared. */
    previousWeightKg: amount(1000).nullable().default(null),
    reason: optionalReason,
    authorisations,
    by,
  }),
  /** A second person enters what the pump says. Refused when it is the planner, or when it says something else. */
  'dose.verify': z.object({
    sessionId,
    seenSequence,
    pumpRateMlPerH: amount(10_000).transform(mlPerHour),
    pumpVolumeMl: amount(100_000).transform(millilitres),
    by,
  }),
  /** Another rate, at once or (while paused) from the resumption on; also another bag, or another whole dose. */
  'dose.rate': z.object({
    sessionId,
    seenSequence,
    rateMlPerH: amount(10_000).transform(mlPerHour),
    concentrationMgPerMl: amount(1000).transform(mgPerMl).nullable().default(null),
    plannedMg: amount(100_000).transform(milligrams).nullable().default(null),
    reason,
    authorisations,
    by,
  }),
  /** An amount at once: a bolus, or one nasal device. */
  'dose.bolus': z.object({
    sessionId,
    seenSequence,
    mg: amount(100_000).transform(milligrams),
    reason: optionalReason,
    authorisations,
    by,
  }),
  /** Ends the drug and goes to recovery, also in an emergency: the patient stays watched. */
  'infusion.stop': z.object({
    sessionId,
    from: z.enum(PHASES),
    cause: z.enum(STOP_CAUSES),
    reason: optionalReason,
    pumpVolumeMl: z.number().min(0).max(100_000).transform(millilitres).nullable().default(null),
    by,
  }),
  /** Another drug or a fluid. */
  'drug.give': z.object({
    sessionId,
    seenSequence,
    name: text(80),
    amount: amount(1_000_000),
    unit: text(20),
    route: text(20),
    reason: optionalReason,
    by,
  }),

  'score.record': z.object({ sessionId, scale: z.enum(SCALE_IDS), draft: scoreDraft, by }),
  /** Refused when the same effect runs already: change its severity. `onsetAt` null: now. */
  'sideEffect.note': z.object({
    sessionId,
    kind: z.enum(SIDE_EFFECT_KINDS),
    severity: z.enum(SEVERITIES),
    onsetAt: z.number().transform(epochMs).nullable().default(null),
    text: text(500).nullable().default(null),
    by,
  }),
  'sideEffect.change': z.object({ sessionId, effect: id<EventId>(), severity: z.enum(SEVERITIES), by }),
  'sideEffect.end': z.object({ sessionId, effect: id<EventId>(), by }),
  'prompt.skip': z.object({ sessionId, scale: z.enum(SCALE_IDS), reason: optionalReason, by }),
  /** Strikes a score, drug, bolus or side effect that was entered by mistake; it stays in the record. */
  'entry.strike': z.object({ sessionId, entry: id<EventId>(), reason, by }),

  /** The cuff's interval for one phase instead of the protocol's; null: the protocol's again. Not for a visit without a protocol. */
  'cuff.interval': z.object({
    sessionId,
    phase: z.enum(['baseline', 'infusing', 'paused', 'recovery']),
    intervalMs: z
      .number()
      .min(60_000)
      .max(30 * 60_000)
      .nullable(),
    reason: optionalReason,
    by,
  }),
  /** Another baseline, from the newest readings that agree. One far above the old one wants a physician. */
  'baseline.renew': z.object({ sessionId, reason, authorisations, by }),
  'physician.inform': z.object({ sessionId, physician: text(60), about: text(500), by }),
  /** The patient goes before the criteria are met: closes the visit from any phase. */
  'session.leaveEarly': z.object({ sessionId, from: z.enum(PHASES), reason, by }),
  /** The visit goes on at another chair with that chair's monitors; record, limits, baseline and alarms come along. */
  'session.moveChair': z.object({ sessionId, toChairId: id<ChairId>(), reason, by }),
  /** What the patient takes home, also of a closed visit. */
  'visit.dischargeSheet': z.object({ sessionId }),
} as const satisfies Record<string, z.ZodType>;

export interface VisitResults {
  'protocol.list': readonly ProtocolView[];
  'protocol.approve': Record<string, never>;
  'checklist.answer': Session;
  'checklist.except': Session;
  'dose.plan': Session;
  'dose.verify': Session;
  'dose.rate': Session;
  'dose.bolus': Session;
  'infusion.stop': Session;
  'drug.give': Session;
  'score.record': Session;
  'sideEffect.note': Session;
  'sideEffect.change': Session;
  'sideEffect.end': Session;
  'prompt.skip': Session;
  'entry.strike': Session;
  'cuff.interval': Session;
  'baseline.renew': Session;
  'physician.inform': Session;
  'session.leaveEarly': Session;
  'session.moveChair': Session;
  'visit.dischargeSheet': DischargeSheet;
}
