/** Which monitor of the chair is shown first where several give the same number, and the button that changes it. */
import type { MonitorView } from '../../../core/api/views.ts';
import type { MonitorId } from '../../../core/ids.ts';
import { type MetricId, metricRow } from '../../../core/nomenclature/metrics.ts';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import type { MetricSource, SourceRank } from '../../view-model/source-order.ts';
import { TEXT } from './text.ts';

export const SourceOrder = ({
  monitor,
  source: { rank, of, withItFirst },
  metrics,
}: {
  readonly monitor: MonitorView;
  readonly source: SourceRank;
  readonly metrics: readonly MetricSource[];
}) => {
  const { perform, failure, isBusy } = usePerform();
  const putFirst = () =>
    start(
      perform((call, by) =>
        call('chair.sourceOrder', { chairId: monitor.chairId, order: [...withItFirst], by }),
      ),
    );
  const order = (metric: MetricId, ids: readonly MonitorId[]) =>
    start(
      perform((call, by) =>
        call('chair.sourceOrder', { chairId: monitor.chairId, metric, order: [...ids], by }),
      ),
    );
  return (
    <>
      <p className="cuff-permission" data-testid="source-order">
        <span>
          {TEXT.source} {rank} / {of}: {rank === 1 ? TEXT.sourceFirst : TEXT.sourceLater}
        </span>{' '}
        {rank === 1 ? null : (
          <button
            type="button"
            className="button button-quiet"
            disabled={isBusy}
            onClick={putFirst}
            data-testid="source-first"
          >
            {TEXT.putFirst}
          </button>
        )}
        <FailureLine message={failure?.message ?? null} />
      </p>
      {metrics.length === 0 ? null : (
        <details className="metric-sources" data-testid="metric-sources">
          <summary>{TEXT.sourceByMetric}</summary>
          <ul>
            {metrics.map(({ metric, names, isOwn, withItFirst: itFirst }) => (
              <li key={metric} data-testid={`source-of-${metric}`}>
                <span>
                  {metricRow(metric).label}: {names.join(', then ')} (
                  {isOwn ? TEXT.sourceOwn : TEXT.sourceOfChair})
                </span>
                {itFirst === null ? null : (
                  <button
                    type="button"
                    className="button button-quiet"
                    disabled={isBusy}
                    onClick={() => order(metric, itFirst)}
                    data-testid="metric-first"
                  >
                    {TEXT.putMetricFirst}
                  </button>
                )}
                {isOwn ? (
                  <button
                    type="button"
                    className="button button-quiet"
                    disabled={isBusy}
                    onClick={() => order(metric, [])}
                    data-testid="metric-follow"
                  >
                    {TEXT.followChair}
                  </button>
                ) : null}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};
