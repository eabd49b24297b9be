/**
 * Who is at this window. Without accounts a typed name, asked for once; with them the person whom the station knows
 * here, who signs in by PIN or password.
 */
import { createContext, type FormEvent, type ReactNode, useCallback, useContext, useState } from 'react';
import { useApp, useWindow } from '../app-context.tsx';
import { Dialog, DialogButtons } from './dialog.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';
import { writeWho } from './who-storage.ts';

const TEXT = {
  title: 'Who is at this window?',
  help: 'Your name or initials go into the record with everything you do here. They are forgotten when this window is closed.',
  label: 'Name or initials',
  save: 'Use this name',
};

/** Resolves to the person's name, asking if it is not known yet; null when the person went back. */
export type AskWho = () => Promise<string | null>;

interface Who {
  readonly ask: AskWho;
  /** Always asks for a PIN or password: what is to be done needs somebody who is signed in. */
  readonly prove: AskWho;
  readonly change: () => void;
}

const WhoContext = createContext<Who | null>(null);

/** What is asked, and who waits for the answer. */
interface Waiting {
  readonly kind: 'name' | 'sign-in';
  readonly answer: (who: string | null) => void;
}

export const WhoProvider = ({ children }: { readonly children: ReactNode }) => {
  const { store } = useApp();
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const wait = useCallback(
    (kind: Waiting['kind']) => new Promise<string | null>((answer) => setWaiting({ kind, answer })),
    [],
  );
  const prove = useCallback<AskWho>(() => wait('sign-in'), [wait]);
  const ask = useCallback<AskWho>(() => {
    const { who, identity } = store.getState();
    switch (identity?.state) {
      case 'signed-in':
        return Promise.resolve(identity.person?.name ?? null);
      case 'emergency':
        return Promise.resolve(identity.emergency?.who ?? null);
      case 'nobody':
      case 'locked':
        return prove();
      default:
        return who === null ? wait('name') : Promise.resolve(who);
    }
  }, [store, prove, wait]);
  const change = useCallback(() => {
    const isOpen = (store.getState().identity?.state ?? 'open') === 'open';
    setWaiting({ kind: isOpen ? 'name' : 'sign-in', answer: () => undefined });
  }, [store]);
  const finish = (who: string | null) => {
    if (who !== null && waiting?.kind === 'name') {
      writeWho(who);
      store.setState({ who });
    }
    waiting?.answer(who);
    setWaiting(null);
  };
  return (
    <WhoContext value={{ ask, prove, change }}>
      {children}
      {waiting?.kind === 'name' ? <WhoDialog onDone={finish} /> : null}
      {waiting?.kind === 'sign-in' ? <SignInDialog onDone={finish} /> : null}
    </WhoContext>
  );
};

const WhoDialog = ({ onDone }: { readonly onDone: (who: string | null) => void }) => {
  const [name, setName] = useState(useWindow((state) => state.who) ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') onDone(name.trim());
  };
  return (
    <Dialog title={TEXT.title} onClose={() => onDone(null)} testId="who-dialog">
      <form onSubmit={submit}>
        <p>{TEXT.help}</p>
        <label className="field">
          {TEXT.label}
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            maxLength={60}
            autoComplete="off"
            data-testid="who-input"
          />
        </label>
        <DialogButtons confirm={TEXT.save} onCancel={() => onDone(null)} isDisabled={name.trim() === ''} />
      </form>
    </Dialog>
  );
};

/** How a screen learns who acts. @throws Error outside of `WhoProvider`. */
export const useWho = (): Who => {
  const value = useContext(WhoContext);
  if (value === null) throw new Error('no WhoProvider above');
  return value;
};
