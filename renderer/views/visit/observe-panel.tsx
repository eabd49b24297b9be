/** What people see on the patient: side effects and scales, each with one more tap after this panel was opened. */
import type { ChairView } from '../../../core/api/views.ts';
import type { Session } from '../../../core/session/session.ts';
import { EffectTiles } from './effect-tiles.tsx';
import { InformButton } from './inform-button.tsx';
import { ScaleRows } from './scale-rows.tsx';

export const ObservePanel = ({
  chair,
  session,
}: {
  readonly chair: ChairView;
  readonly session: Session;
}) => (
  <section className="visit-panel observe-panel" aria-label="Observe" data-testid="observe-panel">
    <EffectTiles session={session} />
    <ScaleRows chair={chair} session={session} />
    <p className="ways">
      <InformButton session={session} />
    </p>
  </section>
);
