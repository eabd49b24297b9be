/** A plain question before a step that cannot be taken back. */
import { Dialog, DialogButtons } from '../../parts/dialog.tsx';

interface QuestionProps {
  readonly title: string;
  readonly help: string;
  readonly onClose: () => void;
}

export const ConfirmDialog = ({
  title,
  help,
  onClose,
  onConfirm,
}: QuestionProps & { readonly onConfirm: () => void }) => (
  <Dialog title={title} onClose={onClose} testId="confirm-dialog">
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onConfirm();
      }}
    >
      <p>{help}</p>
      <DialogButtons confirm={title.replace('?', '')} onCancel={onClose} />
    </form>
  </Dialog>
);
