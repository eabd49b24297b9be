/** Before a record leaves by hand; asked a second time when it is no patient's or nobody has signed it. */
import { type FormEvent, useState } from 'react';
import type { DestinationView } from '../../../core/api/sending-views.ts';
import type { SessionId } from '../../../core/ids.ts';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { TEXT } from './text.ts';

export const SendDialog = ({
  sessionId,
  destination,
  doubts,
  onClose,
}: {
  readonly sessionId: SessionId;
  readonly destination: DestinationView;
  readonly doubts: readonly string[];
  readonly onClose: () => void;
}) => {
  const [isSure, setSure] = useState(false);
  const { perform, failure, isBusy } = usePerform();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const confirmed = doubts.length > 0 && isSure;
    start(
      perform((call, by) =>
        call('sending.send', { sessionId, destination: destination.id, confirmed, by }),
      ).then((sent) => (sent === null ? null : onClose())),
    );
  };
  return (
    <Dialog title={TEXT.sure} onClose={onClose} testId="send-dialog">
      <form onSubmit={submit}>
        <p>
          {TEXT.sureHelp} <strong>{destination.name}</strong> ({destination.place}).
        </p>
        {doubts.map((doubt) => (
          <p key={doubt} className="sending-doubt">
            {doubt}
          </p>
        ))}
        {doubts.length === 0 ? null : (
          <label className="check sending-sure">
            <input
              type="checkbox"
              checked={isSure}
              onChange={(event) => setSure(event.target.checked)}
              data-testid="send-sure"
            />
            {TEXT.doubtsHelp}
          </label>
        )}
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={TEXT.confirm}
          onCancel={onClose}
          isDisabled={isBusy || (doubts.length > 0 && !isSure)}
        />
      </form>
    </Dialog>
  );
};
