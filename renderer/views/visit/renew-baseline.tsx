/** Another baseline while the drug runs or afterwards: from the newest readings that agree, with a reason. */
import { useState } from 'react';
import { isUnderTreatment } from '../../../core/session/phase.ts';
import type { Session } from '../../../core/session/session.ts';
import { start, usePerform } from '../../parts/perform.ts';
import { type Answer, ReasonQuestion } from './reason-form.tsx';
import { TEXT } from './text.ts';

export const RenewBaseline = ({ session }: { readonly session: Session }) => {
  const [isAsking, setAsking] = useState(false);
  /** The station said that it wants a physician for this one. */
  const [wantsPhysician, setWantsPhysician] = useState(false);
  const { perform, failure, isBusy } = usePerform();
  if (!isUnderTreatment(session.phase)) return null;
  const renew = async ({ reason, authorisations }: Answer) => {
    const renewed = await perform((call, by) =>
      call('baseline.renew', {
        sessionId: session.id,
        reason,
        authorisations: [...authorisations],
        by,
      }).catch((error: unknown) => {
        if (error instanceof Error && error.message.includes('physician')) setWantsPhysician(true);
        throw error;
      }),
    );
    if (renewed !== null) setAsking(false);
  };
  return (
    <p className="ways">
      <button type="button" className="button" onClick={() => setAsking(true)} data-testid="renew-baseline">
        {TEXT.renewBaseline}
      </button>
      {isAsking ? (
        <ReasonQuestion
          title={TEXT.renewBaseline.replace('…', '?')}
          help={[TEXT.renewHelp]}
          authority={wantsPhysician ? 'physician' : 'none'}
          confirm={TEXT.renewBaseline.replace('…', '')}
          failure={failure?.message ?? null}
          isBusy={isBusy}
          onClose={() => setAsking(false)}
          onAnswer={(answer) => start(renew(answer))}
        />
      ) : null}
    </p>
  );
};
