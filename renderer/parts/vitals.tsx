/** The four vitals of a chair, for the room's tile and for the chair's column. */
import type { ChairView } from '../../core/api/views.ts';
import { NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import { useNow } from '../app-context.tsx';
import { alarmOn } from '../view-model/alarm.ts';
import { cuffTile } from '../view-model/cuff.ts';
import type { MonitorFace } from '../view-model/monitor-faces.ts';
import { furtherMetrics, leadingMetrics, numericView } from '../view-model/numeric.ts';
import { signalsOn } from '../view-model/signals.ts';
import { CuffTile } from './cuff-tile.tsx';
import { NumericTile } from './numeric-tile.tsx';

export const Vitals = ({
  chair,
  monitors,
  size,
}: {
  readonly chair: ChairView;
  /** Those of the chair, at least. */
  readonly monitors: readonly MonitorFace[];
  readonly size: 'large' | 'room';
}) => {
  const now = useNow();
  const { alarms } = chair.alarms;
  const shown = leadingMetrics(chair, monitors, now);
  return (
    <>
      {shown.map((metric) => (
        <NumericTile
          key={metric}
          view={numericView(metric, chair.current[metric], monitors, now)}
          size={size}
          limits={size === 'large' ? chair.limits : null}
          alarm={alarmOn(alarms, [metric])}
          signals={signalsOn(chair.alarms, metric, now)}
        />
      ))}
      <CuffTile
        view={cuffTile(chair, monitors, now)}
        chair={chair}
        size={size}
        alarm={alarmOn(alarms, NIBP_METRICS)}
        signals={signalsOn(chair.alarms, 'MDC_PRESS_BLD_NONINV_SYS', now)}
      />
    </>
  );
};

/** What else the monitors report, small. */
export const FurtherVitals = ({
  chair,
  monitors,
}: {
  readonly chair: ChairView;
  readonly monitors: readonly MonitorFace[];
}) => {
  const now = useNow();
  const further = furtherMetrics(chair, leadingMetrics(chair, monitors, now));
  return (
    <div className="further">
      {further.map((metric) => (
        <NumericTile
          key={metric}
          view={numericView(metric, chair.current[metric], monitors, now)}
          size="small"
          limits={null}
          alarm={alarmOn(chair.alarms.alarms, [metric])}
          signals={signalsOn(chair.alarms, metric, now)}
        />
      ))}
    </div>
  );
};
