/** Whoever is signed in changes their own PIN or password; the old one is asked for. */
import { type FormEvent, useState } from 'react';
import type { SecretKind } from '../../core/people/person.ts';
import { useAction } from '../app-actions.ts';
import { useApp } from '../app-context.tsx';
import { Dialog, DialogButtons, FailureLine } from './dialog.tsx';
import { start } from './perform.ts';

const TEXT = {
  title: 'Change my PIN or password',
  now: 'PIN or password now',
  kind: 'What is to be new',
  pin: 'PIN',
  password: 'Password',
  next: 'The new one',
  again: 'The new one again',
  differ: 'The two are not the same.',
  save: 'Change it',
};

export const OwnSecretDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { link } = useApp();
  const [secret, setSecret] = useState('');
  const [kind, setKind] = useState<SecretKind>('pin');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const { run, failure, isBusy } = useAction();
  const isSame = next === again;
  const save = async () => {
    const saved = await run(() => link.call('auth.changeSecret', { secret, kind, newSecret: next }));
    if (saved !== null) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(save());
  };
  const field = (label: string, value: string, onValue: (text: string) => void, testId: string) => (
    <label className="field">
      {label}
      <input
        type="password"
        value={value}
        maxLength={128}
        onChange={(event) => onValue(event.target.value)}
        autoComplete="off"
        data-testid={testId}
      />
    </label>
  );
  return (
    <Dialog title={TEXT.title} onClose={onClose} testId="own-secret-dialog">
      <form onSubmit={submit}>
        {field(TEXT.now, secret, setSecret, 'old-secret')}
        <fieldset className="choice">
          <legend>{TEXT.kind}</legend>
          {(['pin', 'password'] as const).map((each) => (
            <label key={each}>
              <input type="radio" name="own-kind" checked={kind === each} onChange={() => setKind(each)} />
              {TEXT[each]}
            </label>
          ))}
        </fieldset>
        {field(TEXT.next, next, setNext, 'own-next')}
        {field(TEXT.again, again, setAgain, 'own-again')}
        {isSame || again === '' ? null : <p className="warning">{TEXT.differ}</p>}
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={TEXT.save}
          onCancel={onClose}
          isDisabled={secret === '' || next === '' || !isSame || isBusy}
        />
      </form>
    </Dialog>
  );
};
