/** Views built for tests of the renderer: the least that a chair or a monitor can be. */

import type { AlarmLimit, LimitSet } from '../../core/alarm/limits.ts';
import type { ActiveAlarm, AlarmPriority, AlarmSnapshot } from '../../core/alarm/types.ts';
import { NOTHING_SENT } from '../../core/api/sending-views.ts';
import type { ChairView, CurrentValue, MonitorView, StationView } from '../../core/api/views.ts';
import { chairId, eventId, type MonitorId, monitorId, sessionId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { AbsentValidity } from '../../core/observation/observation.ts';
import { absent, present } from '../../core/observation/observation.ts';
import type { SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import type { Session } from '../../core/session/session.ts';
import { epochMs, type Instant, instant } from '../../core/time.ts';
import { NO_VISIT } from '../../core/visit/visit-state.ts';

/** The station's time `seconds` after an arbitrary start. */
export const at = (seconds: number): Instant =>
  instant(Date.UTC(2026, 2, 1, 14, 0, 0) + seconds * 1000, 5_000_000 + seconds * 1000);

export const MONITOR: MonitorId = monitorId('m1');

export const value = (metric: MetricId, number: number, when: Instant): CurrentValue => ({
  monitorId: MONITOR,
  observation: present(metric, number, { receivedAt: when, deviceTime: null }),
});

export const noValue = (metric: MetricId, validity: AbsentValidity, when: Instant): CurrentValue => ({
  monitorId: MONITOR,
  observation: absent(metric, validity, { receivedAt: when, deviceTime: null }),
});

export const limit = (part: Partial<AlarmLimit>): AlarmLimit => ({
  id: 'hr-high',
  metric: 'MDC_ECG_HEART_RATE',
  side: 'high',
  priority: 'medium',
  threshold: 120,
  inclusive: false,
  delayMs: 10_000,
  ...part,
});

export const limits = (...rows: readonly AlarmLimit[]): LimitSet => ({
  presetId: 'adult',
  presetName: 'Adult',
  presetVersion: 1,
  limits: rows,
});

export const alarm = (
  key: string,
  priority: AlarmPriority,
  part: Partial<ActiveAlarm> = {},
): ActiveAlarm => ({
  key,
  conditionId: key,
  category: 'physiological',
  priority,
  state: 'active',
  metric: null,
  monitorId: null,
  title: key.toUpperCase(),
  message: `${key} 1 > 0`,
  value: null,
  limit: null,
  peak: null,
  onsetAt: at(0),
  raisedAt: at(0),
  clearedAt: null,
  acknowledged: null,
  occurrence: 1,
  ...part,
});

/** The signals of a chair on which nothing is on, paused or off. */
export const alarms = (part: Partial<AlarmSnapshot>): AlarmSnapshot => ({
  alarms: [],
  audio: { kind: 'on' },
  sounding: null,
  paused: [],
  off: [],
  reminder: null,
  unwatched: [],
  ...part,
});

export const session = (part: Partial<Session> = {}): Session => ({
  id: sessionId('s1'),
  chairId: chairId('c1'),
  patientInitials: 'AB',
  indication: 'Depression',
  patient: null,
  course: null,
  origin: 'simulated',
  openedAt: at(0).wall,
  closedAt: null,
  phase: 'intake',
  spans: [{ phase: 'intake', startedAt: at(0).wall, endedAt: null }],
  plannedInfusionMs: 3_600_000,
  plannedRecoveryMs: 1_800_000,
  nibpIntervalMs: 300_000,
  baseline: null,
  limits: null,
  withoutVitals: [],
  visit: NO_VISIT,
  sequence: 1,
  ...part,
});

export const chair = (part: Partial<ChairView> = {}): ChairView => ({
  id: chairId('c1'),
  name: 'Chair 1',
  origin: 'live',
  session: null,
  current: {},
  cuff: { last: null, measuringSince: null, nextDueAt: null, repeatReason: null },
  limits: limits(),
  approval: { state: 'not-approved' },
  alarms: alarms({}),
  restored: null,
  visit: null,
  sourceOrder: {},
  ...part,
});

export const monitor = (part: Partial<MonitorView> = {}): MonitorView => ({
  id: MONITOR,
  chairId: chairId('c1'),
  name: 'B450',
  family: 'ge-s5-dri',
  familyTitle: 'GE',
  address: { kind: 'tcp', host: '127.0.0.1', port: 1 },
  addressLabel: '127.0.0.1:1',
  options: {},
  line: {},
  familyLine: { baudRate: 19_200, dataBits: 8, parity: 'even', stopBits: 1, flowControl: 'rtscts' },
  origin: 'live',
  state: 'associated',
  detail: '',
  retryAt: null,
  lastFrameAt: null,
  counters: { bytes: 0, frames: 0, rejectedBytes: 0, rejected: {}, observations: 0, reconnects: 0 },
  identity: null,
  conditions: [],
  limits: [],
  canStartNibp: false,
  hasCuffControl: false,
  unmapped: [],
  ...part,
});

export const station = (part: Partial<StationView> = {}): StationView => ({
  product: { name: 'Chairside', version: '0' },
  demo: false,
  chairs: [chair()],
  monitors: [monitor()],
  alarmPolicy: { allowAudioOff: false, reminderMs: 120_000 },
  storageFault: null,
  strandedSessions: [],
  sending: NOTHING_SENT,
  now: at(0),
  ...part,
});

export const event = (sequence: number, body: SessionEventBody): SessionEvent => ({
  id: eventId(`e${sequence}`),
  sessionId: sessionId('s1'),
  sequence,
  at: at(sequence),
  by: 'JD',
  body,
});

export const note = (sequence: number): SessionEvent =>
  event(sequence, { type: 'note-added', kind: 'note', text: `n${sequence}`, corrects: null });

export { chairId, epochMs, monitorId, sessionId };
