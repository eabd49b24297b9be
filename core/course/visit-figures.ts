/** The figures of one visit for the list of a course, read from its record and its cuff readings. */

import { measuredAt } from '../alarm/cuff-reading.ts';
import { foldSignOff } from '../record/sign-off.ts';
import { foldExclusions } from '../review/exclusions.ts';
import { sortReadings } from '../review/pressures.ts';
import type { NibpReading, SessionEvent } from '../session/events.ts';
import { foldSession, infusionStartedAt } from '../session/session.ts';
import { visitSummary } from '../visit/summary.ts';
import type { VisitFigures } from './course.ts';

/** @throws Error as `foldSession`, when the record is not one. */
export const visitFigures = (
  events: readonly SessionEvent[],
  readings: readonly NibpReading[],
): VisitFigures => {
  const session = foldSession(events);
  const startedAt = infusionStartedAt(session);
  const summary = visitSummary(session, session.closedAt ?? events.at(-1)?.at.wall ?? session.openedAt);
  return {
    sessionId: session.id,
    openedAt: session.openedAt,
    phase: session.phase,
    infusionStartedAt: startedAt,
    dose: [...(summary.doseText === '' ? [] : [summary.doseText]), ...standingNotes(events, 'dose-change')],
    baseline: session.baseline,
    peak:
      startedAt === null ? null : peakOf(sortReadings(readings, foldExclusions(events)).counted, startedAt),
    sideEffects: [...new Set([...summary.sideEffects, ...standingNotes(events, 'side-effect')])],
    isSigned: foldSignOff(events).state === 'signed',
  };
};

/** Texts of a kind of note without those that a later one corrects. */
export const standingNotes = (
  events: readonly SessionEvent[],
  kind: 'dose-change' | 'side-effect',
): readonly string[] => {
  const corrected = new Set(
    events.flatMap(({ body }) =>
      body.type === 'note-added' && body.corrects !== null ? [body.corrects] : [],
    ),
  );
  return events.flatMap(({ id, body }) =>
    body.type === 'note-added' && body.kind === kind && !corrected.has(id) ? [body.text] : [],
  );
};

/** Of the readings that count in the review as well, by the time of their measurement. */
const peakOf = (readings: readonly NibpReading[], startedAt: number): VisitFigures['peak'] => {
  const during = readings.filter((reading) => measuredAt(reading).wall >= startedAt);
  const highest = during.reduce<NibpReading | null>(
    (best, reading) => (best === null || reading.systolic > best.systolic ? reading : best),
    null,
  );
  if (highest === null) return null;
  const { systolic, diastolic } = highest;
  const atMinute = Math.floor((measuredAt(highest).wall - startedAt) / 60_000);
  return { systolic, diastolic, atMinute };
};
