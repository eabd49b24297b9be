/** One line for each entry of a session's record, in this computer's zone, and its colour. */
import { eventText as eventWords } from '../../core/record/event-text.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import type { VisitState } from '../../core/visit/visit-state.ts';
import { clockText } from './time-text.ts';

export { NOTE_LABELS } from '../../core/record/event-text.ts';

/** What happened, in words, without time and person. `visit`: where its protocol's items and effects have their labels. */
export const eventText = (event: SessionEvent, visit: VisitState | null): string =>
  eventWords(event, clockText, visit);

/** What colours a line of the timeline. */
export const eventTone = (event: SessionEvent): 'alarm' | 'phase' | 'note' | 'technical' => {
  switch (event.body.type) {
    case 'alarm':
      return 'alarm';
    case 'phase-changed':
    case 'session-opened':
    case 'baseline-frozen':
      return 'phase';
    case 'link-changed':
    case 'monitor-confirmed':
    case 'monitor-changed':
    case 'source-order-changed':
    case 'monitor-identified':
    case 'station-restarted':
    case 'clock-jumped':
      return 'technical';
    default:
      return 'note';
  }
};
