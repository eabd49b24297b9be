/** Signing in and switching: one tap on the name, then the PIN. Emergency access is one tap away, and says what it is. */
import { type FormEvent, useState } from 'react';
import type { SignInTile } from '../../core/api/people-views.ts';
import { ROLE_LABELS } from '../../core/people/person.ts';
import { useAction } from '../app-actions.ts';
import { useApp, useWindow } from '../app-context.tsx';
import { Dialog, DialogButtons, FailureLine } from './dialog.tsx';
import { OwnSecretDialog } from './own-secret-dialog.tsx';
import { start } from './perform.ts';
import { SecretField } from './secret-field.tsx';

const TEXT = {
  title: 'Who is at this window?',
  pinTitle: 'PIN of',
  secretTitle: 'PIN or password of',
  passwordTitle: 'Password of',
  signIn: 'Sign in',
  others: 'Somebody else',
  ownSecret: 'Change my PIN or password…',
  back: 'Go back',
  emergency: 'Emergency access…',
  emergencyTitle: 'Emergency access',
  emergencyHelp:
    'Without a PIN, for 15 minutes: read everything, acknowledge alarms, nothing else. It is recorded, and whoever signs in afterwards is asked for the reason.',
  emergencyName: 'Your name',
  emergencyOpen: 'Open emergency access',
};
const NOBODY: readonly never[] = [];

type Step =
  | { readonly kind: 'names' }
  | { readonly kind: 'secret'; readonly tile: SignInTile }
  | { readonly kind: 'emergency' }
  | { readonly kind: 'own-secret' };

export const SignInDialog = ({ onDone }: { readonly onDone: (who: string | null) => void }) => {
  const identity = useWindow((state) => state.identity);
  const people = identity?.people ?? NOBODY;
  // After a lock the person who was here only enters the PIN.
  const before =
    identity?.state === 'locked' ? people.find(({ id }) => id === identity.person?.id) : undefined;
  const [step, setStep] = useState<Step>(
    before === undefined ? { kind: 'names' } : { kind: 'secret', tile: before },
  );
  switch (step.kind) {
    case 'names':
      return (
        <Names
          people={people}
          hasOwn={identity?.state === 'signed-in'}
          onStep={setStep}
          onClose={() => onDone(null)}
        />
      );
    case 'secret':
      return (
        <Secret
          tile={step.tile}
          onOthers={() => setStep({ kind: 'names' })}
          onEmergency={() => setStep({ kind: 'emergency' })}
          onDone={onDone}
        />
      );
    case 'emergency':
      return <EmergencyForm onDone={onDone} />;
    case 'own-secret':
      return <OwnSecretDialog onClose={() => onDone(null)} />;
    default:
      return step satisfies never;
  }
};

const Names = ({
  people,
  hasOwn,
  onStep,
  onClose,
}: {
  readonly people: readonly SignInTile[];
  /** Somebody is signed in, who may change their own secret. */
  readonly hasOwn: boolean;
  readonly onStep: (step: Step) => void;
  readonly onClose: () => void;
}) => (
  <Dialog title={TEXT.title} onClose={onClose} testId="sign-in-dialog" isWide>
    <div className="people-tiles">
      {people.map((tile) => (
        <button
          key={tile.id}
          type="button"
          className="button person-tile"
          onClick={() => onStep({ kind: 'secret', tile })}
          data-testid={`person-${tile.role}`}
        >
          <strong>{tile.name}</strong>
          <small>{ROLE_LABELS[tile.role]}</small>
        </button>
      ))}
    </div>
    <div className="dialog-buttons">
      {hasOwn ? (
        <button
          type="button"
          className="button"
          onClick={() => onStep({ kind: 'own-secret' })}
          data-testid="own-secret"
        >
          {TEXT.ownSecret}
        </button>
      ) : null}
      <button
        type="button"
        className="button button-danger"
        onClick={() => onStep({ kind: 'emergency' })}
        data-testid="emergency-button"
      >
        {TEXT.emergency}
      </button>
      <button type="button" className="button" onClick={onClose} data-testid="dialog-cancel">
        {TEXT.back}
      </button>
    </div>
  </Dialog>
);

const Secret = ({
  tile,
  onOthers,
  onEmergency,
  onDone,
}: {
  readonly tile: SignInTile;
  readonly onOthers: () => void;
  readonly onEmergency: () => void;
  readonly onDone: (who: string | null) => void;
}) => {
  const { link } = useApp();
  const [secret, setSecret] = useState('');
  const { run, failure, isBusy } = useAction();
  const kind = !tile.hasPassword ? 'pin' : tile.hasPin ? 'either' : 'password';
  const titles = { pin: TEXT.pinTitle, either: TEXT.secretTitle, password: TEXT.passwordTitle };
  const signIn = async () => {
    const identity = await run(() => link.call('auth.signIn', { personId: tile.id, secret }));
    setSecret('');
    if (identity !== null) onDone(tile.name);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (secret !== '' && !isBusy) start(signIn());
  };
  return (
    <Dialog title={`${titles[kind]} ${tile.name}`} onClose={() => onDone(null)} testId="secret-dialog">
      <form onSubmit={submit} className="secret-form">
        <FailureLine message={failure?.message ?? null} />
        <SecretField kind={kind} value={secret} onChange={setSecret}>
          <button
            type="submit"
            className="button button-main pin-key"
            disabled={secret === '' || isBusy}
            data-testid="confirm"
          >
            {TEXT.signIn}
          </button>
        </SecretField>
        <div className="dialog-buttons dialog-buttons-spread">
          <button type="button" className="button" onClick={onOthers} data-testid="other-person">
            {TEXT.others}
          </button>
          <button
            type="button"
            className="button button-danger"
            onClick={onEmergency}
            data-testid="emergency-button"
          >
            {TEXT.emergency}
          </button>
          <button type="button" className="button" onClick={() => onDone(null)} data-testid="dialog-cancel">
            {TEXT.back}
          </button>
        </div>
      </form>
    </Dialog>
  );
};

const EmergencyForm = ({ onDone }: { readonly onDone: (who: string | null) => void }) => {
  const { link } = useApp();
  const [name, setName] = useState('');
  const { run, failure, isBusy } = useAction();
  const open = async () => {
    const identity = await run(() => link.call('auth.emergency', { name: name.trim() }));
    if (identity !== null) onDone(name.trim());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(open());
  };
  return (
    <Dialog title={TEXT.emergencyTitle} onClose={() => onDone(null)} testId="emergency-dialog">
      <form onSubmit={submit}>
        <p>{TEXT.emergencyHelp}</p>
        <label className="field">
          {TEXT.emergencyName}
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={60}
            autoComplete="off"
            data-testid="emergency-name"
          />
        </label>
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={TEXT.emergencyOpen}
          onCancel={() => onDone(null)}
          isDisabled={name.trim() === '' || isBusy}
          isDanger
        />
      </form>
    </Dialog>
  );
};
