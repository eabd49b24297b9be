/** Asks for a number of minutes, and for a reason where the record wants one. */
import { type FormEvent, useState } from 'react';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import type { StationLink } from '../../store/station-link.ts';
import { MinutesField } from './open-session-dialog.tsx';
import { DIALOG } from './text.ts';

interface MinutesDialogProps {
  readonly title: string;
  readonly label: string;
  readonly confirm: string;
  readonly initialMs: number;
  readonly low: number;
  readonly high: number;
  readonly needsReason: boolean;
  readonly onClose: () => void;
  readonly onSave: (call: StationLink['call'], by: string, ms: number, reason: string) => Promise<unknown>;
}

export const MinutesDialog = ({
  title,
  label,
  confirm,
  initialMs,
  low,
  high,
  needsReason,
  onClose,
  onSave,
}: MinutesDialogProps) => {
  const [minutes, setMinutes] = useState(Math.round(initialMs / 60_000));
  const [reason, setReason] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const save = async () => {
    const saved = await perform((call, by) => onSave(call, by, minutes * 60_000, reason.trim()));
    if (saved !== null) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(save());
  };
  return (
    <Dialog title={title} onClose={onClose} testId="minutes-dialog">
      <form onSubmit={submit}>
        <MinutesField label={label} value={minutes} low={low} high={high} onChange={setMinutes} />
        {needsReason ? (
          <label className="field">
            {DIALOG.reason}
            <textarea
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              maxLength={500}
              rows={2}
              data-testid="reason-input"
            />
          </label>
        ) : null}
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={confirm}
          onCancel={onClose}
          isDisabled={isBusy || (needsReason && reason.trim() === '')}
        />
      </form>
    </Dialog>
  );
};
