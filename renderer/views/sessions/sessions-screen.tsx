/** What has been recorded: sessions that are looked for, and the review of one. */
import type { SessionId } from '../../../core/ids.ts';
import { CLINIC_HASH } from '../../view-model/route.ts';
import { TEXT as CLINIC } from '../clinic/text.ts';
import { SendingOverview } from '../sending/sending-overview.tsx';
import { FoundSessions } from './found-sessions.tsx';
import { SessionReview } from './session-review.tsx';
import { TEXT } from './text.ts';
import { Worklist } from './worklist.tsx';

export const SessionsScreen = ({ sessionId }: { readonly sessionId: SessionId | null }) =>
  sessionId === null ? (
    <SessionList />
  ) : (
    <div className="page">
      <SessionReview key={sessionId} sessionId={sessionId} />
    </div>
  );

const SessionList = () => (
  <div className="page">
    <div className="page-head">
      <h1>{TEXT.title}</h1>
      <a className="button" href={CLINIC_HASH} data-testid="clinic-picture">
        {CLINIC.open}
      </a>
    </div>
    <Worklist />
    <FoundSessions />
    <SendingOverview />
  </div>
);
