/** Blood pressure: systolic/diastolic (mean), always with its age. */
import type { AlarmPriority } from '../../core/alarm/types.ts';
import type { ChairView } from '../../core/api/views.ts';
import type { CuffTile as CuffTileView } from '../view-model/cuff.ts';
import type { NumericSignal } from '../view-model/signals.ts';
import { LimitColumn } from './limit-column.tsx';
import { TileFoot } from './numeric-tile.tsx';
import { SignalBadges } from './signal-badges.tsx';

const TEXT = { label: 'NIBP', unit: 'mmHg', name: 'Blood pressure (cuff)' };

export const CuffTile = ({
  view,
  chair,
  size,
  alarm,
  signals,
}: {
  readonly view: CuffTileView;
  readonly chair: ChairView;
  readonly size: 'large' | 'room';
  readonly alarm: AlarmPriority | null;
  readonly signals: readonly NumericSignal[];
}) => (
  <section
    className={`tile tile-${size} tile-nibp`}
    data-testid="numeric-nibp"
    data-state={view.state}
    data-tone="nibp"
    data-alarm={alarm ?? undefined}
    aria-label={TEXT.name}
  >
    <header className="tile-head">
      <span className="tile-label">{TEXT.label}</span>
      <span className="tile-unit">{TEXT.unit}</span>
      {size === 'large' ? <TileFoot ageMs={view.ageMs} note={view.note} /> : null}
      {size === 'large' ? <SignalBadges signals={signals} isShort /> : null}
      {view.source === null ? null : <span className="tile-source">{view.source}</span>}
    </header>
    <div className="tile-body">
      <span className="tile-value" data-testid="value">
        {view.text}
        {view.mean === null ? null : <span className="tile-mean">({view.mean})</span>}
      </span>
      {size === 'large' ? (
        <div className="tile-right">
          <div className="limit-pair">
            <LimitColumn
              limits={chair.limits}
              metric="MDC_PRESS_BLD_NONINV_SYS"
              signals={signals}
              name="SYS"
            />
            <LimitColumn
              limits={chair.limits}
              metric="MDC_PRESS_BLD_NONINV_DIA"
              signals={signals}
              name="DIA"
            />
            <LimitColumn
              limits={chair.limits}
              metric="MDC_PRESS_BLD_NONINV_MEAN"
              signals={signals}
              name="MAP"
            />
          </div>
        </div>
      ) : null}
    </div>
    {size === 'large' ? null : <SignalBadges signals={signals} isShort />}
    {size === 'large' ? null : <TileFoot ageMs={view.ageMs} note={view.note} />}
  </section>
);
