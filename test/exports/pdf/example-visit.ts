/**
 * A depression visit as the report must show it: a rise of pressure with its alarm, a gap in SpO₂, an artefact left
 * out, a rate change, side effects, an exception with a reason.
 */
import { foldAlarmLog } from '../../../core/alarm/log-fold.ts';
import { eventId, sessionId } from '../../../core/ids.ts';
import { foldSignOff } from '../../../core/record/sign-off.ts';
import { foldExclusions } from '../../../core/review/exclusions.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { DataOrigin, SessionEvent } from '../../../core/session/events.ts';
import { foldSession } from '../../../core/session/session.ts';
import { type Entry, entries } from './example-entries.ts';
import { exampleFigures } from './example-figures.ts';
import { at, frames, MONITOR, minute, OPENED, readings, START } from './example-values.ts';

const SESSION = sessionId('7f0c2a9e-visit');

export interface ExampleOptions {
  readonly origin?: DataOrigin;
  readonly name?: string;
  readonly extra?: readonly Entry[];
}

/** The visit as a document, written two hours after its end. */
export const exampleVisit = (options: ExampleOptions = {}): SessionDocument => {
  const { origin = 'simulated', name = 'Żebrowska, Quintessa', extra = [] } = options;
  const all = entries(origin, name, extra);
  const events = all
    .toSorted(([a], [b]) => a - b)
    .map(
      ([when, by, body], index): SessionEvent => ({
        id: eventId(
          body.type === 'side-effect-noted' && body.kind === 'nausea' ? 'e-nausea' : `e-${index + 1}`,
        ),
        sessionId: SESSION,
        sequence: index + 1,
        at: at(when),
        by,
        body,
      }),
    );
  const log = foldAlarmLog(events, minute(78));
  return {
    session: foldSession(events),
    events,
    signOff: foldSignOff(events),
    monitors: [
      {
        id: MONITOR,
        name: 'Bed 1',
        family: 'ge-s5-dri',
        manufacturer: 'GE',
        model: 'B450',
        serialNumber: 'SN-40071',
        software: null,
      },
    ],
    readings: readings(),
    frames: frames(),
    exclusions: foldExclusions(events),
    alarms: { rows: log.rows, controls: log.controls },
    figures: exampleFigures(OPENED, START, MONITOR, events, log.figures),
    missing: ['No waveform was stored.', 'SpO₂ had no number for 3 min of the infusion.'],
    headHash: '3b7e'.repeat(16),
    writtenAt: minute(200),
    product: { name: 'Chairside', version: '0.1.0' },
  };
};
