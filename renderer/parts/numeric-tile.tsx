/** One vital sign: number, unit, limits in force, source, age and words. Used large and small. */
import type { LimitSet } from '../../core/alarm/limits.ts';
import type { AlarmPriority } from '../../core/alarm/types.ts';
import { type MetricId, metricRow } from '../../core/nomenclature/metrics.ts';
import type { NumericView } from '../view-model/numeric.ts';
import type { NumericSignal } from '../view-model/signals.ts';
import { ageText } from '../view-model/time-text.ts';
import { LimitColumn } from './limit-column.tsx';
import { SignalBadges } from './signal-badges.tsx';

/** Which colour a metric has everywhere: tile, trend, review. */
export const METRIC_TONE: Readonly<Partial<Record<MetricId, string>>> = {
  MDC_ECG_HEART_RATE: 'hr',
  MDC_PULS_OXIM_PULS_RATE: 'hr',
  MDC_PULS_RATE_NON_INV: 'hr',
  MDC_PULS_OXIM_SAT_O2: 'spo2',
  MDC_BLD_PERF_INDEX: 'spo2',
  MDC_RESP_RATE: 'rr',
  MDC_TTHOR_RESP_RATE: 'rr',
  MDC_CO2_RESP_RATE: 'rr',
};

interface NumericTileProps {
  readonly view: NumericView;
  readonly size: 'large' | 'room' | 'small';
  /** Null: limits are not shown here (small tiles). */
  readonly limits: LimitSet | null;
  /** The alarm that concerns this number, if any. */
  readonly alarm: AlarmPriority | null;
  /** What of its alarms is paused or off. */
  readonly signals: readonly NumericSignal[];
}

export const NumericTile = ({ view, size, limits, alarm, signals }: NumericTileProps) => {
  const row = metricRow(view.metric);
  const foot = <TileFoot ageMs={view.ageMs} note={view.note} />;
  return (
    <section
      className={`tile tile-${size}`}
      data-testid={`numeric-${view.metric}`}
      data-state={view.state}
      data-validity={view.isQuestionable ? 'questionable' : undefined}
      data-tone={METRIC_TONE[view.metric] ?? 'other'}
      data-alarm={alarm ?? undefined}
      aria-label={row.name}
    >
      <header className="tile-head">
        <span className="tile-label">{row.label}</span>
        <span className="tile-unit">{row.unitLabel}</span>
        {size === 'large' ? <SignalBadges signals={signals} isShort={false} /> : null}
        {view.source === null ? null : <span className="tile-source">{view.source}</span>}
      </header>
      <div className="tile-body">
        <span className="tile-value" data-testid="value">
          {view.text}
        </span>
        {size === 'large' && limits !== null ? (
          <div className="tile-right">
            <LimitColumn limits={limits} metric={view.metric} signals={signals} />
            {foot}
          </div>
        ) : null}
      </div>
      {size === 'large' ? null : <SignalBadges signals={signals} isShort />}
      {size === 'large' ? null : foot}
    </section>
  );
};

/** Age and words about a number; keeps its place when it is empty. */
export const TileFoot = ({
  ageMs,
  note,
}: {
  readonly ageMs: number | null;
  readonly note: string | null;
}) => (
  <footer className="tile-foot">
    {ageMs === null ? null : (
      <span className="tile-age" data-testid="age">
        {ageText(ageMs)} ago
      </span>
    )}
    {note === null ? null : (
      <span className="tile-note" data-testid="note">
        {note}
      </span>
    )}
  </footer>
);
