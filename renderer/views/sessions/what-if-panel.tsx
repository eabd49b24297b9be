/**
 * What if this session had had other limits or delays: which alarms would have come, gone or changed. For
 * physicians and engineers; it reads the record and changes nothing.
 */
import { type FormEvent, useEffect, useState } from 'react';
import type { LimitSet } from '../../../core/alarm/limits.ts';
import type { PresetView } from '../../../core/api/views.ts';
import type { WhatIfView } from '../../../core/api/what-if.ts';
import type { SessionId } from '../../../core/ids.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import { useAction } from '../../app-actions.ts';
import { useApp } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start } from '../../parts/perform.ts';
import { limitRows } from '../../view-model/limit-rows.ts';
import { type WhatIfEdits, whatIfChanges } from '../../view-model/what-if.ts';
import { WHAT_IF_TEXT as TEXT } from './text.ts';
import { WhatIfLimits } from './what-if-limits.tsx';
import { WhatIfResult } from './what-if-result.tsx';

const OWN = '';

export const WhatIfPanel = ({
  sessionId,
  events,
}: {
  readonly sessionId: SessionId;
  readonly events: readonly SessionEvent[];
}) => {
  const { link } = useApp();
  const [presets, setPresets] = useState<readonly PresetView[]>([]);
  const [presetId, setPresetId] = useState(OWN);
  const [edits, setEdits] = useState<WhatIfEdits>({});
  const [result, setResult] = useState<WhatIfView | null>(null);
  const { failure: readFailure, run: read } = useAction();
  const { failure, run, isBusy } = useAction();
  useEffect(() => {
    start(read(() => link.call('preset.list', {})).then((list) => (list === null ? null : setPresets(list))));
  }, [link, read]);

  const base = presets.find(({ preset }) => preset.presetId === presetId)?.preset ?? lastLimits(events);
  const rows = base === null ? [] : limitRows(base, base);
  const changes = whatIfChanges(rows, edits);
  const ask = async () => {
    if (changes === null) return;
    const answer = await run(() =>
      link.call('whatif.run', {
        sessionId,
        presetId: presetId === OWN ? null : presetId,
        changes: [...changes],
      }),
    );
    if (answer !== null) setResult(answer);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(ask());
  };
  return (
    <section className="what-if" data-testid="what-if">
      <p>{TEXT.help}</p>
      <form onSubmit={submit}>
        <div className="what-if-ask">
          <label className="field">
            {TEXT.limits}
            <select
              value={presetId}
              onChange={(event) => {
                setPresetId(event.target.value);
                setEdits({});
              }}
              data-testid="what-if-preset"
            >
              <option value={OWN}>{TEXT.own}</option>
              {presets.map(({ preset }) => (
                <option key={preset.presetId} value={preset.presetId}>
                  {preset.presetName}, {TEXT.version} {preset.presetVersion}
                </option>
              ))}
            </select>
          </label>
          <button
            type="submit"
            className="button button-main"
            disabled={isBusy || changes === null}
            data-testid="what-if-run"
          >
            {isBusy ? TEXT.running : TEXT.run}
          </button>
          <span>
            {changes === null || changes.length === 0
              ? null
              : `${changes.length} ${changes.length === 1 ? TEXT.change : TEXT.changes}`}
          </span>
        </div>
        <FailureLine message={failure?.message ?? readFailure?.message ?? null} />
        <details>
          <summary data-testid="what-if-limits">{TEXT.change1}</summary>
          <WhatIfLimits
            rows={rows}
            edits={edits}
            onChange={(id, edit) => setEdits({ ...edits, [id]: { ...edits[id], ...edit } })}
          />
        </details>
      </form>
      {result === null ? null : <WhatIfResult view={result} />}
    </section>
  );
};

/** The limits that were in force last in the session; null for a record without any. */
const lastLimits = (events: readonly SessionEvent[]): LimitSet | null => {
  const last = events.findLast(({ body }) => body.type === 'limits-changed')?.body;
  return last?.type === 'limits-changed' ? last.after : null;
};
