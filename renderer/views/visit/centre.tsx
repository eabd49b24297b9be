/**
 * The middle of the chair's screen: the trend, or one of the visit's panels in its place. Numbers, alarms and steps stay
 * where they are, so that nothing that is entered ever covers what is watched.
 */
import type { ReactNode } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import type { Session } from '../../../core/session/session.ts';
import { CENTRES, type Centre, openItems } from '../../view-model/visit.ts';
import { ChecklistPanel } from './checklist-panel.tsx';
import { DischargePanel } from './discharge-panel.tsx';
import { DosePanel } from './dose-panel.tsx';
import { ObservePanel } from './observe-panel.tsx';
import { CENTRE_LABELS, TEXT } from './text.ts';

export const VisitCentre = ({
  chair,
  session,
  shown,
  onShow,
  trend,
}: {
  readonly chair: ChairView;
  readonly session: Session;
  readonly shown: Centre;
  readonly onShow: (centre: Centre) => void;
  readonly trend: ReactNode;
}) => (
  <div className="centre" data-centre={shown}>
    <div className="centre-tabs" role="tablist" aria-label="What stands in the middle">
      {CENTRES.map((centre) => (
        <button
          key={centre}
          type="button"
          role="tab"
          aria-selected={centre === shown}
          onClick={() => onShow(centre)}
          data-testid={`centre-${centre}`}
        >
          {CENTRE_LABELS[centre]}
          <Open chair={chair} session={session} centre={centre} />
        </button>
      ))}
    </div>
    <div className="centre-body" role="tabpanel">
      {shown === 'trend' ? trend : null}
      {shown === 'checklist' ? <ChecklistPanel chair={chair} session={session} /> : null}
      {shown === 'dose' ? <DosePanel session={session} /> : null}
      {shown === 'observe' ? <ObservePanel chair={chair} session={session} /> : null}
      {shown === 'discharge' ? <DischargePanel chair={chair} session={session} /> : null}
    </div>
  </div>
);

/** How many items are open, where that counts now. */
const Open = ({
  chair,
  session,
  centre,
}: {
  readonly chair: ChairView;
  readonly session: Session;
  readonly centre: Centre;
}) => {
  const isBefore = session.phase === 'intake' || session.phase === 'baseline';
  const items =
    centre === 'checklist' && isBefore
      ? chair.visit?.checklist
      : centre === 'discharge' && session.phase === 'recovery'
        ? chair.visit?.discharge
        : undefined;
  const open = items === undefined ? 0 : openItems(items).length;
  return open === 0 ? null : (
    <small title={`${open} ${TEXT.open}`} data-testid={`open-${centre}`}>
      {open}
    </small>
  );
};
