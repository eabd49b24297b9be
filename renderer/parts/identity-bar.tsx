/** In the bar at the top: who is here, the lock, and the way in. */
import { ROLE_LABELS } from '../../core/people/person.ts';
import { useApp, useWindow } from '../app-context.tsx';
import { hideNames } from './use-idle-lock.ts';
import { useWho } from './who.tsx';

const TEXT = {
  nobody: 'Who are you?',
  signIn: 'Sign in',
  locked: 'LOCKED – sign in',
  lock: 'Lock',
  emergency: 'Emergency',
};

export const IdentityBar = () => {
  const { link, store } = useApp();
  const identity = useWindow((state) => state.identity);
  const who = useWindow((state) => state.who);
  const isLive = useWindow((state) => state.link === 'live');
  const { change } = useWho();
  const state = identity?.state ?? 'open';
  const words = {
    open: who ?? TEXT.nobody,
    nobody: TEXT.signIn,
    locked: TEXT.locked,
    emergency: TEXT.emergency,
    'signed-in': identity?.person?.name ?? TEXT.signIn,
  } as const;
  const role = state === 'signed-in' && identity?.person ? ROLE_LABELS[identity.person.role] : null;
  return (
    <>
      <button
        type="button"
        className="bar-button who"
        data-identity={state}
        onClick={change}
        data-testid="who-button"
      >
        <span className="who-name">{words[state]}</span>
        {role === null ? null : <small>{role}</small>}
      </button>
      {state === 'signed-in' || state === 'emergency' ? (
        <button
          type="button"
          className="bar-button"
          disabled={!isLive}
          onClick={() => {
            // Without the station the window hides the names itself.
            link.call('auth.lock', {}).catch(() => hideNames(store));
          }}
          data-testid="lock-button"
        >
          {TEXT.lock}
        </button>
      ) : null}
    </>
  );
};
