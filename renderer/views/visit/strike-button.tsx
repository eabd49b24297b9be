/** Strikes an entry made by mistake: with a reason, and it stays in the record. */
import { useState } from 'react';
import type { EventId } from '../../../core/ids.ts';
import type { Session } from '../../../core/session/session.ts';
import { start, usePerform } from '../../parts/perform.ts';
import { ReasonQuestion } from './reason-form.tsx';
import { TEXT } from './text.ts';

export const StrikeButton = ({
  session,
  entry,
  what,
}: {
  readonly session: Session;
  readonly entry: EventId;
  readonly what: string;
}) => {
  const [isAsking, setAsking] = useState(false);
  const { perform, failure, isBusy } = usePerform();
  const strike = async (reason: string) => {
    const struck = await perform((call, by) =>
      call('entry.strike', { sessionId: session.id, entry, reason, by }),
    );
    if (struck !== null) setAsking(false);
  };
  return (
    <>
      <button type="button" className="link-button" onClick={() => setAsking(true)}>
        {TEXT.strike}
      </button>
      {isAsking ? (
        <ReasonQuestion
          title={TEXT.strikeTitle}
          help={[what, TEXT.strikeHelp]}
          authority="none"
          confirm={TEXT.strikeTitle.replace('?', '')}
          failure={failure?.message ?? null}
          isBusy={isBusy}
          onClose={() => setAsking(false)}
          onAnswer={({ reason }) => start(strike(reason))}
        />
      ) : null}
    </>
  );
};
