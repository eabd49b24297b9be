/** "This is the right monitor": a person looked at the monitor and the patient; it goes into the record with the name. */
import { type FormEvent, useState } from 'react';
import type { MonitorId } from '../../../core/ids.ts';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { DIALOG, TEXT } from './text.ts';

/** The button beside the alarm, and the question behind it. */
export const ConfirmMonitor = ({
  monitorId,
  doubt,
  isLive,
}: {
  readonly monitorId: MonitorId;
  /** What speaks against it, in the alarm's words. */
  readonly doubt: string;
  readonly isLive: boolean;
}) => {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <button
        type="button"
        className="button alarm-ack"
        onClick={() => setAsking(true)}
        disabled={!isLive}
        data-testid="confirm-monitor"
      >
        {TEXT.rightMonitor}
      </button>
      {isAsking ? <Question monitorId={monitorId} doubt={doubt} onClose={() => setAsking(false)} /> : null}
    </>
  );
};

const Question = ({
  monitorId,
  doubt,
  onClose,
}: {
  readonly monitorId: MonitorId;
  readonly doubt: string;
  readonly onClose: () => void;
}) => {
  const { perform, failure, isBusy } = usePerform();
  const confirm = async () => {
    if ((await perform((call, by) => call('monitor.confirm', { monitorId, by }))) !== null) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(confirm());
  };
  return (
    <Dialog title={DIALOG.monitorTitle} onClose={onClose} testId="confirm-monitor-dialog">
      <form onSubmit={submit}>
        <p>{doubt}</p>
        <p>{DIALOG.monitorHelp}</p>
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons confirm={DIALOG.monitorConfirm} onCancel={onClose} isDisabled={isBusy} />
      </form>
    </Dialog>
  );
};
