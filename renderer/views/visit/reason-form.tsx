/** A reason, taps for the usual ones, and the people who must agree: one form for every guard of a visit. */
import { type FormEvent, useState } from 'react';
import type { AuthorisationClaim, Authority } from '../../../core/visit/authorisation.ts';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { AgreementField } from './agreement-field.tsx';
import { TEXT } from './text.ts';

/** What the form gives. */
export interface Answer {
  readonly reason: string;
  readonly authorisations: readonly AuthorisationClaim[];
}

export const ReasonForm = ({
  authority,
  usual = [],
  confirm,
  failure,
  isBusy,
  onAnswer,
  onCancel,
}: {
  readonly authority: Authority;
  /** Reasons that are given with one tap: the tap answers. */
  readonly usual?: readonly string[];
  readonly confirm: string;
  readonly failure: string | null;
  readonly isBusy: boolean;
  readonly onAnswer: (answer: Answer) => void;
  readonly onCancel: () => void;
}) => {
  const [reason, setReason] = useState('');
  const [physician, setPhysician] = useState<AuthorisationClaim | null>(null);
  const [second, setSecond] = useState<AuthorisationClaim | null>(null);
  const isComplete =
    reason.trim() !== '' &&
    (authority === 'none' || physician !== null) &&
    (authority !== 'physician-and-second' || second !== null);
  const claims = [physician, second].filter((claim) => claim !== null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) onAnswer({ reason: reason.trim(), authorisations: claims });
  };
  return (
    <form onSubmit={submit}>
      {usual.length === 0 ? null : (
        <fieldset className="taps" aria-label={TEXT.reason}>
          {usual.map((each) => (
            <button
              key={each}
              type="button"
              className="button"
              disabled={isBusy || authority !== 'none'}
              onClick={() => onAnswer({ reason: each, authorisations: [] })}
              data-testid={`reason-${each}`}
            >
              {each}
            </button>
          ))}
        </fieldset>
      )}
      <label className="field">
        {TEXT.reason}
        <textarea
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={500}
          rows={2}
          data-testid="reason-input"
        />
      </label>
      {authority === 'none' ? null : (
        <AgreementField
          label={TEXT.physician}
          standing="physician"
          testId="physician-input"
          onClaim={setPhysician}
        />
      )}
      {authority !== 'physician-and-second' ? null : (
        <AgreementField label={TEXT.second} standing="nurse" testId="second-input" onClaim={setSecond} />
      )}
      <FailureLine message={failure} />
      <DialogButtons confirm={confirm} onCancel={onCancel} isDisabled={!isComplete || isBusy} />
    </form>
  );
};

/** The form in a dialog, with its question. */
export const ReasonQuestion = ({
  title,
  help,
  onClose,
  ...form
}: Omit<Parameters<typeof ReasonForm>[0], 'onCancel'> & {
  readonly title: string;
  readonly help: readonly string[];
  readonly onClose: () => void;
}) => (
  <Dialog title={title} onClose={onClose} testId="reason-dialog">
    {help.length === 1 ? (
      <p>{help[0]}</p>
    ) : (
      <ul className="question-lines">
        {help.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    )}
    <ReasonForm {...form} onCancel={onClose} />
  </Dialog>
);
