/** A new account, a changed one, or a new secret. */
import { type FormEvent, useState } from 'react';
import type { PersonView } from '../../../core/api/people-views.ts';
import { ROLE_LABELS, ROLES, type Role, type SecretKind } from '../../../core/people/person.ts';
import { Dialog, DialogButtons, FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { ROLE_HELP, TEXT } from './text.ts';

const SecretFields = ({
  kind,
  secret,
  onKind,
  onSecret,
}: {
  readonly kind: SecretKind;
  readonly secret: string;
  readonly onKind: (kind: SecretKind) => void;
  readonly onSecret: (secret: string) => void;
}) => (
  <>
    <fieldset className="choice field-wide">
      <legend>{TEXT.secret}</legend>
      {(['pin', 'password'] as const).map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="kind"
            checked={kind === each}
            onChange={() => onKind(each)}
            data-testid={`kind-${each}`}
          />
          {TEXT[each]}
        </label>
      ))}
    </fieldset>
    <label className="field field-wide">
      {TEXT[kind]}
      <input
        type="password"
        inputMode={kind === 'pin' ? 'numeric' : 'text'}
        value={secret}
        maxLength={128}
        onChange={(event) => onSecret(event.target.value)}
        autoComplete="new-password"
        data-testid="new-secret"
      />
      <small>{kind === 'pin' ? TEXT.pinHelp : TEXT.passwordHelp}</small>
    </label>
  </>
);

const RoleFields = ({
  roles,
  role,
  onRole,
}: {
  readonly roles: readonly Role[];
  readonly role: Role;
  readonly onRole: (role: Role) => void;
}) => (
  <fieldset className="roles field-wide">
    <legend>{TEXT.role}</legend>
    {roles.map((each) => (
      <label key={each} className="role">
        <input
          type="radio"
          name="role"
          checked={role === each}
          onChange={() => onRole(each)}
          data-testid={`role-${each}`}
        />
        <span>
          <strong>{ROLE_LABELS[each]}</strong>
          <small>{ROLE_HELP[each]}</small>
        </span>
      </label>
    ))}
  </fieldset>
);

const NameField = ({ name, onName }: { readonly name: string; readonly onName: (name: string) => void }) => (
  <label className="field field-wide">
    {TEXT.name}
    <input
      value={name}
      maxLength={60}
      onChange={(event) => onName(event.target.value)}
      autoComplete="off"
      data-testid="person-name"
    />
    <small>{TEXT.nameHelp}</small>
  </label>
);

/** `isFirst`: the account that ends the time of typed names. */
export const AddPersonDialog = ({
  isFirst,
  onClose,
}: {
  readonly isFirst: boolean;
  readonly onClose: (changed: boolean) => void;
}) => {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>(isFirst ? 'administrator' : 'nurse');
  const [kind, setKind] = useState<SecretKind>(isFirst ? 'password' : 'pin');
  const [secret, setSecret] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const add = async () => {
    const added = await perform((call, by) =>
      call('people.add', { name: name.trim(), role, secret: { kind, value: secret }, by }),
    );
    if (added !== null) onClose(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(add());
  };
  return (
    <Dialog
      title={isFirst ? TEXT.firstAdmin : TEXT.add}
      onClose={() => onClose(false)}
      testId="add-person-dialog"
    >
      <form onSubmit={submit} className="form">
        <NameField name={name} onName={setName} />
        <RoleFields roles={isFirst ? ['administrator'] : ROLES} role={role} onRole={setRole} />
        <SecretFields kind={kind} secret={secret} onKind={setKind} onSecret={setSecret} />
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={TEXT.save}
          onCancel={() => onClose(false)}
          isDisabled={name.trim() === '' || secret === '' || isBusy}
        />
      </form>
    </Dialog>
  );
};

export const ChangePersonDialog = ({
  person,
  onClose,
}: {
  readonly person: PersonView;
  readonly onClose: (changed: boolean) => void;
}) => {
  const [name, setName] = useState(person.name);
  const [role, setRole] = useState<Role>(person.role);
  const [active, setActive] = useState(person.active);
  const [reason, setReason] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const save = async () => {
    const changed = await perform((call, by) =>
      call('people.change', {
        personId: person.id,
        name: name.trim(),
        role,
        active,
        reason: reason.trim() === '' ? null : reason.trim(),
        by,
      }),
    );
    if (changed !== null) onClose(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(save());
  };
  return (
    <Dialog
      title={`${TEXT.change}: ${person.name}`}
      onClose={() => onClose(false)}
      testId="change-person-dialog"
    >
      <form onSubmit={submit} className="form">
        <NameField name={name} onName={setName} />
        <RoleFields roles={ROLES} role={role} onRole={setRole} />
        <fieldset className="choice field-wide">
          <legend>{TEXT.state}</legend>
          {[true, false].map((each) => (
            <label key={String(each)}>
              <input type="radio" name="active" checked={active === each} onChange={() => setActive(each)} />
              {each ? TEXT.active : TEXT.retired}
            </label>
          ))}
        </fieldset>
        <label className="field field-wide">
          {TEXT.reason}
          <input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />
        </label>
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={TEXT.save}
          onCancel={() => onClose(false)}
          isDisabled={name.trim() === '' || isBusy}
        />
      </form>
    </Dialog>
  );
};

export const SecretDialog = ({
  person,
  onClose,
}: {
  readonly person: PersonView;
  readonly onClose: (changed: boolean) => void;
}) => {
  const [kind, setKind] = useState<SecretKind>(person.hasPin || !person.hasPassword ? 'pin' : 'password');
  const [secret, setSecret] = useState('');
  const { perform, failure, isBusy } = usePerform();
  const save = async () => {
    const saved = await perform((call, by) =>
      call('people.setSecret', { personId: person.id, kind, secret, by }),
    );
    if (saved !== null) onClose(true);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(save());
  };
  return (
    <Dialog
      title={`${TEXT.setSecret}: ${person.name}`}
      onClose={() => onClose(false)}
      testId="set-secret-dialog"
    >
      <form onSubmit={submit} className="form">
        <SecretFields kind={kind} secret={secret} onKind={setKind} onSecret={setSecret} />
        <FailureLine message={failure?.message ?? null} />
        <DialogButtons
          confirm={TEXT.save}
          onCancel={() => onClose(false)}
          isDisabled={secret === '' || isBusy}
        />
      </form>
    </Dialog>
  );
};
