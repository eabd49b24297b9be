/** Limits from the patient's own baseline, old beside new: offered, taken over one by one or all, never by themselves. */
import { useState } from 'react';
import type { ProposedLimit } from '../../../core/alarm/auto-limits.ts';
import type { ChairView, LimitProposalView } from '../../../core/api/views.ts';
import { metricRow } from '../../../core/nomenclature/metrics.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { type Edits, thresholdText } from '../../view-model/limit-rows.ts';
import { PRIORITY_MARKS } from '../../view-model/limits.ts';
import { LIMITS_TEXT as TEXT } from './alarm-text.ts';

export const ProposalPanel = ({
  chair,
  edits,
  onTake,
}: {
  readonly chair: ChairView;
  readonly edits: Edits;
  readonly onTake: (taken: Edits) => void;
}) => {
  const { link } = useApp();
  const [view, setView] = useState<LimitProposalView | null>(null);
  const { failure, run, isBusy } = useAction();
  const ask = () =>
    start(
      run(() => link.call('limits.proposeAuto', { chairId: chair.id })).then((answer) =>
        answer === null ? null : setView(answer),
      ),
    );
  if (view === null) {
    return (
      <p>
        <button type="button" className="button" disabled={isBusy} onClick={ask} data-testid="propose">
          {TEXT.propose}
        </button>
        <FailureLine message={failure?.message ?? null} />
      </p>
    );
  }
  const { baseline, proposals, notes } = view;
  return (
    <section className="proposal" data-testid="proposal">
      <h3>
        {TEXT.proposeTitle}: {baseline.systolic.toFixed(0)}/{baseline.diastolic.toFixed(0)}
      </h3>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {proposals.length === 0 ? (
        <p>{TEXT.proposeNone}</p>
      ) : (
        <>
          <table className="table">
            <thead>
              <tr>
                <th>{TEXT.parameter}</th>
                <th className="number">{TEXT.old}</th>
                <th className="number">{TEXT.proposed}</th>
                <th>{TEXT.why}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {proposals.map((proposal) => (
                <Proposal
                  key={proposal.limitId}
                  proposal={proposal}
                  isTaken={edits[proposal.limitId] === proposal.proposed}
                  onTake={() => onTake({ [proposal.limitId]: proposal.proposed })}
                />
              ))}
            </tbody>
          </table>
          <p className="proposal-foot">
            <strong>{TEXT.proposeNothingYet}</strong>
            <button
              type="button"
              className="button"
              onClick={() =>
                onTake(Object.fromEntries(proposals.map(({ limitId, proposed }) => [limitId, proposed])))
              }
              data-testid="take-all"
            >
              {TEXT.takeAll}
            </button>
          </p>
        </>
      )}
      <button type="button" className="button button-quiet" onClick={() => setView(null)}>
        {TEXT.dismiss}
      </button>
    </section>
  );
};

const Proposal = ({
  proposal,
  isTaken,
  onTake,
}: {
  readonly proposal: ProposedLimit;
  readonly isTaken: boolean;
  readonly onTake: () => void;
}) => {
  const { limitId, metric, side, priority, old, proposed, loosens, why } = proposal;
  const name = `${PRIORITY_MARKS[priority]} ${metricRow(metric).label} ${side === 'high' ? '▲' : '▼'}`;
  return (
    <tr data-testid={`proposal-${limitId}`}>
      <td>{name}</td>
      <td className="number">{thresholdText(old)}</td>
      <td className="number">
        <strong>{proposed}</strong>
        {loosens ? <small className="warning"> {TEXT.looser}</small> : null}
      </td>
      <td>{why}</td>
      <td>
        <button
          type="button"
          className="button"
          disabled={isTaken}
          onClick={onTake}
          aria-label={`${TEXT.take}: ${name} ${proposed}`}
          data-testid={`take-${limitId}`}
        >
          {isTaken ? TEXT.taken : TEXT.take}
        </button>
      </td>
    </tr>
  );
};
