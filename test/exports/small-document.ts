/** A document of some minutes, made by hand: small enough to know every cell of its table. */
import { foldAlarmLog } from '../../core/alarm/log-fold.ts';
import { eventId, monitorId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, present } from '../../core/observation/observation.ts';
import type { StoredFrame } from '../../core/observation/stored-frame.ts';
import { foldSignOff } from '../../core/record/sign-off.ts';
import { foldExclusions } from '../../core/review/exclusions.ts';
import type { SessionFigures } from '../../core/review/figures.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { DataOrigin, NibpReading, SessionEventBody } from '../../core/session/events.ts';
import { foldSession } from '../../core/session/session.ts';
import { epochMs } from '../../core/time.ts';
import { at, event, moved, note, openedBody, START } from '../db/samples.ts';

export const BED = monitorId('bed-1');
const priorities = <T>(value: T) => ({ high: value, medium: value, low: value });

/** Figures of nobody: the tables show the values, not these. */
const noFigures = (to: number): SessionFigures => ({
  from: epochMs(START + 1_000),
  to: epochMs(to),
  baseline: null,
  peak: { systolic: null, diastolic: null, mean: null, heartRate: null },
  lowest: { systolic: null, heartRate: null, spo2: null, respiration: null },
  peakRise: null,
  beyond: [],
  marks: [],
  means: [],
  returnToBaselineMs: null,
  interruptions: { count: 0, ms: 0 },
  drugs: [],
  recovery: { toDischargeMs: null, toReadyMs: null },
  alarms: {
    hours: 0,
    byPriority: priorities({ raised: 0, perHour: 0, acknowledged: 0, percentWithin60s: null }),
    medianTimeToAcknowledgeMs: null,
    count: 0,
    percentConfirmed: null,
    burdenMs: priorities(0),
  },
  completeness: [],
  doubtful: [],
  excluded: { values: 1, readings: 1 },
});

/** A frame of continuous values; null: the monitor says that it has none. */
export const heard = (
  ms: number,
  values: Readonly<Partial<Record<MetricId, number | null>>>,
  monitor = BED,
): StoredFrame => {
  const receipt = { receivedAt: at(ms), deviceTime: null };
  return {
    monitorId: monitor,
    at: at(ms),
    observations: Object.entries(values).map(([name, value]) => {
      const metric = name as MetricId; // a key of `values`
      return value === null ? absent(metric, 'unavailable', receipt) : present(metric, value, receipt);
    }),
  };
};

/** A cuff reading and the frame that it came in. */
export const cuff = (
  ms: number,
  [systolic, diastolic, mean]: readonly [number, number, number],
): { readonly reading: NibpReading; readonly frame: StoredFrame } => ({
  reading: {
    systolic,
    diastolic,
    mean,
    pulseRate: null,
    receivedAt: at(ms),
    ageAtReceiptMs: 0,
    monitorId: BED,
  },
  frame: heard(ms, {
    MDC_PRESS_BLD_NONINV_SYS: systolic,
    MDC_PRESS_BLD_NONINV_DIA: diastolic,
    MDC_PRESS_BLD_NONINV_MEAN: mean,
  }),
});

/** Opened at +1 s, infusing from +3 s, closed at +6 s by its entries; values until `frames` end. */
export const smallDocument = (parts: {
  readonly frames?: readonly StoredFrame[];
  readonly readings?: readonly NibpReading[];
  readonly bodies?: readonly SessionEventBody[];
  readonly origin?: DataOrigin;
  readonly indication?: string;
  readonly to?: number;
}): SessionDocument => {
  const bodies: readonly SessionEventBody[] = [
    openedBody(parts.origin ?? 'simulated', parts.indication),
    moved('intake', 'baseline'),
    moved('baseline', 'infusing'),
    ...(parts.bodies ?? [note('slept badly')]),
  ];
  const events = bodies.map((body, index) => event(index + 1, body));
  const { rows, controls } = foldAlarmLog(events, epochMs(START + 200_000));
  return {
    session: foldSession(events),
    events,
    signOff: foldSignOff(events),
    monitors: [
      {
        id: BED,
        name: 'Bed 1',
        family: 'toy',
        manufacturer: null,
        model: null,
        serialNumber: null,
        software: null,
      },
    ],
    readings: parts.readings ?? [],
    frames: parts.frames ?? [],
    exclusions: foldExclusions(events),
    alarms: { rows, controls },
    figures: noFigures(parts.to ?? START + 120_000),
    missing: ['No respiration was recorded.'],
    headHash: 'ab'.repeat(32),
    writtenAt: epochMs(START + 3_600_000),
    product: { name: 'Chairside', version: '0.0.0' },
  };
};

export const excludeSpan = (metric: MetricId, from: number, to: number): SessionEventBody => ({
  type: 'artefact-excluded',
  target: { kind: 'span', metrics: [metric], from: epochMs(START + from), to: epochMs(START + to) },
  reason: 'the patient moved',
});
export const excludeReading = (ms: number): SessionEventBody => ({
  type: 'artefact-excluded',
  target: { kind: 'reading', monitorId: BED, receivedAt: at(ms).wall },
  reason: 'the arm was bent',
});
export const restore = (sequence: number): SessionEventBody => ({
  type: 'artefact-restored',
  excluded: eventId(`s-1/e-${sequence}`),
  reason: 'it was none',
});
