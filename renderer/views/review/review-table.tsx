/** The flow sheet: what the chart shows, in numbers, in steps of whole minutes from the start of the infusion. */
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import type { TrendView } from '../../../core/api/views.ts';
import { infusionStartedAt } from '../../../core/session/session.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { limitHistory } from '../../view-model/review-limits.ts';
import { reviewTable, TABLE_STEPS_MIN, tableRange } from '../../view-model/review-table.ts';
import type { Stretch } from '../../view-model/review-window.ts';
import type { Drawn } from './lane-stack.tsx';
import { TEXT as SAID, TABLE_TEXT as TEXT } from './text.ts';

/** The most steps that the station gives at once. */
const MOST_ROWS = 2_000;

export const ReviewTable = ({
  drawn,
  whole,
}: {
  readonly drawn: Drawn;
  readonly whole: Stretch;
}): ReactElement => {
  const { link } = useApp();
  const { session, exclusions, alarms, limits } = drawn;
  const zero = infusionStartedAt(session);
  const hasDose = session.visit.dose !== null;
  const [stepMin, setStepMin] = useState<number>(5);
  const [trend, setTrend] = useState<TrendView | null>(null);
  const { run, failure } = useAction();
  useEffect(() => {
    const { from, to, buckets } = tableRange(whole, zero, stepMin);
    const work = run(() =>
      link.call('history.trend', {
        sessionId: session.id,
        from,
        to,
        buckets: Math.min(MOST_ROWS, buckets),
      }),
    );
    start(work.then((read) => (read === null ? null : setTrend(read))));
  }, [link, run, session.id, whole, zero, stepMin]);
  const table = useMemo(
    () => (trend === null ? null : reviewTable(trend, session, exclusions, alarms, zero, TEXT.out)),
    [trend, session, exclusions, alarms, zero],
  );
  return (
    <div className="review-table">
      <label className="field review-step">
        {TEXT.step}
        <select
          value={stepMin}
          onChange={(event) => setStepMin(Number(event.target.value))}
          data-testid="table-step"
        >
          {TABLE_STEPS_MIN.map((minutes) => (
            <option key={minutes} value={minutes}>
              {minutes} min
            </option>
          ))}
        </select>
      </label>
      <FailureLine message={failure?.message ?? null} />
      {table === null ? (
        <p className="empty">{SAID.loading}</p>
      ) : (
        <div className="table-wide review-table-scroll">
          <table className="table" data-testid="review-table">
            <caption>
              {TEXT.caption}. {TEXT.outHelp}.
            </caption>
            <thead>
              <tr>
                {zero === null ? null : <th className="number">{TEXT.time}</th>}
                <th>{TEXT.clock}</th>
                <th>{TEXT.phase}</th>
                <th>{TEXT.nibp}</th>
                {table.heads.map((head) => (
                  <th key={head} className="number">
                    {head}
                  </th>
                ))}
                {hasDose ? (
                  <>
                    <th className="number">{TEXT.rate}</th>
                    <th className="number">{TEXT.given}</th>
                  </>
                ) : null}
                <th>{TEXT.alarms}</th>
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.from}>
                  {zero === null ? null : <td className="number">{row.minutes}</td>}
                  <td>{row.clock}</td>
                  <td>{row.phase}</td>
                  <td>{row.nibp}</td>
                  {row.cells.map((cell, index) => (
                    <td key={table.columns[index]} className="number">
                      {cell}
                    </td>
                  ))}
                  {hasDose ? (
                    <>
                      <td className="number">{row.rate}</td>
                      <td className="number">{row.given}</td>
                    </>
                  ) : null}
                  <td>{row.alarms}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <section data-testid="table-limits">
        <h3>{TEXT.limits}</h3>
        <ul>
          {limitHistory(limits).map(({ from, clock, words }) => (
            <li key={from}>
              {TEXT.from} {clock}: {words.length === 0 ? TEXT.noLimits : words.join('; ')}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
};
