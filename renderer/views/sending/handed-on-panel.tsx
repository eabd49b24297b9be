/** In the review of a session: one line for each destination, what became of the record there, and what can be done. */
import { useState } from 'react';
import type { DestinationView, SendingListView, SendingView } from '../../../core/api/sending-views.ts';
import type { SessionId } from '../../../core/ids.ts';
import { useStation, useWindow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { mayHere } from '../../store/identity.ts';
import { newestFor, RULE_TEXT, sendingActs, sendingLine } from '../../view-model/sending.ts';
import { SendDialog } from './send-dialog.tsx';
import { StateWords } from './state-words.tsx';
import { TEXT } from './text.ts';
import { useSendings } from './use-sendings.ts';

export const HandedOnPanel = ({
  sessionId,
  entries,
}: {
  readonly sessionId: SessionId;
  /** How many entries the record has: with each one it may leave anew. */
  readonly entries: number;
}) => {
  const list = useSendings(sessionId, entries);
  const [asked, setAsked] = useState<DestinationView | null>(null);
  const isConfigured = useStation()?.sending?.isConfigured ?? false;
  // Its place is kept: the chart below must not move under somebody's pointer when the list comes.
  if (list === null && isConfigured) {
    return (
      <section className="panel handed-on" aria-busy="true">
        <h2>{TEXT.title}</h2>
        <div className="sending-line" />
      </section>
    );
  }
  if (list === null || list.destinations.length === 0) return null;
  return (
    <section className="panel handed-on" data-testid="handed-on">
      <h2>{TEXT.title}</h2>
      {list.objection === null ? null : <p className="sending-detail">{list.objection}</p>}
      <ul className="sending-lines">
        {list.destinations.map((destination) => (
          <Line
            key={destination.id}
            destination={destination}
            list={list}
            onSend={() => setAsked(destination)}
          />
        ))}
      </ul>
      {asked === null ? null : (
        <SendDialog
          sessionId={sessionId}
          destination={asked}
          doubts={list.doubts}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
};

const Line = ({
  destination,
  list,
  onSend,
}: {
  readonly destination: DestinationView;
  readonly list: SendingListView;
  readonly onSend: () => void;
}) => {
  const identity = useWindow((state) => state.identity);
  const newest = newestFor(list.sendings, destination.id);
  const may = mayHere(identity, 'hand-on') && list.objection === null;
  const acts = sendingActs(newest);
  return (
    <li
      className="sending-line"
      data-testid={`sending-${destination.id}`}
      data-state={newest?.state ?? 'none'}
    >
      <span className="sending-place">
        <strong>{destination.name}</strong>
        <span className="sending-detail">
          {destination.formats.join(', ')}; {RULE_TEXT[destination.rule]}
        </span>
      </span>
      {newest === null ? (
        <StateWords line={{ mark: 'none', state: TEXT.never, detail: null }} />
      ) : (
        <StateWords line={sendingLine(newest, newest.state === 'queued' ? destination.held : null)} />
      )}
      {may ? (
        <span className="sending-acts">
          {acts.send ? (
            <button type="button" className="button" onClick={onSend} data-testid={`send-${destination.id}`}>
              {newest === null ? TEXT.send : TEXT.sendAgain}
            </button>
          ) : null}
          {newest === null ? null : <SendingActs sending={newest} />}
        </span>
      ) : null}
    </li>
  );
};

/** Try again, stop: for what has not been handed on. */
export const SendingActs = ({ sending }: { readonly sending: SendingView }) => {
  const { perform, failure, isBusy } = usePerform();
  const acts = sendingActs(sending);
  const act = (command: 'sending.retry' | 'sending.cancel') =>
    start(perform((call, by) => call(command, { sendingId: sending.id, by })));
  return (
    <>
      {acts.retry ? (
        <button
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => act('sending.retry')}
          data-testid={`retry-${sending.destination}`}
        >
          {TEXT.retry}
        </button>
      ) : null}
      {acts.stop ? (
        <button
          type="button"
          className="button"
          disabled={isBusy}
          onClick={() => act('sending.cancel')}
          data-testid={`stop-${sending.destination}`}
        >
          {TEXT.stop}
        </button>
      ) : null}
      <FailureLine message={failure?.message ?? null} />
    </>
  );
};
