/**
 * The live trend of one chair: four lanes on one time axis, drawn on a canvas outside React, with its controls, the
 * event marks, the cursor's readout and a table that says the same in words.
 */
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { ChairView, TrendView } from '../../core/api/views.ts';
import type { SessionEvent } from '../../core/session/events.ts';
import type { Instant } from '../../core/time.ts';
import type { SampleSource } from '../store/samples.ts';
import { startTrend, type TrendEngine, type TrendSnapshot } from './engine.ts';
import './live-trend.css';
import { MarkStrip } from './mark-strip.tsx';
import { summaryText } from './model/readout.ts';
import { FOLLOWING, isPast, type ViewAction, WINDOW_CHOICES } from './model/view-window.ts';
import { ReadoutBox } from './readout-box.tsx';
import { TrendScroll } from './trend-scroll.tsx';
import { TrendTableView } from './trend-table-view.tsx';
import { TrendToolbar } from './trend-toolbar.tsx';

export interface LiveTrendProps {
  readonly chair: ChairView;
  readonly samples: SampleSource;
  /** Events of the chair's open session, in order. */
  readonly events: readonly SessionEvent[];
  /** Lowest and highest value per bucket of a stretch of wall-clock time, from the record. */
  readonly loadHistory: (fromMs: number, toMs: number, buckets: number) => Promise<TrendView>;
  /** The station's clocks now. */
  readonly stationNow: () => Instant;
  /** Called after every drawing with the script time it took (ms); for measurements. */
  readonly onCommit?: (durationMs: number) => void;
}

export const LiveTrend = (props: LiveTrendProps): ReactElement => {
  const { chair, samples, events, loadHistory, stationNow, onCommit } = props;
  const host = useRef<HTMLDivElement>(null);
  const engine = useRef<TrendEngine | null>(null);
  const context = useRef({ chair, events, loadHistory, stationNow });
  const committed = useRef(onCommit);
  const [snapshot, setSnapshot] = useState<TrendSnapshot | null>(null);
  const [isTable, setIsTable] = useState(false);
  const chairId = chair.id;

  useEffect(() => {
    context.current = { chair, events, loadHistory, stationNow };
    committed.current = onCommit;
    engine.current?.setContext(context.current);
  }, [chair, events, loadHistory, stationNow, onCommit]);

  // Another chair or another source of samples is another trend: nothing of the old one may be left in it.
  useEffect(() => {
    if (host.current === null || context.current.chair.id !== chairId) return;
    const started = startTrend(host.current, samples, context.current, setSnapshot, (ms) =>
      committed.current?.(ms),
    );
    engine.current = started;
    return () => {
      engine.current = null;
      started.destroy();
      setSnapshot(null);
    };
  }, [samples, chairId]);

  const view = snapshot?.view ?? FOLLOWING;
  const dispatch = (action: ViewAction): void => engine.current?.dispatch(action);
  const windowLabel = WINDOW_CHOICES.find((choice) => choice.id === view.width)?.label ?? '';
  return (
    <section className="trend" aria-label={`Live trend of ${chair.name}`}>
      <TrendToolbar
        view={view}
        snapshot={snapshot}
        isTable={isTable}
        onTable={() => setIsTable(!isTable)}
        onAction={dispatch}
      />
      <div className="trend-frame">
        <div
          className="trend-canvas"
          ref={host}
          role="img"
          aria-label={
            snapshot === null ? 'Trend, no data yet' : summaryText(snapshot.latest, windowLabel, isPast(view))
          }
        />
        {snapshot !== null && <MarkStrip snapshot={snapshot} />}
        {snapshot?.cursor != null && <ReadoutBox snapshot={snapshot} cursor={snapshot.cursor} />}
        {isTable && snapshot !== null && <TrendTableView snapshot={snapshot} />}
      </div>
      {snapshot !== null && (
        <TrendScroll
          snapshot={snapshot}
          onAction={dispatch}
          onCursor={(byPx) => engine.current?.moveCursor(byPx)}
        />
      )}
    </section>
  );
};
