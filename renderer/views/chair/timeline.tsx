/** What happened last, newest first. A note can be corrected by another entry, never changed. */
import { useState } from 'react';
import type { EventId } from '../../../core/ids.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import type { Session } from '../../../core/session/session.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { eventText, eventTone } from '../../view-model/event-text.ts';
import { isOpen } from '../../view-model/phase.ts';
import { clockText } from '../../view-model/time-text.ts';
import { NoteDialog } from './note-dialog.tsx';
import { TEXT } from './text.ts';

/** Entries on the screen; the whole record is under Sessions. */
const SHOWN = 60;

export const Timeline = ({
  session,
  events,
  hasFailed,
}: {
  readonly session: Session | null;
  readonly events: readonly SessionEvent[];
  readonly hasFailed: boolean;
}) => {
  const [corrected, setCorrected] = useState<EventId | null>(null);
  const corrections = new Set(events.map(({ body }) => (body.type === 'note-added' ? body.corrects : null)));
  const newest = events.slice(-SHOWN).reverse();
  return (
    <section className="panel timeline" aria-label={TEXT.timeline}>
      <h2>{TEXT.timeline}</h2>
      <FailureLine message={hasFailed ? TEXT.eventsFailed : null} />
      {newest.length === 0 ? <p className="empty-line">{TEXT.noEvents}</p> : null}
      <ol>
        {newest.map((event) => (
          <li key={event.sequence} data-tone={eventTone(event)} data-corrected={corrections.has(event.id)}>
            <time>{clockText(event.at.wall)}</time>
            <span>
              {eventText(event, session?.visit ?? null)} <small>{event.by}</small>
              {event.body.type === 'note-added' && isOpen(session) ? (
                <button type="button" className="link-button" onClick={() => setCorrected(event.id)}>
                  {TEXT.correct}
                </button>
              ) : null}
            </span>
          </li>
        ))}
      </ol>
      {corrected === null || session === null ? null : (
        <NoteDialog sessionId={session.id} corrects={corrected} onClose={() => setCorrected(null)} />
      )}
    </section>
  );
};
