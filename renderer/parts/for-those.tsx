/** A screen full of names: only for those who may see it, made anew for each person, gone while the window is locked. */
import { Fragment, type ReactNode } from 'react';
import { type Action, whoMay } from '../../core/people/permissions.ts';
import { useWindow } from '../app-context.tsx';
import { isShut, mayHere, personKey } from '../store/identity.ts';
import { useWho } from './who.tsx';

const TEXT = {
  locked: 'This window is locked. Vital signs and alarms are shown under Room.',
  nobody: 'Nobody is signed in at this window.',
  signIn: 'Sign in',
  only: 'Only for',
};

export const ForThose = ({ who, children }: { readonly who: Action; readonly children: ReactNode }) => {
  const identity = useWindow((state) => state.identity);
  const { change } = useWho();
  if (identity === null) return null;
  if (isShut(identity)) {
    return (
      <div className="empty" data-testid="shut">
        <p>{identity.state === 'locked' ? TEXT.locked : TEXT.nobody}</p>
        <button type="button" className="button button-main" onClick={change}>
          {TEXT.signIn}
        </button>
      </div>
    );
  }
  if (!mayHere(identity, who)) {
    return (
      <p className="empty" data-testid="not-for-you">
        {TEXT.only} {whoMay(who)}.
      </p>
    );
  }
  return <Fragment key={personKey(identity)}>{children}</Fragment>;
};
