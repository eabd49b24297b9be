/** What one monitor sent at one instant, as it was stored. */
import type { MonitorId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Observation } from './observation.ts';

export interface StoredFrame {
  readonly monitorId: MonitorId;
  readonly at: Instant;
  readonly observations: readonly Observation[];
}
