/** Emergency access in this window, and reasons that are still missing. */
import { type FormEvent, useEffect, useState } from 'react';
import type { EmergencyView } from '../../core/api/people-views.ts';
import { useAction } from '../app-actions.ts';
import { useApp, useNow, useWindow } from '../app-context.tsx';
import { mayHere } from '../store/identity.ts';
import { countdownText, dateTimeText } from '../view-model/time-text.ts';
import { Dialog, DialogButtons, FailureLine } from './dialog.tsx';
import { start, usePerform } from './perform.ts';

const TEXT = {
  emergency: 'EMERGENCY ACCESS',
  help: 'Read and acknowledge only. A reason is to be given afterwards.',
  left: 'left',
  missing: 'Emergency access without a reason:',
  give: 'Give the reason',
  title: 'Why was emergency access needed?',
  reason: 'Reason (goes into the record)',
  save: 'Save the reason',
};

export const EmergencyBanner = () => {
  const emergency = useWindow((state) => state.identity?.emergency ?? null);
  const now = useNow();
  if (emergency === null) return null;
  const left = now === null ? null : countdownText(emergency.until.mono - now.mono);
  return (
    <p className="emergency-banner" role="alert" data-testid="emergency-banner">
      <strong>{TEXT.emergency}</strong> {emergency.who}
      {left === null ? null : `, ${left} ${TEXT.left}`}. {TEXT.help}
    </p>
  );
};

/** To whoever may give it, until it is there. */
export const UnexplainedBanner = () => {
  const identity = useWindow((state) => state.identity);
  const [isOpen, setOpen] = useState(false);
  const count = identity?.unexplained ?? 0;
  if (identity?.state !== 'signed-in' || !mayHere(identity, 'explain')) return null;
  if (count === 0 && !isOpen) return null;
  return (
    <div className="unexplained-banner" data-testid="unexplained-banner">
      {TEXT.missing} <strong>{count}</strong>
      <button type="button" className="button" onClick={() => setOpen(true)} data-testid="explain-button">
        {TEXT.give}
      </button>
      {isOpen ? <ExplainDialog onClose={() => setOpen(false)} /> : null}
    </div>
  );
};

const ExplainDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { link } = useApp();
  const [open, setOpen] = useState<readonly EmergencyView[]>([]);
  const [reason, setReason] = useState('');
  const { run, failure: readFailure } = useAction();
  const { perform, failure, isBusy } = usePerform();
  useEffect(() => {
    start(
      run(() => link.call('auth.emergencies', {})).then((list) => (list === null ? null : setOpen(list))),
    );
  }, [link, run]);
  const [first] = open;
  const save = async (emergencyId: string) => {
    const saved = await perform((call, by) =>
      call('auth.explainEmergency', { emergencyId, reason: reason.trim(), by }),
    );
    if (saved === null) return;
    setReason('');
    setOpen(open.slice(1));
    if (open.length <= 1) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (first !== undefined) start(save(first.id));
  };
  return (
    <Dialog title={TEXT.title} onClose={onClose} testId="explain-dialog">
      <form onSubmit={submit}>
        {first === undefined ? null : (
          <p>
            <strong>{first.who}</strong>, {dateTimeText(first.at)}
          </p>
        )}
        <label className="field">
          {TEXT.reason}
          <textarea
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            maxLength={500}
            rows={3}
            data-testid="reason-input"
          />
        </label>
        <FailureLine message={failure?.message ?? readFailure?.message ?? null} />
        <DialogButtons
          confirm={TEXT.save}
          onCancel={onClose}
          isDisabled={first === undefined || reason.trim() === '' || isBusy}
        />
      </form>
    </Dialog>
  );
};
