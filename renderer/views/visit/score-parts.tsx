/** A score that is the sum of parts (Aldrete, PADSS): filled from the data where they are sure, the rest with taps. */
import { useState } from 'react';
import type { ChairView } from '../../../core/api/views.ts';
import { freshness } from '../../../core/observation/freshness.ts';
import { SCALES } from '../../../core/scales/scales.ts';
import type { Session } from '../../../core/session/session.ts';
import { autoScoreParts } from '../../../core/visit/facts.ts';
import { useNow } from '../../app-context.tsx';
import { FailureLine } from '../../parts/dialog.tsx';
import { start, usePerform } from '../../parts/perform.ts';
import { sinceMs } from '../../view-model/time-text.ts';
import { TEXT } from './text.ts';

export const ScoreParts = ({
  chair,
  session,
  scale,
}: {
  readonly chair: ChairView;
  readonly session: Session;
  readonly scale: 'aldrete' | 'padss';
}) => {
  const now = useNow();
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});
  const { perform, failure, isBusy } = usePerform();
  const { parts, short } = SCALES[scale];
  const oximetry = chair.current.MDC_PULS_OXIM_SAT_O2?.observation;
  // Only a number that is fresh now fills a part: never an old one.
  const spo2 =
    oximetry !== undefined &&
    oximetry.validity === 'valid' &&
    now !== null &&
    freshness('continuous', sinceMs(oximetry.receivedAt, now)) === 'fresh'
      ? oximetry.value
      : null;
  const readings = chair.cuff.last === null ? [] : [chair.cuff.last];
  const points = { ...autoScoreParts(session, scale, { spo2, readings }), ...chosen };
  const missing = parts.filter(({ id }) => points[id] === undefined);
  const total = parts.reduce((sum, { id }) => sum + (points[id] ?? 0), 0);
  const record = () =>
    start(
      perform((call, by) =>
        call('score.record', {
          sessionId: session.id,
          scale,
          draft: { kind: 'parts', parts: Object.fromEntries(parts.map(({ id }) => [id, points[id] ?? 0])) },
          by,
        }),
      ),
    );
  return (
    <div className="score-parts" data-testid={`parts-${scale}`}>
      {parts.map(({ id, label, anchors }) => (
        <fieldset key={id} aria-label={label}>
          <legend>
            {label}
            {chosen[id] === undefined && points[id] !== undefined ? <small> ({TEXT.computed})</small> : null}
          </legend>
          {anchors.toReversed().map((anchor) => (
            <button
              key={anchor.value}
              type="button"
              className={points[id] === anchor.value ? 'button button-main' : 'button'}
              aria-pressed={points[id] === anchor.value}
              onClick={() => setChosen({ ...chosen, [id]: anchor.value })}
              data-testid={`${scale}-${id}-${anchor.value}`}
            >
              <strong>{anchor.value}</strong> <small>{anchor.label}</small>
            </button>
          ))}
        </fieldset>
      ))}
      <FailureLine message={failure?.message ?? null} />
      <button
        type="button"
        className="button button-main"
        disabled={missing.length > 0 || isBusy}
        onClick={record}
        data-testid={`record-${scale}`}
      >
        {TEXT.score}{' '}
        {missing.length > 0 ? `(${missing.map(({ label }) => label).join(', ')}?)` : `${short} ${total}`}
      </button>
    </div>
  );
};
