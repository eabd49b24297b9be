/** The scroll bar of the trend: where in the session the window is, by mouse, finger or keyboard. */
import type { KeyboardEvent, ReactElement } from 'react';
import { epochMs } from '../../core/time.ts';
import { clockText } from '../view-model/time-text.ts';
import type { TrendSnapshot } from './engine.ts';
import type { ViewAction } from './model/view-window.ts';

/** One step of the cursor by keyboard (CSS pixels). */
const CURSOR_STEP_PX = 4;

export const TrendScroll = (props: {
  readonly snapshot: TrendSnapshot;
  readonly onAction: (action: ViewAction) => void;
  /** Moves the cursor by so many pixels; null takes it away. */
  readonly onCursor: (byPx: number | null) => void;
}): ReactElement => {
  const { snapshot, onAction, onCursor } = props;
  const { range, now } = snapshot.frame;
  const width = range.to - range.from;
  const least = Math.min(now, snapshot.begin + width);
  const isDisabled = snapshot.view.width === 'session' || least >= now;
  const clock = (axis: number): string => clockText(epochMs(snapshot.toWall(axis)));

  const onKeyDown = (event: KeyboardEvent): void => {
    const isBack = event.key === 'ArrowLeft' || event.key === 'PageUp';
    const isAhead = event.key === 'ArrowRight' || event.key === 'PageDown';
    const sign = isBack ? -1 : 1;
    if (event.key === 'Escape') onCursor(null);
    else if (event.shiftKey && event.key.startsWith('Arrow')) onCursor(sign * CURSOR_STEP_PX);
    else if (isBack || isAhead) {
      onAction({ type: 'pan', byMs: sign * (event.key.startsWith('Page') ? width : width / 8) });
    } else if (event.key === 'Home') onAction({ type: 'begin' });
    else if (event.key === 'End') onAction({ type: 'live' });
    else return;
    event.preventDefault();
  };

  return (
    <input
      className="trend-scroll"
      type="range"
      style={{ marginLeft: snapshot.box.left, width: snapshot.box.width }}
      aria-label="Scroll the trend. Arrow keys scroll, Home and End go to the beginning and back to live, Shift with arrows moves the cursor."
      aria-valuetext={`${clock(range.from)} to ${clock(range.to)}`}
      aria-disabled={isDisabled}
      data-disabled={isDisabled}
      min={least}
      max={Math.max(now, least + 1)}
      step="any"
      value={range.to}
      onChange={(event) => onAction({ type: 'edge', at: event.currentTarget.valueAsNumber })}
      onKeyDown={onKeyDown}
    />
  );
};
