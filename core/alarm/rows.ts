/** Looks rows of the catalogue up, also for limits that a clinic added under ids of its own. */
import { METRICS, type MetricId } from '../nomenclature/metrics.ts';
import { conditionRow } from './catalogue.ts';
import { type ConditionRow, type PhaseKey, rowOf } from './condition-row.ts';
import type { AlarmLimit, RelativeLimit } from './limits.ts';
import { isPressureMetric } from './pressure-rules.ts';
import type { AlarmPriority } from './types.ts';

/** The row of a limit. A limit without one is an alarm of its own, named after its metric and side. */
export const limitRow = (id: string, limit?: AlarmLimit | RelativeLimit): ConditionRow =>
  conditionRow(id) ?? ownRow(id, limit);

const ownRow = (id: string, limit: AlarmLimit | RelativeLimit | undefined): ConditionRow => {
  if (limit === undefined)
    return rowOf('physiological', id, [id, id, 'medium', 'reversible', 'prompt', 'LIM']);
  const side = 'side' in limit ? limit.side : limit.basis === 'fall-ratio' ? 'low' : 'high';
  const title = `${METRICS[limit.metric].label} ${side === 'low' ? 'LOW' : 'HIGH'}`;
  return rowOf('physiological', ownKey(limit.metric, side), [
    id,
    title,
    limit.priority,
    'reversible',
    'prompt',
    'LIM',
    { sound: limit.priority !== 'low' },
  ]);
};

const ownKey = (metric: MetricId, side: 'low' | 'high'): string =>
  isPressureMetric(metric) ? `bp-${side}` : `${metric}-${side}`;

/** The priority a condition has in a phase; null: it is no alarm there. */
export const priorityIn = (row: ConditionRow, base: AlarmPriority, phase: PhaseKey): AlarmPriority | null => {
  const special = row.byPhase[phase];
  if (special !== undefined) return special;
  return phase === 'none' ? null : base;
};
