/** Adds to the record: the common entries with one tap, anything else in words. */
import { type FormEvent, useState } from 'react';
import type { EventId, SessionId } from '../../../core/ids.ts';
import { NOTE_KINDS, type NoteKind } from '../../../core/session/events.ts';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { NOTE_LABELS } from '../../view-model/event-text.ts';
import { DIALOG, ONE_TAP } from './text.ts';

export const NoteDialog = ({
  sessionId,
  corrects,
  onClose,
}: {
  readonly sessionId: SessionId;
  /** The entry that this one corrects; null for a new one. */
  readonly corrects: EventId | null;
  readonly onClose: () => void;
}) => {
  const [kind, setKind] = useState<NoteKind>('note');
  const [text, setText] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const add = async (entry: { readonly kind: NoteKind; readonly text: string }) => {
    const added = await perform((call, by) => call('session.note', { sessionId, ...entry, corrects, by }));
    if (added !== null) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(add({ kind, text: text.trim() }));
  };
  return (
    <Dialog
      title={corrects === null ? DIALOG.noteTitle : DIALOG.correctTitle}
      onClose={onClose}
      testId="note-dialog"
      isWide
    >
      {corrects === null ? (
        <fieldset className="one-tap" aria-label={DIALOG.oneTap}>
          {ONE_TAP.map((entry) => (
            <button
              key={entry.text}
              type="button"
              className="button"
              disabled={isBusy}
              onClick={() => start(add(entry))}
            >
              <small>{NOTE_LABELS[entry.kind]}</small>
              {entry.text}
            </button>
          ))}
        </fieldset>
      ) : (
        <p>{DIALOG.correctHelp}</p>
      )}
      <form onSubmit={submit}>
        <fieldset className="choice">
          {NOTE_KINDS.map((each) => (
            <label key={each}>
              <input type="radio" name="kind" checked={kind === each} onChange={() => setKind(each)} />
              {NOTE_LABELS[each]}
            </label>
          ))}
        </fieldset>
        <label className="field">
          {DIALOG.noteText}
          <textarea
            value={text}
            onChange={(event) => setText(event.target.value)}
            maxLength={2000}
            rows={2}
            data-testid="note-text"
          />
        </label>
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={DIALOG.noteAdd}
          onCancel={onClose}
          isDisabled={text.trim() === '' || isBusy}
        />
      </form>
    </Dialog>
  );
};
