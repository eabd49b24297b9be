/** Intake and baseline: the list before the start, and what still stands against it. Can be left and taken up again. */
import type { ChairView } from '../../../core/api/views.ts';
import type { Session } from '../../../core/session/session.ts';
import { useNow } from '../../app-context.tsx';
import { countdownText } from '../../view-model/time-text.ts';
import { openItems } from '../../view-model/visit.ts';
import { ItemList } from './item-list.tsx';
import { RenewBaseline } from './renew-baseline.tsx';
import { TEXT } from './text.ts';

export const ChecklistPanel = ({
  chair,
  session,
}: {
  readonly chair: ChairView;
  readonly session: Session;
}) => {
  const now = useNow();
  const { visit } = chair;
  if (visit === null || session.visit.protocol === null) return <p className="empty">{TEXT.noProtocol}</p>;
  const open = openItems(visit.checklist).length;
  const isBefore = session.phase === 'intake' || session.phase === 'baseline';
  const leftMs = visit.remeasureAt === null || now === null ? null : visit.remeasureAt.wall - now.wall;
  return (
    <section className="visit-panel" aria-label="Checklist" data-testid="checklist-panel" data-open={open}>
      <header>
        <h2>{session.visit.protocol.name}</h2>
        <strong>{open === 0 ? TEXT.allDone : `${open} ${TEXT.open}`}</strong>
        {leftMs === null ? null : (
          <strong className="visit-hold" data-testid="remeasure">
            {leftMs > 0 ? `${TEXT.remeasure} ${countdownText(leftMs)}` : TEXT.remeasureNow}
          </strong>
        )}
      </header>
      <RenewBaseline session={session} />
      <ItemList session={session} items={visit.checklist} />
      {isBefore ? (
        <footer className="visit-stands" data-testid="start-objections">
          <h3>{visit.startObjections.length === 0 ? TEXT.startFree : TEXT.startHeld}</h3>
          <ul>
            {visit.startObjections.map(({ text }) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </footer>
      ) : null}
    </section>
  );
};
