/** Under the list of sessions: what waits to be handed on, and what was given up. */
import type { SendingListView } from '../../../core/api/sending-views.ts';
import { useStation, useWindow } from '../../app-context.tsx';
import { mayHere } from '../../store/identity.ts';
import { ORIGIN_WORDS } from '../../view-model/origin.ts';
import { sessionHash } from '../../view-model/route.ts';
import { sendingLine } from '../../view-model/sending.ts';
import { dateTimeText } from '../../view-model/time-text.ts';
import { SendingActs } from './handed-on-panel.tsx';
import { StateWords } from './state-words.tsx';
import { TEXT } from './text.ts';
import { useSendings } from './use-sendings.ts';

/** More lines than this are only counted. */
const SHOWN = 20;

export const SendingOverview = () => {
  const overview = useStation()?.sending ?? null;
  const list = useSendings(null);
  if (overview === null || !overview.isConfigured || list === null) return null;
  const open = list.sendings.filter(({ state }) => state !== 'sent' && state !== 'cancelled');
  return (
    <section className="panel sending-overview" data-testid="sending-overview">
      <h2>
        {TEXT.overview}
        {open.length === 0 ? '' : `: ${overview.waiting} ${TEXT.waits}, ${overview.failed} ${TEXT.failed}`}
      </h2>
      {list.destinations.map(({ id, name, place, held }) =>
        held === null ? null : (
          <p key={id} className="sending-doubt" data-testid={`held-${id}`}>
            {name} ({place}): {held.problem}
          </p>
        ),
      )}
      {open.length === 0 ? (
        <p className="sending-detail">{TEXT.done}</p>
      ) : (
        <OpenTable list={list} open={open} />
      )}
    </section>
  );
};

const OpenTable = ({
  list,
  open,
}: {
  readonly list: SendingListView;
  readonly open: SendingListView['sendings'];
}) => {
  const identity = useWindow((state) => state.identity);
  const may = mayHere(identity, 'hand-on');
  return (
    <div className="table-wide">
      <table className="table table-rows">
        <thead>
          <tr>
            <th>{TEXT.place}</th>
            <th>{TEXT.patient}</th>
            <th>{TEXT.record}</th>
            <th>{TEXT.state}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {open.slice(0, SHOWN).map((sending) => {
            const destination = list.destinations.find(({ id }) => id === sending.destination);
            const held = sending.state === 'queued' ? (destination?.held ?? null) : null;
            return (
              <tr key={sending.id} data-testid={`open-${sending.id}`}>
                <td>{destination?.name ?? `${sending.destination} (${TEXT.gone})`}</td>
                <td>
                  {sending.patientInitials}{' '}
                  {ORIGIN_WORDS[sending.origin] === null ? null : (
                    <span className="origin-word">{ORIGIN_WORDS[sending.origin]}</span>
                  )}
                </td>
                <td>
                  <a href={sessionHash(sending.sessionId)}>{dateTimeText(sending.queuedAt)}</a>
                </td>
                <td>
                  <StateWords line={sendingLine(sending, held)} />
                </td>
                <td>
                  <div className="sending-acts">{may ? <SendingActs sending={sending} /> : null}</div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {open.length > SHOWN ? (
        <p>
          {open.length - SHOWN} {TEXT.more}
        </p>
      ) : null}
    </div>
  );
};
