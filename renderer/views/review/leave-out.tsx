/** Leaving artefacts out of the figures, with a reason, and taking them back: dialogs and the list of what is out. */
import { useState } from 'react';
import type { EventId, SessionId } from '../../../core/ids.ts';
import { type MetricId, metricRow } from '../../../core/nomenclature/metrics.ts';
import type { Exclusion } from '../../../core/review/exclusions.ts';
import type { NibpReading } from '../../../core/session/events.ts';
import { epochMs } from '../../../core/time.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { exclusionText, type OutDraft, stretchText, targetOf } from '../../view-model/review-exclusions.ts';
import { measuredAtMs, readingText } from '../../view-model/review-readout.ts';
import { clockSecondsText, dateTimeText } from '../../view-model/time-text.ts';
import { ReasonForm, ReasonQuestion } from '../visit/reason-form.tsx';
import { OUT_TEXT as TEXT } from './text.ts';

export const LeaveOutDialog = ({
  sessionId,
  draft,
  onClose,
  onDone,
}: {
  readonly sessionId: SessionId;
  readonly draft: OutDraft;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) => {
  const [chosen, setChosen] = useState<readonly MetricId[]>(draft.kind === 'span' ? draft.chosen : []);
  const { perform, failure, isBusy } = usePerform();
  const target = targetOf(draft, chosen);
  const leaveOut = async (reason: string) => {
    if (target === null) return;
    const done = await perform((call, by) => call('review.exclude', { sessionId, target, reason, by }));
    if (done !== null) onDone();
  };
  return (
    <Dialog title={TEXT.title} onClose={onClose} testId="leave-out-dialog">
      <p>
        <strong>
          {draft.kind === 'span'
            ? stretchText(draft)
            : `${TEXT.reading} ${readingText(draft.reading)} ${clockSecondsText(epochMs(measuredAtMs(draft.reading)))}`}
        </strong>
      </p>
      <p>{TEXT.help}</p>
      {draft.kind === 'reading' ? null : (
        <fieldset className="leave-out-metrics">
          <legend>{TEXT.which}</legend>
          {draft.choices.map((metric) => (
            <label key={metric} className="check-field">
              <input
                type="checkbox"
                checked={chosen.includes(metric)}
                onChange={(event) =>
                  setChosen(
                    draft.choices.filter((each) =>
                      each === metric ? event.target.checked : chosen.includes(each),
                    ),
                  )
                }
                data-testid={`leave-out-${metric}`}
              />
              {metricRow(metric).name}
            </label>
          ))}
        </fieldset>
      )}
      <ReasonForm
        authority="none"
        usual={target === null ? [] : draft.kind === 'span' ? TEXT.usualSpan : TEXT.usualReading}
        confirm={TEXT.confirm}
        failure={failure?.message ?? null}
        isBusy={isBusy || target === null}
        onAnswer={({ reason }) => start(leaveOut(reason))}
        onCancel={onClose}
      />
    </Dialog>
  );
};

export const LeftOutPanel = ({
  sessionId,
  exclusions,
  readings,
  mayChange,
  onDone,
}: {
  readonly sessionId: SessionId;
  readonly exclusions: readonly Exclusion[];
  readonly readings: readonly NibpReading[];
  readonly mayChange: boolean;
  readonly onDone: () => void;
}) => {
  const [asked, setAsked] = useState<EventId | null>(null);
  const { perform, failure, isBusy } = usePerform();
  const restore = async (excluded: EventId, reason: string) => {
    const done = await perform((call, by) => call('review.restore', { sessionId, excluded, reason, by }));
    if (done === null) return;
    setAsked(null);
    onDone();
  };
  const found = exclusions.find(({ id }) => id === asked) ?? null;
  if (exclusions.length === 0) return <p data-testid="left-out-none">{TEXT.none}</p>;
  return (
    <div className="table-wide">
      <table className="table table-rows" data-testid="left-out-list">
        <thead>
          <tr>
            <th>{TEXT.what}</th>
            <th>{TEXT.reason}</th>
            <th>{TEXT.by}</th>
            <th>{TEXT.at}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {exclusions.map((exclusion) => (
            <tr key={exclusion.id}>
              <td>{exclusionText(exclusion, readings)}</td>
              <td>{exclusion.reason}</td>
              <td>{exclusion.by}</td>
              <td>{dateTimeText(exclusion.at)}</td>
              <td>
                {mayChange ? (
                  <button
                    type="button"
                    className="button"
                    onClick={() => setAsked(exclusion.id)}
                    data-testid="take-back"
                  >
                    {TEXT.restore}
                  </button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found === null ? null : (
        <ReasonQuestion
          title={TEXT.restoreTitle}
          help={[exclusionText(found, readings)]}
          authority="none"
          usual={TEXT.usualRestore}
          confirm={TEXT.restore}
          failure={failure?.message ?? null}
          isBusy={isBusy}
          onClose={() => setAsked(null)}
          onAnswer={({ reason }) => start(restore(found.id, reason))}
        />
      )}
    </div>
  );
};
