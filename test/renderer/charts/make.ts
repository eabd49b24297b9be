/** Short ways to write samples, observations and events for the trend's tests. */
import type { CurrentValue } from '../../../core/api/views.ts';
import { eventId, monitorId, sessionId } from '../../../core/ids.ts';
import type { MetricId } from '../../../core/nomenclature/metrics.ts';
import { absent, present } from '../../../core/observation/observation.ts';
import type { SessionEvent, SessionEventBody } from '../../../core/session/events.ts';
import { type Instant, instant } from '../../../core/time.ts';
import { SAMPLE_STATE, SampleBuffer, type SampleState } from '../../../renderer/charts/data/sample-buffer.ts';

export const HR = 'MDC_ECG_HEART_RATE';
export const SPO2 = 'MDC_PULS_OXIM_SAT_O2';

/** A moment whose wall clock is `offset` ahead of its monotonic clock. */
export const moment = (mono: number, offset = 1_000_000): Instant => instant(mono + offset, mono);

export const value = (
  metric: MetricId,
  number: number | null,
  at: Instant,
  monitor = 'm1',
  validity: 'valid' | 'questionable' = 'valid',
): CurrentValue => {
  const receipt = { receivedAt: at, deviceTime: null };
  return {
    observation:
      number === null ? absent(metric, 'unavailable', receipt) : present(metric, number, receipt, validity),
    monitorId: monitorId(monitor),
  };
};

/** A buffer of `[time, value, state?]` rows; a null value is an absent one. */
export const bufferOf = (
  rows: readonly (readonly [number, number | null, SampleState?])[],
  capacity?: number,
): SampleBuffer => {
  const buffer = new SampleBuffer(capacity);
  for (const [time, number, state] of rows) {
    buffer.add(time, number, number === null ? SAMPLE_STATE.absent : (state ?? SAMPLE_STATE.valid));
  }
  return buffer;
};

export const event = (sequence: number, at: Instant, body: SessionEventBody): SessionEvent => ({
  id: eventId(`e${sequence}`),
  sessionId: sessionId('s'),
  sequence,
  at,
  by: 'RN',
  body,
});
