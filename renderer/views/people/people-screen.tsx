/** The accounts of the staff, for the administrator. */
import { useCallback, useEffect, useState } from 'react';
import type { PersonView } from '../../../core/api/people-views.ts';
import { ROLE_LABELS } from '../../../core/people/person.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { clockText } from '../../view-model/time-text.ts';
import { AddPersonDialog, ChangePersonDialog, SecretDialog } from './person-dialog.tsx';
import { TEXT } from './text.ts';

type Asked = { readonly kind: 'add' } | { readonly kind: 'change' | 'secret'; readonly person: PersonView };

export const PeopleScreen = () => {
  const { link } = useApp();
  const isOpen = useWindow((state) => state.identity?.state === 'open');
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [people, setPeople] = useState<readonly PersonView[] | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const { run, failure } = useAction();
  const read = useCallback(() => {
    start(run(() => link.call('people.list', {})).then((list) => (list === null ? null : setPeople(list))));
  }, [link, run]);
  useEffect(() => {
    if (connection > 0) read();
  }, [connection, read]);
  const close = (changed: boolean) => {
    setAsked(null);
    if (changed && !isOpen) read();
  };
  return (
    <div className="page" data-testid="people-screen">
      <div className="page-head">
        <h1>{TEXT.title}</h1>
        {isOpen ? null : (
          <button
            type="button"
            className="button button-main"
            onClick={() => setAsked({ kind: 'add' })}
            data-testid="add-person"
          >
            {TEXT.add}
          </button>
        )}
      </div>
      <FailureLine message={failure?.message ?? null} />
      {isOpen ? (
        <section className="panel first-account">
          <h2>{TEXT.openTitle}</h2>
          <p>{TEXT.openHelp}</p>
          <button
            type="button"
            className="button button-main"
            onClick={() => setAsked({ kind: 'add' })}
            data-testid="add-first"
          >
            {TEXT.firstAdmin}
          </button>
        </section>
      ) : null}
      {people === null || people.length === 0 ? null : <PeopleTable people={people} onAsk={setAsked} />}
      {asked === null ? null : asked.kind === 'add' ? (
        <AddPersonDialog isFirst={isOpen} onClose={close} />
      ) : asked.kind === 'change' ? (
        <ChangePersonDialog person={asked.person} onClose={close} />
      ) : (
        <SecretDialog person={asked.person} onClose={close} />
      )}
    </div>
  );
};

const PeopleTable = ({
  people,
  onAsk,
}: {
  readonly people: readonly PersonView[];
  readonly onAsk: (asked: Asked) => void;
}) => (
  <table className="table table-rows" data-testid="people-table">
    <thead>
      <tr>
        <th>{TEXT.name}</th>
        <th>{TEXT.role}</th>
        <th>{TEXT.secret}</th>
        <th>{TEXT.state}</th>
        <th />
      </tr>
    </thead>
    <tbody>
      {people.map((person) => (
        <tr key={person.id} data-off={!person.active}>
          <td>{person.name}</td>
          <td>{ROLE_LABELS[person.role]}</td>
          <td>{secretsText(person)}</td>
          <td>{stateText(person)}</td>
          <td>
            <div className="button-row">
              <button type="button" className="button" onClick={() => onAsk({ kind: 'change', person })}>
                {TEXT.change}
              </button>
              <button type="button" className="button" onClick={() => onAsk({ kind: 'secret', person })}>
                {TEXT.setSecret}
              </button>
            </div>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const secretsText = ({ hasPin, hasPassword }: PersonView): string =>
  [...(hasPin ? [TEXT.pin] : []), ...(hasPassword ? [TEXT.password] : [])].join(', ') || TEXT.none;

const stateText = ({ active, lockedUntil }: PersonView): string => {
  if (!active) return TEXT.retired;
  return lockedUntil === null ? TEXT.active : `${TEXT.locked} ${clockText(lockedUntil)}`;
};
