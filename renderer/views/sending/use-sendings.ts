/** What is handed on, read again whenever the station says that something about it changed. */
import { useEffect, useState } from 'react';
import type { SendingListView } from '../../../core/api/sending-views.ts';
import type { SessionId } from '../../../core/ids.ts';
import { useAction } from '../../app-actions.ts';
import { useApp, useStation, useWindow } from '../../app-context.tsx';
import { start } from '../../parts/perform.ts';

/**
 * @param sessionId of one session; null: of all, open and failed ones first.
 * @param record changes when the session's record does: what may leave depends on it.
 */
export const useSendings = (sessionId: SessionId | null, record = 0): SendingListView | null => {
  const { link } = useApp();
  const sending = useStation()?.sending ?? null;
  const connection = useWindow((state) => (state.link === 'live' ? state.connection : 0));
  const [list, setList] = useState<SendingListView | null>(null);
  const { run } = useAction();
  const isConfigured = sending?.isConfigured ?? false;
  const changes = `${sending?.changes ?? 0} ${record}`;
  useEffect(() => {
    if (connection === 0 || !isConfigured || changes === '') return;
    start(
      run(() => link.call('sending.list', { sessionId })).then((read) =>
        read === null ? null : setList(read),
      ),
    );
  }, [connection, isConfigured, changes, link, run, sessionId]);
  return isConfigured ? list : null;
};
