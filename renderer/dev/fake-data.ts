/** Invented chairs, monitors and limits for looking at the screens in development. Never in a build. */
import type { LimitSet } from '../../core/alarm/limits.ts';
import { DEFAULT_PRESET } from '../../core/alarm/presets.ts';
import type { ActiveAlarm, AlarmPriority, AlarmSnapshot, AlarmState } from '../../core/alarm/types.ts';
import type { ChairView, CurrentValue, FamilyView, MonitorView } from '../../core/api/views.ts';
import { chairId, monitorId, sessionId } from '../../core/ids.ts';
import type { SerialSettings } from '../../core/line/line-settings.ts';
import { type MetricId, metricRow } from '../../core/nomenclature/metrics.ts';
import { absent, present } from '../../core/observation/observation.ts';
import type { Phase } from '../../core/session/phase.ts';
import type { Session } from '../../core/session/session.ts';
import { addMs, epochMs, type Instant } from '../../core/time.ts';
import { NO_VISIT } from '../../core/visit/visit-state.ts';

/** The standard preset, a little tightened, so that the dialog has something to tell. */
export const FAKE_LIMITS: LimitSet = {
  ...DEFAULT_PRESET,
  limits: DEFAULT_PRESET.limits.map((limit) =>
    limit.id === 'hr-high-medium-priority' ? { ...limit, threshold: 115 } : limit,
  ),
};

/** The signals of a chair on which nothing is on, with what is told differently. */
export const fakeAlarms = (part: Partial<AlarmSnapshot>): AlarmSnapshot => ({
  alarms: [],
  audio: { kind: 'on' },
  sounding: null,
  paused: [],
  off: [],
  reminder: null,
  unwatched: [],
  ...part,
});

export const fakeAlarm = (
  key: string,
  priority: AlarmPriority,
  title: string,
  message: string,
  metric: MetricId | null,
  at: Instant,
  state: AlarmState = 'active',
): ActiveAlarm => ({
  key,
  conditionId: key,
  category: metric === null ? 'technical' : 'physiological',
  priority,
  state,
  metric,
  monitorId: null,
  title,
  message,
  value: null,
  limit: null,
  peak: null,
  onsetAt: at,
  raisedAt: at,
  clearedAt: state === 'latched' ? addMs(at, 30_000) : null,
  acknowledged: null,
  occurrence: 1,
});

const S5_LINE: SerialSettings = {
  baudRate: 19_200,
  dataBits: 8,
  parity: 'even',
  stopBits: 1,
  flowControl: 'rtscts',
};
const PLAIN_LINE: SerialSettings = {
  baudRate: 9600,
  dataBits: 8,
  parity: 'none',
  stopBits: 1,
  flowControl: 'none',
};

export const fakeMonitor = (chair: string, kind: 'multi' | 'oximeter', now: Instant): MonitorView => ({
  id: monitorId(`${chair}-${kind}`),
  chairId: chairId(chair),
  name: kind === 'multi' ? 'B450' : 'Rad-7',
  family: kind === 'multi' ? 'ge-s5-dri' : 'masimo-ascii',
  familyTitle: kind === 'multi' ? 'GE CARESCAPE / S/5 (DRI)' : 'Masimo ASCII 1',
  address: { kind: 'tcp', host: '127.0.0.1', port: 4001 },
  addressLabel: '127.0.0.1:4001',
  options: {},
  line: {},
  familyLine: kind === 'multi' ? S5_LINE : PLAIN_LINE,
  origin: 'simulated',
  state: 'associated',
  detail: 'Connected, numbers arrive.',
  retryAt: null,
  lastFrameAt: now,
  counters: {
    bytes: 182_233,
    frames: 1_204,
    rejectedBytes: 17,
    rejected: { checksum: 1, noise: 3 },
    observations: 9_801,
    reconnects: 0,
  },
  identity: { model: kind === 'multi' ? 'B450' : 'Radical-7', serial: 'SIM-1', software: '2.1' },
  conditions: [],
  limits: [{ metric: 'MDC_PULS_OXIM_SAT_O2', low: 90, high: null }],
  canStartNibp: false,
  hasCuffControl: false,
  unmapped: [],
});

