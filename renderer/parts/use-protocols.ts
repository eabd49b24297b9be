/** The protocols that a visit can follow, with their approvals, as the station has them. */
import { useEffect, useState } from 'react';
import type { ProtocolView } from '../../core/api/visit-views.ts';
import { type Failure, useAction } from '../app-actions.ts';
import { useApp, useWindow } from '../app-context.tsx';
import { start } from './perform.ts';

const NONE: readonly ProtocolView[] = [];

/** Empty until they are there; asked for again on each new line to the station. */
export const useProtocols = (): {
  readonly protocols: readonly ProtocolView[];
  readonly failure: Failure | null;
} => {
  const { link } = useApp();
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [protocols, setProtocols] = useState(NONE);
  const { failure, run } = useAction();
  useEffect(() => {
    if (connection === 0) return;
    start(
      run(() => link.call('protocol.list', {})).then((list) =>
        list === null ? undefined : setProtocols(list),
      ),
    );
  }, [connection, link, run]);
  return { protocols, failure };
};
