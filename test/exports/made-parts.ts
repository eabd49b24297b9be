/** What the made session rests on: its moment, its chair and monitors, and figures that nobody reads. */
import { type ChairId, chairId, type MonitorId, monitorId, sessionId } from '../../core/ids.ts';
import type { SessionFigures } from '../../core/review/figures.ts';
import { epochMs, type Instant, instant } from '../../core/time.ts';

export const START = Date.UTC(2026, 2, 1, 14, 0, 0);
export const SESSION = sessionId('0f6c2f3e-6c1b-4d52-9f0a-5a1d4a6b7c8d');
export const CHAIR: ChairId = chairId('chair-1');
export const BEDSIDE: MonitorId = monitorId('bedside');
export const OXIMETER: MonitorId = monitorId('oximeter');

/** An instant so many seconds after the session was opened. */
export const after = (seconds: number): Instant => instant(START + seconds * 1000, seconds * 1000);

/** No exporter of this folder reads figures. */
export const NO_FIGURES: SessionFigures = {
  from: epochMs(START),
  to: epochMs(START + 1_200_000),
  baseline: null,
  peak: { systolic: null, diastolic: null, mean: null, heartRate: null },
  lowest: { systolic: null, heartRate: null, spo2: null, respiration: null },
  peakRise: null,
  beyond: [],
  marks: [],
  means: [],
  returnToBaselineMs: null,
  interruptions: { count: 1, ms: 60_000 },
  drugs: [],
  recovery: { toDischargeMs: null, toReadyMs: null },
  alarms: {
    hours: 0.3,
    byPriority: {
      high: { raised: 1, perHour: 3, acknowledged: 1, percentWithin60s: 100 },
      medium: { raised: 0, perHour: 0, acknowledged: 0, percentWithin60s: null },
      low: { raised: 0, perHour: 0, acknowledged: 0, percentWithin60s: null },
    },
    medianTimeToAcknowledgeMs: 12_000,
    count: 1,
    percentConfirmed: null,
    burdenMs: { high: 170_000, medium: 0, low: 0 },
  },
  completeness: [],
  doubtful: [],
  excluded: { values: 7, readings: 1 },
};
