/** The protocols of visits and whether a physician approved each: approved here, by the one who is at this window. */
import { useState } from 'react';
import type { ProtocolView } from '../../../core/api/visit-views.ts';
import { epochMs } from '../../../core/time.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { useProtocols } from '../../parts/use-protocols.ts';
import { dateTimeText } from '../../view-model/time-text.ts';

const TEXT = {
  title: 'Protocols of a visit',
  help: 'Dose bounds, checklists, cuff intervals and discharge criteria are proposals from published practice (docs/visit.md). A physician approves each version; until then every record says “not approved”.',
  version: 'version',
  approve: 'I am a physician and approve it',
  by: 'Approved by',
};

export const ProtocolPanel = () => {
  const { protocols, failure: unread } = useProtocols();
  const [done, setDone] = useState<Readonly<Record<string, string>>>({});
  const { perform, failure, isBusy } = usePerform();
  const approve = ({ protocol }: ProtocolView) =>
    start(
      perform(async (call, by) => {
        await call('protocol.approve', { protocolId: protocol.id, protocolVersion: protocol.version, by });
        setDone((before) => ({ ...before, [protocol.id]: by }));
      }),
    );
  return (
    <>
      <h2>{TEXT.title}</h2>
      <p>{TEXT.help}</p>
      <FailureLine message={(failure ?? unread)?.message ?? null} />
      <ul className="protocols" data-testid="protocols">
        {protocols.map((view) => (
          <li key={view.protocol.id} data-testid={`protocol-${view.protocol.id}`}>
            <strong>
              {view.protocol.name}, {TEXT.version} {view.protocol.version}
            </strong>
            {view.approval.state === 'approved' ? (
              <span>
                {TEXT.by} {view.approval.by}, {dateTimeText(epochMs(view.approval.atEpochMs))}
              </span>
            ) : done[view.protocol.id] !== undefined ? (
              <span>
                {TEXT.by} {done[view.protocol.id]}
              </span>
            ) : (
              <button
                type="button"
                className="button"
                disabled={isBusy}
                onClick={() => approve(view)}
                data-testid={`approve-${view.protocol.id}`}
              >
                {TEXT.approve}
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
};
