/** Asks once more before something is taken away or allowed. */
import type { FormEvent } from 'react';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import type { StationLink } from '../../store/station-link.ts';

export const SureDialog = ({
  title,
  help,
  confirm,
  onClose,
  onSure,
}: {
  readonly title: string;
  readonly help: string;
  /** The word on the button. */
  readonly confirm: string;
  readonly onClose: () => void;
  readonly onSure: (call: StationLink['call'], by: string) => Promise<unknown>;
}) => {
  const { perform, failure, isBusy } = usePerform();
  const act = async () => {
    if ((await perform(onSure)) !== null) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(act());
  };
  return (
    <Dialog title={title} onClose={onClose} testId="sure-dialog">
      <form onSubmit={submit}>
        <p>{help}</p>
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons confirm={confirm} onCancel={onClose} isDisabled={isBusy} isDanger />
      </form>
    </Dialog>
  );
};
