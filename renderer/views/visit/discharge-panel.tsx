/** Recovery and discharge: the criteria, the scores they rest on, the sheet for the patient, and the ways out of turn. */
import { useState } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import type { Session } from '../../../core/session/session.ts';
import { useStation } from '../../app-context.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { sheetHash } from '../../view-model/route.ts';
import { openItems } from '../../view-model/visit.ts';
import { ItemList } from './item-list.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { ReasonQuestion } from './reason-form.tsx';
import { ScoreParts } from './score-parts.tsx';
import { TEXT } from './text.ts';

export const DischargePanel = ({
  chair,
  session,
}: {
  readonly chair: ChairView;
  readonly session: Session;
}) => {
  const items = chair.visit?.discharge ?? [];
  const open = openItems(items).length;
  return (
    <section className="visit-panel" aria-label="Discharge" data-testid="discharge-panel" data-open={open}>
      <header>
        <h2>{TEXT.criteria}</h2>
        <strong>
          {session.phase !== 'recovery'
            ? TEXT.notInRecovery
            : open === 0
              ? TEXT.allDone
              : `${open} ${TEXT.open}`}
        </strong>
      </header>
      <Ways session={session} />
      <ItemList
        session={session}
        items={items}
        extra={({ item }) =>
          item.kind === 'computed' && (item.fact === 'aldrete' || item.fact === 'padss') ? (
            <ScoreParts chair={chair} session={session} scale={item.fact} />
          ) : null
        }
      />
    </section>
  );
};

/** What is done seldom, and the sheet. */
const Ways = ({ session }: { readonly session: Session }) => {
  const [question, setQuestion] = useState<'leave' | 'move' | null>(null);
  const { perform, failure, isBusy } = usePerform();
  const chairs = useStation()?.chairs ?? [];
  const leave = async (reason: string) => {
    const left = await perform((call, by) =>
      call('session.leaveEarly', { sessionId: session.id, from: session.phase, reason, by }),
    );
    if (left !== null) setQuestion(null);
  };
  return (
    <p className="ways">
      <a className="button" href={sheetHash(session.id)} data-testid="open-sheet">
        {TEXT.sheet}
      </a>
      <button
        type="button"
        className="button button-quiet"
        onClick={() => setQuestion('leave')}
        data-testid="leave-early"
      >
        {TEXT.leaveEarly}
      </button>
      {chairs.length > 1 ? (
        <button
          type="button"
          className="button button-quiet"
          onClick={() => setQuestion('move')}
          data-testid="move-chair"
        >
          {TEXT.moveChair}
        </button>
      ) : null}
      {question === 'leave' ? (
        <ReasonQuestion
          title={TEXT.leaveTitle}
          help={[TEXT.leaveHelp]}
          authority="none"
          usual={['Against medical advice', 'Emergency elsewhere', 'Taken to hospital']}
          confirm={TEXT.leaveEarly.replace('…', '')}
          failure={failure?.message ?? null}
          isBusy={isBusy}
          onClose={() => setQuestion(null)}
          onAnswer={({ reason }) => start(leave(reason))}
        />
      ) : null}
      {question === 'move' ? <MoveDialog session={session} onClose={() => setQuestion(null)} /> : null}
    </p>
  );
};
