/** Whether a physician approved the preset in force, and the form to do it. */
import { useState } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import { epochMs } from '../../../core/time.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { dateTimeText } from '../../view-model/time-text.ts';
import { LIMITS_TEXT as TEXT } from './alarm-text.ts';

export const ApprovalPanel = ({
  chair,
  onApproved,
}: {
  readonly chair: ChairView;
  readonly onApproved: () => void;
}) => {
  const [name, setName] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const { approval, limits } = chair;
  if (approval.state === 'approved') {
    return (
      <p data-testid="approved-by">
        {TEXT.approvedBy} {approval.by}, {dateTimeText(epochMs(approval.atEpochMs))}
      </p>
    );
  }
  const approve = () =>
    start(
      perform((call) =>
        call('preset.approve', {
          presetId: limits.presetId,
          presetVersion: limits.presetVersion,
          by: name.trim(),
        }),
      ).then((done) => (done === null ? undefined : onApproved())),
    );
  return (
    <div className="approval">
      <strong className="not-approved-text">{TEXT.notApprovedHelp}</strong>
      <label className="field">
        {TEXT.approveName}
        <input
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={60}
          autoComplete="off"
          data-testid="approve-name"
        />
      </label>
      <button
        type="button"
        className="button"
        disabled={isBusy || name.trim() === ''}
        data-testid="approve"
        onClick={approve}
      >
        {TEXT.approve}
      </button>
      <FailureLine message={failure?.message ?? null} />
    </div>
  );
};
