/**
 * Somebody else's agreement: a typed name where there are no accounts; otherwise the person's own PIN or password at this
 * window, which makes a voucher for one use.
 */
import { useState } from 'react';
import { ROLE_LABELS, type Role } from '../../../core/people/person.ts';
import type { AuthorisationClaim, AuthorisingRole } from '../../../core/visit/authorisation.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { TEXT } from './text.ts';

interface AgreementProps {
  readonly label: string;
  readonly standing: AuthorisingRole;
  readonly testId: string;
  readonly onClaim: (claim: AuthorisationClaim | null) => void;
}

export const AgreementField = (props: AgreementProps) => {
  const hasAccounts = useWindow((state) => (state.identity?.state ?? 'open') !== 'open');
  return hasAccounts ? <Vouched {...props} /> : <Typed {...props} />;
};

const Typed = ({ label, standing, testId, onClaim }: AgreementProps) => (
  <label className="field">
    {label}
    <input
      maxLength={60}
      autoComplete="off"
      onChange={({ target }) => {
        const name = target.value.trim();
        onClaim(name === '' ? null : { name, role: standing, voucher: null });
      }}
      data-testid={testId}
    />
  </label>
);

/** A physician agrees as one; for the second person any account that may vouch does. */
const fits = (wanted: AuthorisingRole, role: Role): boolean => wanted !== 'physician' || role === 'physician';

const Vouched = ({ label, standing, testId, onClaim }: AgreementProps) => {
  const { link } = useApp();
  const everybody = useWindow((state) => state.identity?.people) ?? [];
  const people = everybody.filter((person) => fits(standing, person.role));
  const [personId, setPersonId] = useState('');
  const [secret, setSecret] = useState('');
  const [agreed, setAgreed] = useState<string | null>(null);
  const { run, failure, isBusy } = useAction();
  const person = people.find(({ id }) => id === personId);
  const vouch = async () => {
    if (person === undefined) return;
    const given = await run(() =>
      link.call('auth.vouch', { personId: person.id, secret, meaning: label.slice(0, 80) }),
    );
    setSecret('');
    if (given === null) return;
    setAgreed(given.name);
    onClaim({ name: given.name, role: standing, voucher: given.voucher });
  };
  if (agreed !== null) {
    return (
      <p data-testid={`${testId}-agreed`}>
        ✓ {label}: {agreed}
      </p>
    );
  }
  return (
    <fieldset className="agreement" aria-label={label}>
      <label className="field">
        {label}
        <select value={personId} onChange={(event) => setPersonId(event.target.value)} data-testid={testId}>
          <option value="">…</option>
          {people.map(({ id, name, role: of }) => (
            <option key={id} value={id}>
              {name}, {ROLE_LABELS[of]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {TEXT.theirSecret}
        <input
          type="password"
          maxLength={128}
          autoComplete="off"
          value={secret}
          onChange={(event) => setSecret(event.target.value)}
          data-testid={`${testId}-secret`}
        />
      </label>
      <button
        type="button"
        className="button"
        disabled={person === undefined || secret === '' || isBusy}
        onClick={() => start(vouch())}
        data-testid={`${testId}-vouch`}
      >
        {TEXT.agree}
      </button>
      <FailureLine message={failure?.message ?? null} />
    </fieldset>
  );
};
