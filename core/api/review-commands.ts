/** What a window may ask about what a session comes to, and how values are left out of it. A part of `COMMAND_PARAMS`. */
import { z } from 'zod';
import type { EventId, MonitorId, SessionId } from '../ids.ts';
import { METRIC_IDS, METRICS, type MetricId } from '../nomenclature/metrics.ts';
import type { SignOff } from '../record/sign-off.ts';
import type { Exclusion } from '../review/exclusions.ts';
import type { SessionFigures } from '../review/figures.ts';
import type { DocumentMonitor } from '../review/session-document.ts';
import type { NibpReading } from '../session/events.ts';
import type { Session } from '../session/session.ts';
import { epochMs } from '../time.ts';
import { by, id, text } from './fields.ts';

const reason = text(500);
const sessionId = id<SessionId>();
const moment = z.number().transform(epochMs);

/** Metrics whose values can be left out for a time; a cuff reading is left out whole. */
const CONTINUOUS: readonly MetricId[] = METRIC_IDS.filter((metric) => METRICS[metric].kind === 'continuous');

const artefactTarget = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('span'),
      metrics: z.array(z.enum(CONTINUOUS)).min(1).max(CONTINUOUS.length),
      from: moment,
      to: moment,
    })
    .refine(({ from, to }) => to > from, 'to: must be later than the start'),
  z.object({ kind: z.literal('reading'), monitorId: id<MonitorId>(), receivedAt: moment }),
]);

export const REVIEW_PARAMS = {
  /** What a session comes to, also while it is open. */
  'review.session': z.object({ sessionId }),
  /**
   * Leaves values out of the figures as artefacts. They stay in the record, marked; neither alarms nor a screen at
   * the chair change. Possible until a physician has signed.
   */
  'review.exclude': z.object({ sessionId, target: artefactTarget, reason, by }),
  /** Takes an exclusion back. */
  'review.restore': z.object({ sessionId, excluded: id<EventId>(), reason, by }),
} as const satisfies Record<string, z.ZodType>;

/** A session for the review: everything but its entries, its values one by one and its alarms' rows. */
export interface ReviewView {
  readonly session: Session;
  readonly signOff: SignOff;
  readonly monitors: readonly DocumentMonitor[];
  /** Every complete cuff reading, also those that are left out. */
  readonly readings: readonly NibpReading[];
  readonly exclusions: readonly Exclusion[];
  readonly figures: SessionFigures;
  /** See `SessionDocument.missing`. */
  readonly missing: readonly string[];
  /** The last entry's hash: the state of the record that this was made from. */
  readonly headHash: string;
}

export interface ReviewResults {
  'review.session': ReviewView;
  'review.exclude': ReviewView;
  'review.restore': ReviewView;
}
