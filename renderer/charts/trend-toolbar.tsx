/** Width of the window, the way back to live, and whether the drawing or the table is shown. */
import type { ReactElement } from 'react';
import { epochMs } from '../../core/time.ts';
import { useNow } from '../app-context.tsx';
import { clockText } from '../view-model/time-text.ts';
import type { TrendSnapshot } from './engine.ts';
import { isPast, type ViewAction, type ViewWindow, WINDOW_CHOICES } from './model/view-window.ts';

export const TrendToolbar = (props: {
  readonly view: ViewWindow;
  readonly snapshot: TrendSnapshot | null;
  readonly isTable: boolean;
  readonly onTable: () => void;
  readonly onAction: (action: ViewAction) => void;
}): ReactElement => {
  const { view, snapshot } = props;
  const isHeard = useNow() !== null;
  return (
    <div className="trend-toolbar">
      <fieldset className="trend-widths">
        <legend className="trend-hidden">Width of the trend</legend>
        {WINDOW_CHOICES.map((choice) => (
          <button
            key={choice.id}
            type="button"
            aria-pressed={choice.id === view.width}
            onClick={() => props.onAction({ type: 'width', width: choice.id })}
          >
            {choice.label}
          </button>
        ))}
      </fieldset>
      <div className="trend-status" role="status">
        {isPast(view) ? (
          <>
            <span className="trend-past">{pastText(snapshot)}</span>
            <button type="button" className="trend-live" onClick={() => props.onAction({ type: 'live' })}>
              LIVE ▸
            </button>
          </>
        ) : (
          <span className="trend-following">{followingText(isHeard, snapshot)}</span>
        )}
        {snapshot?.failure != null && (
          <span className="trend-failure">
            Earlier data could not be read ({snapshot.failure}); trying again
          </span>
        )}
      </div>
      <button type="button" aria-pressed={props.isTable} onClick={props.onTable}>
        Table
      </button>
    </div>
  );
};

/** True when every lane that should have a number every second has none. */
const isSilent = (snapshot: TrendSnapshot | null): boolean =>
  snapshot?.frame.lanes.every((lane) => lane.spec.id === 'pressure' || lane.silentSince !== null) ?? false;

/** Whether the right edge is now. Without the station nothing here is live, whatever stands in the picture. */
const followingText = (isHeard: boolean, snapshot: TrendSnapshot | null): string => {
  if (!isHeard) return 'Not live';
  return isSilent(snapshot) ? 'Live, but no data arrive' : 'Live';
};

const pastText = (snapshot: TrendSnapshot | null): string => {
  if (snapshot === null) return 'PAST';
  const { from, to } = snapshot.frame.range;
  const clock = (axis: number): string => clockText(epochMs(snapshot.toWall(axis)));
  return `PAST: ${clock(from)} – ${clock(to)}, newest data not shown`;
};
