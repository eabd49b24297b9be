/** A short session made by hand, entry by entry: everything an exporter has to carry, once. */
import { foldAlarmLog } from '../../core/alarm/log-fold.ts';
import { courseId, eventId, type MonitorId, patientId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, type Observation, present } from '../../core/observation/observation.ts';
import type { StoredFrame } from '../../core/observation/stored-frame.ts';
import { foldSignOff } from '../../core/record/sign-off.ts';
import { foldExclusions } from '../../core/review/exclusions.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { DataOrigin, NibpReading, SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import { foldSession } from '../../core/session/session.ts';
import { after, BEDSIDE, CHAIR, NO_FIGURES, OXIMETER, SESSION } from './made-parts.ts';
import { ENTRIES, type MadeEntry } from './made-visit.ts';

/** What of a document the tests change. */
export interface Parts {
  readonly origin?: DataOrigin;
  readonly patient?: boolean;
  readonly entries?: readonly MadeEntry[];
  readonly readings?: readonly NibpReading[];
  readonly frames?: readonly StoredFrame[];
  readonly missing?: readonly string[];
  readonly monitors?: SessionDocument['monitors'];
}

/** A document of these parts; what is left out is as in the full example. */
export const documentOf = (parts: Parts = {}): SessionDocument => {
  const opening: SessionEventBody = {
    type: 'session-opened',
    chairId: CHAIR,
    patientInitials: 'Ł.Ż.',
    indication: 'Depression',
    plannedInfusionMs: 2_400_000,
    plannedRecoveryMs: 1_800_000,
    origin: parts.origin ?? 'simulated',
    ...((parts.patient ?? true) ? { patient: PATIENT, course: COURSE } : {}),
  };
  const entries = [[0, opening, 'Nora Nkemelu'] as const, ...(parts.entries ?? ENTRIES)];
  const events = entries.map(
    ([seconds, body, by = 'Nora Nkemelu'], index): SessionEvent => ({
      id: eventId(`event-${index + 1}`),
      sessionId: SESSION,
      sequence: index + 1,
      at: after(seconds),
      by,
      body,
    }),
  );
  const session = foldSession(events);
  const { rows, controls } = foldAlarmLog(events, after(7200).wall);
  return {
    session,
    events,
    signOff: foldSignOff(events),
    monitors: parts.monitors ?? MONITORS,
    readings: parts.readings ?? READINGS,
    frames: parts.frames ?? FRAMES,
    exclusions: foldExclusions(events),
    alarms: { rows, controls },
    figures: NO_FIGURES,
    missing: parts.missing ?? ['No respiration was recorded.'],
    headHash: 'a3f1'.repeat(16),
    writtenAt: after(7200).wall,
    product: { name: 'Chairside', version: '0.1.0' },
  };
};

const PATIENT = {
  patientId: patientId('6b6f7e62-3e0f-4c9a-8a57-0d8a3f3f9b11'),
  name: 'Żółć, Łucja & Söhne',
  mrn: 'MRN 0042|7',
  birthDate: '1984-02-29',
  weightKg: 72,
  allergies: ['Penicillin <rash>'],
  medications: [],
};
const COURSE = {
  courseId: courseId('course-1'),
  title: 'Depression, 6 infusions',
  position: { number: 3, planned: 6 },
};

const MONITORS: SessionDocument['monitors'] = [
  {
    id: BEDSIDE,
    name: 'Bedside',
    family: 'intellivue',
    manufacturer: 'Philips',
    model: 'MX450',
    serialNumber: 'DE12345678',
    software: 'L.01.23',
  },
  {
    id: OXIMETER,
    name: null,
    family: null,
    manufacturer: null,
    model: null,
    serialNumber: null,
    software: null,
  },
];

const reading = (seconds: number, part: Partial<NibpReading> = {}): NibpReading => ({
  systolic: 124,
  diastolic: 78,
  mean: 93,
  pulseRate: 71,
  receivedAt: after(seconds),
  ageAtReceiptMs: 0,
  monitorId: BEDSIDE,
  ...part,
});

const READINGS: readonly NibpReading[] = [
  reading(60, { ageAtReceiptMs: 45_000 }),
  reading(360, { systolic: 182, diastolic: 96, mean: null }),
  reading(420, { systolic: 240, diastolic: 40, mean: 90, pulseRate: null }),
  reading(660, { questionable: true }),
];

/** One frame of one monitor. A null value is `unavailable`, or what is said. */
export const frame = (
  seconds: number,
  monitor: MonitorId,
  values: Readonly<
    Partial<Record<MetricId, number | Exclude<Observation['validity'], 'valid' | 'questionable'>>>
  >,
): StoredFrame => {
  const receipt = { receivedAt: after(seconds), deviceTime: null };
  return {
    monitorId: monitor,
    at: after(seconds),
    observations: (Object.keys(values) as MetricId[]).map((metric) => {
      const value = values[metric] ?? 'unavailable';
      return typeof value === 'number' ? present(metric, value, receipt) : absent(metric, value, receipt);
    }),
  };
};

const FRAMES: readonly StoredFrame[] = Array.from({ length: 130 }, (_, index) => {
  const seconds = index * 10;
  const rates = { MDC_ECG_HEART_RATE: 70 + (index % 9), MDC_TEMP_BODY: 36.6, MDC_CONC_AWAY_CO2_ET: 38 };
  const isOff = seconds >= 300 && seconds < 480;
  return index % 2 === 0
    ? frame(seconds, BEDSIDE, rates)
    : frame(seconds, OXIMETER, {
        MDC_PULS_OXIM_SAT_O2: isOff ? 'unavailable' : 97,
        MDC_PULS_OXIM_PULS_RATE: isOff ? 'overflow' : 72,
        MDC_BLD_PERF_INDEX: isOff ? 'invalid' : 1.25,
      });
});