export const FAKE_FAMILIES: readonly FamilyView[] = [
  {
    id: 'ge-s5-dri',
    title: 'CARESCAPE / S/5 (DRI)',
    manufacturer: 'GE',
    models: ['B450', 'B650', 'S/5'],
    serial: S5_LINE,
    callsIn: false,
    options: [],
    bedside: [
      { label: 'Switch on at the monitor', isKnown: false, texts: ['not in our sources.'] },
      { label: 'Line settings', isKnown: true, texts: ['As on the front.'] },
    ],
    metrics: ['MDC_ECG_HEART_RATE'],
  },
  {
    id: 'nellcor',
    title: 'N-560 family',
    manufacturer: 'Nellcor',
    models: ['N-560', 'N-595', 'N-600x'],
    serial: PLAIN_LINE,
    callsIn: false,
    options: [],
    bedside: [
      { label: 'Switch on at the monitor', isKnown: false, texts: ['not in our sources.'] },
      { label: 'Line settings', isKnown: true, texts: ['As on the front.'] },
    ],
    metrics: ['MDC_PULS_OXIM_SAT_O2'],
  },
];

export const fakeSession = (chair: string, initials: string, phase: Phase, now: Instant): Session => ({
  id: sessionId(`session-${chair}`),
  chairId: chairId(chair),
  patientInitials: initials,
  indication: 'Depression',
  patient: null,
  course: null,
  origin: 'simulated',
  openedAt: epochMs(now.wall - 50 * 60_000),
  closedAt: null,
  phase,
  spans: [
    { phase: 'intake', startedAt: epochMs(now.wall - 50 * 60_000), endedAt: epochMs(now.wall - 40 * 60_000) },
    { phase, startedAt: epochMs(now.wall - 40 * 60_000), endedAt: null },
  ],
  plannedInfusionMs: 60 * 60_000,
  plannedRecoveryMs: 30 * 60_000,
  nibpIntervalMs: 5 * 60_000,
  baseline: { systolic: 128, diastolic: 80, mean: 96, heartRate: 72, readings: 2 },
  limits: FAKE_LIMITS,
  withoutVitals: [],
  visit: NO_VISIT,
  sequence: 4,
});

const WAVES: readonly (readonly [MetricId, 'multi' | 'oximeter', number, number])[] = [
  ['MDC_ECG_HEART_RATE', 'multi', 78, 5],
  ['MDC_PULS_OXIM_SAT_O2', 'multi', 97, 1],
  ['MDC_TTHOR_RESP_RATE', 'multi', 14, 2],
  ['MDC_PULS_OXIM_PULS_RATE', 'oximeter', 79, 5],
  ['MDC_BLD_PERF_INDEX', 'oximeter', 2.4, 0.5],
];

/** Moving values; a chair in `off` has its oximetry probe off. */
export const fakeValues = (chair: string, now: Instant, isOff: boolean): readonly CurrentValue[] =>
  WAVES.map(([metric, kind, middle, swing], index) => {
    const receipt = { receivedAt: now, deviceTime: null };
    const value = middle + swing * Math.sin(now.mono / 7_000 + index);
    const rounded = Number(value.toFixed(metricRow(metric).decimals));
    return {
      monitorId: monitorId(`${chair}-${kind}`),
      observation:
        isOff && metric === 'MDC_PULS_OXIM_SAT_O2'
          ? absent(metric, 'unavailable', receipt)
          : present(
              metric,
              rounded,
              receipt,
              metric === 'MDC_TTHOR_RESP_RATE' && isOff ? 'questionable' : 'valid',
            ),
    };
  });

export const fakeChair = (
  id: string,
  name: string,
  now: Instant,
  part: Partial<Omit<ChairView, 'id' | 'name'>>,
): ChairView => ({
  id: chairId(id),
  name,
  origin: 'simulated',
  session: null,
  current: {},
  cuff: {
    last: {
      systolic: 142,
      diastolic: 88,
      mean: 106,
      pulseRate: 80,
      receivedAt: addMs(now, -130_000),
      ageAtReceiptMs: 4_000,
      monitorId: monitorId(`${id}-multi`),
    },
    measuringSince: null,
    nextDueAt: addMs(now, 170_000),
    repeatReason: null,
  },
  limits: FAKE_LIMITS,
  approval: { state: 'not-approved' },
  alarms: fakeAlarms({}),
  restored: null,
  visit: null,
  sourceOrder: {},
  ...part,
});
