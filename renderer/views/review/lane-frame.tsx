/** What every lane has on its left: its name, its unit, and which sources its lines are. */
import type { ReactElement, ReactNode } from 'react';
import { type MetricId, metricRow } from '../../../core/nomenclature/metrics.ts';

export const LaneFrame = ({
  lane,
  height,
  metrics = [],
  note = null,
  children,
}: {
  readonly lane: {
    readonly id: string;
    readonly title: string;
    readonly unitLabel: string;
    readonly color: string;
  };
  readonly height: number;
  /** Named where there are several, or another than the lane's name says. */
  readonly metrics?: readonly MetricId[];
  readonly note?: string | null;
  readonly children: ReactNode;
}): ReactElement => {
  const labels = metrics.map((metric) => metricRow(metric).label);
  const sources = labels.filter((label) => label !== lane.title);
  return (
    <div className="lane" data-lane={lane.id} data-testid={`lane-${lane.id}`} style={{ height }}>
      <div className="lane-name" style={{ color: lane.color }}>
        <strong>{lane.title}</strong>
        <small>{lane.unitLabel}</small>
        {sources.length === 0 || height < 60 ? null : (
          <small>{labels.map((label, index) => (index === 0 ? label : `┄ ${label}`)).join(', ')}</small>
        )}
        {/* Where there is no room for it the figures have it. */}
        {note === null || height < 60 ? null : <small>{note}</small>}
      </div>
      {children}
    </div>
  );
};
