/**
 * Screens whose program is fetched when somebody goes there, or before (`fetchAhead`). Not React's `lazy`: once that has
 * shown its fallback, React holds the screen back for 300 ms so that nothing flickers, and a physician waits for it.
 */
import { type ComponentType, type ReactElement, useEffect, useState } from 'react';

export interface LaterScreen<Props> {
  (props: Props): ReactElement;
  /** Fetches the program, so that the screen is there at once. */
  fetchAhead(): void;
}

type Fetched<Props> = { readonly Screen: ComponentType<Props> } | { readonly fault: unknown };

export const laterScreen = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LaterScreen<Props> => {
  let fetched: Fetched<Props> | null = null;
  let coming: Promise<Fetched<Props>> | null = null;
  const fetch = (): Promise<Fetched<Props>> => {
    coming ??= load().then(
      (Screen) => {
        fetched = { Screen };
        return fetched;
      },
      (fault: unknown) => {
        // The station may have been away: whoever goes there asks again, and is told if it still fails.
        coming = null;
        return { fault };
      },
    );
    return coming;
  };

  const Later = (props: Props): ReactElement => {
    const [known, setKnown] = useState(fetched);
    useEffect(() => {
      if (known !== null) return;
      let isHere = true;
      void fetch().then((now) => {
        if (isHere) setKnown(now);
      });
      return () => {
        isHere = false;
      };
    }, [known]);
    if (known === null) return <p className="empty">Loading…</p>;
    // The rest of the window watches on; a fault thrown here would take it off the screen.
    if ('fault' in known) return <NotFetched fault={known.fault} />;
    return <known.Screen {...props} />;
  };
  return Object.assign(Later, { fetchAhead: () => void fetch() });
};

const NotFetched = ({ fault }: { readonly fault: unknown }): ReactElement => (
  <div className="empty" role="alert">
    <p>This screen could not be fetched ({String(fault)}).</p>
    <button type="button" className="button" onClick={() => location.reload()}>
      Load the window again
    </button>
  </div>
);
