/** The visit goes on at another chair, with that chair's monitors. */
import { useState } from 'react';
import type { ChairId } from '../../../core/ids.ts';
import type { Session } from '../../../core/session/session.ts';
import { useStation } from '../../app-context.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { isOpen } from '../../view-model/phase.ts';
import { chairHash } from '../../view-model/route.ts';
import { ReasonForm } from './reason-form.tsx';
import { TEXT } from './text.ts';

export const MoveDialog = ({
  session,
  onClose,
}: {
  readonly session: Session;
  readonly onClose: () => void;
}) => {
  const chairs = (useStation()?.chairs ?? []).filter(({ id }) => id !== session.chairId);
  const [to, setTo] = useState<ChairId | null>(null);
  const { perform, failure, isBusy } = usePerform();
  const move = async (toChairId: ChairId, reason: string) => {
    const moved = await perform((call, by) =>
      call('session.moveChair', { sessionId: session.id, toChairId, reason, by }),
    );
    if (moved === null) return;
    onClose();
    window.location.hash = chairHash(toChairId);
  };
  return (
    <Dialog title={TEXT.moveChair.replace('…', '')} onClose={onClose} testId="move-dialog">
      <fieldset className="taps" aria-label={TEXT.moveChair}>
        {chairs.map((chair) => (
          <button
            key={chair.id}
            type="button"
            className={to === chair.id ? 'button button-main' : 'button'}
            aria-pressed={to === chair.id}
            disabled={isOpen(chair.session)}
            onClick={() => setTo(chair.id)}
            data-testid={`move-to-${chair.id}`}
          >
            {chair.name}
          </button>
        ))}
      </fieldset>
      {to === null ? null : (
        <ReasonForm
          authority="none"
          confirm={TEXT.moveChair.replace('…', '')}
          failure={failure?.message ?? null}
          isBusy={isBusy}
          onCancel={onClose}
          onAnswer={({ reason }) => start(move(to, reason))}
        />
      )}
    </Dialog>
  );
};
