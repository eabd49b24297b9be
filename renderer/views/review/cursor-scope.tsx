/**
 * Pointing at the chart: the line through all lanes and the readout beside it, dragging to select, the wheel to
 * zoom, and the same by keyboard. Its state is its own, so that the lanes are not drawn again when the cursor moves.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { momentAt, panBy, type Stretch, zoomAt } from '../../view-model/review-window.ts';
import { GUTTER_LEFT, type Plot, plotWidth, xOf } from './plot.ts';
import { TEXT } from './text.ts';

/** A drag shorter than this is a press (CSS pixels). */
const PRESS_PX = 5;
/** One notch of a wheel, and one press of + (factor of the length that is shown). */
const NOTCH = 0.8;
/** Steps of the arrow keys over what is shown. */
const KEY_STEPS = 120;

/** What was pressed or selected, and in which lane it began; null: in none. */
export interface Pointed {
  readonly lane: string | null;
}

export interface CursorScopeProps {
  readonly plot: Plot;
  readonly whole: Stretch;
  readonly tool: 'zoom' | 'leave-out';
  readonly lanes: ReactNode;
  readonly readout: (at: number | null) => ReactNode;
  /** The sentence that is read aloud at the cursor. */
  readonly spoken: (at: number) => string;
  readonly onShown: (shown: Stretch) => void;
  readonly onSelect: (stretch: Stretch, pointed: Pointed) => void;
  readonly onPress: (at: number, withinMs: number, pointed: Pointed) => void;
}

export const CursorScope = (props: CursorScopeProps) => {
  const { plot, whole, tool, lanes, readout, spoken, onShown, onSelect, onPress } = props;
  const { shown } = plot;
  const surface = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<{ readonly at: number; readonly lane: string | null } | null>(null);

  const at = (clientX: number): number => {
    const left = surface.current?.getBoundingClientRect().left ?? 0;
    const width = plotWidth(plot);
    return momentAt(shown, width, Math.min(width, Math.max(0, clientX - left)));
  };
  const msPerPx = (shown.to - shown.from) / plotWidth(plot);

  // React listens passively to wheels; a page that scrolls away under a zoom is none.
  useEffect(() => {
    const element = surface.current;
    if (element === null) return;
    const turn = (event: WheelEvent) => {
      if (event.ctrlKey) return;
      const left = element.getBoundingClientRect().left;
      const moment = momentAt(shown, plotWidth(plot), event.clientX - left);
      const next = event.shiftKey
        ? panBy(whole, shown, (event.deltaY + event.deltaX) * msPerPx)
        : zoomAt(whole, shown, moment, event.deltaY < 0 ? NOTCH : 1 / NOTCH);
      // Nothing more to zoom: the wheel scrolls the page on.
      if (next.from === shown.from && next.to === shown.to) return;
      event.preventDefault();
      onShown(next);
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [plot, shown, whole, msPerPx, onShown]);

  const finish = (to: number) => {
    if (anchor === null) return;
    const pointed = { lane: anchor.lane };
    if (Math.abs(to - anchor.at) < PRESS_PX * msPerPx) onPress(to, 14 * msPerPx, pointed);
    else onSelect({ from: Math.min(anchor.at, to), to: Math.max(anchor.at, to) }, pointed);
    setAnchor(null);
  };
  const down = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setCursor(at(event.clientX));
    setAnchor({ at: at(event.clientX), lane: laneUnder(event.clientX, event.clientY) });
  };

  const keyed = (event: KeyboardEvent) => {
    const place = cursor ?? (shown.from + shown.to) / 2;
    const move = (ms: number) => {
      const next = Math.min(whole.to, Math.max(whole.from, place + ms));
      if (event.shiftKey && anchor === null) setAnchor({ at: place, lane: null });
      if (!event.shiftKey) setAnchor(null);
      setCursor(next);
      if (next < shown.from || next > shown.to) onShown(panBy(whole, shown, next - place));
    };
    const step = (shown.to - shown.from) / KEY_STEPS;
    const acts: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => move(-step),
      ArrowRight: () => move(step),
      PageUp: () => onShown(panBy(whole, shown, -(shown.to - shown.from) / 2)),
      PageDown: () => onShown(panBy(whole, shown, (shown.to - shown.from) / 2)),
      '+': () => onShown(zoomAt(whole, shown, place, NOTCH * NOTCH)),
      '=': () => onShown(zoomAt(whole, shown, place, NOTCH * NOTCH)),
      '-': () => onShown(zoomAt(whole, shown, place, 1 / (NOTCH * NOTCH))),
      Home: () => onShown(whole),
      Escape: () => setAnchor(null),
      Enter: () => (anchor === null ? onPress(place, 14 * msPerPx, { lane: 'pressure' }) : finish(place)),
    };
    const act = acts[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };

  const isSeen = cursor !== null && cursor >= shown.from && cursor <= shown.to;
  const spokenAt = cursor ?? shown.from;
  return (
    <div className="board-body">
      <div className="board-plot" data-tool={tool}>
        {lanes}
        <div
          ref={surface}
          className="board-surface"
          style={{ left: GUTTER_LEFT, width: plotWidth(plot) }}
          role="slider"
          tabIndex={0}
          aria-label={`${TEXT.chart}. ${TEXT.cursorHelp}`}
          aria-valuemin={Math.round(whole.from / 1000)}
          aria-valuemax={Math.round(whole.to / 1000)}
          aria-valuenow={Math.round(spokenAt / 1000)}
          aria-valuetext={cursor === null ? TEXT.readoutHelp : spoken(cursor)}
          data-testid="review-surface"
          onPointerDown={down}
          onPointerMove={(event) => setCursor(at(event.clientX))}
          onPointerUp={(event) => finish(at(event.clientX))}
          onPointerCancel={() => setAnchor(null)}
          onDoubleClick={() => (tool === 'zoom' ? onShown(whole) : undefined)}
          onKeyDown={keyed}
        />
        {isSeen ? (
          <span className="board-cursor" data-testid="review-cursor" style={{ left: xOf(plot, cursor) }} />
        ) : null}
        {anchor === null || cursor === null ? null : (
          <span
            className="board-selection"
            data-testid="review-selection"
            style={{
              left: xOf(plot, Math.min(anchor.at, cursor)),
              width: Math.abs(xOf(plot, cursor) - xOf(plot, anchor.at)),
            }}
          />
        )}
      </div>
      {readout(cursor)}
    </div>
  );
};

/** Which lane lies under a point of the screen. */
const laneUnder = (x: number, y: number): string | null => {
  for (const element of document.elementsFromPoint(x, y)) {
    const lane = element.closest<HTMLElement>('[data-lane]')?.dataset.lane;
    if (lane !== undefined) return lane;
  }
  return null;
};
